"""What a county sells abroad, where to and through which channel, as far as it is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from bolang.atlas.model import County, Fact, Status
from bolang.diagnosis.exports import export_ratio
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text

if TYPE_CHECKING:
    from bolang.atlas import Atlas

Floats = NDArray[np.float64]
MarketsSource = Literal["customs", "model", "none"]
"""Who says where exports go: customs (imports and exports together), the model, or nobody."""


@dataclass(frozen=True, slots=True)
class ExportMarket:
    """A market abroad and its share in a county's exports (a share, not a percentage)."""

    label: Text
    share: float


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry (section letter) and its share in a county's exports (a share, estimated by the model)."""

    section: str
    label: Text
    share: float


@dataclass(frozen=True, slots=True)
class Exposure:
    """A county's exposure to foreign trade.

    Attributes
    ----------
    county : County
    exports_to_gdp : float or None
        Per cent of GDP.
    year : int or None
        Year of the figure.
    status : {'measured', 'estimated'}
        Whether exports are published or from the model.
    volatility : float or None
        Standard deviation of yearly growth of published exports (logarithms).
    history : tuple of (int, float)
        Published exports by year, 亿美元.
    markets : tuple of ExportMarket
        Markets by share, largest first; from the model where nothing is published.
    markets_status : {'measured', 'estimated'}
    markets_source : {'customs', 'model', 'none'}
    markets_period : Text or None
        Of what customs published.
    channel : float or None
        Per cent of exports by market-procurement trade.
    channel_year : int or None
    industries : tuple of Industry
        Industries whose goods are sold abroad, by share; from the model, empty without it.
    """

    county: County
    exports_to_gdp: float | None
    year: int | None
    status: Status
    volatility: float | None
    history: tuple[tuple[int, float], ...]
    markets: tuple[ExportMarket, ...]
    markets_status: Status
    markets_source: MarketsSource
    channel: float | None
    channel_year: int | None
    markets_period: Text | None = None
    industries: tuple[Industry, ...] = ()


@dataclass(frozen=True, eq=False)
class ModelledExports:
    """Exports of one county in the model's baseline.

    Attributes
    ----------
    to_gdp : float
        Per cent of the county's value added in the model.
    markets : tuple of ExportMarket
        Foreign regions by share, largest first.
    by_market : mapping of market id to share
        The same on the single markets that freight is priced to.
    regions : tuple of str
        Region ids in the order of `markets`.
    industries : tuple of Industry
        Industries by share, largest first.
    """

    to_gdp: float
    markets: tuple[ExportMarket, ...]
    by_market: Mapping[str, float]
    regions: tuple[str, ...]
    industries: tuple[Industry, ...]


def county_exposure(atlas: Atlas, county: County, modelled: ModelledExports | None = None) -> Exposure:
    """Collect what is published of a county's exports; the model fills what is not, and is marked.

    Parameters
    ----------
    atlas : Atlas
    county : County
    modelled : ModelledExports, optional
        The model's exports: their ratio to GDP and destinations are used where nothing is published, industries always,
        since nothing is published by industry.
    """
    history = published_exports(atlas, county)
    found = export_ratio(atlas.county(county))
    ratio = found.value if found else modelled.to_gdp if modelled else None
    known = known_markets(county)
    markets = known[0] if known else modelled.markets if modelled else ()
    channel = _facts(atlas, county, "market_procurement_share")
    return Exposure(
        county=county,
        exports_to_gdp=ratio,
        year=found.year if found else None,
        status="estimated" if found is None else "measured",
        volatility=export_volatility(history),
        history=history,
        markets=tuple(sorted(markets, key=lambda market: -market.share)),
        markets_status="estimated" if known is None else "measured",
        markets_source="customs" if known else "model" if modelled else "none",
        channel=channel[-1].value if channel else None,
        channel_year=channel[-1].year if channel else None,
        markets_period=known[1] if known else None,
        industries=modelled.industries if modelled else (),
    )


def _facts(atlas: Atlas, county: County, indicator: str) -> list[Fact]:
    """Full-year facts, the preferred one of a year last; empty where the indicator is unknown."""
    facts = atlas.facts(county, indicator) if atlas.knows(indicator) else ()
    return [fact for fact in sorted(facts, key=lambda f: f.year) if fact.period == "year"]


def published_exports(atlas: Atlas, county: County) -> tuple[tuple[int, float], ...]:
    """Return published exports by year in 亿美元, oldest first."""
    import polars as pl

    rows = atlas.table("trade").filter((pl.col("code") == county.code) & pl.col("exports").is_not_null())
    return tuple((int(year), float(value)) for year, value in rows.sort("year").select("year", "exports").iter_rows())


def export_volatility(history: tuple[tuple[int, float], ...]) -> float | None:
    """Return the standard deviation of yearly logarithmic growth; None with fewer than five neighbouring pairs."""
    growth = [
        np.log(later / earlier)
        for (year, earlier), (following, later) in pairwise(history)
        if following == year + 1 and earlier > 0 and later > 0
    ]
    return float(np.std(growth, ddof=1)) if len(growth) >= 5 else None


def known_markets(county: County) -> tuple[tuple[ExportMarket, ...], Text] | None:
    """Return markets that customs published for a county, and the period."""
    cited = load_parameters("bolang.pathway.risk")["known_markets"]
    listed = cited.value
    assert isinstance(listed, dict)
    entry = listed.get(county.code)
    if entry is None:
        return None
    total = float(entry["total"])
    markets = tuple(ExportMarket(Text(p["zh"], p["en"]), float(p["value"]) / total) for p in entry["partners"])
    return markets, Text(**entry["period"])


def concentration(markets: tuple[ExportMarket, ...]) -> float | None:
    """Herfindahl index over markets; what is not divided counts as infinitely dispersed, so this is a lower bound."""
    return float(sum(market.share**2 for market in markets)) if markets else None
