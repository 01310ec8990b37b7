"""One indicator for all units: built-in tables in the order of preference, the user's own figures on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bolang.atlas.catalogue import CatalogueEntry
from bolang.atlas.facts import ledger_column, table_column
from bolang.atlas.overlay import LedgerFigure
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.foundation.ways import way


def built_in(
    entries: Sequence[CatalogueEntry], name: str, year: int, rows: Mapping[str, int], *, estimated: bool
) -> tuple[NDArray[np.float64], NDArray[np.str_]]:
    """Return values (NaN where nothing is known) and their status for all units in code order.

    Parameters
    ----------
    entries : sequence of CatalogueEntry
        The columns that hold the indicator, the preferred one first.
    name : str
        Name of the indicator, for the ledgers.
    rows : mapping
        Row of each code, in order.
    estimated : bool
        Whether estimates fill the gaps.
    """
    values, guessed = _kept(tuple(entries), name, year, tuple(rows), estimated)
    return values.copy(), np.where(guessed, "estimated", "measured")


@lru_cache(maxsize=1024)
def _kept(
    entries: tuple[CatalogueEntry, ...], name: str, year: int, codes: tuple[str, ...], estimated: bool
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Read what ships once, and which of it is estimated: a report asks for the same columns many times."""
    rows = {code: row for row, code in enumerate(codes)}
    values = np.full(len(rows), np.nan)
    guessed = np.zeros(len(rows), dtype=bool)
    published = [
        dict(table_column(e, year, estimated=False).drop_nulls().iter_rows()) for e in entries if year in e.years
    ]
    for source in (*published, ledger_column(name, year)):
        for code, value in source.items():
            if code in rows and np.isnan(values[rows[code]]):
                values[rows[code]] = value
    first = entries[0] if entries else None
    if estimated and first is not None and first.table == "gdp" and year in first.years:
        for code, value in table_column(first, year, estimated=True).drop_nulls().iter_rows():
            if np.isnan(values[rows[code]]):
                values[rows[code]], guessed[rows[code]] = value, True
    if first is not None and first.status == "estimated":
        guessed[:] = True
    return values, guessed


def lay_over(
    values: NDArray[np.float64],
    status: NDArray[np.str_],
    figures: Mapping[str, LedgerFigure],
    rows: Mapping[str, int],
    unit: str | None,
) -> None:
    """Put the user's figures on top, in place.

    Raises
    ------
    BadInputError
        If a figure is in another unit than the catalogue's.
    """
    for code, figure in figures.items():
        if unit is not None and figure.unit != unit:
            raise BadInputError(
                tr(
                    f"工作区中 {figure.indicator} 的单位是“{figure.unit}”，应为“{unit}”。",
                    f"The workspace gives {figure.indicator} in {figure.unit!r}; the unit is {unit!r}.",
                ),
                str(way("again")),
            )
        if code in rows:
            values[rows[code]], status[rows[code]] = figure.value, figure.status
