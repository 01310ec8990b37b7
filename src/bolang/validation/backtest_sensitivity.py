"""Does the backtest on county exports hang on a structural parameter? Each at the ends of its range, fitted again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bolang.economy.calibration.calibration import WAN_PER_YI, YIWU, Calibration, calibrate, parameters
from bolang.economy.core.arrays import IntArray
from bolang.foundation.progress import Progress
from bolang.validation.backtest_exports import goods_exports, observed_exports
from bolang.validation.backtest_fit import Fit, fit_in_logs

if TYPE_CHECKING:
    from bolang.atlas import Atlas

STRUCTURAL: tuple[str, ...] = (
    "distance_goods",
    "distance_bulk",
    "distance_services",
    "hub_leg_ratio",
    "hub_margin",
    "hub_quotient",
    "hub_export_share",
    "consumption_elasticity",
)
"""Parameters that the calibration is fitted under; the others may vary without a new fit."""


@dataclass(frozen=True, slots=True)
class StructuralCase:
    """The backtest with one structural parameter at one end of its range.

    Attributes
    ----------
    parameter : str
        Empty for the benchmark.
    value : float
    hubs : int
        Number of hubs.
    everywhere, at_hubs : Fit
        All counties but Yiwu; those that hold a hub in the benchmark.
    yiwu_makers : float
        Exports of goods of Yiwu's own makers, 亿元.
    """

    parameter: str
    value: float
    hubs: int
    everywhere: Fit
    at_hubs: Fit
    yiwu_makers: float


def structural_cases(atlas: Atlas, progress: Progress | None = None) -> tuple[StructuralCase, ...]:
    """Fit the economy again with each structural parameter at the ends of its range; takes minutes the first time."""
    benchmark = calibrate(atlas, county_exports=False, progress=progress)
    assert benchmark.hubs is not None
    places = benchmark.hubs.places
    cited = parameters()
    ends = [(name, end) for name in STRUCTURAL for end in cited[name].range or ()]
    return (
        _case("", float("nan"), benchmark, places),
        *(
            _case(name, end, calibrate(atlas, county_exports=False, changes={name: end}, progress=progress), places)
            for name, end in ends
        ),
    )


def _case(name: str, value: float, fitted: Calibration, places: IntArray) -> StructuralCase:
    assert fitted.hubs is not None
    own, through = goods_exports(fitted.economy)
    predicted = (own + through) / WAN_PER_YI
    observed = observed_exports(fitted.atlas, fitted)
    yiwu = fitted.atlas.codes.index(YIWU)
    rows = observed.rows
    used = (predicted[rows] > 0) & (rows != yiwu)
    group = fitted.observed.province[rows]
    at_hub = used & np.isin(rows, places)
    everywhere, at_hubs = (
        fit_in_logs(predicted[rows[mask]], observed.value[mask], group[mask]) for mask in (used, at_hub)
    )
    return StructuralCase(name, value, len(fitted.hubs.places), everywhere, at_hubs, float(own[yiwu]) / WAN_PER_YI)
