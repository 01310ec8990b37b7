"""Both engines give the distances of an exhaustive search, and paths that cost what they say."""

from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_graphs import everything, graph_of, weighted_graphs

from bolang.foundation.errors import BadInputError
from bolang.space import elimination
from bolang.space import engine as engines
from bolang.space.engine import open_engine
from bolang.space.tariff import CLOSED

INSTALLED = find_spec("pyroutingkit") is not None
needs_hierarchies = pytest.mark.skipif(not INSTALLED, reason="no pyroutingkit on this platform")
ENGINES = ["scipy", pytest.param("cch", marks=needs_hierarchies)]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("BOLANG_CACHE", str(tmp_path))


def all_nodes(graph):
    return np.arange(graph.size, dtype=np.int32)


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=40, deadline=None)
@given(drawn=weighted_graphs())
def test_the_table_is_that_of_an_exhaustive_search(name, drawn):
    graph, weights = drawn
    nodes = all_nodes(graph)
    np.testing.assert_array_equal(open_engine(graph, weights, name).table(nodes, nodes), everything(graph, weights))


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=40, deadline=None)
@given(drawn=weighted_graphs())
def test_a_path_joins_its_ends_and_costs_the_sum_of_its_links(name, drawn):
    graph, weights = drawn
    engine, truth = open_engine(graph, weights, name), everything(graph, weights)
    for target in range(graph.size):
        cost, links = engine.path(0, target)
        assert cost == truth[0, target]
        node = 0
        for link in links:
            assert node in (graph.tail[link], graph.head[link])
            node = graph.tail[link] + graph.head[link] - node
        if cost < CLOSED:
            assert node == target
            assert int(weights[links].astype(np.int64).sum()) == cost


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=40, deadline=None)
@given(drawn=weighted_graphs(), data=st.data())
def test_links_change_for_a_while_and_back(name, drawn, data):
    graph, weights = drawn
    nodes = all_nodes(graph)
    links = np.array(sorted(data.draw(st.sets(st.integers(0, len(weights) - 1), max_size=4))), dtype=np.int64)
    price = st.one_of(st.integers(1, 60), st.just(int(CLOSED)))
    later = weights.copy()
    later[links] = np.array([data.draw(price) for _ in links], dtype=np.uint32)
    engine = open_engine(graph, weights, name)
    with engine.changed(links, later[links]) as other:
        np.testing.assert_array_equal(other.table(nodes, nodes), everything(graph, later))
    np.testing.assert_array_equal(engine.table(nodes, nodes), everything(graph, weights))


@pytest.mark.parametrize("name", ENGINES)
def test_a_table_larger_than_a_block_is_filled_completely(name):
    rng = np.random.default_rng(1)
    size = 500
    tail = np.concatenate([np.arange(size - 1), rng.integers(0, size, size)])
    head = np.concatenate([np.arange(1, size), rng.integers(0, size, size)])
    graph, weights = graph_of(tail, head, size), rng.integers(1, 1000, len(tail)).astype(np.uint32)
    nodes, some = all_nodes(graph), rng.permutation(size)[:401].astype(np.int32)
    truth = everything(graph, weights)
    engine = open_engine(graph, weights, name)
    np.testing.assert_array_equal(engine.table(nodes, nodes), truth)
    np.testing.assert_array_equal(engine.table(some, nodes), truth[some])
    np.testing.assert_array_equal(engine.table(nodes, some), truth[:, some])


@settings(max_examples=60, deadline=None)
@given(drawn=weighted_graphs(), most=st.integers(1, 6), data=st.data())
def test_taking_nodes_out_leaves_the_distances_between_the_others(drawn, most, data):
    graph, weights = drawn
    rows = data.draw(st.lists(st.integers(0, graph.size - 1), min_size=1, max_size=6))
    columns = data.draw(st.lists(st.integers(0, graph.size - 1), min_size=len(rows), max_size=8))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "MANY_SOURCES", 0)
        patch.setattr(elimination, "MOST_NEIGHBOURS", most)
        engine = open_engine(graph, weights, "scipy")
        found = engine.table(np.array(rows, dtype=np.int32), np.array(columns, dtype=np.int32))
    np.testing.assert_array_equal(found, everything(graph, weights)[np.ix_(rows, columns)])


def test_a_line_between_two_kept_nodes_becomes_one_link():
    graph, weights = graph_of([0, 1, 2, 3], [1, 2, 3, 4], 5), np.array([1, 2, 3, 4], dtype=np.uint32)
    network = open_engine(graph, weights, "scipy")._matrix
    small, position = elimination.core(network, np.array([0, 4]))
    assert small.toarray().tolist() == [[0, 10], [10, 0]]
    assert position.tolist() == [0, -1, -1, -1, 1]


@pytest.mark.parametrize("name", ENGINES)
def test_progress_rises_to_the_whole(name):
    graph, weights = graph_of([0, 1], [1, 2], 3), np.array([1, 1], dtype=np.uint32)
    told = []
    open_engine(graph, weights, name).table(all_nodes(graph), all_nodes(graph), told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


@needs_hierarchies
def test_the_prepared_topology_is_stored_and_a_broken_copy_is_built_again(tmp_path):
    from bolang.space import hierarchy

    graph, weights = graph_of([0, 1, 2], [1, 2, 3], 4), np.array([5, 6, 7], dtype=np.uint32)
    open_engine(graph, weights, "cch")
    stored = tmp_path / f"hierarchy-{graph.key}"
    assert stored.is_dir()
    hierarchy._TOPOLOGIES.clear()
    assert open_engine(graph, weights, "cch").path(0, 3)[0] == 18
    for file in stored.iterdir():
        file.write_bytes(b"")
    hierarchy._TOPOLOGIES.clear()
    assert open_engine(graph, weights, "cch").path(0, 3)[0] == 18


def test_without_the_fast_engine_dijkstra_serves_and_asking_for_it_says_how_to_install(monkeypatch):
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    graph, weights = graph_of([0], [1], 2), np.array([3], dtype=np.uint32)
    assert isinstance(open_engine(graph, weights), engines.DijkstraEngine)
    with pytest.raises(BadInputError, match="pip install pyroutingkit"):
        open_engine(graph, weights, "cch")
