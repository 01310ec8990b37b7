"""Whether a county can pull a lever: by the policy register and the preconditions of the plan, and by nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from bolang.foundation.errors import ParameterError
from bolang.pathway.plan.measures import measures
from bolang.pathway.plan.preconditions import Precondition, Preconditions

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County
    from bolang.atlas.register import PolicyState

LeverStanding = Literal["open", "unknown", "in_place", "lacking"]
LEVER_STANDINGS: tuple[LeverStanding, ...] = ("open", "unknown", "in_place", "lacking")
"""From what a county can start on to what it cannot."""


class LeverNeeds(BaseModel):
    """Register entries and preconditions of one lever.

    Attributes
    ----------
    measure : str
        The measure of the plan that the lever is; empty where there is none.
    tests : tuple of str
        Preconditions of a lever that is no measure.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    measure: str = ""
    tests: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_of_them(self) -> LeverNeeds:
        if bool(self.measure) == bool(self.tests):
            raise ValueError("a lever is a measure or has tests of its own")
        if self.measure and self.measure not in measures():
            raise ValueError(f"no measure {self.measure!r}")
        return self

    @property
    def preconditions(self) -> tuple[str, ...]:
        """What must hold."""
        return measures()[self.measure].tests if self.measure else self.tests

    @property
    def policies(self) -> tuple[str, ...]:
        """Entries of the register, any of which puts it in place."""
        return measures()[self.measure].policy if self.measure else ()


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

    def of(self, county: County, lever: str) -> Possibility:
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


def counting(states: Iterable[PolicyState]) -> PolicyState | None:
    """Return the state that counts: in place if any of the policies is, otherwise the first."""
    listed = list(states)
    return next((s for s in listed if s.state == "in_place"), listed[0] if listed else None)


@cache
def lever_needs() -> Mapping[str, LeverNeeds]:
    """Return what each lever needs, by key.

    Raises
    ------
    ParameterError
        If the file breaks the schema.
    """
    import yaml

    text = resources.files("bolang.pathway.plan").joinpath("levers.yaml").read_text(encoding="utf-8")
    try:
        return {key: LeverNeeds.model_validate(spec) for key, spec in yaml.safe_load(text)["levers"].items()}
    except ValidationError as error:
        raise ParameterError(f"levers.yaml is not valid: {error}") from error
