"""Broken tracks: pieces of a graph that lie close to each other but are not joined in the source."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from pipeline.network_raw import RawGraph

CIRCUITY = 1.2
"""Length of a repair over the straight gap: bridges and tracks are nearly straight."""


def components(graph: RawGraph) -> np.ndarray:
    """Return the label of each point's component, the largest component having label 0."""
    ones = np.ones(len(graph.tail), dtype=np.int8)
    matrix = coo_matrix((ones, (graph.tail, graph.head)), shape=(graph.size, graph.size))
    labels = connected_components(matrix, directed=False)[1]
    order = np.argsort(-np.bincount(labels), kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return np.asarray(rank[labels])


def join_components(graph: RawGraph, limit_km: float) -> tuple[RawGraph, np.ndarray]:
    """Join components across gaps of at most `limit_km`, shortest gap first.

    Returns
    -------
    RawGraph, bool [m]
        The graph with the repairs appended, and a mask of the edges that are repairs.
    """
    labels = components(graph)
    points = graph.points()
    gaps = _shortest_gaps(labels, points, limit_km)
    parent = np.arange(labels.max() + 1)

    def root(label: int) -> int:
        while parent[label] != label:
            parent[label] = parent[parent[label]]
            label = int(parent[label])
        return label

    tails, heads, metres = [], [], []
    for gap, one, other in sorted(gaps):
        first, second = root(int(labels[one])), root(int(labels[other]))
        if first != second:
            parent[max(first, second)] = min(first, second)
            tails.append(one)
            heads.append(other)
            metres.append(max(1, round(gap * CIRCUITY * 1000)))
    joined = RawGraph(
        graph.lon,
        graph.lat,
        np.concatenate([graph.tail, np.array(tails, dtype=np.int64)]),
        np.concatenate([graph.head, np.array(heads, dtype=np.int64)]),
        np.concatenate([graph.metres, np.array(metres, dtype=np.int64)]),
    )
    repaired = np.zeros(len(joined.tail), dtype=bool)
    repaired[len(graph.tail) :] = True
    return joined, repaired


def _shortest_gaps(labels: np.ndarray, points: np.ndarray, limit_km: float) -> list[tuple[float, int, int]]:
    """Return, for each small component, the nearest point of every other component within the limit."""
    tree = cKDTree(points)
    gaps: list[tuple[float, int, int]] = []
    for label in range(1, labels.max() + 1):
        best: dict[int, tuple[float, int, int]] = {}
        for one in np.flatnonzero(labels == label):
            for other in tree.query_ball_point(points[one], limit_km):
                if labels[other] != label:
                    gap = float(np.linalg.norm(points[one] - points[other]))
                    candidate = (gap, int(one), int(other))
                    key = int(labels[other])
                    best[key] = min(best.get(key, candidate), candidate)
        gaps.extend(best.values())
    return gaps
