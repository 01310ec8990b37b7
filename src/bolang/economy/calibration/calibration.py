"""From facts, freight costs and cited parameters to an economy that reproduces them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from bolang.atlas import INDUSTRIES
from bolang.atlas.vintage import censuses
from bolang.economy.calibration.geography import Geography, from_freight, kernels
from bolang.economy.calibration.hub_selection import HubTargets, candidates, hub_targets
from bolang.economy.calibration.national import NationalAccounts
from bolang.economy.calibration.observations import Observations, observe
from bolang.economy.calibration.people import departures, fit_flows
from bolang.economy.calibration.regions import Abroad, Regions, accounts_abroad
from bolang.economy.calibration.scaling import Fitted, Targets, fit, hub_border_terms, region_terms, with_multipliers
from bolang.economy.calibration.spending import Spending, county_spending
from bolang.economy.calibration.target_building import may_export, targets_of, with_county_exports
from bolang.economy.calibration.value_added import ValueAdded, by_industry
from bolang.economy.core.arrays import Array, IntArray, cast
from bolang.economy.core.equilibrium import Economy
from bolang.economy.core.hubs import Hubs
from bolang.economy.core.industries import (
    AT_HOME,
    BULK,
    GOODS,
    LOCAL_SERVICES,
    MANUFACTURING,
    MARKET_SERVICES,
    WHOLESALE,
)
from bolang.economy.core.kernels import KernelTrade
from bolang.economy.core.migration import Closure, Migration, NationalMigration, ProvincialMigration
from bolang.economy.core.technology import Elasticities, Technology
from bolang.foundation.errors import BadInputError
from bolang.foundation.parameters import ParameterFile, load_parameters
from bolang.foundation.progress import IterationDone, Progress, ShareDone
from bolang.foundation.source import source_digest
from bolang.foundation.store import content_key, stored
from bolang.foundation.text import tr

if TYPE_CHECKING:
    from bolang.atlas import Atlas

YIWU = "330782"
WAN_PER_YI = 1e4
"""万元 in an 亿元."""
SECTORS = len(INDUSTRIES)


def parameters() -> ParameterFile:
    """The parameter file of the economy."""
    return load_parameters("bolang.economy.calibration")


@dataclass(frozen=True, eq=False)
class Calibration:
    """An economy of all counties with what it was built from.

    Attributes
    ----------
    atlas : Atlas
    observed : Observations
    geography : Geography
    regions : Regions
    value_added : ValueAdded
    spending : Spending
    abroad : Abroad
    hubs : HubTargets or None
    targets : Targets
    fitted : Fitted
    parameters : ParameterFile
    """

    atlas: Atlas
    observed: Observations
    geography: Geography
    regions: Regions
    value_added: ValueAdded
    spending: Spending
    abroad: Abroad
    hubs: HubTargets | None
    targets: Targets
    fitted: Fitted
    parameters: ParameterFile

    @cached_property
    def economy(self) -> Economy:
        """The calibrated economy; money in 万元."""
        nation = self.observed.nation
        tastes_abroad = np.tile(self.margined.final / self.margined.final.sum(), (len(self.regions.ids), 1))
        return Economy(
            places=tuple(c.full_name for c in self.atlas.counties) + tuple(str(name) for name in self.regions.names),
            sectors=INDUSTRIES,
            technology=Technology(
                nation.value_added_share,
                self.margined.input_shares,
                np.concatenate([self.spending.final_shares, tastes_abroad]),
            ),
            elasticities=central_elasticities(self.parameters),
            trade=self.fitted.trade,
            sales=self.targets.sales,
            transfers=np.concatenate([self.spending.transfers, self.abroad.transfers]),
            transfer_rule="pool",
            migration=self.closures,
            common_wage=True,
        )

    @cached_property
    def single(self) -> Economy:
        """The economy in single precision, for sweeps."""
        copy: Economy = cast(self.economy, np.float32)
        return copy

    @cached_property
    def margined(self) -> NationalAccounts:
        """The national table with hub margins moved to the goods."""
        return _margined(self.observed.nation, self.hubs, self.parameters)

    @cached_property
    def flows(self) -> Array:
        """People by origin and residence, (N, N)."""
        seen = self.observed
        closeness = self.geography.closeness(self.parameters.number("distance_migration"))
        within, across = departures(seen.now, seen.then, seen.province)
        return fit_flows(seen.now, within, across, seen.province, closeness)[0]

    @cached_property
    def closures(self) -> dict[Closure, Migration]:
        """The closures in which people move."""
        seen = self.observed
        return {
            "province": ProvincialMigration(seen.province, seen.population),
            "national": _LazyNational(self),
        }

    @cached_property
    def key(self) -> str:
        """Digest of everything that the economy was fitted to."""
        return content_key(
            source_digest(__name__), self.fitted.multipliers, self.spending.total, self.geography.home[0]
        )

    @property
    def anchor_throughput(self) -> float:
        """Value that passes through Yiwu's market, 万元."""
        if self.hubs is None:
            raise BadInputError(tr("此经济没有批发市场。", "This economy has no hubs."))
        return float(self.hubs.throughput[self.hubs.anchored][0])

    def legs_of(self, county: int) -> tuple[Array, Array]:
        """Closeness of a possible hub to home places (N,) and to foreign regions (R,), the way abroad that of other hubs."""
        cited = self.parameters
        elasticity = cited.number("distance_goods") * cited.number("hub_leg_ratio")
        near = hub_legs(self.geography, np.array([county]), elasticity)[0]
        border = region_terms(self.targets, self.fitted.multipliers)[:, GOODS]
        if self.hubs is not None:
            own = hub_border_terms(self.targets, self.fitted.multipliers)[:, GOODS]
            border = border + float(np.median(own[~self.hubs.anchored]))
        return near, self.geography.closeness_abroad(elasticity)[:, county] * np.exp(border)

    @property
    def home(self) -> int:
        """Number of counties."""
        return len(self.atlas.counties)


class _LazyNational:
    """National migration whose table of flows is fitted when first used."""

    def __init__(self, calibration: Calibration) -> None:
        self._calibration = calibration

    @cached_property
    def _double(self) -> NationalMigration:
        return NationalMigration(self._calibration.flows)

    @cached_property
    def _single(self) -> NationalMigration:
        return NationalMigration(self._calibration.flows.astype(np.float32))

    def settle(self, log_income: Array, elasticity: Array) -> tuple[Array, Array]:
        """See `NationalMigration.settle`."""
        return self._fitted(log_income).settle(log_income, elasticity)

    def slope(self, log_income: Array, elasticity: Array) -> Array:
        """See `NationalMigration.slope`."""
        return self._fitted(log_income).slope(log_income, elasticity)

    def _fitted(self, log_income: Array) -> NationalMigration:
        return self._single if log_income.dtype == np.float32 else self._double


def calibrate(
    atlas: Atlas,
    *,
    year: int | None = None,
    hubs: bool = True,
    county_exports: bool = True,
    changes: dict[str, float] | None = None,
    progress: Progress | None = None,
) -> Calibration:
    """Calibrate the economy of all counties, from the cache where the same inputs were fitted before.

    Parameters
    ----------
    atlas : Atlas
    year : int, optional
        Census year; the latest if left out.
    hubs : bool
        False leaves all trade direct, for comparison.
    county_exports : bool
        False leaves the exports of counties to location inside provinces, for comparison.
    changes : mapping from parameter name to value, optional
        Other values of structural parameters, for sensitivity.
    progress : callable, optional
        Receives the stage and, while freight costs are computed, the share that is done, or, while trade is fitted, the
        largest miss.

    Raises
    ------
    ConvergenceError
        If the targets cannot be met.
    """
    tell = progress or (lambda stage, value: None)
    cited = _changed(parameters(), changes or {})
    tell("facts", 0.0)
    seen = observe(atlas, year or censuses()[-1])
    regions = Regions.from_parameters(atlas, cited)
    tell("freight", 0.0)
    geography = geography_of(atlas, regions, progress=lambda share: tell("freight", share))
    value_added = by_industry(seen.employment, seen.nation.value_added, seen.published)
    chosen = _choose_hubs(atlas, seen, value_added, cited) if hubs else None
    margined = _margined(seen.nation, chosen, cited)
    margins = _net_margins(chosen, cited)
    spending = county_spending(
        value_added.value, seen.population, margined, margins, cited.number("consumption_elasticity"), AT_HOME
    )
    traded = np.ones(SECTORS, dtype=bool)
    traded[AT_HOME] = False
    abroad = accounts_abroad(regions, margined, traded)
    targets = targets_of(seen, spending, abroad, chosen)
    if county_exports:
        targets = with_county_exports(atlas, seen, value_added, targets, chosen, cited)
    template = _template(geography, targets, chosen, cited)
    tell("trade", 1.0)
    fitted = _fit_cached(template, targets, geography, lambda i, miss: tell("trade", miss))
    return Calibration(
        atlas, seen, geography, regions, value_added, spending, abroad, chosen, targets, fitted, cited
    )  # fmt: skip


def geography_of(
    atlas: Atlas, regions: Regions, edits: tuple[Any, ...] = (), progress: ShareDone | None = None
) -> Geography:
    """Freight costs of the network, with edits if any, as the model needs them."""
    from bolang.space import freight_costs

    freight = freight_costs(atlas, edits, progress=progress)
    size = dict(atlas.table("markets").select("id", "gdp_2020_busd").iter_rows())
    columns = [[freight.regions.index(m) for m in members] for members in regions.markets]
    weight = np.array([size[m] for m in freight.regions])
    return from_freight(atlas, freight.with_internal(), freight.foreign, columns, weight)


def central_elasticities(cited: ParameterFile) -> Elasticities:
    """Elasticities at their central values."""
    scale = np.zeros(SECTORS)
    scale[GOODS] = cited.number("scale_manufacturing")
    scale[MARKET_SERVICES] = cited.number("scale_services")
    return Elasticities.from_values(
        cited.number("trade_elasticity"),
        scale,
        sectors=SECTORS,
        migration=cited.number("migration_elasticity"),
        housing=cited.number("housing_share"),
        market_size=cited.number("hub_size_elasticity"),
    )


def _changed(cited: ParameterFile, changes: dict[str, float]) -> ParameterFile:
    updated = {name: cited[name].model_copy(update={"value": value}) for name, value in changes.items()}
    return cited.model_copy(update={"parameters": {**cited.parameters, **updated}})


def _choose_hubs(atlas: Atlas, seen: Observations, value_added: ValueAdded, cited: ParameterFile) -> HubTargets:
    """Select hubs by what was known in the census year, and scale them to Yiwu's trade in the money of the table."""
    years = cited["listed_markets"].value
    assert isinstance(years, dict)
    listed = np.array([int(years.get(code, 0)) for code in atlas.codes], dtype=np.intp)
    listed[listed > seen.year] = 0
    places, quotient = candidates(
        seen.employment,
        seen.villages,
        listed,
        quotient=cited.number("hub_quotient"),
        minimum=cited.number("hub_minimum_sample"),
    )
    money = WAN_PER_YI
    if seen.year != seen.table_year:
        money *= seen.nation.value_added.sum() / (cited.number(f"gdp_{seen.year}") * WAN_PER_YI)
    at_home = cited.number(f"yiwu_market_turnover_{seen.year}") * cited.number("yiwu_domestic_share")
    return hub_targets(
        seen.employment,
        value_added.value[:, WHOLESALE],
        places,
        quotient,
        listed,
        anchor=atlas.codes.index(YIWU),
        exports=cited.number(f"yiwu_exports_{seen.year}") * money,
        at_home=at_home * money,
        share_abroad=cited.number("hub_export_share"),
    )


def _net_margins(chosen: HubTargets | None, cited: ParameterFile) -> Array:
    """What buyers pay to hubs, by sector: more for goods than makers receive, less for wholesale services."""
    margins = np.zeros(SECTORS)
    if chosen is not None:
        paid = cited.number("hub_margin") * chosen.throughput.sum()
        margins[GOODS], margins[WHOLESALE] = paid, -paid
    return margins


def _margined(nation: NationalAccounts, chosen: HubTargets | None, cited: ParameterFile) -> NationalAccounts:
    if chosen is None:
        return nation
    abroad = cited.number("hub_margin") * float(np.nansum(chosen.exports) + np.nansum(chosen.shipped))
    return nation.with_margins(GOODS, WHOLESALE, cited.number("hub_margin") * chosen.throughput.sum() - abroad, abroad)


def _template(
    geography: Geography, targets: Targets, chosen: HubTargets | None, cited: ParameterFile
) -> KernelTrade:  # fmt: skip
    """Closeness from freight cost alone, before any multiplier is fitted."""
    goods, bulk = cited.number("distance_goods"), cited.number("distance_bulk")
    regions = len(targets.exports)
    outward = np.empty((regions, geography.home.shape[0], SECTORS))
    for members, elasticity in ((MANUFACTURING, goods), (BULK, bulk), (LOCAL_SERVICES, bulk), (AT_HOME, bulk)):
        outward[:, :, members] = geography.closeness_abroad(elasticity)[:, :, None]
    inward = np.transpose(outward, (1, 0, 2)) * (targets.imports > 0)
    return KernelTrade(
        kernels=kernels(geography, goods=goods, bulk=bulk, services=cited.number("distance_services")),
        supply=np.where(targets.sales > 0, targets.sales, 0.0),
        outward=outward * (targets.exports > 0)[:, None] * may_export(targets)[None],
        inward=inward,
        abroad=np.eye(regions)[:, :, None] * np.ones(SECTORS),
        hubs=None if chosen is None else _hub_template(geography, targets, chosen, cited),
    )


def _hub_template(geography: Geography, targets: Targets, chosen: HubTargets, cited: ParameterFile) -> Hubs:
    elasticity = cited.number("distance_goods") * cited.number("hub_leg_ratio")
    near = hub_legs(geography, chosen.places, elasticity)
    abroad = geography.closeness_abroad(elasticity)[:, chosen.places]
    return Hubs(
        places=chosen.places,
        goods=MANUFACTURING,
        service=WHOLESALE,
        worth=np.full((len(chosen.places), 1), 1e-2),
        into=np.concatenate([near.T, abroad])[None],
        outof=near[None],
        margin=cited.number("hub_margin"),
        reference=targets.throughput[:, 0],
    )


def hub_legs(geography: Geography, places: IntArray, elasticity: float) -> Array:
    """Closeness between hubs and home places, (H, N)."""
    legs: Array = (geography.home[places] / geography.home.mean()) ** -geography.exponent(elasticity)
    return legs


def _fit_cached(template: KernelTrade, targets: Targets, geography: Geography, progress: IterationDone) -> Fitted:
    """Fit, or take the multipliers from the cache."""
    hubs = template.hubs
    parts: list[object] = [targets.sales, targets.spending, targets.exports, targets.imports, targets.province_exports]
    parts += [targets.county_exports]
    parts += [targets.throughput, targets.hub_exports, targets.hub_shipped, geography.home, geography.abroad]
    parts += [kernel.matrix[0] for kernel in template.kernels if kernel.matrix is not None]
    parts += [] if hubs is None else [hubs.into, hubs.margin, hubs.places]
    found = _multipliers(template, targets, progress, parts)
    trade = with_multipliers(template, targets, found["multipliers"])
    return Fitted(trade, found["multipliers"], float(found["residual"]), int(found["iterations"]))


@stored("economy-fit", inputs=lambda template, targets, progress, parts: tuple(parts))
def _multipliers(
    template: KernelTrade, targets: Targets, progress: IterationDone, parts: list[object]
) -> dict[str, Array]:
    found = fit(template, targets, progress=progress)
    return {
        "multipliers": found.multipliers,
        "residual": np.array(found.residual),
        "iterations": np.array(found.iterations),
    }
