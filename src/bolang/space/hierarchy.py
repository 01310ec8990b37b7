"""Customizable contraction hierarchies (RoutingKit): prepared once a topology, re-priced in tens of milliseconds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from queue import SimpleQueue

import numpy as np
from numpy.typing import NDArray
from pyroutingkit import CCHMetric, CCHTopology

from bolang.foundation import store
from bolang.foundation.progress import ShareDone
from bolang.space.engine import Graph, Nodes, PathEngine, Table, Weights
from bolang.space.tariff import CLOSED

BLOCK = 360
TASKS_A_WORKER = 8
"""Fewer blocks than this are not worth another re-pricing for a second worker."""

WORKERS = max(1, min(4, os.cpu_count() or 1))


class HierarchyEngine:
    """Contraction hierarchies on one weighted graph; see `bolang.space.engine.PathEngine`."""

    def __init__(self, graph: Graph, weights: Weights) -> None:
        self._graph = graph
        self._topology = _prepared(graph)
        self._weights = np.tile(weights, 2).astype(np.uint32)
        self._metrics = [self._customized()]

    def _customized(self) -> CCHMetric:
        metric = CCHMetric(self._topology)
        metric.customize(self._weights, 1)
        return metric

    def table(self, sources: Nodes, targets: Nodes, progress: ShareDone | None = None) -> Table:
        """Return the costs from every source to every target.

        Square blocks of nodes that lie near each other (codes run through the provinces) share most of the search; of a
        table from nodes to themselves only the upper half is computed.
        """
        square = len(sources) == len(targets) and bool(np.array_equal(sources, targets))
        rows, columns = _blocks(len(sources)), _blocks(len(targets))
        tasks = [(i, j) for i in range(len(rows)) for j in range(i if square else 0, len(columns))]
        costs = np.empty((len(sources), len(targets)), dtype=np.uint32)
        # A metric answers one caller at a time: every worker takes one that is idle.
        workers = max(1, min(WORKERS, len(tasks) // TASKS_A_WORKER))
        idle: SimpleQueue[CCHMetric] = SimpleQueue()
        while len(self._metrics) < workers:
            self._metrics.append(self._customized())
        for metric in self._metrics:
            idle.put(metric)

        def fill(i: int, j: int) -> None:
            metric = idle.get()
            start, end = sources[rows[i]].astype(np.uint32), targets[columns[j]].astype(np.uint32)
            block = np.minimum(metric.distances_many_to_many(start, end), CLOSED)
            idle.put(metric)
            costs[rows[i], columns[j]] = block
            if square:
                costs[columns[j], rows[i]] = block.T

        with ThreadPoolExecutor(workers) as pool:
            running = [pool.submit(fill, i, j) for i, j in tasks]
            try:
                for count, done in enumerate(as_completed(running), start=1):
                    done.result()
                    if progress:
                        progress(count / len(tasks))
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return costs

    def path(self, source: int, target: int) -> tuple[int, NDArray[np.int64]]:
        """Return a cheapest path."""
        if source == target:
            return 0, np.array([], dtype=np.int64)
        cost, _, arcs = self._metrics[0].query(source, target)
        if cost >= CLOSED:
            return int(CLOSED), np.array([], dtype=np.int64)
        return int(cost), np.asarray(arcs, dtype=np.int64) % len(self._graph.tail)

    @contextmanager
    def changed(self, links: NDArray[np.int64], weights: Weights) -> Iterator[PathEngine]:
        """Give some links other weights for a while."""
        before = self._weights[links]
        self._set(links, weights)
        try:
            yield self
        finally:
            self._set(links, before)

    def _set(self, links: NDArray[np.int64], weights: Weights) -> None:
        arcs = np.concatenate([links, links + len(self._graph.tail)]).astype(np.uint32)
        both = np.tile(weights, 2).astype(np.uint32)
        self._weights[arcs] = both
        for metric in self._metrics if len(arcs) else ():
            metric.update_weights(arcs, both)


_TOPOLOGIES: dict[str, CCHTopology] = {}


def _blocks(count: int) -> list[slice]:
    return [slice(start, min(start + BLOCK, count)) for start in range(0, count, BLOCK)]


def _prepared(graph: Graph) -> CCHTopology:
    """Return the contracted topology, from memory, from the cache folder, or built (some seconds)."""
    if graph.key not in _TOPOLOGIES:
        _TOPOLOGIES[graph.key] = _load(graph) or _build(graph)
    return _TOPOLOGIES[graph.key]


def _load(graph: Graph) -> CCHTopology | None:
    """Return the stored topology if it is there, whole, and fits."""
    folder = store.folder_entry("hierarchy", graph.key)
    if folder is None:
        return None
    topology = CCHTopology()
    try:
        topology.load(str(folder))
    except (RuntimeError, OSError, ValueError):
        return None
    fits = (topology.node_count, topology.arc_count) == (graph.size, 2 * len(graph.tail))
    return topology if fits else None


def _build(graph: Graph) -> CCHTopology:
    topology = CCHTopology()
    tail = np.concatenate([graph.tail, graph.head]).astype(np.uint32)
    head = np.concatenate([graph.head, graph.tail]).astype(np.uint32)
    topology.build(tail, head, graph.lat.astype(np.float32), graph.lon.astype(np.float32), graph.size)
    store.keep_folder("hierarchy", graph.key, lambda path: topology.save(str(path)))
    return topology
