"""The four roads of the source report's types: two that it names, two for the counties in between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal

from bolang.foundation.text import Text

Cell = Literal["complete_good", "complete_remote", "weak_good", "weak_remote"]
CELLS: tuple[Cell, ...] = ("complete_good", "complete_remote", "weak_good", "weak_remote")
"""Order of the cell axis: industry complete or weak, location good or remote."""


@dataclass(frozen=True, slots=True)
class Road:
    """What fits a type.

    Attributes
    ----------
    key : str
    label : Text
        Name of the type.
    road : Text
        The road in a few words.
    reason : Text
        Why it fits.
    steps : tuple of Text
        What to do, most important first.
    caution : Text
        What does not fit, or goes wrong.
    measures : tuple of str
        Measures of the plan that belong to the road.
    from_report : bool
        Whether the source report names the road itself.
    """

    key: Cell
    label: Text
    road: Text
    reason: Text
    steps: tuple[Text, ...]
    caution: Text
    measures: tuple[str, ...]
    from_report: bool


def _road(key: Cell, spec: Mapping[str, Any]) -> Road:
    label, road, reason, caution = (_text(spec.get(name)) for name in ("label", "road", "reason", "caution"))
    steps = tuple(_text(step) for step in spec["steps"])
    return Road(key, label, road, reason, steps, caution, tuple(spec["measures"]), spec.get("from_report", False))


def _text(words: Mapping[str, str] | None) -> Text:
    return Text("", "") if words is None else Text(words["zh"], words["en"])


def _file() -> dict[str, Any]:
    import yaml

    found: dict[str, Any] = yaml.safe_load(
        resources.files("bolang.pathway.types").joinpath("roads.yaml").read_text(encoding="utf-8")
    )
    return found


_FILE = _file()
ROADS: dict[Cell, Road] = {cell: _road(cell, _FILE["types"][cell]) for cell in CELLS}
"""Roads by type."""
SPECIAL: dict[str, Road] = {key: _road("weak_remote", spec) for key, spec in _FILE["special"].items()}
"""Roads of special situations; type and label are those of the county."""
