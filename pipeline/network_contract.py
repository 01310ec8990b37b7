"""Chains of points between junctions become single edges that keep their length and their line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.network_raw import RawGraph

MILLI = 1000
"""Lines are stored in thousandths of a degree, which is the resolution of the source."""


@dataclass(frozen=True)
class ContractedGraph:
    """Junctions and the lines between them.

    Attributes
    ----------
    node : int64 [n]
        Point of the raw graph behind each junction.
    tail, head : int64 [m]
        Junctions at the ends of each edge.
    metres : int64 [m]
    repaired : bool [m]
        Whether the edge crosses a broken track.
    lines : list of list of int
        Points strictly between the ends, as differences in thousandths of a degree: dlon, dlat, dlon, dlat ...
    """

    node: np.ndarray
    tail: np.ndarray
    head: np.ndarray
    metres: np.ndarray
    repaired: np.ndarray
    lines: list[list[int]]


def contract(graph: RawGraph, repaired: np.ndarray, protected: np.ndarray) -> ContractedGraph:
    """Merge chains of points with two neighbours; `protected` points stay junctions whatever their degree.

    Loops are dropped, and of parallel edges only the shortest is kept: neither can lie on a shortest path.
    """
    around = _adjacency(graph)
    degree = np.bincount(np.concatenate([graph.tail, graph.head]), minlength=graph.size)
    keep = (degree != 2) | protected
    keep[degree == 0] = False
    best: dict[tuple[int, int], tuple[int, bool, list[int]]] = {}
    for start in np.flatnonzero(keep):
        for chain, length, crossed in _chains(int(start), keep, around, graph, repaired):
            key = (chain[0], chain[-1])
            if key[0] < key[1] and (key not in best or length < best[key][0]):
                best[key] = (length, crossed, chain)
    node = np.flatnonzero(keep)
    number = {int(point): index for index, point in enumerate(node)}
    ordered = sorted(best.items())
    return ContractedGraph(
        node=node,
        tail=np.array([number[a] for (a, _), _ in ordered], dtype=np.int64),
        head=np.array([number[b] for (_, b), _ in ordered], dtype=np.int64),
        metres=np.array([length for _, (length, _, _) in ordered], dtype=np.int64),
        repaired=np.array([crossed for _, (_, crossed, _) in ordered], dtype=bool),
        lines=[_line(graph, chain) for _, (_, _, chain) in ordered],
    )


Adjacency = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Where each point's slots start, the neighbour in each slot, the edge in each slot."""


def _adjacency(graph: RawGraph) -> Adjacency:
    tails = np.concatenate([graph.tail, graph.head])
    heads = np.concatenate([graph.head, graph.tail])
    numbers = np.tile(np.arange(len(graph.tail)), 2)
    order = np.argsort(tails, kind="stable")
    starts = np.searchsorted(tails[order], np.arange(graph.size + 1))
    return starts, heads[order], numbers[order]


def _chains(
    start: int, keep: np.ndarray, around: Adjacency, graph: RawGraph, repaired: np.ndarray
) -> Iterator[tuple[list[int], int, bool]]:
    """Yield every chain that leaves a junction: its points, its length, whether it crosses a repair."""
    starts, ends, edges = around
    for slot in range(starts[start], starts[start + 1]):
        point, edge = int(ends[slot]), int(edges[slot])
        chain, length, crossed = [start, point], int(graph.metres[edge]), bool(repaired[edge])
        while not keep[point]:
            onward = next((s for s in range(starts[point], starts[point + 1]) if edges[s] != edge), None)
            if onward is None:
                break
            point, edge = int(ends[onward]), int(edges[onward])
            chain.append(point)
            length += int(graph.metres[edge])
            crossed |= bool(repaired[edge])
        yield chain, length, crossed


def _line(graph: RawGraph, chain: list[int]) -> list[int]:
    points = np.rint(np.column_stack([graph.lon[chain], graph.lat[chain]]) * MILLI).astype(np.int64)
    return [int(v) for v in np.diff(points[:-1], axis=0).ravel()] if len(chain) > 2 else []
