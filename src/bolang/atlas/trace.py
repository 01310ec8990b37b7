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
