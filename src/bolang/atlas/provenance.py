"""Where a figure is from and what was done to it: texts of the source in both languages, and steps as keys with their values."""

from __future__ import annotations

import json
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bolang.foundation.names import Names
from bolang.foundation.text import Text, join, same

_STEPS: Mapping[str, Text] = Names("bolang.atlas", "steps")
_QUOTED = "quoted"
NOTHING = same("")
"""What a source does not say."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done to a figure between its source and here.

    Attributes
    ----------
    key : str
        Key of ``steps`` in ``names.yaml``.
    values : mapping of str to Text
        What its sentence names.
    """

    key: str
    values: Mapping[str, Text] = field(default_factory=dict, hash=False)

    @classmethod
    def quoted(cls, text: Text) -> Step:
        """Return a step in the words of the table or the file that it came with."""
        return cls(_QUOTED, {"text": text})

    @classmethod
    def read(cls, written: str) -> Step | None:
        """Return the step that `written` made a text of, None where the text is something else."""
        if not written.startswith("{"):
            return None
        try:
            ((key, values),) = json.loads(written).items()
            step = cls(key, {name: Text(*map(str, forms)) for name, forms in values.items()})
            return step if _places(_STEPS[key]) == step.values.keys() else None
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None

    def written(self) -> str:
        """Return the step as a workspace keeps it: its key, and its values in both languages."""
        return json.dumps({self.key: {name: value.forms for name, value in self.values.items()}}, ensure_ascii=False)

    @property
    def text(self) -> Text:
        """The step in both languages."""
        return _STEPS[self.key].filled(self.values)


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is known of the way of a figure.

    Attributes
    ----------
    source : Text
        Yearbook, census, page or the user's file.
    method : Text
        How the source arrived at it, or the named method of the estimate.
    steps : tuple of Step
        What was done to it between the source and here.
    definition : Text
        口径, where the source states one.
    """

    source: Text
    method: Text = NOTHING
    steps: tuple[Step, ...] = ()
    definition: Text = NOTHING

    @property
    def said_steps(self) -> tuple[Text, ...]:
        """The steps in both languages."""
        return tuple(step.text for step in self.steps)


def sources_of(figures: Iterable[Provenance]) -> Text:
    """Return the sources of several figures in one line, each once."""
    return join(dict.fromkeys(figure.source for figure in figures), "；", "; ")


def _places(pattern: Text) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(pattern.key) if name}
