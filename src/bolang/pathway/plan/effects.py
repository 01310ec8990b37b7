"""What cards and plain arithmetic say about a measure in one county, on the outcome that was measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bolang.economy.levers.countryside import Countryside
from bolang.foundation.parameters import load_parameters
from bolang.pathway.plan.account import Base, IncomeEffect
from bolang.pathway.plan.cards import Card
from bolang.pathway.plan.income import YUAN_PER_YI

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County


@dataclass(frozen=True, slots=True)
class Freight:
    """The direct saving of sea-rail in plain arithmetic: boxes times what a box saves.

    Attributes
    ----------
    boxes : float
        Export boxes a year, from the county's exports and the value of a box.
    by_rail : float
        Share of them that go by rail.
    saving : float
        Yuan a box.
    total : float
        亿元 a year.
    year : int
        Year of the exports.
    """

    boxes: float
    by_rail: float
    saving: float
    total: float
    year: int


def rural_e_commerce(card: Card, place: Countryside) -> IncomeEffect:
    """Carry the trial over: retail prices of rural households fall where parcels do not come yet.

    The result stays below the trial's own gain, falls with urbanity and Taobao villages, and grows with remoteness.
    """
    low, mean, high = card.carried
    return IncomeEffect(mean * place.reach, low * place.reach, high * place.reach, "card")


def sea_rail_freight(atlas: Atlas, county: County, card: Card) -> Freight | None:
    """Return the direct saving of a county; None where its exports are not published."""
    cited = load_parameters("bolang.pathway.plan")
    exports = atlas.latest(county, "exports")
    if exports is None:
        return None
    road = float(atlas.table("access").filter(atlas.table("access")["code"] == county.code)["port_cost_road"][0])
    boxes = exports.value * YUAN_PER_YI / cited.number("dollars_a_box")
    by_rail, saving = cited.number("boxes_by_rail"), card.carried[1] * road
    return Freight(boxes, by_rail, saving, boxes * by_rail * saving / YUAN_PER_YI, exports.year)


def of_freight(freight: Freight, base: Base) -> IncomeEffect:
    """Return the saving as a share of residents' income, if all of it stays with them: an upper bound."""
    cited = load_parameters("bolang.pathway.plan")["boxes_by_rail"]
    assert cited.range is not None
    share = freight.total / base.income
    low, high = (share * bound / cited.number for bound in cited.range)
    return IncomeEffect(share, low, high, "arithmetic")
