"""Trade between home places and foreign regions, in one direction, under a batch of scenarios."""

from __future__ import annotations

import numpy as np

from bolang.economy.arrays import Array, IntArray


class Border:
    """Closeness of regions and places, with tariffs, demand and the access of a few places changed.

    Only the places whose access changes are stored by scenario, so that a batch costs no (R, N, S, B) array.

    Parameters
    ----------
    closeness : array (R, N, S)
        Baseline.
    factor : array broadcastable to (R, P, S, B)
        Factor for the places in `gates`.
    gates : int array (P,)
    tariff : array broadcastable to (R, S, B)
        Ad valorem rate.
    theta : array (S, B)
    demand : array broadcastable to (R, S, B)
        Factor for all places.
    """

    def __init__(
        self, closeness: Array, factor: Array, gates: IntArray, tariff: Array, theta: Array, demand: Array
    ) -> None:
        self._closeness, self._gates = closeness, gates
        self._by_sector = np.ascontiguousarray(np.moveaxis(closeness, 2, 0))
        self._by_region = np.ascontiguousarray(np.swapaxes(self._by_sector, 1, 2))
        self._scale = demand * (1 + tariff) ** -theta
        self.kept = 1 / (1 + tariff)
        """Share of what buyers pay that reaches sellers, (R, S, B)."""
        self._excess = closeness[:, gates, :, None] * (factor - 1) if len(gates) else None
        self._factor = factor

    def from_places(self, values: Array) -> Array:
        """Sum over home places for each region: (N, S, B) to (R, S, B)."""
        total = np.moveaxis(self._by_sector @ _sectors_first(values), 0, 1)
        if self._excess is not None:
            total = total + (self._excess * values[None, self._gates]).sum(axis=1)
        return total * self._scale

    def to_places(self, values: Array) -> tuple[Array, Array]:
        """Sum over regions for each home place: (R, S, B) to (N, S, B); and the part that is duty."""
        scaled = values * self._scale
        reached = self._spread(scaled)
        duty = scaled * (1 - self.kept)
        return reached, self._spread(duty) if np.any(duty) else np.zeros_like(reached)

    def _spread(self, scaled: Array) -> Array:
        total = np.moveaxis(self._by_region @ _sectors_first(scaled), 0, 1).copy()
        if self._excess is not None:
            total[self._gates] += (self._excess * scaled[:, None]).sum(axis=0)
        return total

    def by_place(self, level: Array, spread: Array) -> Array:
        """Flows between each region and home place, summed over sectors, (R, N, B)."""
        flows = []
        for r, scaled in enumerate(np.broadcast_to(spread * self._scale, spread.shape)):
            flow = (self._closeness[r][..., None] * level * scaled).sum(axis=1)
            if self._excess is not None:
                flow[self._gates] += (self._excess[r] * level[self._gates] * scaled).sum(axis=1)
            flows.append(flow)
        return np.stack(flows)

    def at(self, places: IntArray, goods: IntArray) -> Array:
        """Factor of tariffs, demand and access for some places and goods, (R, H, G, B|1)."""
        regions, sectors = self._closeness.shape[0], self._closeness.shape[2]
        scale = np.broadcast_to(self._scale, (regions, sectors, self._scale.shape[-1]))[:, goods]
        result = np.repeat(scale[:, None], len(places), axis=1)
        if self._excess is None:
            return result
        factor = np.broadcast_to(self._factor, (regions, len(self._gates), sectors, self._factor.shape[-1]))
        result = result * np.ones((1, 1, 1, factor.shape[-1]))
        position = {int(place): p for p, place in enumerate(self._gates)}
        for h, place in enumerate(places):
            if int(place) in position:
                result[:, h] = result[:, h] * factor[:, position[int(place)]][:, goods]
        return result


def _sectors_first(values: Array) -> Array:
    """Make a stack of contiguous matrices: stacks of strided ones miss the fast product."""
    return np.ascontiguousarray(np.moveaxis(values, 1, 0))
