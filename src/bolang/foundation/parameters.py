"""Dated, cited parameter files: every opinion, threshold or elasticity has a value, a range, a unit and a source."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from bolang.foundation.errors import ParameterError
from bolang.foundation.text import Text


class Label(BaseModel):
    """A name in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    zh: str
    en: str

    @property
    def text(self) -> Text:
        """As the text of the house."""
        return Text(self.zh, self.en)


class Parameter(BaseModel):
    """One cited number (or a short list or mapping of numbers).

    Attributes
    ----------
    value
        The central value.
    range
        Lowest and highest plausible value, where the value is a single number.
    unit
        Unit of the value; ``1`` for a pure number.
    label
        Name in both languages.
    source
        Paper, yearbook, document or data set that the value and the range come from.
    source_zh
        The source in Chinese, where reports quote it and its own language is English.
    note
        How the value was read or adjusted.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    value: float | int | str | list[Any] | dict[str | int, Any]
    range: tuple[float, float] | None = None
    unit: str
    label: Label
    source: str
    source_zh: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _check(self) -> Parameter:
        if not self.source.strip():
            raise ValueError("a parameter needs a source")
        if self.range is not None:
            low, high = self.range
            if not isinstance(self.value, int | float) or not low <= self.value <= high:
                raise ValueError(f"value {self.value} lies outside its range [{low}, {high}]")
        return self

    @property
    def basis(self) -> Text:
        """The source for readers of either language."""
        return Text(self.source_zh or self.source, self.source)

    @property
    def number(self) -> float:
        """The value as a number; raises `ParameterError` if it is not one."""
        if isinstance(self.value, int | float):
            return float(self.value)
        raise ParameterError(f"Parameter {self.label.en!r} is not a single number: {self.value!r}.")


class ParameterFile(BaseModel):
    """A parameter file: the date of its last review and its parameters by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    date: datetime.date
    parameters: Mapping[str, Parameter]

    def __getitem__(self, name: str) -> Parameter:
        try:
            return self.parameters[name]
        except KeyError:
            known = ", ".join(sorted(self.parameters))
            raise ParameterError(f"No parameter {name!r}; the file has: {known}.") from None

    def number(self, name: str) -> float:
        """Return the central value of a numeric parameter."""
        return self[name].number

    @property
    def values(self) -> str:
        """All values without their words, for the key of a cache: a better wording changes no result."""
        return json.dumps({name: item.value for name, item in sorted(self.parameters.items())}, sort_keys=True)


@cache
def load_parameters(package: str, filename: str = "parameters.yaml") -> ParameterFile:
    """Read the parameter file that a package ships.

    Parameters
    ----------
    package : str
        Dotted name of the package that holds the file, such as ``bolang.space``.
    filename : str
        Name of the YAML file inside the package.

    Raises
    ------
    ParameterError
        If the file breaks the schema (a missing source, a value outside its range).
    """
    text = resources.files(package).joinpath(filename).read_text(encoding="utf-8")
    return parse_parameters(text, f"{package}/{filename}")


def parse_parameters(text: str, origin: str) -> ParameterFile:
    """Check the text of a parameter file; `origin` names it in errors."""
    import yaml

    try:
        return ParameterFile.model_validate(yaml.safe_load(text))
    except (ValidationError, yaml.YAMLError) as error:
        raise ParameterError(f"Parameter file {origin} is not valid: {error}") from error
