"""Shocks from abroad on one county, from the model: tariffs, demand, freight, a closed port; and where exports go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.atlas.model import INDUSTRIES, INDUSTRY_LABELS
from bolang.economy.core.kernels import KernelTrade
from bolang.economy.scenarios.running import calibrated, run
from bolang.economy.scenarios.scenario import Scenario, TradeShock
from bolang.foundation.store import stored
from bolang.foundation.text import Text
from bolang.pathway.debt import Stress, output_stress
from bolang.pathway.risk.assess import ShockEffect
from bolang.pathway.risk.exposure import ExportMarket, Industry, ModelledExports

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County
    from bolang.economy.calibration.calibration import Calibration
    from bolang.economy.core.migration import Closure
    from bolang.economy.scenarios.standard_shocks import StandardShocks

Floats = NDArray[np.float64]
MEASURES = ("gdp", "revenue", "employment")


def modelled_exports(calibration: Calibration, county: int) -> ModelledExports:
    """Read a county's exports by region: what its producers ship and what its market sells."""
    economy = calibration.economy
    value = _exports(calibration, county)
    by_region = value.sum(axis=1)
    share = by_region / by_region.sum() if by_region.sum() > 0 else np.zeros(by_region.size)
    regions = calibration.regions
    size = dict(calibration.atlas.table("markets").select("id", "gdp_2020_busd").iter_rows())
    by_market = {
        market: float(share[r] * size[market] / sum(size[m] for m in regions.markets[r]))
        for r in range(share.size)
        for market in regions.markets[r]
    }
    order = np.argsort(-share, kind="stable")
    gdp = float((economy.sales[county] * economy.technology.value_added).sum())
    return ModelledExports(
        100.0 * float(value.sum()) / gdp,
        tuple(ExportMarket(regions.names[r], float(share[r])) for r in order),
        by_market,
        tuple(regions.ids[r] for r in order),
        _by_industry(value.sum(axis=0)),
    )


def _exports(calibration: Calibration, county: int) -> Floats:
    """Exports of the baseline by region and industry, shape (R, 19): what producers ship, and what the market sells."""
    economy, trade = calibration.economy, calibration.economy.trade
    assert isinstance(trade, KernelTrade)
    spending, _ = economy.spending_and_income(
        economy.income[:, None], economy.sales[..., None], economy.baseline_market
    )
    under = trade.under(None, economy.elasticities.trade[:, :1])
    hubs = np.flatnonzero(np.asarray(trade.hub_places) == county)
    columns = []
    for k in range(len(INDUSTRIES)):
        # Sales are linear in spending, so one industry's are those to buyers that spend on nothing else.
        only = np.zeros_like(spending)
        only[:, k] = spending[:, k]
        found = under.exports(np.ones_like(spending), economy.baseline_market, only)
        columns.append(found.direct[:, county, 0] + found.via_hubs[:, hubs, 0].sum(axis=1))
    return np.array(columns, dtype=float).T


def _by_industry(value: Floats) -> tuple[Industry, ...]:
    total = float(value.sum())
    order = [int(k) for k in np.argsort(-value, kind="stable") if value[k] > 0]
    return tuple(Industry(INDUSTRIES[k], INDUSTRY_LABELS[INDUSTRIES[k]], float(value[k]) / total) for k in order)


def shock_effects(found: StandardShocks, port: Text | None, atlas: Atlas) -> tuple[ShockEffect, ...]:
    """Read the model's standard shocks on a county, and solve the closure of a port; kept in the cache.

    Parameters
    ----------
    found : StandardShocks
        Effects of the standard shocks on the county.
    port : Text or None
        Gateway that closes, if any.
    atlas : Atlas
    """
    columns = [found.measures.index(name) for name in MEASURES]
    effects = []
    for k, key in enumerate(found.shocks):
        gdp, revenue, jobs = (100.0 * found.change[k, columns]).tolist()
        low, high = (100.0 * np.quantile(found.under_parameters[:, k, columns[0]], [0.05, 0.95])).tolist()
        effects.append(ShockEffect(key, gdp, revenue, jobs, low, high))
    if port is not None:
        gdp, revenue, jobs = _closed(found, port, atlas)
        effects.append(ShockEffect("port_closed", gdp, revenue, jobs, port=port))
    return tuple(effects)


def shock_stresses(effects: Sequence[ShockEffect]) -> tuple[Stress, ...]:
    """Turn shocks that cost output into stress tests of public finances."""
    return tuple(
        output_stress(
            effect.key,
            gdp=effect.gdp / 100.0,
            revenue=effect.revenue / 100.0,
            place=effect.port,
        )
        for effect in effects
        if effect.gdp < 0
    )


def _closed(found: StandardShocks, port: Text, atlas: Atlas) -> tuple[float, float, float]:
    """Output, revenue and employment of the county in per cent when a port closes."""
    gdp, revenue, jobs = _after_closure(atlas, found.county, port.key, found.closure)["change"].tolist()
    return gdp, revenue, jobs


@stored(
    "economy-port-closed",
    inputs=lambda atlas, county, port, closure: (calibrated(atlas).key, county.code, port, closure),
)
def _after_closure(atlas: Atlas, county: County, port: str, closure: Closure) -> dict[str, Floats]:
    shock = TradeShock(kind="port_closed", place=port)
    done = run(Scenario(county, shocks=(shock,), closure=closure, draws=0), atlas, decomposed=False).central
    return {"change": np.array([100.0 * done.by_county(name)[county.index, 0] for name in MEASURES])}
