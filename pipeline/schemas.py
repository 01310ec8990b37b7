"""What a table must look like before it is written: types, keys, ranges."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

UNITS = 2853
CODE = r"^\d{6}$"
YEARS = range(1978, 2031)
KINDS = ["district", "city", "county", "autonomous_county", "banner", "autonomous_banner", "special", "undivided_city"]
CONTINUITY = ["same", "recoded", "merged", "boundary_changed", "split", "new"]
SECTIONS = "ABCDEFGHIJKLMNOPQRS"


def _code() -> pa.Column:
    return pa.Column(pl.String, pa.Check.str_matches(CODE))


def _year() -> pa.Column:
    return pa.Column(pl.Int16, pa.Check.isin(list(YEARS)))


def _amount(dtype: type[pl.DataType] = pl.Float64, *, low: float = 0, high: float | None = None) -> pa.Column:
    checks = [pa.Check.ge(low)] + ([pa.Check.le(high)] if high is not None else [])
    return pa.Column(dtype, checks, nullable=True)


def _one_of(values: list[str]) -> pa.Column:
    return pa.Column(pl.String, pa.Check.isin(values))


PERCENT = 100.0
SCHEMAS: dict[str, pa.DataFrameSchema] = {
    "units": pa.DataFrameSchema(
        {
            "index": pa.Column(pl.Int32, pa.Check.in_range(0, UNITS - 1), unique=True),
            "code": pa.Column(pl.String, pa.Check.str_matches(CODE), unique=True),
            "full_name": pa.Column(pl.String, unique=True),
            "province_code": _code(),
            "prefecture_code": _code(),
            "kind": _one_of(KINDS),
            "lon": pa.Column(pl.Float64, pa.Check.in_range(73, 136)),
            "lat": pa.Column(pl.Float64, pa.Check.in_range(3, 54)),
            "area_km2": pa.Column(pl.Float64, pa.Check.in_range(5, 210_000)),
            "seat_source": _one_of(["listed", "predecessor", "gazetteer", "polygon"]),
            "polygon_source": _one_of(["exact", "merged", "divided"]),
        }
    ),
    "continuity": pa.DataFrameSchema(
        {"code": pa.Column(pl.String, unique=True), "status": _one_of(CONTINUITY), "comparable": pa.Column(pl.Boolean)}
    ),
    "rail_openings": pa.DataFrameSchema(
        {"code": _code(), "year": _year(), "line": pa.Column(pl.String), "design_speed": _amount(low=200, high=400)}
    ),
    "unit_codes": pa.DataFrameSchema({"code": _code(), "unit": _code(), "name": pa.Column(pl.String)}),
    "census": pa.DataFrameSchema(
        {
            "code": _code(),
            "year": pa.Column(pl.Int16, pa.Check.isin([2010, 2020])),
            "population": pa.Column(pl.Int32, pa.Check.in_range(200, 12_000_000)),
            "minority_share": _amount(high=PERCENT),
            "urban_share": _amount(high=PERCENT),
            "share_65_plus": _amount(high=PERCENT),
            "illiteracy_rate": _amount(high=PERCENT),
            "mean_schooling": _amount(low=1, high=16),
            "mean_schooling_male": _amount(low=1, high=16),
            # Yushu counted its people in tents after the earthquake of April 2010: 1.06 square metres.
            "floor_area_per_person": _amount(low=1, high=150),
            "household_size": _amount(low=1, high=8),
        },
        unique=["code", "year"],
    ),
    "employment": pa.DataFrameSchema(
        {
            "code": _code(),
            "year": pa.Column(pl.Int16, pa.Check.isin([2010, 2020])),
            "employed": _amount(pl.Int32, high=2_000_000),
        }
        | {section: _amount(pl.Int32, high=2_000_000) for section in SECTIONS},
        unique=["code", "year"],
    ),
    "gdp": pa.DataFrameSchema(
        {
            "code": _code(),
            "year": _year(),
            "gdp": _amount(low=1, high=3e8),
            "gdp_primary": _amount(),
            "gdp_secondary": _amount(),
            "gdp_tertiary": _amount(),
            "status": _one_of(["measured", "estimated"]),
        },
        unique=["code", "year"],
    ),
    "trade": pa.DataFrameSchema(
        {"code": _code(), "year": _year(), "exports": _amount(high=1000), "imports": _amount(high=1000)},
        unique=["code", "year"],
    ),
    "fiscal": pa.DataFrameSchema(
        {
            "code": _code(),
            "year": _year(),
            "fiscal_revenue": _amount(low=1, high=1e7),
            "fiscal_expenditure": _amount(low=1, high=1e7),
        },
        unique=["code", "year"],
    ),
    "taobao": pa.DataFrameSchema(
        {"code": _code(), "year": _year(), "taobao_villages": _amount(pl.Int16, high=200)}, unique=["code", "year"]
    ),
    "prefecture_panel": pa.DataFrameSchema(
        {
            "prefecture_code": _code(),
            "year": _year(),
            "gdp_100m": _amount(low=1, high=60_000),
            "share_primary": _amount(high=PERCENT),
            "share_secondary": _amount(high=PERCENT),
            "share_tertiary": _amount(high=PERCENT),
            "average_wage": _amount(low=1000, high=400_000),
        },
        unique=["prefecture_code", "year"],
    ),
    "province_gdp": pa.DataFrameSchema(
        {"province_code": _code(), "year": _year(), "gdp_100m": _amount(low=100, high=200_000)},
        unique=["province_code", "year"],
    ),
    "neighbours": pa.DataFrameSchema(
        {"code": _code(), "neighbour": _code(), "border_km": _amount(pl.Float32, high=2000)},
        unique=["code", "neighbour"],
    ),
    "polygons": pa.DataFrameSchema({"code": pa.Column(pl.String, unique=True), "wkb": pa.Column(pl.Binary)}),
}
"""Checks of the tables whose errors would hurt most; columns that are not named are free."""


def validate(table: str, frame: pl.DataFrame) -> None:
    """Check a table against its schema, if it has one.

    Raises
    ------
    pandera.errors.SchemaErrors
        With every violation.
    """
    if table in SCHEMAS:
        SCHEMAS[table].validate(frame, lazy=True)
