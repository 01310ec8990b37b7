"""Levers: what a county can do, with its effect as a distribution, its cost, its years and its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bolang.atlas.register import Decider
from bolang.economy.core.arrays import Array
from bolang.foundation.errors import BadInputError, ParameterError
from bolang.foundation.parameters import Label
from bolang.foundation.text import Text, join, tr

Mechanism = Literal[
    "entry", "own_gdp", "hub", "local_links", "sea_leg", "rail_europe", "hub_border", "online", "manufacturing"
]

Grade = Literal["strong", "moderate", "weak", "none"]
Size = Literal["county", "none"]
"""Whether a cost grows with the county, or is that of one thing of given size."""


class _CardModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Normal(_CardModel):
    """A normal distribution."""

    kind: Literal["normal"]
    mean: float
    sd: float = Field(ge=0)

    @property
    def centre(self) -> float:
        """The mean."""
        return self.mean

    def quantile(self, probability: Array) -> Array:
        """Inverse of the distribution function."""
        from scipy.special import ndtri

        values: Array = self.mean + self.sd * ndtri(probability)
        return values


class Triangular(_CardModel):
    """A triangular distribution."""

    kind: Literal["triangular"] = "triangular"
    low: float
    mode: float
    high: float

    @model_validator(mode="after")
    def _ordered(self) -> Triangular:
        if not self.low <= self.mode <= self.high:
            raise ValueError("a triangular distribution needs low <= mode <= high")
        return self

    @property
    def centre(self) -> float:
        """The mean."""
        return (self.low + self.mode + self.high) / 3

    def quantile(self, probability: Array) -> Array:
        """Inverse of the distribution function."""
        width = self.high - self.low
        if width == 0:
            return np.full_like(probability, self.low)
        split = (self.mode - self.low) / width
        rising = self.low + np.sqrt(probability * width * (self.mode - self.low))
        falling = self.high - np.sqrt((1 - probability) * width * (self.high - self.mode))
        return np.asarray(np.where(probability < split, rising, falling))


Distribution = Annotated[Normal | Triangular, Field(discriminator="kind")]


class Lever(_CardModel):
    """One lever of the report: the one place for its name, who decides, what it costs and how the model carries it.

    Attributes
    ----------
    key : str
        Name in scenarios, such as ``sea_rail``.
    label, sentence, moves, unit, evidence, payer, requires
        In both languages; `sentence` is what the report says of it, `moves` what it changes in the model.
    mechanism : str
        How the effect enters the model; see `bolang.economy.levers.mechanisms`.
    effect : Normal or Triangular
        Size, as a fraction (0.02 is 2 %).
    source, cost_source
        Where effect and cost come from, in both languages.
    grade : {'strong', 'moderate', 'weak', 'none'}
        Quality of the evidence on the effect.
    measured : bool
        Whether the size was measured and enters the model as it was measured; otherwise a plan shows no effect of the model.
    policy : tuple of str
        Keys of the policy register; in place where any of them is.
    decider : {'county', 'prefecture', 'province', 'state'}
    cost : Triangular
        Total outlay, 亿元, at standard size in a county of median size.
    scales : {'county', 'none'}
        Whether the cost grows with the county, or is that of one thing of given size.
    running : float
        Cost a year as a share of the outlay.
    fades : bool
        Whether the effect halves over the years, as that of programmes does; a saving on freight lasts while it is run.
    local_share : float
        Share of the cost that the county pays, of both.
    years : float
        From start to full effect.
    """

    key: str
    label: Label
    sentence: Label
    moves: Label
    mechanism: Mechanism
    effect: Distribution
    unit: Label
    source: Label
    grade: Grade
    evidence: Label
    policy: tuple[str, ...] = ()
    decider: Decider
    cost: Triangular
    scales: Size = "county"
    running: float = Field(default=0.0, ge=0)
    measured: bool
    fades: bool = True
    local_share: float = Field(ge=0, le=1)
    payer: Label
    cost_source: Label
    years: float = Field(gt=0)
    requires: Label

    @property
    def name(self) -> Text:
        """Label as it stands inside a sentence."""
        return self.label.text.lowered


@cache
def levers() -> Mapping[str, Lever]:
    """Return all levers by key.

    Raises
    ------
    ParameterError
        If the shipped file breaks the schema.
    """
    import yaml

    content = yaml.safe_load(
        resources.files("bolang.economy.levers").joinpath("levers.yaml").read_text(encoding="utf-8")
    )
    try:
        return {key: Lever.model_validate({"key": key, **fields}) for key, fields in content["levers"].items()}
    except ValidationError as error:
        raise ParameterError(f"levers.yaml is not valid: {error}") from error


def lever(name: str) -> Lever:
    """Return a lever by key or by label in either language.

    Raises
    ------
    BadInputError
        If there is none; all are listed.
    """
    known = levers()
    for key, candidate in known.items():
        if name.strip().casefold().replace("-", "_") == key or candidate.label.text.called(name):
            return candidate
    raise _unknown(name, known)


def _unknown(name: str, known: Mapping[str, Lever]) -> BadInputError:
    listed = join(
        (Text(f"{key}（{item.label.zh}）", f"{key} ({item.label.en})") for key, item in known.items()), "，", ", "
    )
    return BadInputError(
        tr(f"没有名为 {name!r} 的抓手。", f"No lever {name!r}."), tr(f"可选：{listed.zh}", f"Choose: {listed.en}")
    )
