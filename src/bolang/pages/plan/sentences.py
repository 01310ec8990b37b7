"""What a plan says, from its numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bolang.atlas.register import PolicyState
from bolang.atlas.romanize import place
from bolang.document.model import Number
from bolang.economy.levers.catalogue import levers
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, join, last_and, same
from bolang.foundation.units import MONEY_WAN_SMALL, MONEY_YI, PERCENT, YUAN, number_text
from bolang.pages.conditions import test_text
from bolang.pathway.plan.account import Account
from bolang.pathway.plan.measures import Measure
from bolang.pathway.plan.recommend import without_effect
from bolang.pathway.plan.result import Plan, PlanEntry
from bolang.wording import load

WORDS = load("plan")
_FREE_TRADE = re.compile("中国（(.+)）自由贸易试验区")
"""The name of the zone of a province."""
FEW = 3
"""Reasons named on the first page."""
_FEW_BOXES = 1000
"""Boxes below which a figure in ten thousands takes a second decimal."""
_SERIES = 3
"""Names from which a series takes commas."""
NEVER = 0.005
"""A chance below this would be written as 0 %."""


def answer(plan: Plan, *, core: bool = True) -> list[Text]:
    """Say what to do, what to apply for and what to ask, in as many sentences; first that it is the core of a city."""
    county = place(plan.county.name)
    parts = [
        WORDS(f"answer.{key}", county=county, items=names(found)) for key in ("do", "pilot") if (found := plan.of(key))
    ]
    if not parts:
        parts.append(_beyond(plan) or WORDS("answer.none", county=county))
    if core and plan.situation == "core":
        parts.insert(0, WORDS("answer.core", county=county))
    parts += [WORDS(f"answer.{key}", items=names(found)) for key in ("apply", "ask") if (found := plan.of(key))]
    return parts


def _beyond(plan: Plan) -> Text | None:
    """Say what the cheapest measure would take, where only the budget stands in the way; None where something else does."""
    dear = [(sum(entry.account.cash[:5]), entry) for entry in plan.of("too_dear") if entry.account is not None]
    if not dear or plan.budget is None:
        return None
    cost, cheapest = min(dear, key=lambda item: item[0])
    return WORDS(
        "answer.beyond",
        county=place(plan.county.name),
        budget=Number(plan.budget, 2, MONEY_YI),
        measure=measure_name(cheapest),
        cost=Number(cost, 2, MONEY_YI),
    )


def here(plan: Plan) -> Text:
    """Return what the unit calls itself: county, city or district."""
    return WORDS(f"here.{plan.county.kind}" if f"here.{plan.county.kind}" in WORDS else "here.county")


def decider(plan: Plan, entry: PlanEntry) -> Text:
    """Say who decides on a measure."""
    return here(plan) if entry.measure.decider == "county" else WORDS(f"decider.{entry.measure.decider}")


def names(entries: Sequence[PlanEntry]) -> Text:
    """List measures by name."""
    return _series([measure_name(entry) for entry in entries])


def _series(items: Sequence[Text]) -> Text:
    """Join names as ``甲、乙、丙`` and ``A, B and C``; where a name holds "and" itself, a comma stands before the last."""
    word = last_and(items)
    if len(items) < _SERIES:
        return join(items, "、", word)
    return join((join(items[:-1], "、", ", "), items[-1]), "、", word)


def measure_name(entry: PlanEntry) -> Text:
    """Return the name of the measure of an entry."""
    return name_of(entry.measure)


def name_of(measure: Measure) -> Text:
    """Return the name of a measure: that of its lever where the model carries it."""
    return WORDS(f"measure.{measure.key}") if measure.lever is None else levers()[measure.lever].name


def in_place(plan: Plan) -> Text | None:
    """Say what the county has already, and since when; national reforms go without saying."""
    own = [e for e in plan.of("in_place") if e.policy is not None and e.policy.level != "nation"]
    return WORDS("in_place", items=_series([_in_place(e) for e in own])) if own else None


def _in_place(entry: PlanEntry) -> Text:
    assert entry.policy is not None
    if not entry.policy.verified:
        return WORDS("in_place.item.unverified", measure=measure_name(entry))
    if entry.policy.since is None:
        return WORDS("in_place.item.undated", measure=measure_name(entry))
    return WORDS("in_place.item", measure=measure_name(entry), since=entry.policy.since)


def reason(entry: PlanEntry) -> Text:
    """Say why a measure stands where it stands: the condition with its number, or the state of the register."""
    policy = entry.policy
    if entry.standing == "ask" and policy is not None and (policy.around or entry.unknown is None):
        return _unregistered(policy)
    test = entry.failed or entry.unknown
    if entry.standing == "in_place" or (test is None and not entry.tests):
        absent = entry.policy is not None and entry.policy.state == "absent" and entry.standing == "apply"
        return WORDS("test.register.absent") if absent else WORDS("test.none")
    if test is not None:
        return test_text(test)
    shown = next((t for t in entry.tests if t.key == entry.measure.strength), entry.tests[0])
    return test_text(shown)


def _unregistered(policy: PolicyState) -> Text:
    """Say that the register does not know, and what it knows of the area around."""
    if not policy.around:
        return WORDS("test.register.unknown")
    of_province = _FREE_TRADE.fullmatch(policy.around)
    zone = place(policy.around)
    if of_province is not None:
        zone = WORDS("zone.free_trade", province=_province(of_province[1]))
    if policy.around_since is None:
        return WORDS("test.register.around.undated", zone=zone)
    return WORDS("test.register.around", zone=zone, year=policy.around_since)


def _province(short: str) -> Text:
    """Return a province in both languages, given without what kind of unit it is."""
    named = (place(short + kind).en for kind in ("省", "市", "自治区", "壮族自治区", "回族自治区", "维吾尔自治区"))
    return Text(short, next((name for name in named if name.isascii()), short))


def leave(plan: Plan, *, everywhere: bool = True) -> list[Text]:
    """Say what not to do: dear or ineffective measures first, then those on the county's road that its place forbids.

    Parameters
    ----------
    plan : Plan
    everywhere : bool
        Whether to say also what is to be left everywhere, because it was measured and showed no effect.
    """
    own = [entry for entry in plan.of("unlikely") if plan.situation in entry.measure.tests]
    dear = [entry for entry in plan.of("unlikely") if entry not in own]
    said = [
        _left(plan, entry) for entry in plan.of("too_dear", "does_not_pay") if everywhere or not _same_for_all(entry)
    ]
    said += [_unlikely(plan, dear)] if dear else []
    said += [_left(plan, entry) for entry in own]
    on_road = () if plan.situation == "core" else plan.cells
    near = [e for e in plan.of("impossible") if e.measure.on_road(*on_road) and "any" not in e.measure.roads]
    alike: dict[Text, list[PlanEntry]] = {}
    for entry in near[: max(FEW - len(said), 0)]:
        alike.setdefault(reason(entry), []).append(entry)
    said += [WORDS("leave.impossible", measure=names(found), test=test) for test, found in alike.items()]
    return said[:FEW]


def _left(plan: Plan, entry: PlanEntry) -> Text:
    found, name = entry.account, measure_name(entry)
    if entry.standing == "does_not_pay":
        if _same_for_all(entry):
            return WORDS("leave.no_effect", measure=name)
        assert found is not None
        assert found.pays is not None
        if found.pays < NEVER:
            return WORDS("leave.never_pays", measure=name)
        return WORDS("leave.does_not_pay", measure=name, share=Number(100 * found.pays, 0, PERCENT))
    assert found is not None
    if entry.standing == "unlikely":
        return WORDS("leave.unlikely.own", measure=name, here=here(plan), effect=percent(found.break_even))
    return WORDS("leave.too_dear", measure=name, here=here(plan), cost=Number(sum(found.cash[:5]), 2, MONEY_YI))


def _same_for_all(entry: PlanEntry) -> bool:
    """Whether a measure is left because nobody found an effect of it, wherever it was tried."""
    return entry.standing == "does_not_pay" and without_effect(entry.measure)


def _unlikely(plan: Plan, entries: Sequence[PlanEntry]) -> Text:
    """Say what measures would have to do to pay for themselves: the least of them where they are several."""
    least = percent(min(entry.account.break_even for entry in entries if entry.account is not None))
    if len(entries) == 1:
        return WORDS("leave.unlikely", measure=measure_name(entries[0]), here=here(plan), effect=least)
    return WORDS("leave.unlikely.several", measures=names(entries), here=here(plan), effect=least)


def amount(yi: float) -> Number:
    """Write an amount in 亿元, or in 万元 where it is too small to read."""
    return Number(yi, 2, MONEY_YI) if yi >= 0.1 else Number(1e4 * yi, 0, MONEY_WAN_SMALL)


def percent(share: float) -> Number:
    """Write a share as per cent with two significant digits."""
    value = 100.0 * share
    return Number(value, 0 if value >= 9.5 else 1 if value >= 0.95 else 2, PERCENT)


def freight(plan: Plan) -> list[Text]:
    """Set out the plain arithmetic of sea-rail where the county has it or may ask for it."""
    entry, found = plan.entry("sea_rail"), plan.freight
    if found is None or entry.standing not in ("in_place", "ask", "do", "pilot", "does_not_pay"):
        return []
    boxes = _boxes(found.boxes)
    share = Number(100 * found.by_rail, 0, PERCENT)
    saving, total = same(number_text(found.saving)), amount(found.total)
    said = [
        WORDS("freight", year=found.year, total=total),
        WORDS("freight.boxes", boxes=boxes),
        WORDS("freight.share", share=share, saving=saving),
    ]
    if entry.account is not None and entry.standing != "in_place":
        said.append(WORDS("freight.needed", **_yard(entry.account, found.saving)))
    river = plan.river_port
    if river is not None and entry.standing != "in_place":
        said.append(WORDS("freight.river", port=place(river.name), km=number_text(river.km, 0)))
    return [*said, WORDS("freight.in_place")] if entry.standing == "in_place" else said


def _boxes(count: float) -> Text:
    """Write a number of boxes for a sentence that counts in 万 in Chinese."""
    few = count < _FEW_BOXES
    in_wan = number_text(count / 1e4, 2 if few else 1)
    if count < 1e6:
        return WORDS("boxes.thousand", count=Text(in_wan, number_text(count / 1e3, 1 if few else 0)))
    return WORDS("boxes.million", count=Text(in_wan, number_text(count / 1e6, 1)))


def _yard(found: Account, saving: float) -> dict[str, Text | Number]:
    """Return the outlay for a small and for a large yard, and the boxes a year from which freight alone pays for each."""
    values: dict[str, Text | Number] = {}
    for end, outlay in (("low", found.outlay_low), ("high", found.outlay_high)):
        boxes = found.needed * outlay / found.outlay * 1e8 / saving
        values[f"outlay_{end}"] = Number(outlay, 1, MONEY_YI)
        values[f"boxes_{end}"] = Text(number_text(boxes / 1e4, 1), number_text(boxes / 1e3, 0))
    return values


def money(plan: Plan) -> list[Text]:
    """Say what it costs the county, beside its own revenue and the room under its debt limit."""
    said = []
    cost = sum(plan.cash[:5])
    if cost > 0:
        paid, revenue = amount(cost), plan.fiscal.revenue
        year = plan.fiscal.years.get("revenue", plan.fiscal.year)
        if revenue and year is not None and year >= _oldest(plan):
            said.append(WORDS("money", here=here(plan), cost=paid, share=percent(cost / revenue), year=year))
            if cost / revenue > load_parameters("bolang.pathway.plan").number("heavy_share"):
                said.append(WORDS("money.heavy"))
        else:
            said.append(WORDS("money.unknown", here=here(plan), cost=paid))
    if plan.room is not None:
        year = plan.fiscal.years.get("quota", plan.fiscal.year)
        said += [WORDS("room", room=Number(plan.room, 2, MONEY_YI), year=year), WORDS("room.note")]
    return said


def _oldest(plan: Plan) -> int:
    """Return the oldest year that a figure beside a cost of today may have."""
    return plan.latest - int(load_parameters("bolang.pathway.plan").number("oldest_base"))


def rests_on(plan: Plan) -> list[Text]:
    """Say what would have to be true, and what the base rests on."""
    said = [WORDS(f"list.{key}", county=place(plan.county.name)) for key in plan.lists]
    needed = [e.account.break_even for e in plan.of("pilot") if e.account is not None]
    if needed:
        low, high = percent(min(needed)), percent(max(needed))
        alike = low.text == high.text
        unit = here(plan)
        one = WORDS("believe.one", here=unit, value=high)
        said.append(one if alike else WORDS("believe", here=unit, low=low, high=high))
    return [*said, *(estimated_base(plan) if needed else ())]


def estimated_base(plan: Plan) -> tuple[Text, ...]:
    """Say that disposable income, in which break-even is counted, is estimated; nothing where it is published."""
    if plan.base is None or not plan.base.income_estimated:
        return ()
    income = Number(round(plan.base.per_head, -2), 0, YUAN)
    return (WORDS(f"base.{plan.base.income_from}", year=plan.base.year, income=income),)
