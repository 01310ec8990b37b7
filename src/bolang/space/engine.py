"""Shortest paths behind one interface: contraction hierarchies where installed, Dijkstra otherwise, equal answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from bolang.foundation.errors import BadInputError
from bolang.foundation.progress import ShareDone
from bolang.foundation.store import content_key
from bolang.foundation.text import tr
from bolang.space.elimination import core
from bolang.space.tariff import CLOSED

Nodes = NDArray[np.int32]
Weights = NDArray[np.uint32]
Table = NDArray[np.uint32]

EngineName = Literal["auto", "cch", "scipy"]

ROWS_AT_ONCE = 64

MANY_SOURCES = 400
"""From more sources than this, making the network small first takes less time than it saves."""

SHARE_OF_ELIMINATION = 0.2


@dataclass(frozen=True)
class Graph:
    """Nodes with positions and undirected links between them.

    Attributes
    ----------
    tail, head : int32 [m]
    lon, lat : float32 [n]
    """

    tail: Nodes
    head: Nodes
    lon: NDArray[np.float32]
    lat: NDArray[np.float32]

    @property
    def size(self) -> int:
        """Number of nodes."""
        return len(self.lon)

    @cached_property
    def key(self) -> str:
        """Digest of the topology."""
        return content_key(self.tail, self.head, self.lon, self.lat)


class PathEngine(Protocol):
    """Shortest paths on one weighted graph."""

    def table(self, sources: Nodes, targets: Nodes, progress: ShareDone | None = None) -> Table:
        """Return the costs from every source to every target, `CLOSED` where there is no path; uint32 [S, T]."""

    def path(self, source: int, target: int) -> tuple[int, NDArray[np.int64]]:
        """Return the cost of a cheapest path and its links in order; an empty path costs `CLOSED` or nothing."""

    def changed(self, links: NDArray[np.int64], weights: Weights) -> AbstractContextManager[PathEngine]:
        """Give some links other weights for a while: ``with engine.changed(links, weights) as other: other.table(...)``.

        Inside, the engine itself must not be asked. A few links take hierarchies milliseconds.
        """


def open_engine(graph: Graph, weights: Weights, name: EngineName = "auto") -> PathEngine:
    """Return an engine for a graph with these link weights.

    Parameters
    ----------
    graph : Graph
    weights : uint32 [m]
        Weight of each link in both directions; `CLOSED` links are not used.
    name : {'auto', 'cch', 'scipy'}
        ``auto`` takes contraction hierarchies if pyroutingkit is installed.

    Raises
    ------
    BadInputError
        If contraction hierarchies are asked for and not installed.
    """
    installed = find_spec("pyroutingkit") is not None
    if name == "cch" and not installed:
        raise BadInputError(
            tr("未安装快速路径引擎 pyroutingkit。", "The fast path engine pyroutingkit is not installed."),
            tr(
                "可运行 pip install pyroutingkit（没有现成安装包的平台需要C++编译器），或用 engine='auto'。",
                "Run pip install pyroutingkit (it needs a C++ compiler where no wheel is published), or use engine='auto'.",
            ),
        )
    if name == "scipy" or not installed:
        return DijkstraEngine(graph, weights)
    from bolang.space.hierarchy import HierarchyEngine

    return HierarchyEngine(graph, weights)


class DijkstraEngine:
    """Dijkstra's algorithm of SciPy: no preparation, about 25 ms a source on the national network.

    For many sources the network is made small first, which brings that down to some 3 ms; see `bolang.space.elimination`.
    """

    def __init__(self, graph: Graph, weights: Weights) -> None:
        usable = np.flatnonzero((weights < CLOSED) & (graph.tail != graph.head))
        low, high = np.minimum(graph.tail, graph.head), np.maximum(graph.tail, graph.head)
        # Of parallel links only the cheapest can be used; SciPy would add them up.
        order = usable[np.lexsort((weights[usable], high[usable], low[usable]))]
        self._codes = low[order].astype(np.int64) * graph.size + high[order]
        first = np.concatenate([[True], self._codes[1:] != self._codes[:-1]]) if len(order) else np.array([], bool)
        self._links, self._codes = order[first], self._codes[first]
        ends = low[self._links], high[self._links]
        values = weights[self._links].astype(np.float64)
        shape = (graph.size, graph.size)
        self._matrix = csr_matrix((np.tile(values, 2), (np.concatenate(ends), np.concatenate(ends[::-1]))), shape=shape)
        self._graph, self._weights, self._size = graph, weights, graph.size

    def table(self, sources: Nodes, targets: Nodes, progress: ShareDone | None = None) -> Table:
        """Return the costs from every source to every target."""
        if len(targets) < len(sources):
            return np.ascontiguousarray(self.table(targets, sources, progress).T)
        network, done, tell = self._matrix, 0.0, progress or (lambda share: None)
        origins, ends = sources.astype(np.int64), targets.astype(np.int64)
        if len(sources) > MANY_SOURCES:
            network, position = core(network, np.concatenate([origins, ends]))
            origins, ends, done = position[origins], position[ends], SHARE_OF_ELIMINATION
            tell(done)
        costs = np.empty((len(sources), len(targets)), dtype=np.uint32)
        for start in range(0, len(sources), ROWS_AT_ONCE):
            rows = slice(start, start + ROWS_AT_ONCE)
            reached = dijkstra(network, indices=origins[rows])[:, ends]
            costs[rows] = np.minimum(reached, float(CLOSED)).astype(np.uint32)
            tell(min(1.0, done + (1 - done) * (start + ROWS_AT_ONCE) / len(sources)))
        return costs

    def path(self, source: int, target: int) -> tuple[int, NDArray[np.int64]]:
        """Return a cheapest path."""
        costs, befores = dijkstra(self._matrix, indices=np.array([source]), return_predecessors=True)
        cost, before = costs[0], befores[0]
        if not np.isfinite(cost[target]):
            return int(CLOSED), np.array([], dtype=np.int64)
        nodes = [target]
        while nodes[-1] != source:
            nodes.append(int(before[nodes[-1]]))
        ends = np.sort(np.column_stack([nodes[:0:-1], nodes[-2::-1]]).astype(np.int64), axis=1)
        found = np.searchsorted(self._codes, ends[:, 0] * self._size + ends[:, 1])
        return int(cost[target]), self._links[found].astype(np.int64)

    @contextmanager
    def changed(self, links: NDArray[np.int64], weights: Weights) -> Iterator[PathEngine]:
        """Give some links other weights for a while."""
        other = self._weights.copy()
        other[links] = weights
        yield DijkstraEngine(self._graph, other)
