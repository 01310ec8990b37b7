"""Estimand cards: what a study measured, in whom, and what it therefore says, one YAML file a study."""

from __future__ import annotations

from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from bolang.foundation.errors import ParameterError


class Card(BaseModel):
    """One study.

    Attributes
    ----------
    citation, doi
        Where it is.
    design : str
        How it identifies the effect.
    treated, outcome, population, years
        What was done to whom, what was measured, where and when.
    estimate, low, high : float
        Central estimate and the ends of its interval, in `unit`.
    general_equilibrium : bool
        Whether what others gained or lost is in the estimate.
    verified : bool
        Whether the figures were read in the study itself; otherwise they are recalled and show as unverified.
    heterogeneity, finding : str
        For whom it holds, and what else was found.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: str
    citation: str
    doi: str
    design: str
    treated: str
    outcome: str
    population: str
    years: tuple[int, int]
    estimate: float
    low: float
    high: float
    unit: str
    general_equilibrium: bool
    verified: bool
    heterogeneity: str
    finding: str

    @model_validator(mode="after")
    def _ordered(self) -> Card:
        if not self.low <= self.estimate <= self.high:
            raise ValueError("an estimate lies inside its interval")
        if self.years[0] > self.years[1]:
            raise ValueError("years run forward")
        return self


@cache
def cards() -> dict[str, Card]:
    """Return all cards by key.

    Raises
    ------
    ParameterError
        If a card breaks the schema.
    """
    import yaml

    found = {}
    folder = resources.files("bolang.pathway.plan").joinpath("cards")
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.name.endswith(".yaml"):
            key = item.name.removesuffix(".yaml")
            try:
                found[key] = Card.model_validate({"key": key, **yaml.safe_load(item.read_text(encoding="utf-8"))})
            except ValidationError as error:
                raise ParameterError(f"cards/{item.name} is not valid: {error}") from error
    return found
