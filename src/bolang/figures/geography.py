"""Shapes for maps: an equal-area projection, and matplotlib paths from the atlas's polygons and lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.path import Path

    from bolang.atlas import Atlas

Array = NDArray[np.float64]
_RADIUS_KM = 6371.0
_PARALLELS = (25.0, 47.0)
_MERIDIAN, _ORIGIN = 105.0, 30.0


def project(lonlat: Array) -> Array:
    """Project degrees to kilometres (Albers equal-area conic, standard parallels 25 and 47 N, meridian 105 E).

    Parameters
    ----------
    lonlat : ndarray, shape (n, 2)
        Longitude and latitude in degrees.

    Returns
    -------
    ndarray, shape (n, 2)
        East and north in kilometres. Snyder (1987), Map Projections: a Working Manual, equations 14-1 to 14-6.
    """
    first, second = np.radians(_PARALLELS)
    n = (np.sin(first) + np.sin(second)) / 2.0
    c = np.cos(first) ** 2 + 2.0 * n * np.sin(first)
    lon, lat = np.radians(lonlat).T
    rho = _RADIUS_KM * np.sqrt(c - 2.0 * n * np.sin(lat)) / n
    rho0 = _RADIUS_KM * np.sqrt(c - 2.0 * n * np.sin(np.radians(_ORIGIN))) / n
    angle = n * (lon - np.radians(_MERIDIAN))
    return np.column_stack([rho * np.sin(angle), rho0 - rho * np.cos(angle)])


def north_angle(x: float, y: float) -> float:
    """Return the angle in radians by which north leans to the left of upward at a projected point in kilometres."""
    first, second = np.radians(_PARALLELS)
    n = (np.sin(first) + np.sin(second)) / 2.0
    c = np.cos(first) ** 2 + 2.0 * n * np.sin(first)
    rho0 = _RADIUS_KM * np.sqrt(c - 2.0 * n * np.sin(np.radians(_ORIGIN))) / n
    return float(np.arctan2(x, rho0 - y))


@dataclass(frozen=True, slots=True)
class Shapes:
    """What maps are drawn from: unit polygons in code order, provincial outlines, official lines; in kilometres.

    `units` and `outlines` hold shapely geometries; `lines` maps the kind of an official line to its geometries.
    """

    units: NDArray[Any]
    bounds: Array
    outlines: NDArray[Any]
    outline_codes: tuple[str, ...]
    lines: Mapping[str, NDArray[Any]]

    def outline(self, province_code: str) -> Any:
        """Return the outline of a province."""
        return self.outlines[self.outline_codes.index(province_code)]


_KEPT: dict[int, Shapes] = {}


def shapes(atlas: Atlas) -> Shapes:
    """Read and project the shapes of an atlas, once."""
    if id(atlas) not in _KEPT:
        _KEPT.clear()
        _KEPT[id(atlas)] = _read(atlas)
    return _KEPT[id(atlas)]


def _read(atlas: Atlas) -> Shapes:
    import shapely

    units = _projected(atlas, "polygons")
    outlines = atlas.table("outlines")
    lines = atlas.table("boundary_lines")
    projected = _projected(atlas, "boundary_lines")
    kinds = lines["kind"].to_list()
    return Shapes(
        units=units,
        bounds=shapely.bounds(units),
        outlines=_projected(atlas, "outlines"),
        outline_codes=tuple(outlines["code"].to_list()),
        lines={kind: projected[[k == kind for k in kinds]] for kind in dict.fromkeys(kinds)},
    )


def _projected(atlas: Atlas, table: str) -> NDArray[Any]:
    import shapely

    return np.asarray(shapely.transform(shapely.from_wkb(atlas.table(table)["wkb"].to_numpy()), project))


def area_path(geometry: Any) -> Path:
    """Return the rings of polygons as one closed path."""
    import shapely
    from matplotlib.path import Path

    rings = shapely.get_rings(shapely.get_parts(geometry))
    points, owner = shapely.get_coordinates(rings, return_index=True)
    codes = np.full(len(points), Path.LINETO, dtype=np.uint8)
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    codes[starts] = Path.MOVETO
    codes[np.append(starts[1:], len(points)) - 1] = Path.CLOSEPOLY
    return Path(points, codes)


def line_path(geometries: Any) -> Path:
    """Return lines as one open path."""
    import shapely
    from matplotlib.path import Path

    points, owner = shapely.get_coordinates(shapely.get_parts(geometries), return_index=True)
    codes = np.full(len(points), Path.LINETO, dtype=np.uint8)
    codes[np.flatnonzero(np.diff(owner, prepend=-1))] = Path.MOVETO
    return Path(points, codes)


def frame_of(geometry: Any, margin: float = 0.04) -> tuple[float, float, float, float]:
    """Return west, south, east, north of a province in kilometres; islands far out at sea do not widen it."""
    import shapely

    parts = shapely.get_parts(geometry)
    areas = shapely.area(parts)
    main = parts[areas >= 0.05 * areas.max()]
    west, south, east, north = shapely.total_bounds(main)
    room = margin * max(east - west, north - south)
    return float(west - room), float(south - room), float(east + room), float(north + room)


@cache
def sea_frame() -> tuple[float, float, float, float]:
    """Return the frame of the South China Sea inset in kilometres."""
    corners = np.array([[106.0, 2.5], [124.0, 2.5], [106.0, 25.0], [124.0, 25.0], [115.0, 2.5]])
    x, y = project(corners).T
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())
