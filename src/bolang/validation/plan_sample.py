"""Plans of a stratified sample of counties, and what is true of them all: the check that the planner can be signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bolang.pathway.plan.recommend import plan
from bolang.pathway.plan.result import Plan
from bolang.pathway.shared import national

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County

SIZE = 168
"""Units in the sample."""
EVERY_STRATUM = 10
"""Fewest units of each type and kind, as far as there are as many."""
SETS_TOLD = 0.9
"""Share of plans that a rule has to reproduce."""


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """What the plans of a sample have in common.

    Attributes
    ----------
    count : int
    without_new : float
        Share of plans that recommend nothing new.
    told : mapping of measure to float
        Share of counties told to do or to pilot it, most often first.
    sets : int
        Distinct sets of recommended measures.
    wrongly_told : int
        Recommendations that are in place, unknown, decided by others, or lack a condition: must be none.
    unflagged : int
        Ratios above the line without the flag: must be none.
    alike : float
        Share of plans of sure types whose set is also told to a county with the opposite state of industry.
    rule : tuple of str
        The fewest tests that, with the type, reproduce the set of most counties; greedy.
    by_type, by_rule : float
        Share of plans that the type alone, and the type with the rule, reproduce exactly.
    """

    count: int
    without_new: float
    told: dict[str, float]
    sets: int
    wrongly_told: int
    unflagged: int
    alike: float
    rule: tuple[str, ...]
    by_type: float
    by_rule: float


def stratified(atlas: Atlas, size: int = SIZE) -> list[County]:
    """Choose units of every type, districts apart from counties, spread evenly over the codes.

    Strata count by the square root of their number of units, so that rare types are seen; the choice is not random.
    """
    found = national(atlas).report_types.cell
    strata: dict[tuple[int, bool], list[County]] = {}
    for county in sorted(atlas.counties, key=lambda c: c.code):
        cell = int(found[county.index])
        if cell >= 0:
            strata.setdefault((cell, county.kind == "district"), []).append(county)
    roots = {key: len(units) ** 0.5 for key, units in strata.items()}
    total = sum(roots.values())
    chosen = []
    for key, units in strata.items():
        wanted = min(len(units), max(EVERY_STRATUM, round(size * roots[key] / total)))
        chosen += [units[i] for i in np.linspace(0, len(units) - 1, wanted).round().astype(int)]
    return sorted(chosen, key=lambda c: c.code)


def sample_plans(atlas: Atlas, size: int = SIZE, seed: int = 0) -> list[Plan]:
    """Make the plans of the sample."""
    return [plan(county, atlas=atlas, seed=seed) for county in stratified(atlas, size)]


def chosen(made: Plan) -> tuple[str, ...]:
    """Return the recommended measures of a plan, sorted by key."""
    return tuple(sorted(entry.key for entry in made.recommended))


def summarise(plans: Sequence[Plan]) -> PlanSummary:
    """Summarise plans; see `PlanSummary`."""
    sets = [chosen(made) for made in plans]
    told = Counter(key for found in sets for key in found)
    rule, by_type, by_rule = _simplest_rule(plans, sets)
    ratios = [e.account for made in plans for e in made.entries if e.account and e.account.benefit_cost is not None]
    return PlanSummary(
        count=len(plans),
        without_new=sum(not found for found in sets) / len(sets),
        told={key: number / len(sets) for key, number in told.most_common()},
        sets=len(set(sets)),
        wrongly_told=sum(_wrong(made) for made in plans),
        unflagged=sum((a.benefit_cost or 0.0) > 10.0 and not a.unrealistic for a in ratios),
        alike=_alike(plans, sets),
        rule=rule,
        by_type=by_type,
        by_rule=by_rule,
    )


def same_under_seeds(atlas: Atlas, counties: Sequence[County], seeds: Sequence[int]) -> float:
    """Return the share of counties that are told the same under all seeds."""
    same = [len({chosen(plan(county, atlas=atlas, seed=seed)) for seed in seeds}) == 1 for county in counties]
    return sum(same) / len(same)


def _wrong(made: Plan) -> int:
    return sum(
        entry.measure.decider != "county"
        or (entry.policy is not None and entry.policy.state in ("in_place", "not_applicable"))
        or (entry.measure.ask and (entry.policy is None or entry.policy.state == "unknown"))
        or not all(test.met for test in entry.tests)
        for entry in made.recommended
    )


def _alike(plans: Sequence[Plan], sets: Sequence[tuple[str, ...]]) -> float:
    sure = [(made.cell, found) for made, found in zip(plans, sets, strict=True) if len(made.cells) == 1 and found]
    complete = {found for cell, found in sure if cell is not None and cell.startswith("complete")}
    weak = {found for cell, found in sure if cell is not None and cell.startswith("weak")}
    return sum(found in complete & weak for _, found in sure) / len(sure) if sure else 0.0


def _left_out(group: Counter[tuple[str, ...]]) -> int:
    """Count the plans that are what most of the others of their group are."""
    right = 0
    for found, number in group.items():
        others = max((n for other, n in group.items() if other != found), default=0)
        right += number if number - 1 > others or (number > 1 and others == 0) else 0
    return right


def _kind(made: Plan) -> str:
    """Return the type of a plan: a core of a city is of none of the four."""
    return "core" if made.situation == "core" else made.cell or "none"


def _simplest_rule(plans: Sequence[Plan], sets: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], float, float]:
    """Add the test that reproduces most until enough is reproduced or nothing is gained; each plan is left out in turn."""
    met = [{test.key: test.met for entry in made.entries for test in entry.tests} for made in plans]
    keys = sorted({key for tests in met for key in tests})

    def reproduced(rule: tuple[str, ...]) -> float:
        groups: dict[tuple[object, ...], Counter[tuple[str, ...]]] = {}
        for made, tests, found in zip(plans, met, sets, strict=True):
            groups.setdefault((_kind(made), *(tests.get(key) for key in rule)), Counter())[found] += 1
        return sum(_left_out(group) for group in groups.values()) / len(sets)

    rule: tuple[str, ...] = ()
    by_type = best = reproduced(rule)
    while best < SETS_TOLD:
        share, key = max((reproduced((*rule, key)), key) for key in keys)
        if share <= best:
            break
        rule, best = (*rule, key), share
    return rule, by_type, best
