"""What the model says of an event: its lever is pulled in all treated counties, and the same comparison is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.economy.calibration.calibration import Calibration
from bolang.economy.core.arrays import Array, IntArray
from bolang.economy.core.solver import solve
from bolang.economy.levers.catalogue import lever as lever_of
from bolang.economy.levers.draws import Draws, central, sample
from bolang.economy.levers.mechanisms import ShockBuilder
from bolang.economy.scenarios.outcomes import outcomes
from bolang.economy.scenarios.running import SWEEP
from bolang.foundation.progress import Progress

if TYPE_CHECKING:
    pass

QUANTILES = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Prediction:
    """A change beyond the controls' in logs, with 5 and 95 % over draws of effect and parameters.

    Attributes
    ----------
    centre, low, high : float
    pulled : int
        Counties where the model can pull the lever; in others it predicts nothing beyond what spills over.
    """

    centre: float
    low: float
    high: float
    pulled: int


def predict(
    calibration: Calibration,
    key: str,
    outcome: str,
    rows: IntArray,
    spared: NDArray[np.bool_],
    *,
    draws: int,
    seed: int,
    progress: Progress | None = None,
) -> Prediction:
    """Pull a lever in the treated counties at once and measure it as the event is measured.

    A lever that is defined as a change of the county's own GDP is read from its distribution.
    """
    chosen = lever_of(key)
    if chosen.mechanism == "own_gdp":
        ends = np.log1p(chosen.effect.quantile(np.array(QUANTILES)))
        return Prediction(float(np.log1p(chosen.effect.centre)), float(ends[0]), float(ends[1]), len(rows))
    spoken = [(chosen, None)]
    some: Draws = central(calibration.parameters, spoken)
    if draws:
        some = some.joined(sample(calibration.parameters, spoken, draws, seed))
    builder = ShockBuilder(calibration, some)
    markets = set(calibration.hubs.places.tolist()) if calibration.hubs is not None else set()
    pulled = [int(row) for row in rows if chosen.mechanism != "hub_border" or int(row) in markets]
    for row in pulled:
        builder.lever(chosen.mechanism, row, some.effects[0])
    shock = builder.build()
    tell = progress or (lambda stage, value: None)
    found = solve(
        calibration.single,
        shock,
        elasticities=some.elasticities(len(calibration.economy.sectors)),
        scenarios=some.count,
        options=SWEEP,
        progress=lambda _, miss: tell("draws", miss),
    )
    changes = np.log1p(outcomes(calibration, calibration.single, found).by_county(outcome))
    means = _beyond(changes, rows, spared, calibration.observed.province)
    low, high = np.quantile(means[1:], QUANTILES) if draws else (means[0], means[0])
    return Prediction(float(means[0]), float(low), float(high), len(pulled))


def _beyond(changes: Array, rows: IntArray, spared: NDArray[np.bool_], province: IntArray) -> Array:
    """Mean over treated counties of their change less the mean of their province's controls, (B,)."""
    middle: Mapping[int, Array] = {
        int(p): np.nanmean(changes[spared & (province == p)], axis=0) for p in np.unique(province[rows])
    }
    return np.asarray(np.nanmean([changes[row] - middle[int(province[row])] for row in rows], axis=0))
