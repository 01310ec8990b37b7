"""Finds typing errors of the digitised census tables by two identities at once, and corrects only what both confirm.

Children add up to their prefecture in every column, and parts add up to their total in every row. A cell that breaks
both by the same amount is wrong by that amount.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from pipeline.build import Build
from pipeline.census_files import CensusFile, CensusRow

AGGREGATE_NAMES = ("市辖区", "县")


Repair = tuple[str, str, int, str, float, float]
REPAIRS = {
    "code": pl.String,
    "name": pl.String,
    "year": pl.Int16,
    "column": pl.String,
    "printed": pl.Float64,
    "corrected": pl.Float64,
}


def parents(census: CensusFile) -> list[str | None]:
    """Return, for each row, the key of the row one level up that it adds up to (None for provinces and aggregates)."""
    return _parents_2010(census) if census.year == 2010 else _parents_2020(census)


def _is_aggregate(row: CensusRow) -> bool:
    return row.name in AGGREGATE_NAMES or row.name.endswith("直辖县级行政区划")


def _is_prefecture(row: CensusRow) -> bool:
    return row.code is not None and row.code[4:] == "00" and row.code[2:] != "0000" and not _is_aggregate(row)


def _parents_2010(census: CensusFile) -> list[str | None]:
    """Follow the order of the lines: a prefecture's counties stand below it, direct counties at the province's end."""
    found: list[str | None] = []
    province = prefecture = None
    for row in census.rows:
        if row.code is not None and row.code[2:] == "0000":
            province, prefecture = row.code, None
            found.append(None)
        elif _is_aggregate(row):
            prefecture = prefecture if row.name in AGGREGATE_NAMES else None
            found.append(None)
        elif _is_prefecture(row):
            prefecture = row.code
            found.append(province)
        else:
            found.append(prefecture or province)
    return found


def _parents_2020(census: CensusFile) -> list[str | None]:
    provinces = {row.province: row.code for row in census.rows if row.code and row.code[2:] == "0000"}
    prefectures = {(row.province, row.prefecture): row.code for row in census.rows if _is_prefecture(row)}
    found: list[str | None] = []
    for row in census.rows:
        province = provinces.get(row.province)
        if row.code == province or _is_aggregate(row) or (row.code is None and row.province == "海南省"):
            found.append(None)
        elif _is_prefecture(row):
            found.append(province)
        else:
            found.append(prefectures.get((row.province, row.prefecture), province))
    return found


def repair(
    build: Build, frame: pl.DataFrame, parent: list[str | None], families: Mapping[str, tuple[str, ...]], year: int
) -> tuple[pl.DataFrame, list[Repair]]:
    """Return the frame with the cells corrected that both identities agree on, and the corrections."""
    position = {key: i for i, key in enumerate(frame["key"])}
    children: dict[int, list[int]] = {}
    for i, key in enumerate(parent):
        if key is not None:
            children.setdefault(position[key], []).append(i)
    numbers = [c for c in frame.columns if frame[c].dtype == pl.Float64]
    values = {c: frame[c].to_numpy().copy() for c in numbers}
    repairs: list[Repair] = []
    for column in numbers:
        for head, below in children.items():
            residual = values[column][head] - np.nansum(values[column][below])
            if abs(residual) < 0.01 or not np.isfinite(residual):
                continue
            for row, change in _culprits(values, column, head, below, residual, families):
                old = values[column][row]
                values[column][row] = round(old + change)
                new = float(values[column][row])
                repairs.append((frame["key"][row], frame["name"][row], year, column, float(old), new))
                build.say(f"  {year} {column} of {frame['name'][row]}: printed {old:,.10g}, corrected to {new:,.0f}")
    repairs += _signs(build, frame, values, year)
    build.say(f"  {year}: {len(repairs)} cells corrected")
    return frame.with_columns(pl.Series(c, v, nan_to_null=True) for c, v in values.items()), repairs


def _culprits(
    values: Mapping[str, np.ndarray],
    column: str,
    head: int,
    below: list[int],
    residual: float,
    families: Mapping[str, tuple[str, ...]],
) -> list[tuple[int, float]]:
    """Return the rows to correct and by how much; empty where the second identity does not confirm the first."""
    fractions = [i for i in below if abs(values[column][i] - round(np.nan_to_num(values[column][i]))) > 1e-9]
    if len(fractions) == 1:
        return [(fractions[0], residual)]

    def gap(i: int, total: str, parts: tuple[str, ...]) -> float:
        printed = [values[p][i] for p in parts if np.isfinite(values[p][i])]
        return float(values[total][i] - sum(printed)) * (1 if column in parts else -1)

    for name, parts in families.items():
        if " " in name or column not in (name, *parts):
            continue
        gaps = {i: gap(i, name, parts) for i in (*below, head)}
        single = [i for i in below if abs(gaps[i] - residual) < 0.01]
        if len(single) == 1:
            return [(single[0], residual)]
        off = [i for i in below if abs(gaps[i]) > 0.01]
        if off and abs(sum(gaps[i] for i in off) - residual) < 0.01:
            return [(i, gaps[i]) for i in off]
        if abs(gaps[head] + residual) < 0.01:
            return [(head, -residual)]
    return []


def _signs(build: Build, frame: pl.DataFrame, values: Mapping[str, np.ndarray], year: int) -> list[Repair]:
    """Turn negative values positive: nothing in these tables can be negative, and a dash before a figure is a slip."""
    repairs: list[Repair] = []
    for column, cells in values.items():
        for row in np.flatnonzero(cells < 0):
            old = float(cells[row])
            cells[row] = -old
            repairs.append((frame["key"][int(row)], frame["name"][int(row)], year, column, old, -old))
            build.say(f"  {year} {column} of {frame['name'][int(row)]}: printed {old:g}, corrected to {-old:g}")
    return repairs
