"""Which counties hold a wholesale market hub, and how much passes through it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bolang.economy.core.arrays import Array, IntArray
from bolang.economy.core.industries import GOODS, WHOLESALE


@dataclass(frozen=True, slots=True, eq=False)
class HubTargets:
    """Hubs and the throughput that they are calibrated to.

    Attributes
    ----------
    places : int array (H,)
        Rows of the counties.
    quotient, excess : array (H,)
        Location quotient of wholesale and retail, and workers beyond what a quotient of one would give (sample counts).
    throughput : array (H,)
        Value through the hub, 万元.
    exports : array (H,)
        Exports registered in the county, through the hub and direct; NaN but for the anchor.
    shipped : array (H,)
        Exports through the hub; NaN for the anchor, whose `exports` are known.
    listed : int array (H,)
        Year in which a market there was admitted to market-procurement trade; 0 if none.
    """

    places: IntArray
    quotient: Array
    excess: Array
    throughput: Array
    exports: Array
    shipped: Array
    listed: IntArray

    @property
    def anchored(self) -> NDArray[np.bool_]:
        """Which hub is the anchor, (H,)."""
        return np.isfinite(self.exports)


def location_quotients(employment: Array) -> Array:
    """``(e_ns / e_n) / (e_s / e)``."""
    shares = employment / employment.sum(axis=1, keepdims=True)
    quotients: Array = shares / (employment.sum(axis=0) / employment.sum())
    return quotients


def candidates(
    employment: Array, villages: Array, listed: IntArray, *, quotient: float, minimum: float
) -> tuple[IntArray, Array]:
    """Counties with a wholesale quotient of at least `quotient` and a second signal, and their quotients.

    The second signal is a manufacturing quotient of at least `quotient`, a Taobao village, or a listed market; the
    sample must hold at least `minimum` workers, because in small samples, and in poor counties where petty trade is
    residual work, a high quotient alone means nothing.
    """
    quotients = location_quotients(employment)
    trader = (quotients[:, WHOLESALE] >= quotient) & (employment.sum(axis=1) >= minimum)
    second = (quotients[:, GOODS] >= quotient) | (villages > 0) | (listed > 0)
    places = np.flatnonzero(trader & second)
    return places, quotients[places, WHOLESALE]


def hub_targets(
    employment: Array,
    wholesale: Array,
    places: IntArray,
    quotient: Array,
    listed: IntArray,
    *,
    anchor: int,
    exports: float,
    at_home: float,
    share_abroad: float,
) -> HubTargets:
    """Scale throughput to the value added of excess wholesale workers, anchored to one hub whose trade is known.

    Workers alone would make large markets of poor counties, where petty trade is residual work of little value.

    Parameters
    ----------
    employment : array (N, S)
    wholesale : array (N,)
        Value added of wholesale and retail.
    places, quotient, listed
        Hubs, their quotients, and the year of admission of every county's market.
    anchor : int
        Row of the county whose trade is known (Yiwu).
    exports, at_home : float
        Its registered exports, and what its market sells at home.
    share_abroad : float
        Share of throughput that the other hubs ship abroad.
    """
    excess = employment[places, WHOLESALE] * (1 - 1 / quotient)
    at_anchor = places == anchor
    value = wholesale[places] * (1 - 1 / quotient)
    throughput = (exports + at_home) / value[at_anchor] * value
    registered = np.where(at_anchor, exports, np.nan)
    shipped = np.where(at_anchor, np.nan, share_abroad * throughput)
    return HubTargets(places, quotient, excess, throughput, registered, shipped, listed[places])
