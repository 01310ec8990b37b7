"""A simulation: the answer, the effects on county, neighbours, province and nation, who gains and loses, what must be known."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

from bolang.atlas.model import Status
from bolang.atlas.romanize import place
from bolang.document.model import Block, Document, Number, Paragraph, Section
from bolang.economy.scenarios.results import Simulation
from bolang.foundation.text import LANGUAGES, Text
from bolang.foundation.units import MONEY_YI, exact_text, number_text, power_text, span_text
from bolang.pages.short import page_of, said
from bolang.pages.simulate.map import change_maps
from bolang.pages.simulate.sentences import closure_text, description, headline, known
from bolang.pages.simulate.tables import costs, effects, industries, parts, places, sensitivity
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.atlas import Atlas

WORDS = load("simulate")
NEVER = 1000.0
"""Years of a payback that is none."""


def simulate_page(found: Simulation, atlas: Atlas | None = None, day: date | None = None) -> Document:
    """Write the result of a scenario.

    Parameters
    ----------
    found : Simulation
    atlas : Atlas, optional
        For the maps; without one there are none.
    day : date, optional
    """
    county = place(found.county.name)
    front: list[Block] = [said(headline(found), role="answer"), said(description(found)), effects(found)]
    front += [places(rows, key) for rows, key in ((found.winners, "winners"), (found.losers, "losers")) if rows]
    front += _money(found)
    front += [sensitivity(found)] if found.sensitivity else []
    front += [said(warning, role="bullet") for warning in known(found)]
    behind: list[Block] = [industries(found)]
    behind += [parts(found.decomposition)] if found.decomposition is not None else []
    behind += [costs(found)] if found.costs else []
    behind.append(said(_solved(found), role="small"))
    sections = [Section("behind", WORDS("behind.title"), tuple(behind))]
    if atlas is not None:
        sections.append(Section("maps", WORDS("maps.title"), change_maps(atlas, found)))
    return page_of(WORDS("title", county=county), front, sections, kicker=place(found.county.full_name), day=day)


def _money(found: Simulation) -> list[Paragraph]:
    """Say what the levers cost, and what comes back to the county's budget."""
    if not found.costs:
        return []
    said_of = [
        said(
            WORDS(
                "cost",
                lever=cost.lever.label.text,
                total=_yi(cost.total),
                span=_between(cost.low, cost.high),
                local=_yi(cost.local),
                years=exact_text(cost.lever.years),
                payer=cost.lever.payer.text,
            ),
            role="bullet",
        )
        for cost in found.costs
    ]
    status: Status = "estimated" if found.revenue_estimated else "measured"
    base = Number(found.revenue_base, 1, MONEY_YI, found.revenue_year, status, WORDS("model"))
    gain = Number(found.revenue_gain, 2, MONEY_YI, None, "derived", WORDS("model"), signed=True)
    back = math.isfinite(found.payback) and found.payback < NEVER
    again = WORDS("payback", years=number_text(found.payback)) if back else WORDS("payback.never")
    return [*said_of, said(WORDS("revenue", base=base, gain=gain), again, role="bullet")]


def _between(low: float, high: float) -> Text:
    """Write two ends of money in the unit of the language, by the one writer of ranges."""
    ends = {lang: span_text(low * MONEY_YI.scale(lang), high * MONEY_YI.scale(lang), 1).in_(lang) for lang in LANGUAGES}
    return Text(ends["zh"], ends["en"])


def _yi(value: float) -> Number:
    return Number(value, 1, MONEY_YI, None, "derived", WORDS("costs.source"))


def _solved(found: Simulation) -> Text:
    return WORDS(
        "solved",
        closure=closure_text(found.scenario.closure),
        iterations=found.iterations,
        residual=power_text(found.residual),
        walras=power_text(found.walras),
    )
