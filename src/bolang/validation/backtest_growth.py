"""Backtest on growth from 2010 to 2020: what the model of 2010 knew about the counties that would grow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.atlas import INDUSTRIES
from bolang.atlas.vintage import censuses
from bolang.economy.calibration.calibration import YIWU, Calibration, calibrate
from bolang.economy.core.arrays import Array
from bolang.economy.core.equilibrium import Economy
from bolang.economy.core.industries import GOODS, WHOLESALE
from bolang.economy.core.kernels import KernelTrade
from bolang.foundation.progress import Progress
from bolang.validation.backtest_fit import Regression, demeaned, predicted_out_of_group, regress_within

if TYPE_CHECKING:
    import polars as pl

    from bolang.atlas import Atlas

LEAST_SAMPLE = 200
"""Sampled workers of an industry in 2010 that a county needs for its growth to mean something."""
OUTCOMES = ("manufacturing", "wholesale", "population")
MECHANISMS = ("market_access", "abroad_share", "hub_share", "yiwu_share", "real_income")
"""What the model of 2010 holds of each county, in standard deviations within provinces."""
CONTROLS = ("size", "manufacturing_share", "farm_share", "density", "shift_share")
NAIVE = "shift_share"


@dataclass(frozen=True, slots=True, eq=False)
class Access:
    """Where the manufacturers of each county sell in the baseline, (N,) each.

    Attributes
    ----------
    total : array
        Market access: sales per unit of supply, over direct routes, abroad and through hubs.
    abroad, hubs : array
        Shares of foreign buyers reached directly, and of hubs.
    by_hub : array (H, N)
        Share of each hub.
    """

    total: Array
    abroad: Array
    hubs: Array
    by_hub: Array


@dataclass(frozen=True, slots=True)
class Slope:
    """What one standard deviation (within provinces) of a mechanism goes with, controls and provinces taken out.

    Attributes
    ----------
    outcome, mechanism : str
    alone, low, high : float
        Log points of growth with the mechanism entered alone, and the 95 % interval.
    joint, joint_low, joint_high : float
        With all mechanisms entered together.
    count : int
    """

    outcome: str
    mechanism: str
    alone: float
    low: float
    high: float
    joint: float
    joint_low: float
    joint_high: float
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class GrowthBacktest:
    """Growth of counties 2010 to 2020 against what the model of 2010 holds.

    Attributes
    ----------
    slopes : tuple of Slope
    predicted : mapping of outcome to mapping of model to float
        Share of the variance of growth within a province predicted by regressions on the other provinces: ``naive``
        (shift-share), ``controls``, ``model`` (controls and mechanisms).
    market : mapping of outcome to Regression
        Observed growth on what the model says the growth of Yiwu's market did to the county, with controls; a slope of
        one would be right.
    market_spread : mapping of outcome to float
        Standard deviation of that prediction in log points.
    """

    slopes: tuple[Slope, ...]
    predicted: dict[str, dict[str, float]]
    market: dict[str, Regression]
    market_spread: dict[str, float]

    def to_frame(self) -> pl.DataFrame:
        """Return one row an outcome and mechanism."""
        import polars as pl

        fields = Slope.__dataclass_fields__
        return pl.DataFrame([{name: getattr(slope, name) for name in fields} for slope in self.slopes])


def access_of(economy: Economy) -> Access:
    """Split the market access of manufacturers."""
    trade = economy.trade
    assert isinstance(trade, KernelTrade)
    n, good = trade.home, GOODS
    bought = economy.spending_and_income(economy.income[:, None], economy.sales[..., None], economy.baseline_market)[0]
    spread = bought[:, good, 0] / trade.phi[:, good]
    kernel = next(k for k in trade.kernels if good in k.sectors)
    direct = kernel.times_transposed(spread[:n, None, None])[:, 0, 0]
    abroad = trade.outward[:, :, good].T @ spread[n:]
    through = np.zeros((0, n))
    if trade.hubs is not None:
        hubs = trade.hubs
        through = (1 - hubs.margin) * (hubs.worth[:, 0] * (hubs.into[0].T @ spread))[:, None] * hubs.outof[0]
    total = direct + abroad + through.sum(axis=0)
    return Access(total, abroad / total, through.sum(axis=0) / total, through / total)


def growth_backtest(atlas: Atlas, progress: Progress | None = None) -> GrowthBacktest:
    """Calibrate to 2010 and ask what its geography says about the decade that followed."""
    from bolang.validation.replay import market_growth

    then = calibrate(atlas, year=censuses()[-2], progress=progress)
    mechanisms = _mechanisms(then)
    controls = _controls(atlas, then)
    outcomes = _growth(atlas)
    usable = _usable(atlas)
    found = market_growth(then, progress)
    n = then.home
    effects = {
        "manufacturing": np.log(found.labour[:n, GOODS, 0]),
        "wholesale": np.log(found.labour[:n, WHOLESALE, 0]),
        "population": np.log(found.population[:n, 0]),
    }
    group = then.observed.province
    slopes: list[Slope] = []
    predicted, market, spread = {}, {}, {}
    for outcome in OUTCOMES:
        rows = usable[outcome]
        base = np.column_stack([controls["size_" + outcome], *(controls[name] for name in CONTROLS if name != "size")])
        model = np.column_stack([mechanisms[name] for name in MECHANISMS])
        y, b, g = outcomes[outcome][rows], base[rows], group[rows]
        m = _standardised(model[rows], g)
        slopes += _slopes(outcome, y, b, m, g)
        predicted[outcome] = {
            "naive": predicted_out_of_group(y, controls[NAIVE][rows, None], g),
            "controls": predicted_out_of_group(y, b, g),
            "model": predicted_out_of_group(y, np.column_stack([b, m]), g),
        }
        effect = effects[outcome][rows]
        market[outcome] = regress_within(y, np.column_stack([effect, b]), g)
        spread[outcome] = float(effect.std())
    return GrowthBacktest(tuple(slopes), predicted, market, spread)


def _slopes(outcome: str, y: Array, controls: Array, model: Array, group: NDArray[np.intp]) -> list[Slope]:
    together = regress_within(y, np.column_stack([model, controls]), group)
    slopes = []
    for k, mechanism in enumerate(MECHANISMS):
        alone = regress_within(y, np.column_stack([model[:, k], controls]), group)
        slopes.append(
            Slope(
                outcome=outcome,
                mechanism=mechanism,
                alone=float(alone.slope[0]),
                low=float(alone.low[0]),
                high=float(alone.high[0]),
                joint=float(together.slope[k]),
                joint_low=float(together.low[k]),
                joint_high=float(together.high[k]),
                count=alone.count,
            )
        )
    return slopes


def _mechanisms(then: Calibration) -> dict[str, Array]:
    economy = then.economy
    trade = economy.trade
    assert isinstance(trade, KernelTrade)
    access = access_of(economy)
    n, people = then.home, then.observed.population
    yiwu = access.by_hub[trade.hub_places == then.atlas.codes.index(YIWU)]
    theta = economy.elasticities.trade[:, 0]
    price = (economy.technology.final[:n] * (-np.log(trade.phi[:n]) / theta)).sum(axis=1)
    return {
        "market_access": np.log(access.total),
        "abroad_share": access.abroad,
        "hub_share": access.hubs,
        "yiwu_share": yiwu[0],
        "real_income": np.log(economy.income[:n] / people) - price,
    }


def _controls(atlas: Atlas, then: Calibration) -> dict[str, Array]:
    workers = then.observed.employment
    shares = workers / workers.sum(axis=1, keepdims=True)
    first, last = (np.nan_to_num(atlas.employment(year)).sum(axis=0) for year in censuses()[-2:])
    national = last / first
    people = then.observed.population
    area = np.array([county.area_km2 for county in atlas.counties])
    return {
        "size_manufacturing": np.log(workers[:, GOODS]),
        "size_wholesale": np.log(workers[:, WHOLESALE]),
        "size_population": np.log(people),
        "manufacturing_share": shares[:, GOODS],
        "farm_share": shares[:, INDUSTRIES.index("A")],
        "density": np.log(people / area),
        "shift_share": np.log(shares @ national),
    }


def _growth(atlas: Atlas) -> dict[str, Array]:
    years = censuses()[-2:]
    before, after = (np.nan_to_num(atlas.employment(year)) for year in years)
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "manufacturing": np.log(after[:, GOODS] / before[:, GOODS]),
            "wholesale": np.log(after[:, WHOLESALE] / before[:, WHOLESALE]),
            "population": np.log(atlas.column("population", years[1]) / atlas.column("population", years[0])),
        }


def _usable(atlas: Atlas) -> dict[str, NDArray[np.bool_]]:
    """Counties with comparable boundaries and large enough samples; Yiwu, whose growth is the cause looked at, is out."""
    comparable = dict(atlas.table("continuity").select("code", "comparable").iter_rows())
    same = np.array([bool(comparable.get(code)) for code in atlas.codes])
    same[atlas.codes.index(YIWU)] = False
    workers = np.nan_to_num(atlas.employment(censuses()[-2]))
    grown = _growth(atlas)
    large = {name: workers[:, s] >= LEAST_SAMPLE for name, s in (("manufacturing", GOODS), ("wholesale", WHOLESALE))}
    large["population"] = np.ones(len(same), dtype=bool)
    return {name: same & large[name] & np.isfinite(grown[name]) for name in OUTCOMES}


def _standardised(values: Array, group: NDArray[np.intp]) -> Array:
    """In standard deviations within groups."""
    result: Array = values / demeaned(values, group).std(axis=0)
    return result
