"""Reads a county's public finances and growth from the atlas: what is published or imported, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from bolang.atlas.model import County, Fact
from bolang.atlas.provenance import NOTHING
from bolang.atlas.romanize import place
from bolang.atlas.trace import STAGE
from bolang.foundation.errors import BadInputError
from bolang.foundation.names import Names
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, join, same, tr
from bolang.pathway.debt.outlook import Assumptions
from bolang.pathway.debt.position import FiscalPosition

if TYPE_CHECKING:
    from bolang.atlas import Atlas

_SOURCES = Names("bolang.pathway.debt", "sources")

INDICATORS: dict[str, str] = {
    "gdp": "gdp",
    "revenue": "fiscal_revenue",
    "tax": "tax_revenue",
    "expenditure": "fiscal_expenditure",
    "transfers": "transfers",
    "fund_revenue": "fund_revenue",
    "fund_expenditure": "fund_expenditure",
    "land_revenue": "land_revenue",
    "general_interest": "debt_interest_general",
    "special_interest": "debt_interest_special",
    "general_debt": "debt_balance_general",
    "special_debt": "debt_balance_special",
    "debt": "debt_balance",
    "quota": "debt_limit",
}
"""Indicator of the atlas (or of an import) behind each item."""
PARTS = {"tax": "revenue", "land_revenue": "fund_revenue", "general_debt": "debt", "special_debt": "debt"}
TO_YI = {"万元": 1e-4, "亿元": 1.0, "元": 1e-8}
STALE = 8
"""Years behind the newest figure of any county from which an item says nothing of today."""
OLDEST = 3
"""Years by which an item may be older than the newest one; older figures are left out."""
GROWTH_YEARS = 3
"""Years over which the province's nominal growth is averaged."""
HISTORY = 10
"""Most recent yearly changes of county GDP that its volatility is read from; at least `FEWEST` are needed."""
FEWEST = 6


def fiscal_position(atlas: Atlas, county: County, given: Mapping[str, float] | None = None) -> FiscalPosition:
    """Collect the latest full-year figures of a county, with the user's own laid over them.

    Parameters
    ----------
    atlas : Atlas
    county : County
    given : mapping, optional
        Items of `FiscalPosition` by name, in 亿元.

    Raises
    ------
    BadInputError
        If an item is unknown, or a figure is negative or larger than the whole it is part of.
    """
    facts = {name: _latest(atlas, county, indicator) for name, indicator in INDICATORS.items()}
    today = max(atlas.entries.indicator("gdp").years)
    found = {name: fact for name, fact in facts.items() if fact is not None and fact.year >= today - STALE}
    newest = max((fact.year for fact in found.values()), default=0)
    found = {name: fact for name, fact in found.items() if fact.year >= newest - OLDEST}
    for part, whole in PARTS.items():
        if part in found and whole in found and found[part].year != found[whole].year:
            del found[part]
    values = {name: fact.value * TO_YI[fact.unit] for name, fact in found.items()}
    if "debt" in found:
        before = _of_year(atlas, county, INDICATORS["debt"], found["debt"].year - 1)
        if before is not None:
            values["debt_before"] = before.value * TO_YI[before.unit]
            facts["debt_before"] = before
    position = FiscalPosition(
        year=newest,
        years={name: fact.year for name, fact in found.items() if fact.year != newest},
        sources={name: _said(fact) for name, fact in found.items()},
        estimated=tuple(name for name, fact in found.items() if fact.status == "estimated"),
        facts={name: fact for name in values if (fact := facts.get(name)) is not None},
        **values,
    )
    return position.with_given(_SOURCES["given"], **given) if given else position


def county_assumptions(atlas: Atlas, county: County, growth: float | None = None) -> tuple[Assumptions, float]:
    """Return assumptions for the years ahead, and the standard deviation of the county's nominal growth.

    Growth is the province's average over the last published years unless it is given. The deviation is the county's own
    where its published series is long enough, kept inside the cited range, since single jumps are revisions.
    """
    cited = load_parameters("bolang.pathway.debt")["growth_deviation"]
    assert cited.range is not None
    own = _deviation(atlas, county)
    deviation = cited.number if own is None else float(np.clip(own, *cited.range))
    if growth is not None:
        return Assumptions.from_parameters(growth, _SOURCES["given"]), deviation
    rate, source = _province_growth(atlas, county)
    return Assumptions.from_parameters(rate, source), deviation


def _said(fact: Fact) -> Text:
    """Return the source of a figure, and whether it is a final account or only expected."""
    footing = STAGE.get(fact.stage)
    source = fact.provenance.source
    return source if footing is None else join((source, footing), "，", ", ")


def _facts(atlas: Atlas, county: County, indicator: str) -> list[Fact]:
    facts = atlas.facts(county, indicator) if atlas.knows(indicator) else ()
    return [fact for fact in facts if fact.period == "year" and _known_unit(fact)]


def _known_unit(fact: Fact) -> bool:
    if fact.unit not in TO_YI:
        raise BadInputError(
            tr(
                f"{fact.label.zh}的单位是“{fact.unit}”，应为万元或亿元。",
                f"{fact.label.en} is in {fact.unit!r}, not in yuan.",
            )
        )
    return True


def _latest(atlas: Atlas, county: County, indicator: str) -> Fact | None:
    """Latest figure: published or imported before estimated, and the preferred source within its year."""
    facts = _facts(atlas, county, indicator)
    measured = [fact for fact in facts if fact.status == "measured"] or facts
    if not measured:
        return None
    newest = max(fact.year for fact in measured)
    return next(fact for fact in measured if fact.year == newest)


def _of_year(atlas: Atlas, county: County, indicator: str, year: int) -> Fact | None:
    return next((fact for fact in _facts(atlas, county, indicator) if fact.year == year), None)


def _deviation(atlas: Atlas, county: County) -> float | None:
    series = {f.year: f.value for f in reversed(_facts(atlas, county, "gdp")) if f.status == "measured" and f.value > 0}
    changes = [np.log(series[year] / series[year - 1]) for year in sorted(series) if year - 1 in series]
    recent = changes[-HISTORY:]
    return float(np.std(recent, ddof=1)) if len(recent) >= FEWEST else None


def _province_growth(atlas: Atlas, county: County) -> tuple[float | None, Text]:
    import polars as pl

    rows = atlas.table("province_gdp").filter(pl.col("province_code") == county.province_code).sort("year")
    if rows.height <= GROWTH_YEARS:
        return None, NOTHING
    years, values = rows["year"].to_list(), rows["gdp_100m"].to_list()
    rate = (values[-1] / values[-1 - GROWTH_YEARS]) ** (1.0 / GROWTH_YEARS) - 1.0
    period = f"{years[-1 - GROWTH_YEARS]}-{years[-1]}"
    return float(rate), _SOURCES["province_growth"].filled({"province": place(county.province), "period": same(period)})
