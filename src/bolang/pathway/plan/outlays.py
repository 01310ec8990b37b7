"""Published outlays for measures of the menu: what stands beside an assumption, with place, year and source."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bolang.foundation.errors import ParameterError
from bolang.foundation.parameters import Label


class PublishedOutlay(BaseModel):
    """One published outlay.

    Attributes
    ----------
    measure : str
        Key of the measure.
    amount : float
        亿元.
    kind : {'total', 'grant'}
        All that is built, or what a higher level gives for one.
    place, source : Label
    year : int
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    measure: str
    amount: float = Field(gt=0)
    kind: Literal["total", "grant"]
    place: Label
    year: int
    source: Label


@cache
def published_outlays() -> tuple[PublishedOutlay, ...]:
    """Return all published outlays.

    Raises
    ------
    ParameterError
        If the file breaks the schema.
    """
    import yaml

    text = resources.files("bolang.pathway.plan").joinpath("outlays.yaml").read_text(encoding="utf-8")
    try:
        return tuple(PublishedOutlay.model_validate(item) for item in yaml.safe_load(text)["published"])
    except ValidationError as error:
        raise ParameterError(f"outlays.yaml is not valid: {error}") from error
