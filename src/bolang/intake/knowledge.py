"""What the atlas knows already, asked without stumbling over indicators that it does not have."""

from __future__ import annotations

from bolang.atlas import Atlas, Fact
from bolang.foundation.errors import BolangError
from bolang.intake.times import YEAR


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
    """Looks up the published figure of a county and year, for the checks."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.cache: dict[tuple[str, str], dict[int, float]] = {}

    def __call__(self, code: str, indicator: str, year: int) -> float | None:
        """Return the figure, None if there is none."""
        if (code, indicator) not in self.cache:
            found: dict[int, float] = {}
            for fact in known_facts(self.atlas, code, indicator):
                if fact.status == "measured":
                    found.setdefault(fact.year, fact.value)
            self.cache[code, indicator] = found
        return self.cache[code, indicator].get(year)
