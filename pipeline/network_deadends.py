"""Broken lines inside a connected graph: dead ends that face each other across a gap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from pipeline.network_raw import RawGraph
from pipeline.network_repair import CIRCUITY, components


@dataclass(frozen=True)
class Rule:
    """Which facing dead ends belong to one line.

    Attributes
    ----------
    gap_km : float
        Widest gap.
    facing : float
        Least cosine between the gap and the direction in which either line ends.
    detour_km, detour_ratio : float
        The way around must be longer than this, and than this many times the gap.
    """

    gap_km: float
    facing: float
    detour_km: float
    detour_ratio: float


SHORT = Rule(8.0, 0.7, 40.0, 6.0)
"""A bridge, a tunnel or a stretch that the simplification of the source has lost."""

LONG = Rule(40.0, 0.85, 300.0, 6.0)
"""A stretch of a main road in empty country; only where the way around is absurd."""

SOURCES_AT_ONCE = 128


def join_dead_ends(graph: RawGraph, repaired: np.ndarray, rule: Rule) -> tuple[RawGraph, np.ndarray]:
    """Join facing dead ends, narrowest gap first, each dead end once.

    Parameters
    ----------
    graph : RawGraph
    repaired : bool [m]
        Edges that are repairs already.
    rule : Rule

    Returns
    -------
    RawGraph, bool [m']
        The graph with the joints appended, and a mask of the edges that are repairs.
    """
    one, other, gap = _facing(graph, rule)
    # Pieces that nothing joins stay apart: between islands there is a ferry, or nothing.
    together = components(graph)
    same = together[one] == together[other]
    one, other, gap = one[same], other[same], gap[same]
    around = _ways_around(graph, one, other, rule)
    wanted = around > np.maximum(rule.detour_km, rule.detour_ratio * gap)
    taken: set[int] = set()
    joints = []
    for k in np.flatnonzero(wanted)[np.argsort(gap[wanted], kind="stable")]:
        if not taken & {int(one[k]), int(other[k])}:
            taken |= {int(one[k]), int(other[k])}
            joints.append(k)
    metres = np.rint(gap[joints] * CIRCUITY * 1000).astype(np.int64)
    joined = RawGraph(
        graph.lon,
        graph.lat,
        np.concatenate([graph.tail, one[joints]]),
        np.concatenate([graph.head, other[joints]]),
        np.concatenate([graph.metres, np.maximum(metres, 1)]),
    )
    return joined, np.concatenate([repaired, np.ones(len(joints), dtype=bool)])


def _facing(graph: RawGraph, rule: Rule) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return pairs of dead ends that point at each other, with their gaps in kilometres."""
    degree = np.bincount(np.concatenate([graph.tail, graph.head]), minlength=graph.size)
    before = np.full(graph.size, -1)
    for near, far in ((graph.tail, graph.head), (graph.head, graph.tail)):
        last = degree[near] == 1
        before[near[last]] = far[last]
    ends = np.flatnonzero(degree == 1)
    points = graph.points()
    heading = points[ends] - points[before[ends]]
    heading /= np.maximum(np.linalg.norm(heading, axis=1, keepdims=True), 1e-9)
    pairs = cKDTree(points[ends]).query_pairs(rule.gap_km, output_type="ndarray")
    first, second = pairs.T
    across = points[ends[second]] - points[ends[first]]
    gap = np.linalg.norm(across, axis=1)
    across /= np.maximum(gap, 1e-9)[:, None]
    agree = ((across * heading[first]).sum(axis=1) > rule.facing) & (
        (across * heading[second]).sum(axis=1) < -rule.facing
    )
    return ends[first[agree]], ends[second[agree]], gap[agree]


def _ways_around(graph: RawGraph, one: np.ndarray, other: np.ndarray, rule: Rule) -> np.ndarray:
    """Return the present distance between the ends of each gap; infinite beyond what the rule asks about."""
    limit = max(rule.detour_km, rule.detour_ratio * rule.gap_km) + 1
    matrix = _matrix(graph)
    km = np.full(len(one), np.inf)
    sources = np.unique(one)
    row = np.searchsorted(sources, one)
    for start in range(0, len(sources), SOURCES_AT_ONCE):
        reached = dijkstra(matrix, indices=sources[start : start + SOURCES_AT_ONCE], limit=limit)
        mine = np.flatnonzero((row >= start) & (row < start + SOURCES_AT_ONCE))
        km[mine] = reached[row[mine] - start, other[mine]]
    return km


def _matrix(graph: RawGraph) -> csr_matrix:
    ends = (np.concatenate([graph.tail, graph.head]), np.concatenate([graph.head, graph.tail]))
    return coo_matrix((np.tile(np.maximum(graph.metres, 1) / 1000, 2), ends), shape=(graph.size, graph.size)).tocsr()
