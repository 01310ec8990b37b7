"""A simulation as plain text."""

from __future__ import annotations

from bolang.economy.scenarios.results import Simulation
from bolang.foundation.text import Lang, join
from bolang.foundation.units import number_text
from bolang.pages.simulate.sentences import description, headline, known
from bolang.wording import load

WORDS = load("scenario")
SMALLEST_PART = 5e-7


def explain(found: Simulation, lang: Lang) -> str:
    """Write headline, description, the parts of the effect and what must be known."""
    lines = [headline(found), description(found)]
    if found.decomposition is not None:
        parts = [
            WORDS("part", term=WORDS(f"term.{name}"), share=number_text(100 * share, 2, signed=True))
            for name, share in found.decomposition.parts.items()
            if abs(share) > SMALLEST_PART
        ]
        lines.append(WORDS("parts", parts=join(parts, "；", "; ")))
    return "\n".join(line.in_(lang) for line in (*lines, *known(found)))
