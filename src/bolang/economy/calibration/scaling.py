"""Fit the kernels' free terms so that trade reproduces output, spending, foreign trade and the hubs' throughput."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bolang.economy.core.acceleration import Anderson
from bolang.economy.core.arrays import Array, IntArray
from bolang.economy.core.kernels import KernelTrade
from bolang.foundation.errors import BadInputError, ConvergenceError
from bolang.foundation.progress import IterationDone
from bolang.foundation.text import tr


@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """What the fitted trade must reproduce; NaN in an optional target leaves its term at one.

    Attributes
    ----------
    sales, spending : array (M, S)
        Output (hub margins included) and expenditure.
    exports, imports : array (R, S)
        Home country's trade with each region, values received by sellers before margins of hubs are taken out.
    province : int array (N,)
        Number of the province of each home place.
    province_exports : array (P, S)
        Exports by province, of producers there and of hubs there.
    county_exports : array (N, S)
        Exports of the producers of each home place, without hubs; instead of `province_exports` where known.
    throughput : array (H, G)
        Value through each hub.
    hub_exports : array (H,)
        Exports registered in the hub's place, through the hub and of its own makers; NaN where they are not known.
    hub_shipped : array (H,)
        Exports through the hub alone; NaN where `hub_exports` are known, or where they follow from location.
    """

    sales: Array
    spending: Array
    exports: Array
    imports: Array
    province: IntArray
    province_exports: Array
    county_exports: Array
    throughput: Array
    hub_exports: Array
    hub_shipped: Array


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """Trade with all terms fitted.

    Attributes
    ----------
    trade : KernelTrade
    multipliers : array (S, D)
        Logs of the fitted terms, for storage; `with_multipliers` applies them.
    residual : float
        Largest relative miss of any target.
    iterations : int
    """

    trade: KernelTrade
    multipliers: Array
    residual: float
    iterations: int


def fit(
    template: KernelTrade,
    targets: Targets,
    *,
    tolerance: float = 1e-11,
    iterations: int = 3000,
    depth: int = 15,
    progress: IterationDone | None = None,
) -> Fitted:
    """Scale supply, border terms and hubs until every target holds (accelerated matrix scaling).

    Parameters
    ----------
    template : KernelTrade
        Closeness before scaling: freight terms in `kernels`, `outward`, `inward`; `supply` and hub `worth` are starts.
    targets : Targets
    tolerance : float
        Largest admissible relative miss.

    Raises
    ------
    ConvergenceError
        If the targets cannot be met, naming the worst place and sector.
    """
    problem = _Problem(template, targets)
    state = problem.start()
    accelerator = Anderson(depth)
    gap = problem.gap(state)
    for iteration in range(1, iterations + 1):
        worst = float(np.abs(gap).max())
        if progress is not None:
            progress(iteration, worst)
        if worst <= tolerance:
            return Fitted(problem.trade(state), state, worst, iteration)
        state = accelerator.step(state, gap)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            moved = problem.gap(state)
        if not np.isfinite(moved).all():
            break
        gap = moved
    raise ConvergenceError(
        tr(f"基线贸易无法拟合：{problem.blame(gap)}", f"Baseline trade cannot be fitted: {problem.blame(gap)}"),
        tr("请检查产出与支出数据是否平衡。", "Check that output and spending balance."),
    )


def with_multipliers(template: KernelTrade, targets: Targets, multipliers: Array) -> KernelTrade:
    """Apply stored multipliers to a template."""
    return _Problem(template, targets).trade(multipliers)


def region_terms(targets: Targets, multipliers: Array) -> Array:
    """Logs of the fitted terms on exports to each region, (R, S)."""
    places, regions = len(targets.sales), len(targets.exports)
    terms: Array = multipliers[:, places : places + regions].T
    return terms


def hub_border_terms(targets: Targets, multipliers: Array) -> Array:
    """Logs of the fitted terms on each hub's way abroad, (H, S)."""
    terms: Array = multipliers[:, multipliers.shape[1] - len(targets.hub_exports) :].T
    return terms


class _Problem:
    """Log multipliers, one row a sector: supply, exports, imports, provinces, counties, hub worth, hub border.

    Sectors do not interact, because what hubs earn is given by the targets; each row is accelerated on its own.
    """

    def __init__(self, template: KernelTrade, targets: Targets) -> None:
        self._template, self._targets = template, targets
        places, self._sectors = template.shape
        regions, provinces = len(targets.exports), len(targets.province_exports)
        self._goods = np.empty(0, dtype=np.intp) if template.hubs is None else template.hubs.goods
        hubs = 0 if template.hubs is None else template.hubs.count
        self._cuts = np.cumsum([places, regions, regions, provinces, template.home, hubs, hubs])
        self._abroad = np.where(np.isfinite(targets.hub_exports), targets.hub_exports, targets.hub_shipped)
        self._own = targets.sales.copy()
        if template.hubs is not None:
            margins = template.hubs.margin * targets.throughput.sum(axis=1)
            np.add.at(self._own[:, template.hubs.service], template.hubs.places, -margins)
            if (self._own[template.hubs.places, template.hubs.service] <= 0).any():
                raise BadInputError("The margins of a hub exceed the sales of its wholesale sector.")

    def start(self) -> Array:
        """Return multipliers of one."""
        return np.zeros((self._sectors, int(self._cuts[-1])))

    def trade(self, state: Array) -> KernelTrade:
        """Return the trade operator that a state of multipliers stands for."""
        template, n = self._template, self._template.home
        supply, exports, imports, provinces, counties, worth, border = (
            np.exp(part).T for part in np.split(state, self._cuts[:-1], axis=1)
        )
        hubs = template.hubs
        if hubs is not None:
            into = hubs.into.copy()
            for g, s in enumerate(hubs.goods):
                into[g, n:] *= np.outer(exports[:, s], border[:, s])
            reference = self._targets.throughput.sum(axis=1)
            hubs = replace(hubs, worth=hubs.worth * worth[:, self._goods], into=into, reference=reference)
        return replace(
            template,
            supply=template.supply * supply,
            outward=template.outward * exports[:, None, :] * (provinces[self._targets.province] * counties)[None],
            inward=template.inward * imports[None],
            hubs=hubs,
        )

    def gap(self, state: Array) -> Array:
        """Log misses of all targets, (S, D)."""
        trade, t = self.trade(state), self._targets
        n, hubs = trade.home, trade.hubs
        spread = t.spending / trade.phi
        direct = trade.outward * trade.supply[None, :n] * spread[n:, None]
        bought = trade.inward * trade.supply[None, n:] * spread[:n, None]
        by_county = direct.sum(axis=0)
        by_region, by_province = direct.sum(axis=1), np.zeros(t.province_exports.shape)
        np.add.at(by_province, t.province, by_county)
        received = _received(trade, spread)
        through, abroad = np.ones((2, 0 if hubs is None else hubs.count, self._sectors))
        if hubs is not None:
            sold = hubs.worth * trade.hub_purchases[..., 0]
            for g, s in enumerate(hubs.goods):
                shipped = hubs.into[g, n:] * sold[:, g] * spread[n:, s, None]
                faced = hubs.into[g].T @ spread[:, s]
                by_region[:, s] += shipped.sum(axis=1)
                np.add.at(by_province[:, s], t.province[hubs.places], shipped.sum(axis=0))
                own = np.where(np.isfinite(t.hub_exports), direct[:, hubs.places, s].sum(axis=0), 0.0)
                abroad[:, s], through[:, s] = shipped.sum(axis=0) + own, sold[:, g] * faced
                received[:n, s] += (1 - hubs.margin) * ((hubs.worth[:, g] * faced) @ hubs.outof[g])
        parts = (
            _log_miss(self._own, received * trade.supply),
            _log_miss(t.exports, by_region),
            _log_miss(t.imports, bought.sum(axis=0)),
            _log_miss(t.province_exports, by_province),
            _log_miss(t.county_exports, by_county),
            _log_miss(self._on_goods(t.throughput), through),
            _log_miss(self._on_goods(self._abroad[:, None]), abroad),
        )
        return np.concatenate([p.T for p in parts], axis=1)

    def _on_goods(self, values: Array) -> Array:
        spread = np.full((len(values), self._sectors), np.nan)
        spread[:, self._goods] = values
        return spread

    def blame(self, gap: Array) -> str:
        """Name the block and the position of the largest miss."""
        names = ("sales", "exports", "imports", "provincial exports", "county exports", "throughput", "hub exports")
        sector, worst = np.unravel_index(int(np.where(np.isfinite(gap), np.abs(gap), np.inf).argmax()), gap.shape)
        block = int(np.searchsorted(self._cuts, worst, side="right"))
        row = int(worst) - (int(self._cuts[block - 1]) if block else 0)
        return f"{names[block]}[{row}] of sector {int(sector)} misses by {abs(gap[sector, worst]):.2g}"


def _received(trade: KernelTrade, spread: Array) -> Array:
    """Demand that sellers face over direct routes, (M, S)."""
    n = trade.home
    received = np.empty(trade.shape)
    for kernel in trade.kernels:
        received[:n, kernel.sectors] = kernel.times_transposed(spread[:n, kernel.sectors])
    received[:n] += (trade.outward * spread[n:, None]).sum(axis=0)
    received[n:] = (trade.inward * spread[:n, None]).sum(axis=0) + np.einsum("rqs,rs->qs", trade.abroad, spread[n:])
    return received


def _log_miss(target: Array, got: Array) -> Array:
    """Log of target over got, zero where there is no target."""
    wanted = np.isfinite(target) & (target > 0)
    return np.where(wanted, np.log(np.where(wanted, target, 1) / np.where(wanted, got, 1)), 0.0)
