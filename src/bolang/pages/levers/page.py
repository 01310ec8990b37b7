"""What each lever does in one county, as a page: the answer, the table, what is not in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from bolang.atlas import Atlas, County
from bolang.atlas.romanize import place
from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.likeness import build_likeness
from bolang.diagnosis.peers import nearest
from bolang.document.model import Column, Document, Paragraph, Row, Sentence, Table
from bolang.economy.levers.catalogue import levers
from bolang.economy.scenarios.sweep import Sweep, SweptEffect
from bolang.foundation.text import join, same
from bolang.pages.where.page import ABLE, change, named, standing_text
from bolang.pathway.plan.possibility import Possibilities, Possibility
from bolang.wording import load

WORDS = load("levers")
WHERE = load("where")
PEERS = 10
"""Counties most like this one whose effects stand beside its own."""


def levers_page(swept: Sweep, atlas: Atlas, county: County, day: date | None = None) -> Document:
    """Write what the levers do in a county: those that it can pull first, the largest effect on its GDP first.

    Parameters
    ----------
    swept : Sweep
    atlas : Atlas
    county : County
    day : date, optional
    """
    who = Possibilities(atlas)
    swept_here = swept.effects(county, atlas)
    standings = {item.lever: who.of(county, item.lever) for item in swept_here}
    found = sorted(
        swept_here,
        key=lambda item: (standings[item.lever].standing not in ABLE, -item.change["gdp", "county"]),
    )
    source, name, known = WHERE("source"), place(county.name), levers()
    answer = [WORDS("none", county=name)]
    if found:
        best = found[0]
        able = standings[best.lever].standing in ABLE
        value = change(best.change["gdp", "county"], source)
        answer = [
            WORDS(
                "answer" if able else "answer.nothing_open",
                county=name,
                lever=known[best.lever].label.text,
                value=value,
            ),
            WORDS("size"),
        ]
    peers = [peer.county for peer in nearest(build_likeness(Evidence(atlas)), atlas.counties, county, count=PEERS)]
    beside = _medians(swept, peers)
    remarks = []
    if found:
        remarks.append(WORDS("peers", names=join([place(peer.name) for peer in peers], "、", ", ")))
    if any(state.standing == "in_place" for state in standings.values()):
        remarks.append(WORDS("further"))
    present = {item.key for item in swept.levers}
    absent = [item.label.text for key, item in known.items() if key not in present]
    if absent:
        remarks.append(WORDS("absent", levers=join(absent, "、", ", ")))
    title = WORDS("title", county=name)
    table = Table(
        "levers",
        WORDS("caption", county=name),
        _columns(),
        tuple(_row(swept, atlas, item, standings[item.lever], beside) for item in found),
        source,
    )
    front = (
        Paragraph(tuple(Sentence(text) for text in answer), role="answer"),
        *((table,) if found else ()),
        *((Paragraph(tuple(Sentence(text) for text in remarks), role="small"),) if remarks else ()),
    )
    return Document(title, same(""), same(""), WHERE("authors"), day or date.today(), front, ())


def _columns() -> tuple[Column, ...]:
    numbers = ("gdp", "peers", "income", "revenue", "neighbours", "rank")
    return (
        Column(WORDS("column.lever"), "left", 3.0),
        Column(WHERE("column.standing"), "left", 3.0),
        *(Column(WORDS(f"column.{name}")) for name in numbers),
        Column(WORDS("column.gainer"), "left", 3.0),
    )


def _medians(swept: Sweep, peers: Sequence[County]) -> dict[str, float]:
    """Median effect of each lever on the GDP of the peers in which it was solved; none where fewer than half were."""
    rows = swept.frame.filter(pl.col("county").is_in([peer.code for peer in peers]) & (pl.col("state") == "solved"))
    grouped = rows.group_by("lever").agg(pl.col("gdp_county").median(), pl.len())
    return {lever: value for lever, value, count in grouped.iter_rows() if 2 * count >= len(peers)}


def _row(swept: Sweep, atlas: Atlas, item: SweptEffect, standing: Possibility, beside: Mapping[str, float]) -> Row:
    source = WHERE("source")
    ranked = swept.where(item.lever)
    rank = ranked.filter(pl.col("county") == item.county)["rank"][0]
    shown = (("gdp", "county"), ("real_income", "county"), ("revenue", "county"), ("gdp", "neighbours"))
    own, *others = (change(item.change[key], source) if key in item.change else same("—") for key in shown)
    peers = change(beside[item.lever], source) if item.lever in beside else same("—")
    gainer = item.gainers[0][0] if item.gainers else None
    return Row(
        (
            levers()[item.lever].label.text,
            standing_text(standing),
            own,
            peers,
            *others,
            same(f"{rank:,} / {ranked.height:,}"),
            named(atlas, gainer),
        ),
        key=item.lever,
    )
