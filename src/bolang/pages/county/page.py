"""One county: the judgement, key figures, what to do, what it rests on; the diagnosis behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bolang.atlas.provenance import sources_of
from bolang.atlas.romanize import place
from bolang.diagnosis.data_quality import MissingReadings
from bolang.diagnosis.desk import UNITS, Desk, DeskCell, DeskKey, desk_of
from bolang.diagnosis.result import Diagnosis
from bolang.document.model import Block, Box, Document, KeyFigure, KeyFigures, Number, Paragraph, Sentence
from bolang.foundation.text import Text
from bolang.foundation.units import DOLLARS_YI, MONEY_WAN, PERCENT, PERSONS, YUAN, Unit
from bolang.pages.desk import desk_notes, desk_table
from bolang.pages.diagnosis.headline import headline
from bolang.pages.diagnosis.quality import quality_sentence
from bolang.pages.plan import sentences
from bolang.pages.show import show_page
from bolang.pages.show.identity import identity, led_elsewhere
from bolang.pages.types.sentences import headline as type_headline
from bolang.pathway.plan.result import Plan
from bolang.pathway.types import CountyType
from bolang.wording import load

WORDS = load("county")
DESK = load("desk")
_SHOWN: dict[str, tuple[Unit, int]] = {
    "万元": (MONEY_WAN, 2),
    "人": (PERSONS, 1),
    "%": (PERCENT, 1),
    "元": (YUAN, 0),
    "亿美元": (DOLLARS_YI, 2),
}
FIRST: tuple[DeskKey, ...] = ("gdp", "population", "gdp_per_head", "fiscal_revenue", "self_sufficiency", "debt_balance")
"""Figures that stand before everything else."""


def county_page(found: Diagnosis, road: CountyType, plan: Plan, asked: str = "", day: date | None = None) -> Document:
    """Write the page of one county.

    Parameters
    ----------
    found : Diagnosis
    road : CountyType
        Its type, to be said with the road that fits.
    plan : Plan
    asked : str, optional
        The name that the reader gave; where it led to another unit than it suggests, the page says so first.
    """
    county = found.county
    desk = desk_of(county)
    whole = show_page(found, road, day=day, desk=desk)
    name = place(county.name)
    what = (_said(headline(found), "answer"), *(_said(text) for text in identity(county)))
    todo = (*(_said(text) for text in sentences.answer(plan)), *([_said(type_headline(road))] if found.judged else []))
    # What a dimension lacks stands behind it, and what the desk lacks has been said.
    serious = [
        note for note in found.quality if note.severity != "note" and not isinstance(note.finding, MissingReadings)
    ]
    rests = [*(_said(text) for text in sentences.rests_on(plan)), *desk_notes(desk)]
    rests += [_said(quality_sentence(note.finding), "small") for note in serious]
    front: list[Block] = []
    if asked and led_elsewhere(asked, county):
        assert county.atlas is not None
        year = county.atlas.vintage.census
        front.append(_said(WORDS("asked_as", asked=place(asked), county=name, year=year), "answer"))
    front += [
        Box(WORDS("what", county=name), what),
        KeyFigures(tuple(_key_figures(desk))),
        Box(WORDS("todo", county=name), todo),
        Box(WORDS("rests"), tuple(rests)),
        desk_table(desk),
    ]
    return replace(whole, kicker=place(county.full_name), title=name, front=tuple(front))


def _said(text: Text, role: str = "body") -> Paragraph:
    return Paragraph((Sentence(text),), role=role)  # type: ignore[arg-type]


def _key_figures(desk: Desk) -> list[KeyFigure]:
    made = []
    for key in FIRST:
        row = desk.row(key)
        if row.latest is None:
            continue
        label = DESK(f"row.{key}")
        plain = label.bare
        rank = row.in_province
        remark = (
            WORDS("year_only", year=row.latest.year)
            if rank is None
            else WORDS("year_and_rank", year=row.latest.year, rank=rank.rank, count=rank.count, rank_year=rank.year)
        )
        made.append(KeyFigure(plain, _number(key, row.latest), remark))
    return made


def _number(key: DeskKey, cell: DeskCell) -> Number:
    unit, digits = _SHOWN[UNITS[key]]
    source = sources_of(fact.provenance for fact in cell.facts)
    return Number(cell.value, digits, unit, cell.year, cell.status, source, stage=cell.stage, facts=cell.facts)
