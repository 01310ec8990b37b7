"""Everything that the user imported for a topic stands under that topic."""

from __future__ import annotations

from collections.abc import Iterable

from bolang.atlas.catalogue import unit_text
from bolang.document.model import Block, Column, Number, Row, Table
from bolang.foundation.text import same
from bolang.foundation.units import Unit
from bolang.pages.report.context import Context
from bolang.pages.report.facts import BLANK, notes_of
from bolang.wording import load

WORDS = load("report")
_YEARS = 4
TOPICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("debt", ("debt", "bond", "interest", "platform")),
    (
        "finance",
        (
            "fiscal",
            "tax",
            "revenue",
            "expenditure",
            "fund",
            "transfer",
            "land_",
            "vat",
            "insurance_rev",
            "state_capital",
        ),
    ),
    ("resources", ("deposit", "loan", "insurance", "financ", "asset")),
    ("people", ("population", "birth", "death", "household", "student", "school", "bed", "urban", "employ", "doctor")),
    (
        "industry",
        (
            "market",
            "firm",
            "cluster",
            "park",
            "tour",
            "express",
            "ecommerce",
            "online",
            "grain",
            "crop",
            "output",
            "patent",
        ),
    ),
)
"""Chapters by parts of the names of indicators; whatever none of them claims is of the economy."""


def topic_of(indicator: str) -> str:
    """Return the chapter that an indicator belongs to."""
    return next((topic for topic, parts in TOPICS if any(part in indicator for part in parts)), "economy")


def also_imported(context: Context, topic: str, shown: Iterable[str]) -> list[Block]:
    """Return a table of the user's figures of a topic that the chapter does not show by itself."""
    workspace = context.atlas.workspace
    if workspace is None:
        return []
    done = set(shown)
    found = []
    for indicator in workspace.indicators(context.county.code):
        if indicator in done or indicator.startswith("policy_") or topic_of(indicator) != topic:
            continue
        facts = {
            fact.year: fact for fact in context.facts(indicator) if fact.origin == "workspace" and fact.period == "year"
        }
        if facts:
            found.append((indicator, facts))
    if not found:
        return []
    years = sorted({year for _, facts in found for year in facts})[-_YEARS:]
    rows = []
    for _, facts in found:
        one = next(iter(facts.values()))
        digits = next((d for d in range(3) if all(round(f.value, d) == f.value for f in facts.values())), 2)
        cells = [
            Number(facts[y].value, digits, Unit(unit_text(one.unit)), y, stage=facts[y].stage) if y in facts else BLANK
            for y in years
        ]
        if any(cell is not BLANK for cell in cells):
            rows.append(Row((one.label, unit_text(one.unit), *cells), notes=notes_of(facts.values())))
    columns = (
        Column(WORDS("imported.head"), "left"),
        Column(WORDS("imported.unit"), "left"),
        *(Column(same(str(year))) for year in years),
    )
    caption = WORDS("imported.caption", chapter=WORDS(f"imported.chapter.{topic}"))
    return [Table(f"imported-{topic}", caption, columns, tuple(rows), WORDS("imported.source"))]
