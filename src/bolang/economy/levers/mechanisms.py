"""How levers and outside shocks enter the model: factors on productivity, trade costs and hubs, by scenario."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bolang.economy.core.arrays import Array, IntArray
from bolang.economy.core.equilibrium import Economy, Shock
from bolang.economy.core.industries import BULK, GOODS, LOCAL_SERVICES, MANUFACTURING, MARKET_SERVICES, TRADED_GOODS
from bolang.economy.core.kernels import Kernel, KernelCosts
from bolang.economy.levers.countryside import countryside
from bolang.economy.levers.draws import Draws
from bolang.economy.levers.hub_opening import hub_position, opening_worth, with_hub
from bolang.economy.levers.residents import residents_income
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr

if TYPE_CHECKING:
    from bolang.economy.calibration.calibration import Calibration

EUROPE = ("europe", "eurasia")
"""Regions that trains from China reach."""
BY_LAND_ONLY = ("eurasia",)
INLAND_FULL_YUAN = 300.0
"""Freight to the nearest port, yuan/t, from which trains to Europe have their full effect."""


class ShockBuilder:
    """Collects levers and shocks for a batch of scenarios and turns them into one `Shock`.

    Parameters
    ----------
    calibration : Calibration
    draws : Draws
        Parameters by scenario.
    responses : mapping of county to number or array (B,), optional
        What productivity does to a county's own GDP, where it is known already.
    """

    def __init__(
        self, calibration: Calibration, draws: Draws, responses: Mapping[int, float | Array] | None = None
    ) -> None:
        self._calibration, self._draws, self._responses = calibration, draws, responses or {}
        self.economy: Economy = calibration.economy
        self._count = draws.count
        places, self._sectors = self.economy.sales.shape
        self._log_productivity = np.zeros((places, self._sectors, self._count))
        self._log_home: dict[str, Array] = {}
        self._gates: dict[int, Array] = {}
        self._everywhere: Array | None = None
        regions = len(calibration.regions.ids)
        self._demand = np.ones((regions, 1, self._count))
        self._tariffs = {key: np.zeros((regions, self._sectors, self._count)) for key in ("abroad", "home")}
        self._hub_factor: dict[int, Array] = {}
        self._hub_added: dict[int, Array] = {}
        self._hub_border: dict[int, Array] = {}
        self._kernel_change: Array | None = None

    @property
    def theta(self) -> Array:
        """Trade elasticity by scenario, (B,)."""
        return self._draws.parameters["trade_elasticity"]

    def lever(self, mechanism: str, county: int, effect: Array) -> None:
        """Pull a lever of one county with an effect by scenario (B,)."""
        methods: dict[str, Callable[[int, Array], None]] = {
            "entry": self._entry,
            "own_gdp": self._own_gdp,
            "manufacturing": self._manufacturing,
            "hub": self._hub,
            "hub_border": self._border_of_hub,
            "local_links": self._local_links,
            "sea_leg": self._sea_leg,
            "rail_europe": self._rail_europe,
            "online": self._online,
        }
        methods[mechanism](county, effect)

    def tariff(self, region: str | None, rate: Array, *, at_home: bool = False) -> None:
        """Ad valorem tariff of a region on our goods, or ours on its goods."""
        for r in self._regions(region):
            self._tariffs["home" if at_home else "abroad"][r, TRADED_GOODS] += rate

    def foreign_demand(self, region: str | None, change: Array) -> None:
        """Scale what a region buys from every place, at constant prices."""
        for r in self._regions(region):
            self._demand[r] *= 1 + change

    def sea_freight(self, region: str | None, change: Array) -> None:
        """Scale the whole freight cost to a region."""
        old = self._calibration.geography.abroad
        for r in self._regions(region):
            self._all_gates()[r] += self._log_saving(old[r][:, None], old[r][:, None] * (1 + change))

    def new_freight(self, home: Array, abroad: Array) -> None:
        """Replace freight costs by those of a changed network: (N, N) and (R, N)."""
        geography = self._calibration.geography
        self._all_gates()[:] += self._log_saving(geography.abroad[..., None], abroad[..., None])
        changed = np.abs(home - geography.home).max() > 1e-3
        if changed:
            # One kernel serves all scenarios of a batch, so that it moves with the central parameters.
            cited = self._calibration.parameters
            value, theta = cited.number("goods_value"), cited.number("trade_elasticity")
            self._kernel_change = ((value + home) / (value + geography.home)) ** -theta

    def close_hub(self, county: int) -> None:
        """Close the wholesale market of a county."""
        position = hub_position(self.economy, county)
        if position is None:
            raise _no_hub(
                self._calibration,
                county,
                tr("可选有市场的县，如义乌市。", "Name a county with a market, such as 义乌市."),
            )
        self._hub_factor[position] = np.zeros(self._count)

    def build(self) -> Shock:
        """Return everything as one shock of `economy`."""
        hubs = self.economy.trade.hubs  # type: ignore[attr-defined]
        gates, outward = self._gate_factors()
        count = 0 if hubs is None else hubs.count
        costs = KernelCosts(
            departing=self._home_factor("departing"),
            arriving=self._home_factor("arriving"),
            local=self._home_factor("local") if "local" in self._log_home else None,
            demand_abroad=self._demand,
            gates=gates,
            outward=outward,
            inward=outward,
            tariff_abroad=self._tariffs["abroad"],
            tariff_at_home=self._tariffs["home"],
            hub_factor=_by_hub(self._hub_factor, count, self._count, 1.0)[:, None],
            hub_added=_by_hub(self._hub_added, count, self._count, 0.0)[:, None],
            hub_border=_by_hub(self._hub_border, count, self._count, 1.0)[None],
            kernels=self._kernels(),
        )
        return Shock(productivity=np.exp(self._log_productivity), costs=costs)

    def _entry(self, county: int, effect: Array) -> None:
        """More firms: ``T`` is proportional to their number in manufacturing and market services."""
        for s in (*MANUFACTURING, *MARKET_SERVICES):
            self._log_productivity[county, s] += np.log1p(effect)

    def _manufacturing(self, county: int, effect: Array) -> None:
        """Unit cost of manufactures falls by the effect."""
        self._log_productivity[county, GOODS] += -self.theta * np.log1p(-effect)

    def _own_gdp(self, county: int, effect: Array) -> None:
        """Productivity of all industries rises so that, to first order, the county's GDP moves by the effect."""
        from bolang.economy.levers.response import own_gdp_response

        known = self._responses.get(county)
        response = own_gdp_response(self._calibration, county) if known is None else known
        gain = np.log1p(effect) / response
        self._log_productivity[county] += self.theta * gain

    def _hub(self, county: int, effect: Array) -> None:
        """Open a market, or enlarge one, whose throughput at baseline prices is `effect` times Yiwu's."""
        target = effect * self._calibration.anchor_throughput
        centre = float(np.abs(target).max())
        if centre <= 0:
            return
        self.economy, position = with_hub(self._calibration, self.economy, county, float(np.median(target)) or centre)
        worth = opening_worth(self.economy, position, target)
        hubs = self.economy.trade.hubs  # type: ignore[attr-defined]
        if hubs.worth[position].sum() == 0:
            # The size term is relative to the reference; the worth sought is for the throughput itself.
            size = np.where(target > 0, target, hubs.reference[position]) / hubs.reference[position]
            worth = worth * size ** -self._draws.parameters["hub_size_elasticity"]
        self._hub_added[position] = self._hub_added.get(position, np.zeros(self._count)) + worth

    def _border_of_hub(self, county: int, effect: Array) -> None:
        """Scale what foreign buyers take from the county's market at constant prices."""
        position = hub_position(self.economy, county)
        if position is None:
            raise _no_hub(
                self._calibration,
                county,
                tr("请先加入 market_platform 抓手。", "Pull the lever market_platform first."),
            )
        self._hub_border[position] = self._hub_border.get(position, np.ones(self._count)) * (1 + effect)

    def _local_links(self, county: int, effect: Array) -> None:
        """Sourcing manufactures inside the county costs less."""
        self._home("local")[county, MANUFACTURING] += -self.theta * np.log1p(-effect)

    def _online(self, county: int, effect: Array) -> None:
        """Goods cost less to rural households that parcels newly reach; sellers and factories gain nothing, as in the trial.

        The money saved at old prices is `residents_income` times the reach of `Countryside` times the effect; it is taken off
        what the county pays for manufactures.
        """
        economy, atlas = self._calibration.economy, self._calibration.atlas
        bought = economy.technology.inputs(economy.sales[..., None])[county, MANUFACTURING, 0].sum()
        wanted = np.broadcast_to(economy.technology.final, economy.sales.shape)[county, MANUFACTURING].sum()
        spent = float(economy.final_spending[county])
        income = residents_income(self._calibration, county)
        saved = countryside(atlas, atlas.counties[county]).reach * income / float(bought + wanted * spent)
        cheaper = -self.theta * np.log1p(-saved * effect)
        self._home("arriving")[county, MANUFACTURING] += cheaper
        position = hub_position(self.economy, county)
        if position is not None:
            # Shoppers' parcels do not make the stock of the county's wholesale market cheaper.
            self._hub_factor[position] = self._hub_factor.get(position, np.ones(self._count)) * np.exp(-cheaper)

    def _sea_leg(self, county: int, effect: Array) -> None:
        """Save a share of the freight between the county and the nearest sea port."""
        abroad = self._calibration.geography.abroad
        for r, name in enumerate(self._calibration.regions.ids):
            if name not in BY_LAND_ONLY:
                inland = abroad[r, county] - abroad[r].min()
                self._gate(county)[r] += self._log_saving(abroad[r, county], abroad[r, county] - effect * inland)

    def _rail_europe(self, county: int, effect: Array) -> None:
        """Scale exports to Europe at constant prices, by how far the county is from the sea."""
        abroad = self._calibration.geography.abroad
        for r, name in enumerate(self._calibration.regions.ids):
            if name in EUROPE:
                inland = abroad[r, county] - abroad[r].min()
                self._gate(county)[r] += np.log1p(np.clip(inland / INLAND_FULL_YUAN, 0, 1) * effect)

    def _log_saving(self, old: Array, new: Array) -> Array:
        """Log change of closeness abroad when freight goes from old to new: goods are worth v a tonne."""
        value = self._draws.parameters["export_value"]
        logs: Array = -self.theta * np.log((value + new) / (value + old))
        return logs

    def _home(self, key: str) -> Array:
        if key not in self._log_home:
            self._log_home[key] = np.zeros((self._calibration.home, self._sectors, self._count))
        return self._log_home[key]

    def _home_factor(self, key: str) -> Array:
        return np.exp(self._log_home[key]) if key in self._log_home else np.ones((1, 1, 1))

    def _gate(self, county: int) -> Array:
        regions = len(self._calibration.regions.ids)
        return self._gates.setdefault(county, np.zeros((regions, self._count)))

    def _all_gates(self) -> Array:
        if self._everywhere is None:
            shape = (len(self._calibration.regions.ids), self._calibration.home, self._count)
            self._everywhere = np.zeros(shape)
        return self._everywhere

    def _gate_factors(self) -> tuple[IntArray, Array]:
        """Places whose foreign access changes, and the factor (R, P, S, B) on their trade in goods."""
        if self._everywhere is not None:
            gates = np.arange(self._calibration.home)
            logs = self._everywhere.copy()
            for county, change in self._gates.items():
                logs[:, county] += change
        else:
            gates = np.array(sorted(self._gates), dtype=np.intp)
            regions = len(self._calibration.regions.ids)
            logs = np.zeros((regions, len(gates), self._count))
            for p, gate in enumerate(gates):
                logs[:, p] = self._gates[int(gate)]
        traded = np.zeros(self._sectors)
        traded[TRADED_GOODS] = 1.0
        return gates, np.exp(logs[:, :, None] * traded[:, None])

    def _kernels(self) -> tuple[Kernel, ...] | None:
        """Kernels after a change of the home network; services follow the same change of freight cost."""
        if self._kernel_change is None:
            return None
        groups = {int(MANUFACTURING[0]), int(BULK[0]), int(LOCAL_SERVICES[0])}
        return tuple(
            replace(kernel, matrix=kernel.matrix * self._kernel_change)
            if kernel.matrix is not None and int(kernel.sectors[0]) in groups
            else kernel
            for kernel in self.economy.trade.kernels  # type: ignore[attr-defined]
        )

    def _regions(self, name: str | None) -> list[int]:
        regions = self._calibration.regions
        return list(range(len(regions.ids))) if name is None else [regions.position(name)]


def _no_hub(calibration: Calibration, county: int, hint: str) -> BadInputError:
    name = calibration.atlas.counties[county].full_name
    return BadInputError(
        tr(f"{name}没有达到模型门槛的批发市场。", f"{name} has no wholesale market in the model."), hint
    )


def _by_hub(changes: dict[int, Array], hubs: int, count: int, neutral: float) -> Array:
    table = np.full((hubs, count), neutral)
    for position, values in changes.items():
        table[position] = values
    return table
