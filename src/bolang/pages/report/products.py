"""What the county makes, as the lists name it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from bolang.atlas.products import FARM, Product
from bolang.atlas.romanize import romanize
from bolang.document.model import Note, Number
from bolang.foundation.text import Text
from bolang.foundation.units import TONNES
from bolang.pages.report.context import Context
from bolang.pages.report.facts import source_note
from bolang.pages.report.say import wide
from bolang.wording import load

WORDS = load("report_products")
_HINT = 9


def named(context: Context) -> tuple[Product, ...]:
    """Return industrial products first, then farm products; hints of popular maps are left out."""
    found = context.atlas.products.of(context.county)
    kept: dict[str, Product] = {}
    for product in sorted((p for p in found if p.rank < _HINT), key=lambda p: _order(context, p)):
        kept.setdefault(product.name.replace("镇）", "）"), product)
    return tuple(kept.values())


def _order(context: Context, product: Product) -> tuple[int, bool, int, int]:
    """Order by the list; farm products of one list by the county's own name, by how few counties list the like, by the newest year."""
    if product.kind not in FARM:
        return product.rank, False, 0, 0
    own = product.name.startswith(context.county.name.rstrip("县市区旗"))
    return product.rank, not own, context.atlas.products.alike(product), -(product.year or 0)


def display(product: Product) -> Text:
    """Return the name of a product; in English its translation where the word list knows it, otherwise the Chinese name."""
    return Text(wide(product.name), romanize(product.name))


def titled(product: Product, kind: str) -> Text:
    """Return the name for a title: English says what kind of thing it is where the word list lacks it."""
    name = display(product)
    kind_of_thing = WORDS(f"titled.{kind}")
    return name if name.en.isascii() else Text(name.zh, kind_of_thing.en)


def kind_name(product: Product) -> Text:
    """Name the kind of list."""
    return WORDS(f"kind.{product.kind}")


def short_kind(product: Product) -> Text:
    """Name the kind of list for a table."""
    return WORDS(f"short.{product.kind}")


def notes_of_products(products: Iterable[Product]) -> tuple[Note, ...]:
    """Return one note a source."""
    return tuple(source_note(source) for source in dict.fromkeys(p.source for p in products if p.source))


@cache
def _remarks() -> Mapping[str, str]:
    import yaml

    found: dict[str, str] = yaml.safe_load(
        resources.files(__package__).joinpath("remarks.yaml").read_text(encoding="utf-8")
    )
    return found


def remark(product: Product) -> Text | None:
    """Return what a list says of a product in both languages; nothing where it says nothing."""
    return Text(wide(product.detail), _remarks()[product.detail]) if product.detail else coal_text(product)


def coal_text(product: Product) -> Text | None:
    """Say how many mines with what capacity."""
    if product.kind != "coal" or product.mines is None or product.capacity is None:
        return None
    return WORDS("coal", mines=product.mines, capacity=Number(product.capacity, 0, TONNES))
