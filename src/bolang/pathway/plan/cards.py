"""Estimand cards: what a study measured, in whom, and what it therefore says, one YAML file a study."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bolang.foundation.errors import ParameterError
from bolang.foundation.parameters import load_parameters


class Case(BaseModel):
    """One place of a card that has several: its code, its estimate and the standard error of that."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    code: str
    estimate: float
    error: float = Field(gt=0)


class Card(BaseModel):
    """One study, or several cases pooled.

    Attributes
    ----------
    citation, citation_zh, doi
        Where it is.
    design : str
        How it identifies the effect.
    treated, outcome, population, years
        What was done to whom, what was measured, where and when.
    sign : {-1, 0, 1}
        Direction of the effect; 0 where none stands out.
    estimate, low, high : float or None
        Central estimate and the ends of its interval, in `unit`; None where they were not read.
    cases : tuple of Case
        Where there are several: the estimate and its interval are then those that the next place may expect.
    void : float or None
        With cases: chance that the effect in the next place is zero or less.
    price : bool
        Whether the estimate is a price that is paid rather than an effect that was estimated.
    carries : {'number', 'direction', 'nothing'}
        What is made of it for one county: a number, a direction, or nothing, because it was measured on something else.
    general_equilibrium : bool
        Whether what others gained or lost is in the estimate.
    verified : bool
        Whether the figures were read in the study, its abstract or the report quoted, or reckoned on shipped data; otherwise
        they are recalled and show as unverified.
    read : str
        What was read: the full text, the abstract, a report, or own data.
    heterogeneity, finding : str
        For whom it holds, and what else was found.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: str
    citation: str
    citation_zh: str = ""
    doi: str
    design: str
    treated: str
    outcome: str
    population: str
    years: tuple[int, int]
    sign: Literal[-1, 0, 1]
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    cases: tuple[Case, ...] = ()
    void: float | None = Field(default=None, ge=0, le=1)
    price: bool = False
    carries: Literal["number", "direction", "nothing"]
    general_equilibrium: bool
    verified: bool
    read: str
    heterogeneity: str
    finding: str

    @model_validator(mode="after")
    def _ordered(self) -> Card:
        if self.estimate is not None and self.low is not None and self.high is not None:
            if not self.low <= self.estimate <= self.high:
                raise ValueError("an estimate lies inside its interval")
        elif self.carries == "number" or self.low is not None or self.high is not None:
            raise ValueError("a card that carries a number has an estimate and both ends of its interval")
        if bool(self.cases) != (self.void is not None):
            raise ValueError("a card has cases and the chance that the next is void, or neither")
        if self.years[0] > self.years[1]:
            raise ValueError("years run forward")
        return self

    @property
    def interval(self) -> tuple[float, float, float]:
        """Low end, estimate and high end.

        Raises
        ------
        ParameterError
            If the card has none.
        """
        if self.low is None or self.estimate is None or self.high is None:
            raise ParameterError(f"card {self.key} has no estimate")
        return self.low, self.estimate, self.high

    @property
    def carried(self) -> tuple[float, float, float]:
        """What of the interval is carried to another place.

        One study alone says nothing of the spread between places; of its effect the share is kept that first studies keep when
        they are repeated. Several cases are pooled already, and a price is no estimate.
        """
        kept = 1.0 if self.cases or self.price else load_parameters("bolang.pathway.plan").number("single_study_kept")
        low, mean, high = self.interval
        return kept * low, kept * mean, kept * high


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
