"""What the atlas knows already, asked without stumbling over indicators that it does not have."""

from __future__ import annotations

from dataclasses import dataclass

from bolang.atlas import Atlas, Fact
from bolang.foundation.errors import BolangError
from bolang.intake.times import YEAR

_NEAR = 3
"""Years between which a known figure still says something about another year's."""


@dataclass(frozen=True, slots=True)
class KnownValue:
    """A published figure that the atlas holds of the same county and indicator."""

    value: float
    unit: str
    year: int
    source: str


def known_facts(atlas: Atlas, code: str, indicator: str) -> tuple[Fact, ...]:
    """Return the full-year facts of a unit, the preferred one of a year first; none for an unknown indicator."""
    own = atlas.workspace is not None and atlas.workspace.unit(indicator) is not None
    if not own and indicator not in atlas.entries:
        return ()
    try:
        return tuple(fact for fact in atlas.facts(code, indicator) if fact.period == YEAR)
    except BolangError:
        return ()


class Known:
    """Looks up the published figures of a county and year, for the checks and beside the figures of a review."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.cache: dict[tuple[str, str], dict[int, list[KnownValue]]] = {}

    def __call__(self, code: str, indicator: str, year: int) -> float | None:
        """Return the figure, None if there is none."""
        values = self.of(code, indicator).get(year)
        return values[0].value if values else None

    def of(self, code: str, indicator: str) -> dict[int, list[KnownValue]]:
        """Return the published figures of every year, the preferred one of a year first; the user's own left out."""
        if (code, indicator) not in self.cache:
            found: dict[int, list[KnownValue]] = {}
            for fact in known_facts(self.atlas, code, indicator):
                if fact.status == "measured" and fact.origin == "built-in":
                    found.setdefault(fact.year, []).append(KnownValue(fact.value, fact.unit, fact.year, fact.source))
            self.cache[code, indicator] = found
        return self.cache[code, indicator]

    def beside(self, code: str, indicator: str, year: int, unit: str) -> KnownValue | None:
        """Return the known figure to set beside one of a year: that year's, else the nearest within three years."""
        known = self.of(code, indicator)
        near = sorted((y for y in known if abs(y - year) <= _NEAR), key=lambda y: (abs(y - year), -y))
        return next((value for y in near for value in known[y][:1] if value.unit == unit), None)
