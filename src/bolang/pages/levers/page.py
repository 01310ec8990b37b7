"""What each lever does in one county, as a page: the answer, the table, what is not in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from bolang.atlas import Atlas, County
from bolang.atlas.romanize import place
from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.likeness import build_likeness
from bolang.diagnosis.peers import nearest
from bolang.document.model import Column, Document, Paragraph, Row, Sentence, Table
from bolang.economy.levers.catalogue import Lever, levers
from bolang.economy.scenarios.sweep import Sweep, SweptEffect
from bolang.economy.scenarios.sweep.intervals import Intervals
from bolang.economy.scenarios.sweep.table import set_by_size
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import number_text
from bolang.pages.where.page import ABLE, change, standing_text
from bolang.pathway.plan.possibility import Possibility, possibilities
from bolang.wording import load

WORDS = load("levers")
WHERE = load("where")
PEERS = 10
"""Counties most like this one whose effects stand beside its own."""
OWN_GDP = ("gdp", "county")
_ORDER = {standing: place for place, standing in enumerate(ABLE)}
SHOWN = (OWN_GDP, ("real_income", "county"), ("revenue", "county"), ("gdp", "neighbours"))


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the effects of one county.

    Attributes
    ----------
    swept : Sweep
    atlas : Atlas
    standings : mapping of lever to Possibility
    peers : sequence of County
    medians : mapping of lever to float
        Over the peers.
    intervals : Intervals or None
    """

    swept: Sweep
    atlas: Atlas
    standings: Mapping[str, Possibility]
    peers: Sequence[County]
    medians: Mapping[str, float]
    intervals: Intervals | None


def levers_page(
    swept: Sweep, atlas: Atlas, county: County, day: date | None = None, *, intervals: Intervals | None = None
) -> Document:
    """Write what the levers do in a county: those that it can pull first, the largest effect on its GDP first.

    Parameters
    ----------
    swept : Sweep
    atlas : Atlas
    county : County
    day : date, optional
    intervals : Intervals, optional
    """
    who, known = possibilities(atlas), levers()
    effects = swept.effects(county, atlas)
    standings = {item.lever: who.of(county, item.lever) for item in effects}
    found = sorted(
        effects,
        key=lambda item: (
            _ORDER.get(standings[item.lever].standing, len(ABLE)),
            assumed(known[item.lever]),
            -item.change[OWN_GDP],
        ),
    )
    peers = [peer.county for peer in nearest(build_likeness(Evidence(atlas)), atlas.counties, county, count=PEERS)]
    beside = _Beside(swept, atlas, standings, peers, _medians(swept, peers), intervals)
    name = place(county.name)
    rows = tuple(_row(item, beside) for item in found)
    table = Table("levers", WORDS("caption", county=name), _columns(), rows, WHERE("source"))
    remarks = _remarks(found, beside)
    front = (
        Paragraph(tuple(Sentence(text) for text in _answer(found, name, beside)), role="answer"),
        *((table,) if found else ()),
        *((Paragraph(tuple(Sentence(text) for text in remarks), role="small"),) if remarks else ()),
    )
    title = WORDS("title", county=name)
    return Document(title, same(""), same(""), WHERE("authors"), day or date.today(), front, ())


def assumed(lever: Lever) -> bool:
    """Whether the size of a lever is set, so that its effect recommends nothing: no study has it, or it is the effect itself."""
    return set_by_size(lever) or lever.grade in ("none", "weak")


def _answer(found: Sequence[SweptEffect], name: Text, beside: _Beside) -> list[Text]:
    """Name the lever that does most of those that are open to the county."""
    if not found:
        return [WORDS("none", county=name)]
    measured = [item for item in found if not assumed(levers()[item.lever])] or found
    best = measured[0]
    standing = beside.standings[best.lever].standing
    key = standing if standing in ABLE else "nothing_open"
    value, label = change(best.change[OWN_GDP], WHERE("source")), levers()[best.lever].label.text
    return [WORDS(f"answer.{key}", county=name, lever=label, value=value), WORDS("size")]


def _remarks(found: Sequence[SweptEffect], beside: _Beside) -> list[Text]:
    """Say what the columns are, and which levers are missing."""
    known, remarks = levers(), []
    if found:
        remarks.append(WORDS("peers", names=join([place(peer.name) for peer in beside.peers], "、", ", ")))
    if any(state.standing == "in_place" for state in beside.standings.values()):
        remarks.append(WORDS("further"))
    unmeasured = [
        known[item.lever].label.text
        for item in found
        if assumed(known[item.lever]) and not set_by_size(known[item.lever])
    ]
    if unmeasured:
        remarks.append(WORDS("unmeasured", levers=join(unmeasured, "、", ", ")))
    if any(set_by_size(known[item.lever]) for item in found):
        remarks.append(WORDS("set_by_size"))
    if beside.intervals is not None and any(beside.intervals.scaling(item.lever) for item in found):
        remarks.append(WHERE("intervals"))
    present = {item.key for item in beside.swept.levers}
    absent = [item.label.text for key, item in known.items() if key not in present]
    return [*remarks, WORDS("absent", levers=join(absent, "、", ", "))] if absent else remarks


def _columns() -> tuple[Column, ...]:
    numbers = ("gdp", "peers", "income", "revenue", "neighbours", "rank")
    return (
        Column(WORDS("column.lever"), "left"),
        Column(WHERE("column.standing"), "left"),
        *(Column(WORDS(f"column.{name}")) for name in numbers),
    )


def _medians(swept: Sweep, peers: Sequence[County]) -> dict[str, float]:
    """Median effect of each lever on the GDP of the peers in which it was solved; none where fewer than half were."""
    rows = swept.frame.filter(pl.col("county").is_in([peer.code for peer in peers]) & (pl.col("state") == "solved"))
    grouped = rows.group_by("lever").agg(pl.col("gdp_county").median(), pl.len())
    return {lever: value for lever, value, count in grouped.iter_rows() if 2 * count >= len(peers)}


def _row(item: SweptEffect, beside: _Beside) -> Row:
    source, chosen = WHERE("source"), levers()[item.lever]
    span = None if beside.intervals is None else beside.intervals.of(item.lever, item.county, item.change[OWN_GDP])
    own, *others = (
        change(item.change[key], source, span if key == OWN_GDP else None) if key in item.change else same("—")
        for key in SHOWN
    )
    peers = change(beside.medians[item.lever], source) if item.lever in beside.medians else same("—")
    ranked = beside.swept.where(item.lever)
    rank = ranked.filter(pl.col("county") == item.county)["rank"][0]
    return Row(
        (
            chosen.label.text,
            standing_text(beside.standings[item.lever]),
            own,
            peers,
            *others,
            same("—") if set_by_size(chosen) else same(f"{number_text(rank)} / {number_text(ranked.height)}"),
        ),
        key=item.lever,
    )
