"""What the calibration matches, how well, what it only implies, and what in it is estimated."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from bolang.atlas import INDUSTRIES
from bolang.economy.calibration.calibration import WAN_PER_YI, Calibration
from bolang.economy.calibration.observations import LEAST_WORKERS
from bolang.economy.calibration.value_added import BROAD
from bolang.economy.core.arrays import Array
from bolang.economy.core.industries import GOODS, TRADED_GOODS, WHOLESALE
from bolang.economy.core.kernels import KernelTrade
from bolang.validation.backtest_exports import goods_exports

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class TargetMatch:
    """One group of targets against what the calibrated economy gives.

    Attributes
    ----------
    key : str
    count : int
        Number of targets.
    target, found : float
        Totals, 亿元.
    worst, median : float
        Largest and median relative miss of a single target.
    fitted : bool
        True where the calibration was made to match; False where the figure only follows from it.
    """

    key: str
    count: int
    target: float
    found: float
    worst: float
    median: float
    fitted: bool


@dataclass(frozen=True, slots=True)
class EstimatedCount:
    """Something that was estimated, and how often.

    Attributes
    ----------
    key : str
    count, of : int
    """

    key: str
    count: int
    of: int


@dataclass(frozen=True, slots=True, eq=False)
class CalibrationReport:
    """How well an economy reproduces what it was calibrated to.

    Attributes
    ----------
    calibration : Calibration
    matches : tuple of TargetMatch
    estimates : tuple of EstimatedCount
    iterations : int
        Of the matrix scaling.
    residual : float
        Largest relative miss where it stopped.
    imbalance : float
        Largest miss of a county's output in an industry by what the trade operator delivers.
    """

    calibration: Calibration
    matches: tuple[TargetMatch, ...]
    estimates: tuple[EstimatedCount, ...]
    iterations: int
    residual: float
    imbalance: float

    @classmethod
    def from_calibration(cls, calibration: Calibration) -> CalibrationReport:
        """Compare a calibration with its targets."""
        fitted = calibration.fitted
        return cls(
            calibration=calibration,
            matches=(*_accounts(calibration), *_trade(calibration), *_hubs(calibration), *_people(calibration)),
            estimates=_estimates(calibration),
            iterations=fitted.iterations,
            residual=fitted.residual,
            imbalance=calibration.economy.imbalance(),
        )

    def match(self, key: str) -> TargetMatch:
        """Return one group by its key."""
        return next(item for item in self.matches if item.key == key)

    def to_frame(self) -> pl.DataFrame:
        """Return one row a group of targets."""
        import polars as pl

        return pl.DataFrame(
            [
                {
                    "key": m.key,
                    "fitted": m.fitted,
                    "count": m.count,
                    "target": m.target,
                    "found": m.found,
                    "worst": m.worst,
                    "median": m.median,
                }
                for m in self.matches
            ]
        )

    def counties(self) -> pl.DataFrame:
        """Return one row a county: GDP published and in the model, exports, transfers, estimates; 亿元."""
        import polars as pl

        calibration, n = self.calibration, self.calibration.home
        direct, through = goods_exports(calibration.economy)
        published = calibration.observed.published.sum(axis=1)
        return pl.DataFrame(
            {
                "code": list(calibration.atlas.codes),
                "name": [county.full_name for county in calibration.atlas.counties],
                "gdp_published": published / WAN_PER_YI,
                "gdp_model": calibration.economy.income[:n] / WAN_PER_YI,
                "estimated": calibration.observed.estimated.astype(bool) | calibration.value_added.estimated,
                "exports_own": direct / WAN_PER_YI,
                "exports_hub": through / WAN_PER_YI,
                "transfers": calibration.spending.transfers / WAN_PER_YI,
            }
        )

    def hubs(self) -> pl.DataFrame:
        """Return one row a hub, the largest first: quotient, throughput, exports and workers that its margin pays."""
        import polars as pl

        calibration, hubs = self.calibration, self.calibration.hubs
        if hubs is None:
            return pl.DataFrame()
        shipped = goods_exports(calibration.economy)[1][hubs.places]
        through = calibration.economy.baseline_flows.throughput.sum(axis=(1, 2))
        frame = pl.DataFrame(
            {
                "code": [calibration.atlas.codes[h] for h in hubs.places],
                "name": [calibration.atlas.counties[h].full_name for h in hubs.places],
                "quotient": hubs.quotient,
                "listed": hubs.listed,
                "throughput": through / WAN_PER_YI,
                "exports": shipped / WAN_PER_YI,
                "excess_workers": hubs.excess,
                "workers_of_margin": _workers_of_margin(calibration),
            }
        )
        return frame.sort("throughput", descending=True)


def _match(key: str, target: Array, found: Array, *, fitted: bool) -> TargetMatch:
    wanted = np.isfinite(target) & (target > 0)
    t, f = target[wanted], found[wanted]
    miss = np.abs(f / t - 1)
    return TargetMatch(
        key=key,
        count=len(t),
        target=float(t.sum()) / WAN_PER_YI,
        found=float(f.sum()) / WAN_PER_YI,
        worst=float(miss.max()) if len(t) else 0.0,
        median=float(np.median(miss)) if len(t) else 0.0,
        fitted=fitted,
    )


_fitted = partial(_match, fitted=True)
_implied = partial(_match, fitted=False)


def _accounts(calibration: Calibration) -> tuple[TargetMatch, ...]:
    """Output and value added."""
    n, economy = calibration.home, calibration.economy
    nation, value = calibration.observed.nation, calibration.value_added
    output = economy.baseline_flows.sales[:n, :, 0]
    broad = np.stack([value.value[:, members].sum(axis=1) for members in BROAD], axis=1)
    produced = calibration.spending.sales * nation.value_added_share
    published = calibration.observed.published.sum(axis=1)
    measured = np.where(calibration.observed.estimated, np.nan, published)
    return (
        _fitted("output", calibration.targets.sales[:n], output),
        _fitted(
            "national_value_added",
            nation.value_added,
            value.value.sum(axis=0),
        ),
        _fitted(
            "county_sectors",
            calibration.observed.published * value.adjustment,
            broad,
        ),
        _implied(
            "national_output",
            nation.value_added,
            produced.sum(axis=0),
        ),
        _implied("gdp", measured, economy.income[:n]),
    )


def _trade(calibration: Calibration) -> tuple[TargetMatch, ...]:
    """Foreign trade by sector and province."""
    targets = calibration.targets
    exported, imported, provincial, by_county = _border_flows(calibration)
    return (
        _fitted(
            "exports",
            targets.exports,
            exported,
        ),
        _fitted(
            "imports",
            targets.imports,
            imported,
        ),
        _fitted(
            "province_exports",
            targets.province_exports,
            provincial,
        ),
        _fitted(
            "county_exports",
            targets.county_exports,
            by_county,
        ),
    )


def _border_flows(calibration: Calibration) -> tuple[Array, Array, Array, Array]:
    """Exports and imports by region and industry (R, S), by province (P, S) and by county (N, S), in the baseline."""
    economy, targets, n = calibration.economy, calibration.targets, calibration.home
    trade = economy.trade
    assert isinstance(trade, KernelTrade)
    bought = economy.spending_and_income(economy.income[:, None], economy.sales[..., None], economy.baseline_market)[0]
    spread = bought[..., 0] / trade.phi
    direct = np.einsum("rns,ns,rs->rns", trade.outward, trade.supply[:n], spread[n:])
    exported = direct.sum(axis=1)
    imported = np.einsum("nrs,rs,ns->rs", trade.inward, trade.supply[n:], spread[:n])
    provincial = np.zeros(targets.province_exports.shape)
    np.add.at(provincial, targets.province, direct.sum(axis=0))
    if trade.hubs is not None:
        offered = (trade.hubs.worth * trade.hub_purchases[..., 0])[:, 0]
        shipped = spread[n:, GOODS, None] * trade.hubs.into[0, n:] * offered
        exported[:, GOODS] += shipped.sum(axis=1)
        np.add.at(provincial[:, GOODS], targets.province[trade.hubs.places], shipped.sum(axis=0))
    return exported, imported, provincial, direct.sum(axis=0)


def _hubs(calibration: Calibration) -> tuple[TargetMatch, ...]:
    """Throughput, exports through hubs, and the wholesale workers that margins pay."""
    hubs = calibration.hubs
    if hubs is None:
        return ()
    direct, through = goods_exports(calibration.economy)
    flows = calibration.economy.baseline_flows.throughput.sum(axis=(1, 2))
    registered = (direct + through)[hubs.places]
    matches = [
        _fitted("throughput", hubs.throughput, flows),
        _fitted(
            "hub_exports",
            hubs.shipped,
            through[hubs.places],
        ),
        _fitted("yiwu_exports", hubs.exports, registered),
        _implied(
            "hub_workers",
            hubs.excess * WAN_PER_YI,
            _workers_of_margin(calibration) * WAN_PER_YI,
        ),
    ]
    known = f"market_procurement_exports_{calibration.observed.year}"
    if known in calibration.parameters.parameters:
        procurement = calibration.parameters.number(known) * WAN_PER_YI
        matches.append(
            _implied(
                "procurement",
                np.array([procurement]),
                np.array([through.sum()]),
            )
        )
    return tuple(matches)


def _workers_of_margin(calibration: Calibration) -> Array:
    """Sampled wholesale workers of each hub's county whose value added the hub's margin pays, (H,)."""
    hubs, n = calibration.hubs, calibration.home
    assert hubs is not None
    sales = calibration.targets.sales[:n, WHOLESALE][hubs.places]
    share = calibration.parameters.number("hub_margin") * hubs.throughput / sales
    workers: Array = share * calibration.observed.employment[hubs.places, WHOLESALE]
    return workers


def _people(calibration: Calibration) -> tuple[TargetMatch, ...]:
    """Migration margins; people stand in the place of 亿元."""
    seen, flows = calibration.observed, calibration.flows
    moved = flows - np.diag(np.diag(flows))
    arrivals = seen.now.from_province + seen.now.from_elsewhere
    return (
        _fitted(
            "arrivals",
            np.where(arrivals >= 1, arrivals, np.nan),
            moved.sum(axis=0),
        ),
    )


def _estimates(calibration: Calibration) -> tuple[EstimatedCount, ...]:
    seen, n = calibration.observed, calibration.home
    cells = n * len(INDUSTRIES)
    empty = int((seen.employment <= LEAST_WORKERS).sum())
    final = calibration.spending.sales > 0
    adjusted = np.abs(
        calibration.spending.sales * seen.nation.value_added_share / np.where(final, calibration.value_added.value, 1)
        - 1
    )
    shares = seen.customs[:, TRADED_GOODS].sum(axis=1) > 0
    listed = 0 if calibration.hubs is None else int((calibration.hubs.listed > 0).sum())
    hubs = 0 if calibration.hubs is None else len(calibration.hubs.places)
    return (
        EstimatedCount("gdp", int(seen.estimated.sum()), n),
        EstimatedCount(
            "sectors",
            int(calibration.value_added.estimated.sum()),
            n,
        ),
        EstimatedCount("empty", empty, cells),
        EstimatedCount(
            "adjusted",
            int((adjusted > 0.01).sum()),
            cells,
        ),
        EstimatedCount("customs", int(shares.sum()), len(seen.provinces)),
        EstimatedCount("throughput", max(hubs - 1, 0), hubs),
        EstimatedCount("admitted", listed, hubs),
    )
