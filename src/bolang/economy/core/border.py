"""Trade between home places and foreign regions, in one direction, under a batch of scenarios."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bolang.economy.core.arrays import Array, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class _Change:
    """Closeness beyond the baseline in some scenarios.

    Attributes
    ----------
    columns : slice
        One scenario, or all of them where they share the change.
    rows : int array (P,)
        Places whose access differs.
    excess : array (S, R, P)
    """

    columns: slice
    rows: IntArray
    excess: Array


class Border:
    """Closeness of regions and places, with tariffs, demand and the access of some places changed.

    The change of access is stored scenario by scenario, and for the places only where it is one, so that a batch costs no
    (R, N, S, B) array, and scenarios without such a change cost nothing.

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
        self._changes = _changes(closeness, factor, gates)
        self._factor = factor

    def from_places(self, values: Array) -> Array:
        """Sum over home places for each region: (N, S, B) to (R, S, B)."""
        total = (self._by_sector @ _sectors_first(values)).copy()
        for change in self._changes:
            total[..., change.columns] += change.excess @ _sectors_first(values[change.rows][..., change.columns])
        return np.moveaxis(total, 0, 1) * self._scale

    def to_places(self, values: Array) -> tuple[Array, Array]:
        """Sum over regions for each home place: (R, S, B) to (N, S, B); and the part that is duty."""
        scaled = values * self._scale
        reached = self._spread(scaled)
        duty = scaled * (1 - self.kept)
        return reached, self._spread(duty) if np.any(duty) else np.zeros_like(reached)

    def _spread(self, scaled: Array) -> Array:
        first = _sectors_first(scaled)
        total = np.moveaxis(self._by_region @ first, 0, 1).copy()
        for change in self._changes:
            more = np.swapaxes(change.excess, 1, 2) @ np.ascontiguousarray(first[..., change.columns])
            total[change.rows, :, change.columns] += np.moveaxis(more, 0, 1)
        return total

    def by_place(self, level: Array, spread: Array) -> Array:
        """Flows between each region and home place, summed over sectors, (R, N, B)."""
        scaled = np.broadcast_to(spread * self._scale, spread.shape)
        flows = np.stack([(self._closeness[r][..., None] * level * scaled[r]).sum(axis=1) for r in range(len(scaled))])
        for change in self._changes:
            reached, sent = level[change.rows][..., change.columns], scaled[..., change.columns]
            flows[:, change.rows, change.columns] += np.einsum("srp,psb,rsb->rpb", change.excess, reached, sent)
        return flows

    def at(self, places: IntArray, goods: IntArray) -> Array:
        """Factor of tariffs, demand and access for some places and goods, (R, H, G, B|1)."""
        regions, sectors = self._closeness.shape[0], self._closeness.shape[2]
        scale = np.broadcast_to(self._scale, (regions, sectors, self._scale.shape[-1]))[:, goods]
        result = np.repeat(scale[:, None], len(places), axis=1)
        if not self._changes:
            return result
        factor = np.broadcast_to(self._factor, (regions, len(self._gates), sectors, self._factor.shape[-1]))
        result = result * np.ones((1, 1, 1, factor.shape[-1]), dtype=result.dtype)
        position = {int(place): p for p, place in enumerate(self._gates)}
        for h, place in enumerate(places):
            if int(place) in position:
                result[:, h] = result[:, h] * factor[:, position[int(place)]][:, goods]
        return result


def _changes(closeness: Array, factor: Array, gates: IntArray) -> tuple[_Change, ...]:
    """List the changes by scenario, without places and scenarios that keep their access."""
    if not len(gates):
        return ()
    regions, sectors = closeness.shape[0], closeness.shape[2]
    shared = factor.shape[-1] == 1
    whole = np.broadcast_to(factor, (regions, len(gates), sectors, factor.shape[-1]))
    found = []
    for column in range(factor.shape[-1]):
        beyond = whole[..., column] - 1
        moved = np.flatnonzero((beyond != 0).any(axis=(0, 2)))
        if len(moved):
            rows = gates[moved]
            excess = np.moveaxis(closeness[:, rows] * beyond[:, moved].astype(closeness.dtype), 2, 0)
            columns = slice(None) if shared else slice(column, column + 1)
            found.append(_Change(columns, rows, np.ascontiguousarray(excess)))
    return tuple(found)


def _sectors_first(values: Array) -> Array:
    """Make a stack of contiguous matrices: stacks of strided ones miss the fast product."""
    return np.ascontiguousarray(np.moveaxis(values, 1, 0))
