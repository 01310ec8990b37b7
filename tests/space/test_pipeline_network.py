"""The pipeline's graph work on graphs small enough to see: cutting, joining, contracting."""

import numpy as np
import pytest

pytest.importorskip("searoute", reason="the pipeline's own dependencies")

from pipeline.network_contract import contract
from pipeline.network_raw import RawGraph
from pipeline.network_repair import CIRCUITY, components, join_components


def raw(lon, tail, head, metres):
    lon = np.array(lon, dtype=float)
    parts = (np.array(part, dtype=np.int64) for part in (tail, head, metres))
    return RawGraph(lon, np.zeros(len(lon)), *parts)


LINE = raw([0.0, 0.01, 0.02, 0.03, 0.04], [0, 1, 2, 3], [1, 2, 3, 4], [1100, 1200, 1300, 1400])


def nothing(graph):
    return np.zeros(graph.size, dtype=bool)


def test_a_chain_becomes_one_edge_with_its_length_and_its_line():
    short = contract(LINE, np.zeros(4, dtype=bool), nothing(LINE))
    assert short.node.tolist() == [0, 4]
    assert short.metres.tolist() == [5000]
    assert short.lines == [[10, 0, 10, 0, 10, 0]]


def test_protected_points_stay():
    protected = nothing(LINE)
    protected[2] = True
    short = contract(LINE, np.zeros(4, dtype=bool), protected)
    assert short.node.tolist() == [0, 2, 4]
    assert short.metres.tolist() == [2300, 2700]


def test_a_repair_marks_the_edge_it_is_merged_into():
    repaired = np.array([False, True, False, False])
    assert contract(LINE, repaired, nothing(LINE)).repaired.tolist() == [True]


def test_of_parallel_chains_the_shorter_stays_and_loops_go():
    graph = raw([0, 0.01, 0.01, 0.02, 0.03], [0, 1, 0, 2, 3, 3], [1, 3, 2, 3, 4, 3], [500, 500, 400, 400, 10, 7])
    corner = nothing(graph)
    corner[0] = True
    short = contract(graph, np.zeros(6, dtype=bool), corner)
    ends = {
        (int(short.node[a]), int(short.node[b])): int(m)
        for a, b, m in zip(short.tail, short.head, short.metres, strict=True)
    }
    assert ends == {(0, 3): 800, (3, 4): 10}


def test_near_pieces_are_joined_by_the_shortest_gap_and_far_ones_are_not():
    graph = raw([0.0, 0.01, 0.03, 0.04, 2.0, 2.01], [0, 2, 4], [1, 3, 5], [1000, 1000, 1000])
    joined, repaired = join_components(graph, 5.0)
    assert repaired.tolist() == [False, False, False, True]
    assert {int(joined.tail[3]), int(joined.head[3])} == {1, 2}
    assert joined.metres[3] == pytest.approx(2224 * CIRCUITY, rel=0.01)
    assert len(set(components(joined))) == 2


def test_a_subset_keeps_the_edges_inside():
    part = LINE.subset(np.array([True, True, True, False, True]))
    assert part.tail.tolist() == [0, 1]
    assert part.head.tolist() == [1, 2]
