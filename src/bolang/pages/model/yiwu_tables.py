"""Yiwu's road in tables: what census and customs say of it, and the replay that is held against them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from bolang.atlas import INDUSTRIES
from bolang.atlas.vintage import censuses
from bolang.economy.calibration.calibration import YIWU
from bolang.economy.calibration.hub_selection import location_quotients
from bolang.economy.core.arrays import Array
from bolang.economy.core.industries import GOODS, WHOLESALE
from bolang.foundation.text import Text, same
from bolang.foundation.units import number_text
from bolang.pages.model.tables import TextTable
from bolang.validation.replay import DECADE, WITHOUT, Replay, ReplayLine
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.atlas import Atlas

WORDS = load("model")
SAMPLED = 10
FIRST_YEAR = 2007
"""Customs figures of Yiwu are shown from here."""

LINE_COLUMNS = ("lq_trade", "lq_manuf", "exports", "through", "gdp", "jobs", "in_trade")


def census_grid(atlas: Atlas) -> TextTable:
    """Employment, population and quotients of Yiwu in both censuses, and how the nation changed."""
    row, years = atlas.county(YIWU).index, censuses()[-2:]
    tables = [np.nan_to_num(atlas.employment(year)) for year in years]
    people = [np.nan_to_num(atlas.column("population", year)) for year in years]
    rows = [(WORDS("row.population"), _cells(people[0][row], people[1][row], people[0], people[1]))]
    for label, members in (
        (WORDS("row.jobs"), list(range(len(INDUSTRIES)))),
        (WORDS("row.jobs_wholesale"), [WHOLESALE]),
        (WORDS("row.jobs_manufacturing"), [GOODS]),
    ):
        then, now = (SAMPLED * table[:, members].sum(axis=1) for table in tables)
        rows.append((label, _cells(then[row], now[row], then, now)))
    for label, s in (
        (WORDS("row.quotient_wholesale"), WHOLESALE),
        (WORDS("row.quotient_manufacturing"), GOODS),
    ):
        then, now = (location_quotients(np.maximum(table, 1e-9))[row, s] for table in tables)
        rows.append(
            (
                label,
                (
                    number_text(then, 2),
                    number_text(now, 2),
                    f"{number_text(100 * (now / then - 1), signed=True)}%",
                    "–",
                ),
            )
        )
    columns = (
        WORDS("column.yiwu"),
        *(same(str(year)) for year in years),
        WORDS("column.change"),
        WORDS("column.the_nation"),
    )
    return TextTable(WORDS("title.censuses"), columns, tuple(rows))


def _cells(then: float, now: float, nation_then: Array, nation_now: Array) -> tuple[str, ...]:
    grown, nation = now / then - 1, nation_now.sum() / nation_then.sum() - 1
    return (
        number_text(then / 1e4, 1),
        number_text(now / 1e4, 1),
        f"{number_text(100 * grown, signed=True)}%",
        f"{number_text(100 * nation, signed=True)}%",
    )


def registered_grid(atlas: Atlas) -> TextTable:
    """Exports that customs registered with exporters of Yiwu since 2007, in 100 million US$."""
    import polars as pl

    found = atlas.table("trade").filter(
        (pl.col("code") == YIWU) & (pl.col("exports") > 0) & (pl.col("year") >= FIRST_YEAR)
    )
    years, exports = found.sort("year").select("year", "exports").to_numpy().T
    columns = (WORDS("column.year"), *(same(str(int(year))) for year in years))
    rows = ((WORDS("row.registered"), tuple(number_text(value) for value in exports)),)
    return TextTable(WORDS("title.registered"), columns, rows)


def without_grid(replay: Replay) -> TextTable:
    """Return Yiwu in 2020 with one thing changed."""
    return _lines(
        WORDS("title.without"),
        ((WORDS(f"without.{key}"), replay.without[key]) for key in WITHOUT),
    )


def decade_grid(replay: Replay) -> TextTable:
    """Return Yiwu in 2010 with what the decade brought."""
    return _lines(
        WORDS("title.decade"),
        ((WORDS(f"decade.{key}"), replay.decade[key]) for key in DECADE),
    )


def _lines(title: Text, lines: Iterable[tuple[Text, ReplayLine]]) -> TextTable:
    rows = tuple(
        (
            label,
            (
                number_text(line.wholesale_lq, 2),
                number_text(line.manufacturing_lq, 2),
                number_text(line.exports),
                number_text(line.throughput),
                number_text(line.gdp),
                number_text(line.people / 1e4, 1),
                number_text(line.wholesale / 1e4, 1),
            ),
        )
        for label, line in lines
    )
    return TextTable(title, (WORDS("column.world"), *(WORDS(f"column.{key}") for key in LINE_COLUMNS)), rows)
