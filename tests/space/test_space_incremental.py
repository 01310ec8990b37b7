"""A table that follows a change of links equals the one computed from nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_graphs import everything, graph_of, weighted_graphs

from bolang.space import incremental
from bolang.space.engine import DijkstraEngine
from bolang.space.incremental import Pairs, Weighted, updated_table
from bolang.space.tariff import CLOSED


@st.composite
def changes(draw):
    """Draw a graph and a later one: links re-priced, closed, opened, added, also to new nodes."""
    graph, weights = draw(weighted_graphs(smallest=3))
    later = weights.copy()
    for link in draw(st.sets(st.integers(0, len(weights) - 1), max_size=5)):
        later[link] = draw(st.one_of(st.integers(1, 60), st.just(int(CLOSED))))
    extra = draw(st.integers(0, 3))
    size = graph.size + draw(st.integers(0, 1))
    node = st.integers(0, size - 1)
    tail = [*graph.tail, *(draw(node) for _ in range(extra))]
    head = [*graph.head, *(draw(node) for _ in range(extra))]
    added = np.array([draw(st.integers(1, 60)) for _ in range(extra)], dtype=np.uint32)
    return graph, weights, graph_of(tail, head, size), np.concatenate([later, added])


@pytest.mark.parametrize("engine", ["scipy", "auto"])
@settings(max_examples=80, deadline=None)
@given(drawn=changes(), square=st.booleans())
def test_an_update_equals_a_full_computation(engine, drawn, square, tmp_path_factory):
    graph, weights, later, repriced = drawn
    sources = np.arange(graph.size, dtype=np.int32)
    targets = sources if square else sources[::2].copy()
    known = everything(graph, weights)[np.ix_(sources, targets)]
    before, after = Weighted(graph, weights, engine), Weighted(later, repriced, engine)
    updated = updated_table(before, after, Pairs(sources, targets), known)
    np.testing.assert_array_equal(updated, everything(later, repriced)[np.ix_(sources, targets)])


def test_no_change_returns_the_table_itself():
    graph, weights = graph_of([0, 1], [1, 2], 3), np.array([4, 5], dtype=np.uint32)
    nodes = np.arange(3, dtype=np.int32)
    known = everything(graph, weights)
    same = Weighted(graph, weights, "scipy")
    assert updated_table(same, same, Pairs(nodes, nodes), known) is known


def test_only_affected_rows_are_searched_again(monkeypatch):
    # A line 0-1-2-3-4 with a shortcut 3-5-4: closing 3-4 touches only what went over it.
    graph = graph_of([0, 1, 2, 3, 3, 5], [1, 2, 3, 4, 5, 4], 6)
    weights = np.array([10, 10, 10, 10, 7, 7], dtype=np.uint32)
    closed = weights.copy()
    closed[3] = CLOSED
    asked = []
    original = DijkstraEngine.table

    def spy(self, sources, targets, progress=None):
        if (self._weights == closed).all():
            asked.append(len(sources))
        return original(self, sources, targets, progress)

    monkeypatch.setattr(DijkstraEngine, "table", spy)
    nodes = np.arange(6, dtype=np.int32)
    before, after = Weighted(graph, weights, "scipy"), Weighted(graph, closed, "scipy")
    updated = updated_table(before, after, Pairs(nodes, nodes), everything(graph, weights))
    np.testing.assert_array_equal(updated, everything(graph, closed))
    # All affected pairs end in node 4, so one row and one column are enough.
    assert 1 <= sum(asked) <= 2


def test_many_changes_fall_back_to_a_full_table(monkeypatch):
    monkeypatch.setattr(incremental, "MOST_CHANGED_ENDS", 1)
    graph, weights = graph_of([0, 1, 2], [1, 2, 3], 4), np.array([4, 5, 6], dtype=np.uint32)
    nodes = np.arange(4, dtype=np.int32)
    dearer = weights * 2
    before, after = Weighted(graph, weights, "scipy"), Weighted(graph, dearer, "scipy")
    updated = updated_table(before, after, Pairs(nodes, nodes), everything(graph, weights))
    np.testing.assert_array_equal(updated, everything(graph, dearer))
