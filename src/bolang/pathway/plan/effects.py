"""What cards and plain arithmetic say about a measure in one county, on the outcome that was measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bolang.foundation.parameters import load_parameters
from bolang.pathway.plan.account import Base, IncomeEffect
from bolang.pathway.plan.cards import Card

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County

YUAN_PER_YI = 1e8


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


@dataclass(frozen=True, slots=True)
class Countryside:
    """What decides how much e-commerce has left to bring.

    Attributes
    ----------
    remoteness : float
        Share of all counties that are nearer to a large city, 0 to 1.
    taobao : float
        Taobao villages of the latest list.
    """

    remoteness: float
    taobao: float


def countryside(atlas: Atlas, county: County) -> Countryside:
    """Return remoteness and Taobao villages of a county."""
    import numpy as np

    hours = atlas.column("metropolis_hours", atlas.vintage.census)
    own = hours[county.index]
    nearer = 1.0 if np.isnan(own) else float(np.mean(hours[np.isfinite(hours)] < own))
    villages = atlas.latest(county, "taobao_villages")
    return Countryside(nearer, 0.0 if villages is None else villages.value)


def rural_e_commerce(card: Card, base: Base, place: Countryside) -> IncomeEffect:
    """Carry the trial over: retail prices of rural households fall where parcels do not come yet.

    ``effect = saving * retail share of spending * rural share of income * villages not reached``, where the villages not
    reached are the national share times twice the remoteness (one on average), over one plus the Taobao villages. The result
    stays below the trial's own gain, falls with urbanity and Taobao villages, and grows with remoteness.
    """
    cited = load_parameters("bolang.pathway.plan")
    ratio = cited.number("rural_income_ratio")
    rural_income = base.rural * ratio / (base.rural * ratio + 1.0 - base.rural)
    missing = (1.0 - cited.number("parcels_delivered")) * 2.0 * place.remoteness / (1.0 + place.taobao)
    factor = cited.number("retail_share") * rural_income * missing
    low, mean, high = card.carried
    return IncomeEffect(mean * factor, low * factor, high * factor, "card")


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
