"""What the census and the customs say of Yiwu's road between 2010 and 2020: the facts that the replay is held against."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bolang.atlas import INDUSTRIES
from bolang.economy.calibration.calibration import YIWU
from bolang.economy.calibration.hub_selection import location_quotients
from bolang.economy.core.arrays import Array
from bolang.economy.core.industries import GOODS, WHOLESALE
from bolang.foundation.text import Text
from bolang.validation.backtest_tables import TextTable

if TYPE_CHECKING:
    from bolang.atlas import Atlas

SAMPLED = 10


def census_grid(atlas: Atlas) -> TextTable:
    """Employment, population and quotients of Yiwu in both censuses, and how the nation changed."""
    row = atlas.county(YIWU).index
    tables = [np.nan_to_num(atlas.employment(year)) for year in (2010, 2020)]
    people = [np.nan_to_num(atlas.column("population", year)) for year in (2010, 2020)]
    rows = [
        (Text("常住人口，万人", "population, 10,000"), _cells(people[0][row], people[1][row], people[0], people[1]))
    ]
    for label, members in (
        (Text("就业，万人", "jobs, 10,000"), list(range(len(INDUSTRIES)))),
        (Text("批发零售业就业，万人", "jobs in wholesale and retail, 10,000"), [WHOLESALE]),
        (Text("制造业就业，万人", "jobs in manufacturing, 10,000"), [GOODS]),
    ):
        then, now = (SAMPLED * table[:, members].sum(axis=1) for table in tables)
        rows.append((label, _cells(then[row], now[row], then, now)))
    for label, s in (
        (Text("批发零售业区位商", "quotient of wholesale and retail"), WHOLESALE),
        (Text("制造业区位商", "quotient of manufacturing"), GOODS),
    ):
        then, now = (location_quotients(np.maximum(table, 1e-9))[row, s] for table in tables)
        rows.append((label, (f"{then:.2f}", f"{now:.2f}", f"{now / then - 1:+.0%}", "–")))
    columns = (
        Text("义乌", "Yiwu"),
        Text("2010", "2010"),
        Text("2020", "2020"),
        Text("变化", "change"),
        Text("全国变化", "the nation"),
    )
    return TextTable(Text("两次普查中的义乌", "Yiwu in two censuses"), columns, tuple(rows))


def _cells(then: float, now: float, nation_then: Array, nation_now: Array) -> tuple[str, ...]:
    grown, nation = now / then - 1, nation_now.sum() / nation_then.sum() - 1
    return f"{then / 1e4:.1f}", f"{now / 1e4:.1f}", f"{grown:+.0%}", f"{nation:+.0%}"


def registered_grid(atlas: Atlas) -> TextTable:
    """Exports that customs registered with exporters of Yiwu since 2007, in 100 million US$."""
    import polars as pl

    found = atlas.table("trade").filter((pl.col("code") == YIWU) & (pl.col("exports") > 0) & (pl.col("year") >= 2007))
    years, exports = found.sort("year").select("year", "exports").to_numpy().T
    columns = (Text("年份", "year"), *(Text(f"{year:.0f}", f"{year:.0f}") for year in years))
    rows = ((Text("登记出口，亿美元", "registered exports, 100m US$"), tuple(f"{value:.0f}" for value in exports)),)
    return TextTable(Text("在义乌登记的出口", "Exports registered in Yiwu"), columns, rows)
