"""One county: the answer, what it is, the desk table, what is missing; the diagnosis behind."""

from __future__ import annotations

from datetime import date

from bolang.atlas.romanize import place
from bolang.diagnosis.desk import Desk, desk_of
from bolang.diagnosis.result import Diagnosis, Dimension, Group
from bolang.document.model import Block, Cell, Column, Document, Number, Paragraph, Row, Section, Sentence, Table
from bolang.foundation.text import Text, same
from bolang.foundation.units import NONE
from bolang.pages.asked_by import asked_by
from bolang.pages.desk import desk_notes, desk_table, sister_table
from bolang.pages.diagnosis.growth import growth_sentence
from bolang.pages.diagnosis.headline import headline
from bolang.pages.diagnosis.peers import peer_reason
from bolang.pages.diagnosis.quality import quality_sentence
from bolang.pages.diagnosis.sentences import verdict
from bolang.pages.show.identity import identity, led_elsewhere
from bolang.pages.types.sentences import headline as type_headline
from bolang.pathway.types import CountyType
from bolang.wording import load

WORDS = load("show")
CAVEATS = 3
INDUSTRIES = 6


def show_page(
    found: Diagnosis, road: CountyType | None = None, asked: str = "", day: date | None = None, desk: Desk | None = None
) -> Document:
    """Write the page of one county.

    Parameters
    ----------
    found : Diagnosis
    road : CountyType, optional
        Its type, to be said with the road that fits.
    asked : str, optional
        The name that the user gave; where it led to another unit than it suggests, the page says so first.
    desk : Desk, optional
        Where it is at hand already.
    """
    county = found.county
    desk = desk or desk_of(county)
    front: list[Block] = []
    if asked and led_elsewhere(asked, county):
        year, name = _census(found), place(county.name)
        front.append(_paragraph(WORDS("asked_as", asked=place(asked), county=name, year=year), "answer"))
    front.append(_paragraph(headline(found), "answer"))
    front += [_paragraph(text, "bullet") for text in identity(county)]
    front.append(desk_table(desk))
    front += desk_notes(desk)
    if road is not None and found.judged:
        front.append(_paragraph(type_headline(road), "bullet"))
    serious = [note for note in found.quality if note.severity != "note"]
    front += [_paragraph(quality_sentence(note.finding), "small") for note in serious[:CAVEATS]]
    front.append(_paragraph(WORDS("next", county=asked_by(county)), "small"))
    return Document(
        title=WORDS("title", county=place(county.full_name)),
        subtitle=same(county.code),
        kicker=same(""),
        authors=WORDS("authors"),
        date=day or date.today(),
        front=tuple(front),
        sections=_sections(found, sister_table(desk)),
    )


def _sections(found: Diagnosis, sisters: Table) -> tuple[Section, ...]:
    verdicts = tuple(_paragraph(verdict(dimension), "bullet") for dimension in found.dimensions)
    growth = tuple(_paragraph(growth_sentence(line, found.county), "bullet") for line in found.growth)
    made = [
        Section("dimensions", WORDS("dimensions.title"), (_dimension_table(found), *verdicts)),
        Section("industries", WORDS("industries.title"), (_industry_table(found),)),
        Section("growth", WORDS("growth.title"), growth),
        Section("prefecture", WORDS("sisters.title"), (sisters,)),
        Section("peers", WORDS("peers.title"), (_peer_table(found),)),
    ]
    return tuple(section for section in made if section.blocks)


def _paragraph(text: Text, role: str) -> Paragraph:
    return Paragraph((Sentence(text),), role=role)  # type: ignore[arg-type]


def _dimension_table(found: Diagnosis) -> Table:
    year = _census(found)
    columns = (
        Column(WORDS("column.dimension"), "left"),
        Column(WORDS("column.index")),
        Column(WORDS("column.nation")),
        Column(WORDS("column.range")),
        Column(WORDS("column.province")),
        Column(WORDS("column.prefecture")),
    )
    rows = tuple(Row((d.label, *_standing_cells(d, year)), key=d.key) for d in found.dimensions)
    caption = WORDS("dimensions.caption", county=place(found.county.name), year=year)
    return Table("dimensions", caption, columns, rows, WORDS("dimensions.source"))


def _standing_cells(dimension: Dimension, year: int) -> tuple[Cell, ...]:
    groups: tuple[Group, ...] = ("nation", "province", "prefecture")
    ranks = [_rank(dimension, group) for group in groups]
    spread = same("–") if dimension.rank_low is None else same(f"{dimension.rank_low}–{dimension.rank_high}")
    index: Cell = same("–") if dimension.index is None else Number(dimension.index, 0, NONE, year, "derived")
    return (index, ranks[0], spread, *ranks[1:])


def _rank(dimension: Dimension, group: Group) -> Text:
    standing = dimension.standing.get(group)
    return same("–" if standing is None else f"{standing.rank}/{standing.count}")


def _industry_table(found: Diagnosis) -> Table:
    year = _census(found)
    columns = (
        Column(WORDS("column.industry"), "left"),
        Column(WORDS("column.share")),
        Column(WORDS("column.quotient")),
    )
    leading = sorted((line for line in found.industries if line.share >= 1.0), key=lambda line: -line.lq)[:INDUSTRIES]
    rows = tuple(
        Row(
            (
                line.label,
                Number(line.share, 1, NONE, year, "derived"),
                Number(line.lq, 2, NONE, year, "derived", low=line.lq_low, high=line.lq_high),
            ),
            key=line.code,
        )
        for line in leading
    )
    caption = WORDS("industries.caption", county=place(found.county.name), year=year)
    return Table("industries", caption, columns, rows, WORDS("industries.source"))


def _peer_table(found: Diagnosis) -> Table:
    columns = (Column(WORDS("column.county"), "left"), Column(WORDS("column.reason"), "left"))
    rows = tuple(Row((place(peer.county.full_name), peer_reason(peer)), key=peer.county.code) for peer in found.peers)
    caption = WORDS("peers.caption", county=place(found.county.name))
    return Table("peers", caption, columns, rows, WORDS("peers.source"))


def _census(found: Diagnosis) -> int:
    assert found.county.atlas is not None
    return found.county.atlas.vintage.census
