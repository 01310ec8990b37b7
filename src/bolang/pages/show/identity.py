"""What a county is: what it makes, which lists name it, how its territory changed."""

from __future__ import annotations

import re

from bolang.atlas.model import County
from bolang.atlas.places import normalise, stem
from bolang.atlas.products import FARM, Product
from bolang.atlas.romanize import place
from bolang.atlas.spelling import in_latin_letters
from bolang.atlas.status import OfficialStatus
from bolang.atlas.territory import Break
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import number_text
from bolang.wording import load

WORDS = load("show")
NO_AREA = ("", "直辖")
LEAST_COAL = 3.0
"""Million tonnes a year; about the median of the counties with larger mines is 4."""
MOST = 4
"""Products named on the first page."""


def identity(county: County) -> list[Text]:
    """Return the sentences, in the order of reading; empty where no list names the county."""
    assert county.atlas is not None
    said = []
    products = county.atlas.products.of(county)
    named = [p for p in products if p.kind not in FARM and p.kind != "popular_map" and not _few_mines(p)]
    farm = [p for p in products if p.kind in FARM]
    if named:
        said.append(WORDS("makes", items=join([_product(p) for p in named[:MOST]], "、", ", ")))
    elif farm:
        said.append(WORDS("makes.farm", items=join([_product(p) for p in farm[:MOST]], "、", ", ")))
    # A prefecture on a list does not say which of its counties is meant, so only lists that name the county are told here.
    statuses = [status for status in county.atlas.status.of(county) if status.level == "county"]
    if statuses:
        said.append(WORDS("listed", items=join([_status(s) for s in statuses], "、", ", ")))
    return said + [text for change in county.atlas.territory.of(county) if (text := territory_text(change, county))]


def led_elsewhere(asked: str, county: County) -> bool:
    """Whether a name led to a unit that is called otherwise today: a former name, or a unit founded later."""
    if in_latin_letters(asked):  # a spelling leads to no unit but those of today
        return False
    wanted = normalise(asked)
    return not wanted.isdigit() and wanted not in normalise(county.full_name) and stem(county.name) not in wanted


def _few_mines(product: Product) -> bool:
    """Whether the coal of a county is too little to be named as what it lives from."""
    return product.kind == "coal" and (product.capacity or 0.0) < LEAST_COAL


def _product(product: Product) -> Text:
    if product.kind == "coal" and product.capacity is not None and product.mines is not None:
        capacity = number_text(product.capacity, 1)
        return WORDS("makes.coal", year=product.year or "", mines=product.mines, capacity=capacity)
    if not product.verified:
        return WORDS("makes.unverified", name=place(product.name))
    if product.detail:
        detail = product.detail.partition("; ")[0]
        by_turnover = re.fullmatch(r"交易额全国第(\d+)位", detail)
        known = WORDS("makes.turnover", rank=by_turnover[1]) if by_turnover else same(detail)
        told = WORDS("makes.detail", name=place(product.name), detail=known)
        # What the lists say beside a product is Chinese, and not needed to know what it is.
        return told if by_turnover else Text(told.zh, place(product.name).en)
    return place(product.name)


def _status(status: OfficialStatus) -> Text:
    item = (
        WORDS("status.top100", rank=re.sub(r"\D", "", status.detail))
        if status.key == "top100"
        else WORDS(f"status.{status.key}")
    )
    return item if status.verified else WORDS("listed.unverified", item=item)


def _bare(prefecture: str) -> str:
    """Return the name of a prefecture without its kind: 毕节地区 became 毕节市."""
    return stem(prefecture.removesuffix("地区"))


def territory_text(change: Break, county: County) -> Text | None:
    """Say what changed, when, and whether figures can be compared across it; None where only a code or a prefecture's name did."""
    named = [other for other in change.others if other != county.name]
    if change.kind != "reassigned":
        return WORDS(f"territory.{change.kind}", year=change.year, others=join(list(map(place, named)), "、", ", "))
    prefecture = _bare(county.prefecture)
    area = next((area for area in change.areas if area not in NO_AREA and _bare(area) != prefecture), None)
    if area is None:
        return None
    others = join([place(other) for other in named or [county.name]], "、", ", ")
    return WORDS(
        "territory.reassigned",
        year=change.year,
        area=place(area),
        others=others,
        county=place(county.name),
        prefecture=place(county.prefecture),
    )
