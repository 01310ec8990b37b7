"""A plan for one county: what is in place, what to apply for, what to ask, what to do, what to pilot, what not to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bolang.atlas import Atlas, County, an_atlas, asked
from bolang.atlas.kept import kept
from bolang.atlas.register import PolicyState
from bolang.economy.levers.countryside import countryside
from bolang.foundation import doors
from bolang.foundation.errors import BadInputError
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import tr
from bolang.pathway.debt import fiscal_position
from bolang.pathway.plan.account import Account, Base, IncomeEffect, account, base_of
from bolang.pathway.plan.cards import cards
from bolang.pathway.plan.effects import of_freight, rural_e_commerce, sea_rail_freight
from bolang.pathway.plan.measures import Measure, measures
from bolang.pathway.plan.modelled import modelled
from bolang.pathway.plan.possibility import counting
from bolang.pathway.plan.preconditions import Precondition, Preconditions
from bolang.pathway.plan.result import LISTS, STANDINGS, Plan, PlanEntry, Standing
from bolang.pathway.plan.sea_calls import WayToPort, river_port_of
from bolang.pathway.shared import national
from bolang.pathway.types.roads import Cell


@doors.door(
    budget=doors.money,
    effects=doors.numbers_by_name,
    answers=doors.answers,
    fiscal=doors.numbers_by_name,
    draws=doors.whole(100, 100_000),
    seed=doors.seed,
    atlas=an_atlas,
)
def plan(
    county: str | County,
    *,
    budget: float | None = None,
    effects: Mapping[str, float] | None = None,
    answers: Mapping[str, bool] | None = None,
    fiscal: Mapping[str, float] | None = None,
    draws: int | None = None,
    seed: int = 0,
    atlas: Atlas | None = None,
) -> Plan:
    """Make a plan for a county from the policy register, preconditions tested in numbers, and what has been measured.

    Parameters
    ----------
    county : str or County
    budget : float, optional
        Own money over five years, 亿元: what the county's share of the recommended measures may cost.
    effects : mapping of str to float, optional
        The user's own assumption for measures that nobody has measured: change of residents' income at full effect, such as
        0.002 for 0.2 %. Marked as assumed wherever it shows.
    answers : mapping of str to bool, optional
        Answers to what the register does not know: policy and whether it is in place.
    fiscal : mapping, optional
        Items of `bolang.pathway.debt.FiscalPosition` in 亿元, laid over what is published.
    draws, seed : int
        Draws of effects and costs; at least the cited number. The same seed gives the same plan.
    atlas : Atlas, optional

    Returns
    -------
    Plan
        ``.entries``, ``.recommended``, ``.of("apply")``, ``.cash``, ``.to_frame()``.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        If the name does not resolve to one county.
    BadInputError
        If an argument is out of range, or names an unknown measure or policy.
    """
    facts, place = asked(county, atlas)
    cited = load_parameters("bolang.pathway.plan")
    count = int(cited.number("enough_draws")) if draws is None else draws
    assumed = _checked(effects or {}, answers or {})
    kind = national(facts).of(place)
    base = base_of(facts, place)
    likely = cited.number("road_share")
    cells = () if kind.cell is None else tuple(cell for cell, share in kind.probability.items() if share >= likely)
    context = _Context(facts, place, cells, base, assumed, dict(answers or {}), count, seed)
    listed = [context.entry(measure) for measure in measures().values()]
    listed = _within(_pilots_first(listed, int(cited.number("pilots_at_once"))), budget)
    order = {standing: number for number, standing in enumerate(STANDINGS)}
    freight = sea_rail_freight(facts, place, cards()["sea_rail_freight"])
    return Plan(
        county=place,
        cell=kind.cell,
        cells=cells,
        certainty=0.0 if kind.cell is None else kind.probability[kind.cell],
        situation=kind.situation,
        entries=tuple(sorted(listed, key=lambda e: (order[e.standing], -e.strength))),
        base=base,
        fiscal=fiscal_position(facts, place, fiscal),
        budget=budget,
        freight=freight,
        river_port=_river_port(facts, place),
        lists=tuple(key for key in LISTS if facts.status.has(place, key)),
        modelled=modelled(facts, place),
        latest=facts.vintage.accounts,
        draws=count,
        seed=seed,
    )


def _river_port(atlas: Atlas, county: County) -> WayToPort | None:
    """Return the nearest river port if it is so near that water has to be compared first."""
    way = river_port_of(atlas, county)
    return way if way.km < load_parameters("bolang.pathway.plan").number("seaport_km_needed") else None


def _checked(effects: Mapping[str, float], answers: Mapping[str, bool]) -> dict[str, float]:
    from bolang.atlas.register import policies

    for name, known in ((effects, measures()), (answers, policies())):
        unknown = sorted(set(name) - set(known))
        if unknown:
            raise BadInputError(
                tr(
                    f"没有名为 {'、'.join(unknown)} 的举措或政策。", f"No measure or policy named {', '.join(unknown)}."
                ),
                tr(f"可用：{'、'.join(known)}。", f"Known: {', '.join(known)}."),
            )
    for key, value in effects.items():
        if not (np.isfinite(value) and -0.2 <= value <= 0.2):
            raise BadInputError(
                tr(
                    f"{key} 的假定效果应在 -0.2 与 0.2 之间（0.002 即居民收入增加 0.2%），收到 {value}。",
                    f"The assumed effect of {key} lies between -0.2 and 0.2 (0.002 is 0.2 % of residents' income), got {value}.",
                )
            )
    return dict(effects)


@kept
def preconditions(atlas: Atlas) -> Preconditions:
    """Return the tests of an atlas, its arrays read once."""
    return Preconditions(atlas)


@dataclass(frozen=True, slots=True)
class _Context:
    atlas: Atlas
    county: County
    cells: tuple[Cell, ...]
    base: Base | None
    assumed: Mapping[str, float]
    answers: Mapping[str, bool]
    draws: int
    seed: int

    def entry(self, measure: Measure) -> PlanEntry:
        policy = self._policy(measure)
        tests = tuple(preconditions(self.atlas).of(self.county, key) for key in measure.tests)
        reckoned = self._account(measure)
        return PlanEntry(measure, self._standing(measure, policy, tests, reckoned), policy, tests, reckoned)

    def _policy(self, measure: Measure) -> PolicyState | None:
        """Return the state that counts: in place if any of the policies is, otherwise the first."""
        return counting(self._answered(self.atlas.register.state(self.county, key)) for key in measure.policy)

    def _answered(self, state: PolicyState) -> PolicyState:
        if state.key not in self.answers:
            return state
        return PolicyState(
            state.policy,
            "in_place" if self.answers[state.key] else "absent",
            list_complete=True,
            origin="workspace",
        )

    def _account(self, measure: Measure) -> Account | None:
        if not measure.cost or measure.decider != "county" or self.base is None:
            return None
        return account(measure, self.base, self._effect(measure, self.base), draws=self.draws, seed=self.seed)

    def _effect(self, measure: Measure, base: Base) -> IncomeEffect | None:
        if measure.key in self.assumed:
            value = self.assumed[measure.key]
            return IncomeEffect(value, value, value, "user")
        if measure.key == "rural_e_commerce":
            return rural_e_commerce(cards()["rural_e_commerce_trial"], countryside(self.atlas, self.county))
        if measure.key == "sea_rail":
            freight = sea_rail_freight(self.atlas, self.county, cards()["sea_rail_freight"])
            return None if freight is None else of_freight(freight, base)
        return None

    def _standing(
        self, measure: Measure, policy: PolicyState | None, tests: tuple[Precondition, ...], reckoned: Account | None
    ) -> Standing:
        state = None if policy is None else policy.state
        if state == "in_place":
            return "in_place"
        if state == "not_applicable" or any(test.met is False for test in tests):
            return "impossible"
        if not measure.on_road(*self.cells):
            return "off_road"
        if without_effect(measure):
            return "does_not_pay"
        if reckoned is not None and reckoned.effect is not None and _worth(reckoned) == "does_not_pay":
            return "does_not_pay"
        if _cannot_pay(measure, reckoned):
            return "unlikely"
        if (state in (None, "unknown") and measure.ask) or any(test.met is None for test in tests):
            return "ask"
        if measure.decider != "county":
            return "apply"
        return "unset" if _size_is_open(measure, reckoned) else _worth(reckoned)


def without_effect(measure: Measure) -> bool:
    """Whether what was measured carries over to a county, and is no gain."""
    if measure.card is None:
        return False
    card = cards()[measure.card]
    return card.carries != "nothing" and card.sign <= 0


def against_the_model(lever: str) -> bool:
    """Whether a lever has an effect in the model and was measured without any: the measurement is then to be believed."""
    return any(measure.lever == lever and without_effect(measure) for measure in measures().values())


def _size_is_open(measure: Measure, reckoned: Account | None) -> bool:
    """Whether the model carries the measure with a size that nobody has measured and the user has not set."""
    return measure.lever is not None and measure.card is None and (reckoned is None or reckoned.effect is None)


def _cannot_pay(measure: Measure, reckoned: Account | None) -> bool:
    """Whether no answer could make a measure pay: its size is measured nowhere, and it would take more than was ever measured."""
    if reckoned is None or reckoned.effect is not None or _size_is_open(measure, reckoned):
        return False
    return _worth(reckoned) == "unlikely"


def _worth(reckoned: Account | None) -> Standing:
    """Say what the account allows: do it, pilot it, or leave it."""
    cited = load_parameters("bolang.pathway.plan")
    if reckoned is None:
        return "pilot"
    if reckoned.effect is None:
        return "unlikely" if reckoned.break_even > cited.number("believable_break_even") else "pilot"
    return "do" if reckoned.pays is not None and reckoned.pays >= cited.number("paying_share") else "does_not_pay"


def _pilots_first(entries: list[PlanEntry], most: int) -> list[PlanEntry]:
    """Keep as many pilots as can be measured at once, those whose condition is met best."""
    pilots = sorted((e for e in entries if e.standing == "pilot"), key=lambda e: (-e.strength, e.key))
    late = {entry.key for entry in pilots[most:]}
    return [_with(entry, "later") if entry.key in late else entry for entry in entries]


def _within(entries: list[PlanEntry], budget: float | None) -> list[PlanEntry]:
    """Keep within the budget: what is measured first, then pilots in the order of their condition."""
    if budget is None:
        return entries
    left, dear = budget, set()
    wanted = [e for e in entries if e.standing in ("do", "pilot") and e.account]
    for entry in sorted(wanted, key=lambda e: (e.standing != "do", -e.strength, e.key)):
        assert entry.account is not None
        cost = sum(entry.account.cash[:5])
        if cost <= left:
            left -= cost
        else:
            dear.add(entry.key)
    return [_with(entry, "too_dear") if entry.key in dear else entry for entry in entries]


def _with(entry: PlanEntry, standing: Standing) -> PlanEntry:
    return PlanEntry(entry.measure, standing, entry.policy, entry.tests, entry.account)
