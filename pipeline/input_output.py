"""National input-output tables: 42 sectors as published, and put together on the 19 industries of the census."""

from __future__ import annotations

import math

import polars as pl

from pipeline.build import Build, require

YEARS = (2017, 2018, 2020)
SECTORS = tuple(f"{i:02d}" for i in range(1, 43))
SECTIONS = tuple("ABCDEFGHIJKLMNOPQRS")
_SPANS = {"A": (1, 1), "B": (2, 5), "C": (6, 23), "D": (24, 26), "E": (27, 27), "F": (28, 28), "G": (29, 29)}
_SPANS |= {"H": (30, 30), "I": (31, 31), "J": (32, 32), "K": (33, 33), "L": (34, 34), "M": (35, 36), "N": (37, 37)}
_SPANS |= {"O": (38, 38), "P": (39, 39), "Q": (40, 40), "R": (41, 41), "S": (42, 42)}
SECTION_OF = {f"{i:02d}": section for section, (first, last) in _SPANS.items() for i in range(first, last + 1)}
FINAL = {
    "TIU": "intermediate_use",
    "TC": "consumption",
    "FU201": "fixed_capital",
    "FU202": "inventories",
    "EX": "exports",
    "TFU": "final_use",
    "GO": "total_use",
}
VALUE_ADDED = {"VA001": "compensation", "VA002": "production_taxes", "VA003": "depreciation", "VA004": "surplus"}
ORIGINS = {"Domestic": "domestic", "Imports": "imported"}
BALANCE = 1e-9


def build_input_output(build: Build) -> None:
    """Write `io42_YEAR`, `io_YEAR` (19 industries) and `io_sectors`."""
    for year in YEARS:
        table = _read(build, year)
        build.write(f"io42_{year}", table)
        small = aggregated(table)
        error = max(imbalance(table, SECTORS), imbalance(small, SECTIONS))
        require(error < BALANCE, f"the {year} table does not balance: {error:.1e}")
        build.say(f"  {year}: use equals supply to {error:.0e} of output in 42 and in 19 sectors")
        build.write(f"io_{year}", small)
    _write_sectors(build)


def _read(build: Build, year: int) -> pl.DataFrame:
    raw = pl.read_csv(build.source / "io" / f"china_{year}_42.csv", schema_overrides={"Code": pl.String})
    uses = raw.filter(pl.col("Origin").is_in(list(ORIGINS))).with_columns(pl.col("Origin").replace_strict(ORIGINS))
    added = raw.filter(pl.col("Code").is_in(list(VALUE_ADDED))).with_columns(
        pl.lit("value_added").alias("Origin"),
        pl.col("Code").replace_strict(VALUE_ADDED),
        *(pl.lit(None, pl.Float64).alias(c) for c in FINAL),
    )
    both = pl.concat(
        [uses.select("Origin", "Code", *SECTORS, *FINAL), added.select("Origin", "Code", *SECTORS, *FINAL)]
    )
    require(both.height == 2 * len(SECTORS) + len(VALUE_ADDED), f"{year}: {both.height} rows")
    return both.rename({"Origin": "origin", "Code": "row"} | FINAL)


def aggregated(table: pl.DataFrame) -> pl.DataFrame:
    """Add up rows and columns of 42 sectors to the 19 industries.

    Sums are correctly rounded, so that they do not depend on the order in which threads add.
    """
    columns = {section: [code for code in SECTORS if SECTION_OF[code] == section] for section in SECTIONS}
    columns |= {name: [name] for name in FINAL.values()}
    groups: dict[tuple[str, str], list[dict[str, float | None]]] = {}
    for row in table.iter_rows(named=True):
        groups.setdefault((row["origin"], SECTION_OF.get(row["row"], row["row"])), []).append(row)
    records = []
    for (origin, label), rows in groups.items():
        cells = {name: [row[part] for row in rows for part in parts] for name, parts in columns.items()}
        sums = {n: math.fsum(v for v in c if v is not None) if None not in c else None for n, c in cells.items()}
        records.append({"origin": origin, "row": label} | sums)
    return pl.DataFrame(records, schema_overrides=dict.fromkeys(FINAL.values(), pl.Float64))


def imbalance(table: pl.DataFrame, sectors: tuple[str, ...]) -> float:
    """Largest difference between use and supply, relative to the sector's output, by rows and by columns."""
    domestic = table.filter(pl.col("origin") == "domestic")
    output = domestic["total_use"]
    by_row = (domestic["intermediate_use"] + domestic["final_use"] - output).abs() / output
    supply = pl.Series(table.select(pl.col(sectors).sum()).row(0))
    by_column = (supply - output).abs() / output
    return max(float(str(by_row.max())), float(str(by_column.max())))


def _write_sectors(build: Build) -> None:
    raw = pl.read_csv(build.source / "io" / "china_2020_42.csv", schema_overrides={"Code": pl.String})
    named = raw.filter(pl.col("Origin") == "Domestic").select(
        pl.col("Code").alias("sector"),
        pl.col("DescriptionInChinese").alias("name_zh"),
        pl.col("Description").alias("name_en"),
        pl.col("Code").replace_strict(SECTION_OF).alias("industry"),
    )
    build.write("io_sectors", named)
