"""Market-plus-workshop counties: trade and manufacturing both clearly above the nation's share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bolang.diagnosis.evidence import Evidence
from bolang.foundation.parameters import load_parameters

MANUFACTURING, TRADE = "C", "F"


@dataclass(frozen=True, slots=True)
class MarketWorkshop:
    """Both quotients of every unit, and which units pass the threshold.

    Attributes
    ----------
    estimate : ndarray of bool, shape (n,)
        Both quotients reach the threshold.
    sure : ndarray of bool, shape (n,)
        Both sampling intervals lie wholly above it.
    possible : ndarray of bool, shape (n,)
        Neither sampling interval lies wholly below it.
    """

    threshold: float
    estimate: NDArray[np.bool_]
    sure: NDArray[np.bool_]
    possible: NDArray[np.bool_]


def find_market_workshops(evidence: Evidence) -> MarketWorkshop:
    """Compare both location quotients of the census, with their intervals, with the cited threshold."""
    threshold = load_parameters("bolang.diagnosis").number("market_workshop_lq")
    columns = [evidence.industry(section) for section in (MANUFACTURING, TRADE)]
    interval = evidence.intervals(evidence.census)

    def reach(part: NDArray[np.float64]) -> NDArray[np.bool_]:
        return np.asarray((part[:, columns] >= threshold).all(axis=1))

    return MarketWorkshop(
        threshold, estimate=reach(interval.quotient), sure=reach(interval.low), possible=reach(interval.high)
    )
