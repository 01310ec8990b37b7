"""Maps and neighbours: simplified polygons that still fit together, outlines, boundary lines, contiguity."""

from __future__ import annotations

import numpy as np
import polars as pl
import shapely
from shapely.geometry.base import BaseGeometry

from pipeline.build import Build, require
from pipeline.codes import read_changes
from pipeline.polygons import KM_PER_DEGREE, UnitPolygons, source_boundary_lines
from pipeline.units import located

TOLERANCE = 0.01
"""Tolerance of the coverage simplification (Visvalingam-Whyatt) in degrees."""

DECIMALS = 4
"""Coordinates are rounded to 0.0001 degrees, about 11 m."""

HAIR = 1e-6
"""Slivers thinner than this, in degrees, are artefacts of drawing and no territory."""

# Official boundary lines of the national map, told apart by where they lie (lon, lat of a point in their box).
LINE_KINDS = {
    "south_china_sea": (115.5, 14.0),
    "undemarcated": (74.5, 38.0),
    "hong_kong": (114.15, 22.35),
}


def build_shapes(build: Build) -> None:
    """Write `polygons`, `outlines`, `boundary_lines` and `neighbours`."""
    units = build.read("units")
    names = dict(units.select("code", "name").iter_rows())
    _, polygons = located(build, names, read_changes(build.source))
    _write_neighbours(build, polygons)
    codes = [*polygons.geometry, *polygons.others]
    simple = dict(zip(codes, _simplified(build, [*polygons.geometry.values(), *polygons.others.values()]), strict=True))
    rows = [(code, shapely.to_wkb(simple[code])) for code in polygons.geometry]
    build.write("polygons", pl.DataFrame(rows, schema=["code", "wkb"], orient="row"), sort=["code"])
    _write_outlines(build, simple, units)
    lines = [_line(i, line) for i, line in enumerate(source_boundary_lines("province"))]
    build.write("boundary_lines", pl.DataFrame(lines), sort=["line"])


def _simplified(build: Build, geometries: list[BaseGeometry]) -> np.ndarray:
    coverage = shapely.coverage_clean(np.array(geometries), snapping_distance=HAIR)
    simple = shapely.coverage_simplify(coverage, TOLERANCE)
    rounded = np.array([shapely.transform(g, lambda xy: np.round(xy, DECIMALS)) for g in simple])
    broken = ~shapely.is_valid(rounded)
    rounded[broken] = shapely.make_valid(rounded[broken], method="structure")
    require(bool(shapely.is_valid(rounded).all()), "a simplified polygon is not valid")
    require(not shapely.is_empty(rounded).any(), "a simplified polygon is empty")
    before, after = (int(shapely.get_num_coordinates(g).sum()) for g in (coverage, rounded))
    worst = np.max(np.abs(shapely.area(rounded) / shapely.area(coverage) - 1))
    build.say(f"  vertices {before:,} -> {after:,}; largest change of a polygon's area {worst:.1%}")
    return rounded


def _write_outlines(build: Build, simple: dict[str, BaseGeometry], units: pl.DataFrame) -> None:
    """Write the 34 provincial-level outlines, dissolved from the simplified polygons so that both fit."""
    names = dict(units.select("province_code", "province").unique().iter_rows())
    names |= {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}
    rows = []
    for code in sorted(names):
        parts = [g for c, g in simple.items() if c[:2] == code[:2]]
        rows.append({"code": code, "name": names[code], "wkb": shapely.to_wkb(shapely.union_all(parts))})
    require(len(rows) == 34, f"{len(rows)} provincial-level outlines")
    build.write("outlines", pl.DataFrame(rows))


def _line(number: int, line: BaseGeometry) -> dict[str, object]:
    box = shapely.box(*line.bounds)
    kind = next((k for k, (x, y) in LINE_KINDS.items() if box.contains(shapely.Point(x, y))), "coast_or_province")
    wkb = shapely.to_wkb(shapely.transform(line, lambda xy: np.round(xy, DECIMALS)))
    return {"line": number, "kind": kind, "wkb": wkb}


def _write_neighbours(build: Build, polygons: UnitPolygons) -> None:
    """Write pairs of units whose unsimplified polygons touch, with the length of the common border.

    A common border makes rook neighbours; a common point makes queen neighbours only (border of 0 km).
    """
    codes = list(polygons.geometry)
    shapes = np.array([polygons.geometry[c] for c in codes])
    one, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=HAIR)
    upper = one < other
    one, other = one[upper], other[upper]
    common = shapely.intersection(shapely.boundary(shapes[one]), shapely.boundary(shapes[other]), grid_size=HAIR)
    km = np.array([_length_km(line) for line in common])
    require(len(one) > 7000, f"only {len(one)} pairs of neighbours")
    frame = pl.DataFrame(
        {"code": [codes[i] for i in one], "neighbour": [codes[j] for j in other], "border_km": km.round(2)}
    )
    both = pl.concat(
        [frame, frame.select(pl.col("neighbour").alias("code"), pl.col("code").alias("neighbour"), "border_km")]
    )
    alone = sorted(set(codes) - set(both["code"]))
    build.say(f"  neighbours: {len(one):,} pairs, {(km == 0).sum()} by a point only; no neighbour: {' '.join(alone)}")
    build.write("neighbours", both.cast({"border_km": pl.Float32}), sort=["code", "neighbour"])


def _length_km(line: BaseGeometry) -> float:
    if line.is_empty or line.length == 0:
        return 0.0
    squeeze = np.cos(np.radians(line.centroid.y))
    return float(shapely.length(shapely.transform(line, lambda xy: xy * [squeeze, 1]))) * KM_PER_DEGREE
