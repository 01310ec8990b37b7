"""After a few links change, only the pairs whose cheapest way they touch are computed again, exactly."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bolang.space.engine import EngineName, Graph, Nodes, PathEngine, Table, Weights, open_engine
from bolang.space.tariff import CLOSED

MOST_CHANGED_ENDS = 96
"""With more ends of changed links than this, a full table is computed: it is faster."""

WORTHWHILE = 0.4
"""When more rows than this share must be searched again, the whole table is: only half of a square one is computed."""

Wide = NDArray[np.int64]


@dataclass(frozen=True)
class Weighted:
    """A graph with the weights of its links, and the engine to use on it."""

    graph: Graph
    weights: Weights
    engine: EngineName = "auto"
    _opened: list[PathEngine] = field(default_factory=list, repr=False, compare=False)

    def open(self) -> PathEngine:
        """Prepare shortest paths, once."""
        if not self._opened:
            self._opened.append(open_engine(self.graph, self.weights, self.engine))
        return self._opened[0]

    def ends(self, links: Wide) -> Nodes:
        """Return the nodes at the ends of some links."""
        return np.unique(np.concatenate([self.graph.tail[links], self.graph.head[links]])).astype(np.int32)

    def ends_of(self, link: int, among: Nodes) -> tuple[int, int]:
        """Return the positions of a link's ends among sorted nodes."""
        one, other = np.searchsorted(among, (self.graph.tail[link], self.graph.head[link]))
        return int(one), int(other)


@dataclass(frozen=True)
class Pairs:
    """Nodes of the rows and of the columns of a table; the same array for both if the table is square."""

    sources: Nodes
    targets: Nodes

    @property
    def square(self) -> bool:
        """Whether the table is from nodes to themselves."""
        return self.sources is self.targets


def updated_table(before: Weighted, after: Weighted, pairs: Pairs, known: Table) -> Table:
    """Return the cost table after links were re-priced or appended.

    Dearer links first: a pair is affected only if its old cost equals that of a way over such a link, and a set of
    counties that covers all affected pairs is computed again. Cheaper and new links next: a way that uses them enters
    at one of their ends and leaves at another, so ``min(D, D[s, e] + C[e, f] + D[f, t])`` over their ends is exact.
    Costs are integers, so both tests are exact and the answer equals a full computation.

    Parameters
    ----------
    before, after : Weighted
        The new graph has the nodes and links of the old one first, and possibly more.
    pairs : Pairs
    known : uint32 [S, T]
        The table before.
    """
    count = len(before.weights)
    old = np.concatenate([before.weights, np.full(len(after.weights) - count, CLOSED, dtype=np.uint32)])
    dearer, cheaper = np.flatnonzero(after.weights > old), np.flatnonzero(after.weights < old)
    if max(len(dearer), len(after.ends(cheaper))) > MOST_CHANGED_ENDS:
        return after.open().table(pairs.sources, pairs.targets)
    if not len(dearer) and not len(cheaper):
        return known
    paths, table = before.open(), known
    affected = _affected(before, dearer, pairs, known)
    with paths.changed(dearer, after.weights[dearer]) as raised:
        if affected is not None:
            table = _after_dearer(raised, affected, pairs, table)
        if len(cheaper):
            table = _after_cheaper(raised, after, cheaper, pairs, table, before.graph.size)
    return table


def _after_dearer(raised: PathEngine, affected: NDArray[np.bool_], pairs: Pairs, known: Table) -> Table:
    rows, columns = _cover(affected)
    if pairs.square and len(rows) + len(columns) > WORTHWHILE * len(known):
        return raised.table(pairs.sources, pairs.targets)
    table = known.copy()
    if len(rows):
        table[rows] = raised.table(pairs.sources[rows], pairs.targets)
    if len(columns):
        table[:, columns] = raised.table(pairs.targets[columns], pairs.sources).T
    return table


def _affected(before: Weighted, links: Wide, pairs: Pairs, known: Table) -> NDArray[np.bool_] | None:
    """Mark the pairs with a cheapest way over one of the links; None without links.

    Only sources whose cheapest way to the far end of a link runs over it, and targets whose way back does, can be such
    pairs; for most links those are few.
    """
    if not len(links):
        return None
    ends, paths = before.ends(links), before.open()
    to_source = paths.table(ends, pairs.sources).astype(np.int64)
    to_target = to_source if pairs.square else paths.table(ends, pairs.targets).astype(np.int64)
    affected = np.zeros(known.shape, dtype=bool)
    for link in links:
        one, other = before.ends_of(int(link), ends)
        weight = np.int64(before.weights[link])
        for a, b in ((one, other), (other, one)):
            rows = np.flatnonzero(to_source[a] + weight == to_source[b])
            columns = np.flatnonzero(to_target[b] + weight == to_target[a])
            if len(rows) and len(columns):
                over = to_source[a][rows][:, None] + weight + to_target[b][columns]
                block = np.ix_(rows, columns)
                affected[block] |= over == known[block]
    return affected


def _cover(affected: NDArray[np.bool_]) -> tuple[Wide, Wide]:
    """Return rows and columns that together hold every affected pair, greedily few."""
    left = affected.copy()
    rows: list[int] = []
    columns: list[int] = []
    in_row, in_column = left.sum(axis=1), left.sum(axis=0)
    while in_row.any():
        row, column = int(in_row.argmax()), int(in_column.argmax())
        if in_row[row] >= in_column[column]:
            rows.append(row)
            in_column -= left[row]
            left[row], in_row[row] = False, 0
        else:
            columns.append(column)
            in_row -= left[:, column]
            left[:, column], in_column[column] = False, 0
    return np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64)


def _after_cheaper(paths: PathEngine, after: Weighted, links: Wide, pairs: Pairs, table: Table, size: int) -> Table:
    """Let the links carry what they make cheaper; `paths` knows `size` nodes and the cheaper links at their old weights."""
    ends = after.ends(links)
    to_source, between = _reach(paths, size, ends, pairs.sources), _reach(paths, size, ends, ends)
    to_target = to_source if pairs.square else _reach(paths, size, ends, pairs.targets)
    for link in links:
        one, other = after.ends_of(int(link), ends)
        between[one, other] = between[other, one] = min(between[one, other], np.int64(after.weights[link]))
    for middle in range(len(ends)):
        np.minimum(between, between[:, middle, None] + between[None, middle], out=between)
    best = table.copy()
    onward = np.minimum(to_target, np.int64(CLOSED)).astype(np.uint32)
    for end in range(len(ends)):
        # Only sources that reach this end more cheaply than before can gain by leaving the changed links there.
        leaving = (to_source + between[:, end, None]).min(axis=0)
        rows = np.flatnonzero(leaving < to_source[end])
        if len(rows):
            # Two weights below 2**31 do not overflow 32 bits.
            best[rows] = np.minimum(best[rows], leaving[rows].astype(np.uint32)[:, None] + onward[end])
    return best


def _reach(paths: PathEngine, size: int, ends: Nodes, nodes: Nodes) -> Wide:
    """Return the costs between ends of links and nodes; nodes that the graph lacks are reached from themselves only."""
    costs = np.full((len(ends), len(nodes)), np.int64(CLOSED))
    there, known = ends < size, nodes < size
    costs[np.ix_(there, known)] = paths.table(ends[there], nodes[known])
    costs[ends[:, None] == nodes[None, :]] = 0
    return costs
