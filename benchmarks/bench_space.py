"""Shortest paths on the national transport network: tables of all counties, re-pricing, one changed link, one route."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cached_property

import networkit as nk
import numpy as np
from scgraph import Graph as ScGraph
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from benchmarks.harness import Comparison, Task, compare, first_use, largest_difference, seconds
from bolang.atlas import Atlas
from bolang.space import AddLink, CloseGateway, TransportSystem, UpgradeLink
from bolang.space.engine import PathEngine, open_engine
from bolang.space.freight import TABLES, cost_tables
from bolang.space.modes import Cargo, ModeSet
from bolang.space.pricing import Prices
from bolang.space.tariff import CLOSED

ABOUT = (
    "The shipped network of roads, railways and ports (some 130,000 nodes, 220,000 links), 2,853 county seats, integer "
    "weights. Every pair runs in turn in one process on the same weights; answers are compared on all pairs."
)
PEERS = ["pyroutingkit", "networkit", "scgraph"]
ROUTE = ("330782", "510105")


def run(repeat: int) -> list[Comparison]:
    setting = _Setting()
    return [*_tables(setting, repeat), *_changes(setting, repeat), *_routes(setting, repeat), _first()]


@dataclass
class _Setting:
    """The national system, and the same graph in the shape that each peer asks for."""

    def __post_init__(self) -> None:
        nk.setNumberOfThreads(2)
        self.system = TransportSystem.standard(Atlas())
        self.units = self.system.network.units

    def prices(self, cargo: Cargo, modes: ModeSet) -> Prices:
        return self.system.prices(cargo, modes)

    def matrix(self, weights: np.ndarray) -> csr_matrix:
        graph, used = self.system.graph, weights < CLOSED
        low = np.minimum(graph.tail, graph.head)[used].astype(np.int64)
        high = np.maximum(graph.tail, graph.head)[used].astype(np.int64)
        order = np.lexsort((weights[used], high, low))
        code = (low * graph.size + high)[order]
        kept = order[np.concatenate([[True], code[1:] != code[:-1]])]
        ends = np.concatenate([low[kept], high[kept]]), np.concatenate([high[kept], low[kept]])
        return csr_matrix((np.tile(weights[used][kept].astype(float), 2), ends), shape=(graph.size, graph.size))

    def networkit(self, weights: np.ndarray) -> nk.Graph:
        graph = nk.Graph(self.system.graph.size, weighted=True)
        entries = self.matrix(weights).tocoo()
        for tail, head, weight in zip(entries.row, entries.col, entries.data, strict=True):
            if tail < head:
                graph.addEdge(int(tail), int(head), float(weight))
        return graph

    @cached_property
    def ends(self) -> tuple[int, int]:
        atlas = self.system.atlas
        start, end = (int(self.units[atlas.county(code).index]) for code in ROUTE)
        return start, end


def _tables(setting: _Setting, repeat: int) -> list[Comparison]:
    units, rows = setting.units, []
    for name, modes in TABLE_MODES:
        weights = setting.prices("general", modes).weights
        engine, matrix = open_engine(setting.system.graph, weights, "cch"), setting.matrix(weights)

        def ours(engine: PathEngine = engine) -> np.ndarray:
            return engine.table(units, units)

        rows.append(_slow_peer(name, "scipy", ours, lambda m=matrix: _scipy(m, units), repeat))
        rows.append(_without_hierarchies(name, setting, weights, ours))
        if modes == "road":
            graph = setting.networkit(weights)
            rows.append(_slow_peer(name, "networkit", ours, lambda g=graph: _networkit(g, units), repeat))
    return rows


def _without_hierarchies(name: str, setting: _Setting, weights: np.ndarray, fast: Task) -> Comparison:
    """Time the engine of a platform without pyroutingkit against the hierarchies, both from the weights on."""
    plain = open_engine(setting.system.graph, weights, "scipy")
    note = "the engine where pyroutingkit has no wheel: nodes taken out first, then SciPy; the hierarchies are the peer"
    return compare(
        f"{name}, without pyroutingkit",
        "pyroutingkit",
        lambda: plain.table(setting.units, setting.units),
        fast,
        repeat=1,
        note=note,
    )


TABLE_MODES: tuple[tuple[str, ModeSet], ...] = (
    ("road table, 2,853 x 2,853", "road"),
    ("multimodal table, 2,853 x 2,853", "all"),
)


def _slow_peer(task: str, peer: str, ours: Task, theirs: Task, repeat: int) -> Comparison:
    """Time a peer that takes a minute once, our side as often as asked; compare all answers."""
    ours()
    mine = sorted(seconds(ours) for _ in range(repeat))
    start = time.perf_counter()
    answer = theirs()
    took = time.perf_counter() - start
    middle = mine[len(mine) // 2]
    gap = largest_difference(ours(), answer)
    note = "the peer timed once; both on two cores where they can use them"
    return Comparison(task, peer, middle, took, took / middle, took / mine[-1], took / mine[0], gap, note)


def _scipy(matrix: csr_matrix, units: np.ndarray) -> np.ndarray:
    return np.concatenate([dijkstra(matrix, indices=units[i : i + 64])[:, units] for i in range(0, len(units), 64)])


def _networkit(graph: nk.Graph, units: np.ndarray) -> np.ndarray:
    """Run Dijkstra from all units, some hundred at a time: the package keeps the distances to every node."""
    parts = []
    for start in range(0, len(units), 128):
        search = nk.distance.SPSP(graph, [int(u) for u in units[start : start + 128]])
        search.run()
        parts.append(np.array(search.getDistances())[:, units])
    return np.concatenate(parts)


def _changes(setting: _Setting, repeat: int) -> list[Comparison]:
    system = setting.system
    cost_tables(system)
    dearer = system.edited([UpgradeLink("义乌市", "北仑区", factor=0.9)]).prices("general", "all").weights
    rows = [
        compare(
            "re-pricing every link",
            "scipy, new matrix",
            lambda: open_engine(system.graph, dearer, "cch").path(*setting.ends)[0],
            lambda: dijkstra(setting.matrix(dearer), indices=setting.ends[0])[setting.ends[1]],
            repeat=repeat,
            note="with one query after it on either side",
        )
    ]
    rows.append(_one_link(setting, repeat))
    for label, edit in (("one new road", AddLink("义乌市", "武义县")), ("a closed port", CloseGateway("宁波港"))):
        after = system.edited([edit])

        def full(after: TransportSystem = after) -> tuple[np.ndarray, ...]:
            return tuple(_full(after, name) for name in TABLES)

        rows.append(
            compare(
                f"all three tables after {label}",
                "bolang, in full",
                lambda after=after: tuple(cost_tables(after)[name] for name in TABLES),
                full,
                repeat=min(repeat, 3),
                note="the incremental update reads the stored tables from disk in this time",
            )
        )
    return rows


def _one_link(setting: _Setting, repeat: int) -> Comparison:
    """Close one link of the best way from Yiwu to Chengdu and ask for the way around it."""
    system = setting.system
    weights = system.prices("general", "road").weights
    engine = open_engine(system.graph, weights, "cch")
    link = engine.path(*setting.ends)[1][:1]
    closed = weights.copy()
    closed[link] = CLOSED

    def ours() -> int:
        with engine.changed(link, closed[link]) as other:
            return other.path(*setting.ends)[0]

    return compare(
        "one link closed",
        "scipy, new matrix",
        ours,
        lambda: dijkstra(setting.matrix(closed), indices=setting.ends[0])[setting.ends[1]],
        repeat=repeat,
        note="closed, one query, opened again",
    )


def _full(system: TransportSystem, name: str) -> np.ndarray:
    cargo, modes = TABLES[name]
    targets = system.network.market_nodes if name == "foreign" else system.network.units
    return open_engine(system.graph, system.prices(cargo, modes).weights, "cch").table(system.network.units, targets)


def _routes(setting: _Setting, repeat: int) -> list[Comparison]:
    weights = setting.prices("general", "road").weights
    engine, matrix = open_engine(setting.system.graph, weights, "cch"), setting.matrix(weights)
    start, end = setting.ends
    neighbours: list[dict[int, float]] = [{} for _ in range(matrix.shape[0])]
    entries = matrix.tocoo()
    for tail, head, weight in zip(entries.row, entries.col, entries.data, strict=True):
        neighbours[int(tail)][int(head)] = float(weight)
    graph = ScGraph(neighbours)
    return [
        compare(
            "one route, Yiwu to Chengdu",
            "scipy",
            lambda: engine.path(start, end)[0],
            lambda: dijkstra(matrix, indices=start)[end],
            repeat=repeat,
        ),
        compare(
            "one route, Yiwu to Chengdu",
            "scgraph",
            lambda: engine.path(start, end)[0],
            lambda: graph.dijkstra(origin_id=start, destination_id=end)["length"],
            repeat=repeat,
        ),
    ]


def _first() -> Comparison:
    setup = """
import os, tempfile
os.environ["BOLANG_CACHE"] = tempfile.mkdtemp()
from bolang.atlas import Atlas
from bolang.space import TransportSystem
from bolang.space.engine import PathEngine, open_engine
system = TransportSystem.standard(Atlas())
graph, weights = system.graph, system.prices("general", "all").weights
---
"""
    return first_use(
        "preparing a new topology",
        "scipy",
        setup + 'open_engine(graph, weights, "cch")',
        setup + 'open_engine(graph, weights, "scipy")',
        note="once a topology, then kept in the cache folder; this is what the fast tables cost first",
    )
