"""Random weighted graphs, and a reference that tries everything (Floyd and Warshall)."""

import numpy as np
from hypothesis import strategies as st

from bolang.space.engine import Graph
from bolang.space.tariff import CLOSED


def graph_of(tail, head, size):
    rng = np.random.default_rng(size)
    lon, lat = rng.uniform(100, 120, size), rng.uniform(20, 45, size)
    ends = (np.array(part, dtype=np.int32) for part in (tail, head))
    return Graph(*ends, lon.astype(np.float32), lat.astype(np.float32))


@st.composite
def weighted_graphs(draw, smallest=2, largest=14):
    """Draw nodes, links (parallel ones and loops too) and weights, some of them closed."""
    size = draw(st.integers(smallest, largest))
    count = draw(st.integers(1, 3 * size))
    node = st.integers(0, size - 1)
    tail = draw(st.lists(node, min_size=count, max_size=count))
    head = draw(st.lists(node, min_size=count, max_size=count))
    weight = st.one_of(st.integers(1, 40), st.just(int(CLOSED)))
    weights = np.array(draw(st.lists(weight, min_size=count, max_size=count)), dtype=np.uint32)
    return graph_of(tail, head, size), weights


def everything(graph, weights):
    """Return all shortest distances by trying every intermediate node."""
    cost = np.full((graph.size, graph.size), np.int64(CLOSED))
    for tail, head, weight in zip(graph.tail, graph.head, weights, strict=True):
        cost[tail, head] = cost[head, tail] = min(cost[tail, head], np.int64(weight))
    np.fill_diagonal(cost, 0)
    for middle in range(graph.size):
        cost = np.minimum(cost, cost[:, middle, None] + cost[None, middle])
    return np.minimum(cost, np.int64(CLOSED)).astype(np.uint32)
