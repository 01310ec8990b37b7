"""``bolang rank``: counties ordered by an indicator, an index or a published fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from bolang.cli.options import Province, Top, argument, option
from bolang.cli.page import Delivery
from bolang.cli.paged import paged
from bolang.foundation.text import tr
from bolang.wording import load

if TYPE_CHECKING:
    import polars as pl

    from bolang.atlas import Atlas
    from bolang.diagnosis.fact_ranking import FactRanking

WORDS = load("cli_county")


@paged
def command(
    indicator: Annotated[str | None, argument(WORDS("rank.indicator.metavar"), WORDS("rank.indicator"))] = None,
    province: Province = None,
    top: Top = 20,
    year: Annotated[int | None, option("--year", said=WORDS("rank.year"))] = None,
    to: str | None = None,
    output: str | None = None,
) -> Delivery:
    """Show the ranking; a file holds all ranks."""
    from bolang.atlas import own_atlas
    from bolang.diagnosis.fact_ranking import rank_facts
    from bolang.diagnosis.indicators import DIMENSIONS
    from bolang.diagnosis.ranking import ranking
    from bolang.economy.levers.catalogue import levers
    from bolang.pages.rank import index_rank_page, measures_page, rank_page

    if indicator is None:
        return Delivery(measures_page())
    atlas, shown = own_atlas(), None if to or output else top
    if indicator.partition(".")[0] in levers():
        return _effects(atlas, indicator, province, shown)
    if any(indicator in (d.key, *(i.key for i in d.indicators)) for d in DIMENSIONS):
        table = ranking(indicator, province=province, lang="en", atlas=atlas)
        return Delivery(index_rank_page(table, indicator, atlas, shown), lambda: table)
    found = rank_facts(atlas, indicator, year=year, province=province)
    return Delivery(rank_page(found, shown), lambda: _frame(found))


def _effects(atlas: Atlas, key: str, province: str | None, top: int | None) -> Delivery:
    """Rank by what a lever does, all counties listed."""
    from bolang.economy.scenarios.sweep import Sweep
    from bolang.economy.scenarios.sweep.intervals import Intervals
    from bolang.foundation.errors import BadInputError
    from bolang.pages.where import ranks, result_of, where_page

    result = result_of(key)
    if result is None:
        raise BadInputError(
            tr(f"没有结果 {key!r}。", f"No result {key!r}."),
            tr(
                "应为 抓手.结果.范围，如 sea_rail.revenue.province。",
                "Expected lever.measure.circle, such as sea_rail.revenue.province.",
            ),
        )
    name, measure, circle = result
    swept = Sweep.shipped()
    asked: dict[str, Any] = {"measure": measure, "circle": circle, "province": province}
    page = where_page(swept, atlas, name, **asked, top=top, everyone=True, intervals=Intervals.shipped())
    return Delivery(page, lambda: ranks(swept, atlas, name, **asked))


def _frame(found: FactRanking) -> pl.DataFrame:
    import polars as pl

    rows = [(r.rank, r.county.code, r.county.full_name, r.value) for r in found.rows]
    return pl.DataFrame(rows, orient="row", schema=["rank", "code", "county", found.key])
