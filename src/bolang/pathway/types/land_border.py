"""Which units lie on the land border of the nation, read from the polygons."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

YALU_MOUTH = (124.30, 39.95)
"""Where the border with Korea meets the Yellow Sea (degrees)."""
BEILUN_MOUTH = (108.03, 21.53)
"""Where the border with Vietnam meets the Gulf of Tonkin (degrees)."""


def on_land_border(polygons: NDArray[np.object_], vertices: int = 2) -> NDArray[np.bool_]:
    """Mark the units that touch the land border.

    The outer ring of all polygons together is cut at the mouths of the Yalu and the Beilun; the northern part is the
    land border, the rest is coast. Polygons must fit together, so that they share the vertices of the ring.

    Parameters
    ----------
    polygons : ndarray of geometry, shape (n,)
        Polygons of all units in degrees.
    vertices : int
        Fewest common vertices that count as contact (two make a segment).

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    xy, unit = shapely.get_coordinates(polygons, return_index=True)
    border = shapely.get_coordinates(_land_border(polygons))
    common = np.isin(_key(xy), _key(border))
    distinct = {(place, key) for place, key in zip(unit[common].tolist(), _key(xy[common]).tolist(), strict=True)}
    counts = np.bincount([place for place, _ in distinct], minlength=polygons.size)
    return np.asarray(counts >= vertices)


def _land_border(polygons: NDArray[np.object_]) -> BaseGeometry:
    parts = shapely.get_parts(shapely.coverage_union_all(polygons))
    mainland = parts[np.argmax(shapely.area(parts))]
    ring = LineString(mainland.exterior.coords)
    first, last = sorted(ring.project(Point(mouth)) for mouth in (YALU_MOUTH, BEILUN_MOUTH))
    inside = substring(ring, first, last)
    around = LineString([*substring(ring, last, ring.length).coords, *substring(ring, 0.0, first).coords])
    return max(inside, around, key=lambda line: line.bounds[3])


def _key(coordinates: NDArray[np.float64]) -> NDArray[np.complex128]:
    return np.asarray(coordinates[:, 0] + 1j * coordinates[:, 1])
