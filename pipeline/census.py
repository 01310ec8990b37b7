"""The censuses of 2010 and 2020 on the units of 2020: population, employment by industry, occupations."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from pipeline.build import Build, require
from pipeline.census_files import Cell, CensusFile, CensusRow, read_census
from pipeline.census_repair import REPAIRS, Repair, parents, repair
from pipeline.codes import CENSUS_YEAR
from pipeline.continuity import FIRST_YEAR, is_zone, key_of
from pipeline.units import is_unit

SPECIFICATION = Path(__file__).parent / "census_columns.csv"
SECTIONS = "ABCDEFGHIJKLMNOPQRS"

# Positions, because the headers of 2010 are split wrongly over 118 to 120: by position and magnitude these are
# transport, information, wholesale and retail (GB/T 4754-2002 order), then hotels and catering.
INDUSTRY_AT = {
    2010: dict(zip("ABCDEGIFHJKLMNOPQRS", range(113, 132), strict=True)),
    2020: dict(zip(SECTIONS, range(101, 120), strict=True)),
}
INDUSTRY_TOTAL_AT = {2010: 112, 2020: 100}
INTERNATIONAL_AT = {2010: 132, 2020: 120}
OCCUPATIONS = ("managers", "professionals", "clerks", "services", "agriculture", "production", "other")
OCCUPATION_AT = {2010: range(94, 101), 2020: range(93, 100)}
OCCUPATION_TOTAL_AT = {2010: 93, 2020: 92}
TWO_NUMBERS = re.compile(r"(\d+)\s+(\d+)")


@dataclass(frozen=True)
class CensusColumn:
    """One aligned column: names, unit, position in each workbook (None where the census did not publish it)."""

    name: str
    zh: str
    en: str
    unit: str
    at: dict[int, int | None]
    kind: str
    note: str

    @property
    def weight(self) -> str | None:
        """Column that weights a mean when rows are put together; None for counts."""
        return self.kind.removeprefix("mean:") if self.kind.startswith("mean:") else None


@cache
def columns() -> tuple[CensusColumn, ...]:
    """Return the specification of the aligned columns."""
    with SPECIFICATION.open(encoding="utf-8", newline="") as handle:
        return tuple(
            CensusColumn(
                row["name"],
                row["zh"],
                row["en"],
                row["unit"],
                {year: int(row[f"column_{year}"]) if row[f"column_{year}"] else None for year in (2010, 2020)},
                row["kind"],
                row["note"],
            )
            for row in csv.DictReader(handle)
        )


def table_of(build: Build, census: CensusFile) -> pl.DataFrame:
    """Return every row of a census with the aligned columns, industries (A..S) and occupations."""
    year = census.year
    at = {c.name: c.at[year] for c in columns()} | dict(INDUSTRY_AT[year])
    at |= {"employed": INDUSTRY_TOTAL_AT[year], "international": INTERNATIONAL_AT[year]}
    at |= dict(zip([f"occupation_{o}" for o in OCCUPATIONS], OCCUPATION_AT[year], strict=True))
    at["occupation_total"] = OCCUPATION_TOTAL_AT[year]
    records = []
    for row in census.rows:
        cells = _split_double_cells(build, f"{year} {row.name}", row.cells)
        record = {name: (None if i is None else _number(cells[i])) for name, i in at.items()}
        records.append({"key": key_of(row), "name": row.name, "unit": is_unit(row.code)} | record)
    schema = dict.fromkeys(at, pl.Float64)
    return _fill_blanks(pl.DataFrame(records, schema_overrides=schema))


def _split_double_cells(build: Build, where: str, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Repair two numbers typed into one cell with the next one left blank."""
    fixed = list(cells)
    for i, cell in enumerate(cells[:-1]):
        match = TWO_NUMBERS.fullmatch(cell.strip()) if isinstance(cell, str) and i > 3 else None
        if match and cells[i + 1] is None:
            fixed[i], fixed[i + 1] = int(match[1]), int(match[2])
            build.say(f"  {where}: one cell held two numbers, split into {match[1]} and {match[2]}")
    return tuple(fixed)


def _number(cell: Cell) -> float | None:
    if isinstance(cell, int | float):
        return float(cell)
    require(cell in (None, "NA"), f"unexpected cell {cell!r}")
    return None


def families() -> dict[str, tuple[str, ...]]:
    """Totals and the parts that must add up to them."""
    ages = [c.name for c in columns() if re.fullmatch(r"(fe)?male_\d.*", c.name)]
    found: dict[str, tuple[str, ...]] = {
        "population": ("male", "female"),
        "male": tuple(a for a in ages if a.startswith("male")),
        "female": tuple(a for a in ages if a.startswith("female")),
        "households": (
            "households_one_generation",
            "households_two_generations",
            "households_three_generations",
            "households_four_generations",
        ),
        "households_with_elderly": ("households_one_elderly", "households_two_elderly", "households_three_elderly"),
        "illiterate": ("illiterate_male", "illiterate_female"),
        "employed": (*SECTIONS, "international"),
        "occupation_total": tuple(f"occupation_{o}" for o in OCCUPATIONS),
        "not_working": tuple(c.name for c in columns() if c.name.startswith("not_working_")),
        "sample_15_plus_male": ("never_married_male", "married_male", "divorced_male", "widowed_male"),
        "sample_15_plus_female": ("never_married_female", "married_female", "divorced_female", "widowed_female"),
        "housing_sample": tuple(f"housing_{t}" for t in ("rented", "self_built", "bought", "inherited", "other")),
    }
    return found | {"population (urban, rural)": ("urban", "rural")}


def _fill_blanks(frame: pl.DataFrame) -> pl.DataFrame:
    """Read a blank part as zero where its total is published: the yearbook prints no zeros."""
    fills = []
    for name, parts in families().items():
        total = pl.col(name.split(" ")[0])
        published = [p for p in parts if frame[p].null_count() < frame.height]
        fills += [pl.when(total.is_not_null()).then(pl.col(p).fill_null(0)).otherwise(pl.col(p)) for p in published]
    extra = [f"migrants_{m}" for m in ("within_county", "within_province", "other_province")]
    extra += [f"housing_{h}" for h in ("tap_water", "kitchen", "toilet", "bath", "elevator", "car")] + [
        "minority_share"
    ]
    published = [e for e in extra if frame[e].null_count() < frame.height]
    known = pl.col("housing_sample").is_not_null()
    fills += [pl.when(known).then(pl.col(e).fill_null(0)).otherwise(pl.col(e)).alias(e) for e in published]
    return frame.with_columns(fills)


def check_sums(build: Build, frame: pl.DataFrame, year: int) -> None:
    """Report rows whose parts do not add up; more than one in two hundred stops the build."""
    for name, parts in families().items():
        total = name.split(" ")[0]
        published = [p for p in parts if frame[p].null_count() < frame.height]
        if not published:
            continue
        off = frame.filter((pl.sum_horizontal(published) - pl.col(total)).abs() > 0.5)
        gaps = off.select("key", "name", total, pl.sum_horizontal(published).alias("sum"))
        for key, label, printed, added in gaps.iter_rows():
            build.say(f"  {year} {name} of {key} {label}: printed {printed:,.0f}, parts {added:,.0f} (kept as printed)")
        require(off.height <= frame.height / 200, f"{year}: {off.height} rows of {name} do not add up")


def combine(frame: pl.DataFrame, pieces: Iterable[tuple[str, list[str]]]) -> pl.DataFrame:
    """Put rows of 2010 together on the units of 2020: counts are added, means are weighted.

    A count that is missing in one of the pieces is missing in the sum.
    """
    education = [c.name for c in columns() if c.name.startswith("education_")]
    frame = frame.with_columns(pl.sum_horizontal(education).alias("educated"))
    keys = pl.DataFrame(
        [(unit, key) for unit, listed in pieces for key in listed], schema=["code", "key"], orient="row"
    )
    wanted = frame.filter(pl.col("key").is_in(keys["key"].to_list()))
    joined = keys.join(wanted, on="key", how="left", validate="m:1")
    require(joined["population"].null_count() == 0, "a 2010 row was not found")
    weights = {c.name: c.weight for c in columns() if c.weight}
    skipped = {"key", "name", "unit", "code"}
    expressions = []
    for name in (n for n in joined.columns if n not in skipped):
        column, complete = pl.col(name), pl.col(name).null_count() == 0
        weight = pl.col(weights[name]) if name in weights else None
        several = (column * weight).sum() / weight.sum() if weight is not None else column.sum()
        value = pl.when(pl.len() == 1).then(column.first()).otherwise(several)
        expressions.append(pl.when(complete).then(value).alias(name))
    return joined.group_by("code", maintain_order=True).agg(expressions)


def build_census(build: Build) -> None:
    """Write `census`, `employment`, `occupation` (units, both years) and `census_areas` (nation to prefecture, zones)."""
    units = build.read("units").select("code")
    continuity = build.read("continuity")
    tables: dict[int, pl.DataFrame] = {}
    repairs: list[Repair] = []
    for year in (FIRST_YEAR, CENSUS_YEAR):
        census = read_census(build.source, year)
        tables[year], corrected = repair(build, table_of(build, census), parents(census), families(), year)
        repairs += corrected
        check_sums(build, tables[year], year)
    past = combine(tables[FIRST_YEAR], zip(continuity["code"], continuity["rows_2010"].to_list(), strict=True))
    now = units.join(tables[CENSUS_YEAR].rename({"key": "code"}), on="code", how="left")
    both = pl.concat(
        [frame.with_columns(pl.lit(year, pl.Int16).alias("year")) for year, frame in ((2010, past), (2020, now))],
        how="diagonal",
    ).sort("code", "year")
    require(both.filter(pl.col("year") == CENSUS_YEAR).height == units.height, "census 2020: wrong number of units")
    build.write("census", shaped(both))
    build.write("employment", both.select("code", "year", *(pl.col(c).cast(pl.Int32) for c in ("employed", *SECTIONS))))
    names = [f"occupation_{o}" for o in OCCUPATIONS]
    occupations = both.select("code", "year", *(pl.col(n).cast(pl.Int32) for n in ("occupation_total", *names)))
    build.write("occupation", occupations)
    _write_areas(build, tables)
    build.write("census_repairs", pl.DataFrame(repairs, schema=REPAIRS, orient="row"), sort=["year", "code", "column"])
    build.dropped(
        int(both["international"].fill_null(0).sum()), "sampled employees of international organisations", "negligible"
    )


def shaped(frame: pl.DataFrame) -> pl.DataFrame:
    """Select the census columns with derived shares; counts as integers."""
    counts = [c.name for c in columns() if c.weight is None]
    means = [c.name for c in columns() if c.weight]
    exact = pl.all_horizontal((pl.col(counts) - pl.col(counts).round()).abs().fill_null(0) < 1e-9)
    require(bool(frame.select(exact.all()).item()), "a count is not a whole number")
    return frame.select(
        "code", "year", *(pl.col(c).cast(pl.Int32) for c in counts), *(pl.col(m).round(2) for m in means), *derived()
    )


def derived() -> list[pl.Expr]:
    """Shares that every reader wants, computed in one way for both years, in per cent."""

    def ages(*groups: str) -> pl.Expr:
        return pl.sum_horizontal([f"{sex}_{g}" for sex in ("male", "female") for g in groups])

    child = ("0", "1_4", "5_9", "10_14")
    old = ("65_69", "70_74", "75_79", "80_84", "85_plus")
    population = pl.col("population")
    shares = {
        "urban_share": pl.col("urban") / population,
        "share_0_14": ages(*child) / population,
        "share_15_64": 1 - ages(*child, *old) / population,
        "share_65_plus": ages(*old) / population,
        "share_other_province": pl.col("migrants_other_province") / population,
        "illiteracy_rate": pl.col("illiterate") / (population - ages(*child)),
    }
    return [(100 * share).round(4).alias(name) for name, share in shares.items()] + [
        (pl.col("household_population") / pl.col("households")).round(4).alias("household_size")
    ]


def _write_areas(build: Build, tables: dict[int, pl.DataFrame]) -> None:
    """Write `census_areas`: nation, provinces, prefectures and development zones with industries and main counts."""
    names = dict(build.read("units").select("prefecture", "prefecture_code").unique().iter_rows())
    frames = []
    for year, frame in tables.items():
        census = read_census(build.source, year)
        rows = [_area(row, names) for row in census.rows]
        kept = ["employed", *SECTIONS, "population", "male", "female", "urban", "households"]
        counts = frame.select(pl.col(c).cast(pl.Int32) if c != "population" else pl.col(c).cast(pl.Int64) for c in kept)
        areas = pl.concat([pl.DataFrame(rows, orient="row", schema=list(AREA_FIELDS)), counts], how="horizontal")
        areas = areas.filter(pl.col("level") != "").with_columns(pl.lit(year, pl.Int16).alias("year"))
        if "nation" not in areas["level"].to_list():
            areas = pl.concat([_sum_of_provinces(areas), areas])
        frames.append(areas)
    both = pl.concat(frames).select("level", "code", "name", "province_code", "prefecture_code", "year", *kept)
    build.write("census_areas", both, sort=["year", "level", "code", "prefecture_code", "name"])


AREA_FIELDS = ("level", "code", "name", "province_code", "prefecture_code")


def _area(row: CensusRow, prefectures: dict[str, str]) -> tuple[str, str, str, str, str]:
    """Return level, code, name and the codes above; the level is empty for counties and for sums of sums."""
    code = row.code or ""
    if row.name == "全国":
        return "nation", "000000", row.name, "", ""
    if code[2:] == "0000" and code:
        return "province", code, row.name, code, ""
    if code[4:] == "00" and row.name not in ("市辖区", "县"):
        return "prefecture", code, row.name, code[:2] + "0000", code
    if row.prefecture and is_zone(row):
        above = prefectures.get(row.prefecture, code[:4] + "00" if code else "")
        return "zone", code, row.name, above[:2] + "0000", above
    return "", code, row.name, "", ""


def _sum_of_provinces(areas: pl.DataFrame) -> pl.DataFrame:
    """Return a national row where the tables print none (2010): the sum of the provinces, without the military."""
    provinces = areas.filter(pl.col("level") == "province")
    labels = {"level": "nation", "code": "000000", "name": "全国", "province_code": "", "prefecture_code": ""}
    keep = [c for c in provinces.columns if c not in (*AREA_FIELDS, "year")]
    row = provinces.select(pl.col(keep).sum()).with_columns(
        *(pl.lit(v).alias(k) for k, v in labels.items()), pl.lit(provinces["year"][0], pl.Int16).alias("year")
    )
    return row.select(areas.columns)
