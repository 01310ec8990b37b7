"""Whether a county can pull a lever: by the policy register and the preconditions of the plan, and by nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from bolang.atlas.kept import kept
from bolang.economy.levers.catalogue import levers
from bolang.foundation.errors import ParameterError
from bolang.pathway.plan.measures import measures, off_menu
from bolang.pathway.plan.preconditions import Precondition, Preconditions

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County
    from bolang.atlas.register import PolicyState

LeverStanding = Literal["open", "unknown", "in_place", "lacking"]
LEVER_STANDINGS: tuple[LeverStanding, ...] = ("open", "unknown", "in_place", "lacking")
"""From what a county can start on to what it cannot."""


@dataclass(frozen=True, slots=True)
class LeverNeeds:
    """Register entries and preconditions of one lever.

    Attributes
    ----------
    policies : tuple of str
        Entries of the register, any of which puts it in place.
    preconditions : tuple of str
        What must hold: the tests of the measure that is the lever, or those of a lever that is no measure.
    """

    policies: tuple[str, ...]
    preconditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Possibility:
    """Whether one county can pull one lever.

    Attributes
    ----------
    standing : {'open', 'unknown', 'in_place', 'lacking'}
        ``unknown`` where a precondition cannot be tested; ``lacking`` where one fails, or the policy is not for such units.
    policy : PolicyState or None
        The entry of the register that counts.
    test : Precondition or None
        The first that fails; otherwise the first that is not known.
    """

    standing: LeverStanding
    policy: PolicyState | None = None
    test: Precondition | None = None


class Possibilities:
    """Who can pull which lever in an atlas.

    Parameters
    ----------
    atlas : Atlas
    """

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self._tests = Preconditions(atlas)
        self._known: dict[tuple[str, str], Possibility] = {}

    def of(self, county: County, lever: str) -> Possibility:
        """Return what is known of a lever in a county; looked up once."""
        if (county.code, lever) not in self._known:
            self._known[county.code, lever] = self._look(county, lever)
        return self._known[county.code, lever]

    def _look(self, county: County, lever: str) -> Possibility:
        """Look a lever up in a county; tests stop at the first that fails."""
        needs = lever_needs()[lever]
        policy = counting(self.atlas.register.state(county, key) for key in needs.policies)
        state = None if policy is None else policy.state
        if state == "in_place":
            return Possibility("in_place", policy)
        if state == "not_applicable":
            return Possibility("lacking", policy)
        unknown: Precondition | None = None
        for key in needs.preconditions:
            test = self._tests.of(county, key)
            if test.met is False:
                return Possibility("lacking", policy, test)
            if test.met is None and unknown is None:
                unknown = test
        return Possibility("open" if unknown is None else "unknown", policy, unknown)


@kept
def possibilities(atlas: Atlas) -> Possibilities:
    """Return who can pull which lever in an atlas, looked up once."""
    return Possibilities(atlas)


def counting(states: Iterable[PolicyState]) -> PolicyState | None:
    """Return the state that counts: in place if any of the policies is, then one that lies around, otherwise the first."""
    listed = list(states)
    around = next((s for s in listed if s.around), listed[0] if listed else None)
    return next((s for s in listed if s.state == "in_place"), around)


@cache
def lever_needs() -> Mapping[str, LeverNeeds]:
    """Return what each lever needs, by key.

    Raises
    ------
    ParameterError
        If a lever is neither a measure nor has tests of its own.
    """
    tests = {measure.lever: measure.tests for measure in measures().values() if measure.lever is not None}
    tests |= off_menu()
    missing = sorted(set(levers()) - set(tests))
    if missing:
        raise ParameterError(f"measures.yaml: no measure and no tests for the levers {', '.join(missing)}")
    return {key: LeverNeeds(lever.policy, tests[key]) for key, lever in levers().items()}
