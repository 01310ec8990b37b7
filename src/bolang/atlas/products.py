"""What a county makes: products, clusters, markets and mines from the lists, best source first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

from bolang.atlas import store

if TYPE_CHECKING:
    from bolang.atlas.atlas import Atlas
    from bolang.atlas.model import County

ProductKind = Literal[
    "coal",
    "cluster",
    "market",
    "cluster_title",
    "export_base",
    "advantage_area",
    "geographical_indication",
    "quality_product",
    "popular_map",
]
KINDS: tuple[ProductKind, ...] = get_args(ProductKind)
FARM: tuple[ProductKind, ...] = ("advantage_area", "geographical_indication", "quality_product")
"""Kinds that name a farm product; its name says what is grown, not how much of the county lives from it."""

_KIND = 2
"""Characters at the end of a name that say what a thing is."""
_IMPLIED = re.compile("[鲤鲫鲢鳙鲈鳜鲟鳟鲑]鱼|[菊莲兰桂]花|[尖顶青峰芽毫针片螺剑眉]茶")
"""A name and the word for its kind that says nothing new."""


@dataclass(frozen=True, slots=True)
class Product:
    """Something that a list or a report says the county makes or trades.

    Attributes
    ----------
    name : str
        As the list has it, in Chinese.
    detail : str
        What the list or report says of it.
    capacity : float or None
        Coal only: capacity a year of the operating mines, million tonnes.
    mines : int or None
        Coal only: operating mines.
    year : int or None
        Year of the list.
    rank : int
        1 for the best source; 9 for a popular map, which is only a hint.
    verified : bool
        False where the entry was recalled, not read.
    """

    name: str
    kind: ProductKind
    detail: str
    capacity: float | None
    mines: int | None
    year: int | None
    source: str
    rank: int
    verified: bool


class Products:
    """The products of every county."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas

    def of(self, county: str | County) -> tuple[Product, ...]:
        """Return what a county makes, the best source first; what two lists name a little differently is listed once."""
        return _once(self._listed(county))

    def industrial(self, county: str | County) -> tuple[Product, ...]:
        """Return products other than farm products with a protected name."""
        return _once(p for p in self._listed(county) if p.kind not in FARM)

    def makers(self, name: str) -> tuple[County, ...]:
        """Return the counties with a product whose name contains a word."""
        codes = {code for code, listed in self._by_code.items() if any(name in p.name for p in listed)}
        return tuple(county for county in self.atlas.counties if county.code in codes)

    def alike(self, product: Product) -> int:
        """Return how many farm products of the nation's lists are the same thing, by the end of the name: garlic many, horses few."""
        return self._ends.get(_end(product.name), 0)

    def _listed(self, county: str | County) -> Sequence[Product]:
        return self._by_code.get(self.atlas.county(county).code, ())

    @cached_property
    def _ends(self) -> Mapping[str, int]:
        return Counter(_end(p.name) for listed in self._by_code.values() for p in listed if p.kind in FARM)

    @cached_property
    def _by_code(self) -> Mapping[str, list[Product]]:
        found: dict[str, list[Product]] = {}
        frame = store.load("products").sort(
            "code", "verified", "rank", descending=[False, True, False], maintain_order=True
        )
        for row in frame.iter_rows(named=True):
            product = Product(
                name=row["name"],
                kind=row["kind"],
                detail=row["detail"],
                capacity=row["amount"],
                mines=row["count"],
                year=row["year"],
                source=row["source"],
                rank=row["rank"],
                verified=row["verified"],
            )
            found.setdefault(row["code"], []).append(product)
        return found


def _once(listed: Iterable[Product]) -> tuple[Product, ...]:
    """Keep the first listing of each thing."""
    found: list[Product] = []
    for product in listed:
        if not any(one_thing(product.name, other.name) for other in found):
            found.append(product)
    return tuple(found)


def one_thing(one: str, other: str) -> bool:
    """Tell whether two names in the lists of a county mean one thing.

    They do if they are the same without the names of places and brackets, if one ends with the other (the thing stands last in
    Chinese: 龙井, 大佛龙井), or if one adds a word for its kind that the other implies: 红鲤 is a 鱼, 白菊 a 花, and what is called after the
    shape or colour of its leaf (毛尖, 龙顶) a 茶. What is made of a thing is another thing: eggs, oil, tea of a herb.

    Examples
    --------
    >>> one_thing("兴国红鲤", "兴国红鲤鱼"), one_thing("卢氏连翘", "卢氏连翘茶")
    (True, False)
    """
    short, long = sorted((_bare(one), _bare(other)), key=len)
    if long.endswith(short) and len(short) >= _KIND:
        return True
    return long == short or (long.startswith(short) and _IMPLIED.fullmatch(long[len(short) - 1 :]) is not None)


def _end(name: str) -> str:
    """Return what kind of thing a product is: the last two characters of its name."""
    return _bare(name)[-_KIND:]


def _bare(name: str) -> str:
    """Return a name by which two listings of one thing are the same: without endings of places, brackets and quotation marks."""
    return re.sub(r"（[^）]*）|\([^)]*\)|[镇乡村市县区“”\"（）() ·]", "", name)
