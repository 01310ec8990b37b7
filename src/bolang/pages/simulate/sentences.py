"""A simulation in sentences: the top line, what was done, what must be known."""

from __future__ import annotations

import math

from bolang.atlas.romanize import place
from bolang.economy.scenarios.results import Effect, LeverPulled, ShockHit, Simulation
from bolang.foundation.text import Text, join
from bolang.foundation.units import number_text, rough_text, span_text
from bolang.pages.network.edits import edit_text
from bolang.pathway.plan.recommend import against_the_model
from bolang.wording import load

WORDS = load("scenario")
NEGLIGIBLE = 5e-6
"""A relative change below this reads as none."""
FINE = 0.095
"""Per cent below which two decimals say too little."""


def closure_text(closure: str) -> Text:
    """Say who may move, to be stated beside every figure."""
    return WORDS(f"closure.{closure}")


def headline(found: Simulation) -> Text:
    """Say the top line: the county's output and income, and the nation's output."""
    return WORDS(
        "headline",
        county=place(found.county.name),
        gdp=_with_range(found.effect("gdp")),
        income=_change(found.effect("real_income").value),
        nation=_change(found.effect("gdp", "nation").value),
        closure=closure_text(found.scenario.closure),
    )


def description(found: Simulation) -> Text:
    """Say what was done and under which assumptions."""
    parts = [_pulled(item) for item in found.pulled]
    parts += [_shock(hit) for hit in found.shocks]
    parts += [edit_text(edit) for edit in found.scenario.edits]
    said = WORDS("description", what=join(parts, "；", "; "), closure=closure_text(found.scenario.closure))
    if not found.scenario.draws:
        return said
    return join([said, WORDS("description.draws", count=found.scenario.draws)])


def known(found: Simulation) -> tuple[Text, ...]:
    """Say what the reader must know: estimated inputs, weak evidence, unmet preconditions, what the model leaves out."""
    said = []
    if found.gdp_estimated:
        said.append(WORDS("known.gdp_estimated"))
    if found.revenue_estimated:
        said.append(WORDS("known.revenue_estimated"))
    for item in found.pulled:
        lever = item.lever
        said.append(WORDS("known.evidence", lever=lever.label.text, evidence=lever.evidence.text))
        if against_the_model(lever.key):
            said.append(WORDS("known.measured_without", lever=lever.label.text, size=rough_text(100 * item.size, 3)))
        if lever.requires.zh:
            said.append(WORDS("known.requires", lever=lever.label.text, requires=lever.requires.text))
    return (*said, WORDS("known.model"))


def _pulled(item: LeverPulled) -> Text:
    first = item.counties[0]
    if len(item.counties) == 1:
        where = WORDS("pulled.county", county=place(first.name))
    else:
        where = WORDS("pulled.province", province=place(first.province), count=len(item.counties))
    lever = item.lever
    return WORDS(
        "pulled", where=where, lever=lever.label.text, unit=lever.unit.text, size=rough_text(100 * item.size, 3)
    )


def _shock(hit: ShockHit) -> Text:
    if hit.place is not None and hit.kind in ("port_closed", "market_closed"):
        return WORDS(f"shock.{hit.kind}", place=place(hit.place))
    region = hit.region or WORDS("shock.everywhere")
    return WORDS(f"shock.{hit.kind}", region=region, rate=rough_text(100 * hit.change, 3))


def _change(value: float) -> Text:
    if abs(value) < NEGLIGIBLE:
        return WORDS("change.none")
    return WORDS("change.up" if value > 0 else "change.down", size=_percent(abs(value)))


def _with_range(effect: Effect) -> Text:
    change = _change(effect.value)
    if not math.isfinite(effect.low):
        return change
    return WORDS("change.range", change=change, span=span_text(100 * effect.low, 100 * effect.high, 2))


def _percent(value: float) -> str:
    """Two decimals, more where the effect is smaller than that shows."""
    per_cent = 100 * value
    return number_text(per_cent, 2) if per_cent >= FINE else rough_text(per_cent, 2)
