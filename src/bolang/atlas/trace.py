"""The trail of a figure: what it is, from where, and what was done to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bolang.foundation.names import Names
from bolang.foundation.text import Text

if TYPE_CHECKING:
    from bolang.atlas.facts import Trail
    from bolang.atlas.model import Fact

STATUS: Mapping[str, Text] = Names("bolang.atlas", "statuses")
STAGE: Mapping[str, Text] = Names("bolang.atlas", "stages")
REVISION: Mapping[str, Text] = Names("bolang.atlas", "revisions")
ORIGIN: Mapping[str, Text] = Names("bolang.atlas", "origins")
FULL_YEAR = Text("全年", "full year")


@dataclass(frozen=True, slots=True)
class Trace:
    """The figures of one indicator for one place, each with its trail.

    Attributes
    ----------
    place : str
        Full name of the place.
    trails : tuple of Trail
        All figures asked for, the preferred one of each year first.
    """

    place: str
    trails: tuple[Trail, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The figures without their trails."""
        return tuple(trail.fact for trail in self.trails)


def standing_of(fact: Fact) -> tuple[Text, ...]:
    """Say on what footing a figure stands: final or expected, before or after a revision; empty where there is nothing to say."""
    said = (STAGE.get(fact.stage), REVISION.get(fact.revision))
    return tuple(text for text in said if text is not None)


def trail_lines(trail: Trail) -> list[tuple[Text, str]]:
    """Return the trail of one figure as pairs of name and text, in the language of the interface."""
    fact = trail.fact
    lines = [
        (Text("状态", "Status"), str(STATUS[fact.status])),
        *((Text("性质", "Footing"), str(text)) for text in standing_of(fact)),
        (Text("时期", "Period"), str(FULL_YEAR) if fact.period == "year" else fact.period),
        (Text("来源", "Source"), fact.source),
        (Text("方法", "Method"), fact.method),
        (Text("口径", "Definition"), fact.definition),
        *((Text("处理", "Step"), step) for step in fact.steps),
        (Text("出处", "Origin"), str(ORIGIN[fact.origin])),
        (Text("数据表", "Table"), trail.place),
        (Text("许可", "Terms"), trail.terms),
    ]
    return [(name, text) for name, text in lines if text]
