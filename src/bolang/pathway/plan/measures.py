"""The measures on the menu: who decides, what they need here, what they cost, what was measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bolang.atlas.register import Decider
from bolang.economy.levers.catalogue import Lever, Size, levers
from bolang.foundation.errors import ParameterError
from bolang.pathway.types.roads import Cell

MeasureKey = str


class Measure(BaseModel):
    """One measure.

    Attributes
    ----------
    lever : str or None
        Key of the modelled lever, which then has name, policies, decider and costs.
    policy : tuple of str
        Keys of the policy register; in place where any of them is.
    decider : {'county', 'prefecture', 'province', 'state'}
    tests : tuple of str
        Keys of preconditions, all of which must hold.
    strength : str
        The precondition whose value orders measures.
    card : str or None
        Estimand card; None where nobody has measured the effect.
    also : tuple of str
        Cards of other studies of the same measure.
    fades : bool
        Whether the effect halves over the years, as that of programmes does; a saving on freight lasts while it is run.
    scales : {'county', 'none'}
        Whether the cost grows with the county, or is that of one thing of given size.
    cost : tuple of float
        Once, 亿元, in a county of median size: low, mode, high; empty where the county does not pay.
    running : float
        Cost a year as a share of the outlay.
    share : float
        Share that the county pays.
    years : float
        From start to full effect.
    roads : tuple of str
        Types of county to whose road it belongs, or ``any``.
    ask : bool
        Whether an unknown state of the register is a question to the county.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: MeasureKey
    lever: str | None = None
    policy: tuple[str, ...] = ()
    decider: Decider
    tests: tuple[str, ...]
    strength: str = ""
    card: str | None
    also: tuple[str, ...] = ()
    scales: Size = "county"
    fades: bool = True
    cost: tuple[float, ...] = ()
    running: float = Field(default=0.0, ge=0)
    share: float = Field(default=1.0, ge=0, le=1)
    years: float = Field(default=2.0, gt=0)
    roads: tuple[Cell | Literal["any"], ...]
    ask: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> Measure:
        if self.cost and not (len(self.cost) == 3 and self.cost[0] <= self.cost[1] <= self.cost[2]):
            raise ValueError("a cost is low, mode, high")
        if self.decider == "county" and not self.cost:
            raise ValueError("what the county decides has a cost")
        if self.strength and self.strength not in self.tests:
            raise ValueError("the strength is one of the tests")
        return self

    def on_road(self, *cells: Cell) -> bool:
        """Whether the measure belongs to the road of one of some types."""
        return "any" in self.roads or any(cell in self.roads for cell in cells)


@cache
def measures() -> Mapping[MeasureKey, Measure]:
    """Return all measures by key.

    Raises
    ------
    ParameterError
        If the file breaks the schema.
    """
    try:
        return {key: _measure(key, spec) for key, spec in _file()["measures"].items()}
    except ValidationError as error:
        raise ParameterError(f"measures.yaml is not valid: {error}") from error


def off_menu() -> Mapping[str, tuple[str, ...]]:
    """Return the preconditions of levers that no plan offers, by key of the lever."""
    return {key: tuple(tests) for key, tests in _file()["off_menu"].items()}


@cache
def _file() -> dict[str, Any]:
    import yaml

    found: dict[str, Any] = yaml.safe_load(
        resources.files("bolang.pathway.plan").joinpath("measures.yaml").read_text(encoding="utf-8")
    )
    return found


def _measure(key: MeasureKey, spec: Mapping[str, Any]) -> Measure:
    card = None if spec["card"] == "none" else spec["card"]
    return Measure.model_validate({"key": key, **spec, "card": card, **_of_lever(key, spec)})


def _of_lever(key: MeasureKey, spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a measure has from its lever; what stands in both places would soon differ.

    Raises
    ------
    ParameterError
        If there is no such lever, or the measure states again what the lever states.
    """
    name = spec.get("lever")
    if name is None:
        return {}
    if name not in levers():
        raise ParameterError(f"measures.yaml: {key} names the lever {name}, which levers.yaml has not")
    twice = sorted(set(spec) & set(_FROM_LEVER))
    if twice:
        raise ParameterError(f"measures.yaml: {key} states {', '.join(twice)}, which its lever {name} states")
    return {field: take(levers()[name]) for field, take in _FROM_LEVER.items()}


_FROM_LEVER: dict[str, Callable[[Lever], Any]] = {
    "policy": lambda lever: lever.policy,
    "decider": lambda lever: lever.decider,
    "scales": lambda lever: lever.scales,
    "fades": lambda lever: lever.fades,
    "cost": lambda lever: (lever.cost.low, lever.cost.mode, lever.cost.high),
    "running": lambda lever: lever.running,
    "share": lambda lever: lever.local_share,
    "years": lambda lever: lever.years,
}
"""Fields that a measure of a lever takes from it."""
