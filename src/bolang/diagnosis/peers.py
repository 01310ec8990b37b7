"""Peers: the nearest counties by structure, size, income and location, each with the reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bolang.atlas.model import County
from bolang.diagnosis.result import AlikeBlock, Peer
from bolang.foundation import checks
from bolang.foundation.errors import BadInputError, UnknownPlaceError
from bolang.foundation.text import Text, tr

Array = NDArray[np.float64]

PEER_GROUPS = (
    "similar",
    "structure",
    "size",
    "income",
    "location",
    "province",
    "prefecture",
    "fiscal",
    "product",
    "kind",
)
"""The peer groups that a user can choose from: all blocks of features together, one block, or a kind of neighbour."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What makes counties comparable: standardised features by block, and figures for the reason.

    Attributes
    ----------
    blocks : mapping of str to ndarray, shape (n, k)
        Standardised features of each block; NaN where nothing is published.
    manufacturing_share, population, income, hours_to_port, revenue_per_head : ndarray, shape (n,)
        Figures that are quoted: per cent, persons, yuan per head, hours, yuan.
    fiscal : ndarray, shape (n, 3)
        Standardised revenue per head, self-sufficiency and expenditure per head.
    """

    blocks: Mapping[str, Array]
    manufacturing_share: Array
    population: Array
    income: Array
    hours_to_port: Array
    fiscal: Array
    revenue_per_head: Array


def standardise(features: Array) -> Array:
    """Centre each column on its median and scale it by its interquartile range."""
    low, middle, high = np.nanpercentile(features, [25, 50, 75], axis=0)
    spread = np.where(high > low, high - low, 1.0)
    return np.asarray((features - middle) / spread)


def block_distances(blocks: Mapping[str, Array], index: int) -> dict[str, Array]:
    """Return the distance of every unit to one unit, by block.

    The distance is the root mean square difference over the features that both units have; it is infinite
    where they share none.
    """
    result = {}
    for name, features in blocks.items():
        squared = (features - features[index]) ** 2
        shared = (~np.isnan(squared)).sum(axis=1)
        total = np.nansum(squared, axis=1)
        distance = np.sqrt(np.divide(total, shared, out=np.full(len(total), np.inf), where=shared > 0))
        result[name] = distance
    return result


def nearest(
    likeness: Likeness, counties: Sequence[County], county: County, group: str = "similar", count: int = 10
) -> tuple[Peer, ...]:
    """Return the nearest counties in a peer group, nearest first.

    Parameters
    ----------
    group : str
        One of `PEER_GROUPS`: all blocks together, one block, or all blocks among the same province,
        prefecture or kind of unit.
    count : int
        Number of peers wanted; fewer are returned where the group is smaller.

    Raises
    ------
    BadInputError
        If the group is unknown.
    """
    count = checks.count(count, Text("对标县个数", "The number of peers"), low=1, high=len(counties))
    chosen = None if isinstance(group, str) and group in PEER_GROUPS else _named(county, group)
    blocks = {**likeness.blocks, "fiscal": likeness.fiscal} if group == "fiscal" else likeness.blocks
    distances = block_distances(blocks, county.index)
    closeness = {name: _closeness(distance, county.index) for name, distance in distances.items()}
    used = [group] if group in distances else list(distances)
    # Closeness ranks the blocks on one scale, so that no block rules by its units.
    combined = 1.0 - np.mean([closeness[name] for name in used], axis=0) / 100.0
    eligible = _eligible(counties, county, group) if chosen is None else chosen
    if group == "fiscal":
        eligible = eligible[np.isfinite(distances["fiscal"][eligible])]
    order = eligible[np.lexsort((distances[used[0]][eligible], combined[eligible]))][:count]
    return tuple(
        Peer(
            county=counties[i],
            distance=float(combined[i]),
            closeness={name: float(values[i]) for name, values in closeness.items()},
            alike=_alike(likeness, county.index, int(i), {n: float(v[i]) for n, v in closeness.items()}),
        )
        for i in order
    )


def _closeness(distance: Array, index: int) -> Array:
    """Per cent of all other units that are farther away."""
    others = np.sort(np.delete(distance, index))
    farther = len(others) - np.searchsorted(others, distance, side="right")
    return np.asarray(100.0 * farther / len(others))


def _eligible(counties: Sequence[County], county: County, group: str) -> NDArray[np.int64]:
    if group == "product":
        return _same_product(county)
    attribute = {"province": "province_code", "prefecture": "prefecture_code", "kind": "kind"}.get(group)
    if attribute is None:
        return np.delete(np.arange(len(counties)), county.index)
    rows = [
        c.index for c in counties if c.index != county.index and getattr(c, attribute) == getattr(county, attribute)
    ]
    return np.array(rows, dtype=np.int64)


def _same_product(county: County) -> NDArray[np.int64]:
    """Return the units that a verified list names with an industrial product of the county's."""
    assert county.atlas is not None
    products = county.atlas.products
    names = [p.name for p in products.industrial(county) if p.verified]
    rows = {other.index for name in names for other in products.makers(name)} - {county.index}
    return np.array(sorted(rows), dtype=np.int64)


def _named(county: County, group: str) -> NDArray[np.int64]:
    """Return the rows of the units that a user names, separated by commas.

    Raises
    ------
    BadInputError
        If the text is neither a peer group nor the names of units.
    """
    parts = [part.strip() for part in re.split(r"[,，、;；]", group) if part.strip()] if isinstance(group, str) else []
    try:
        if county.atlas is None or not parts:
            raise UnknownPlaceError(str(group), "")
        rows = [county.atlas.county(part).index for part in parts]
    except UnknownPlaceError as error:
        names = ", ".join(PEER_GROUPS)
        raise BadInputError(
            tr(f"“{group}”既不是对标组，也不是县名。", f"{group!r} is neither a peer group nor the name of a county."),
            tr(
                f"对标组：{names}；或用逗号隔开的县名。", f"Groups: {names}; or names of counties, separated by commas."
            ),
        ) from error
    return np.array([row for row in dict.fromkeys(rows) if row != county.index], dtype=np.int64)


def _alike(likeness: Likeness, own: int, other: int, closeness: Mapping[str, float]) -> tuple[AlikeBlock, ...]:
    """Return the two blocks in which the counties are closest, with the figures that show it."""
    figures = {
        "structure": likeness.manufacturing_share,
        "size": likeness.population,
        "income": likeness.income,
        "location": likeness.hours_to_port,
        "fiscal": likeness.revenue_per_head,
    }
    best = sorted(closeness, key=lambda name: -closeness[name])[:2]
    return tuple(_pair(block, figures[block], own, other) for block in best)


def _pair(block: str, values: Array, own: int, other: int) -> AlikeBlock:
    a, b = float(values[own]), float(values[other])
    known = not (np.isnan(a) or np.isnan(b))
    return AlikeBlock(block, a if known else None, b if known else None)
