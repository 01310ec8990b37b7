"""What each lever does in one county, as a page: the answer, the table, what is not in it."""

from __future__ import annotations

from datetime import date

import polars as pl

from bolang.atlas import Atlas, County
from bolang.atlas.register import PolicyState
from bolang.atlas.romanize import place
from bolang.document.model import Column, Document, Paragraph, Row, Sentence, Table
from bolang.economy.levers.catalogue import levers
from bolang.economy.scenarios.sweep import Sweep, SweptEffect
from bolang.foundation.text import Text, join, same
from bolang.pages.where.page import change, named
from bolang.wording import load

WORDS = load("levers")
WHERE = load("where")


def levers_page(swept: Sweep, atlas: Atlas, county: County, day: date | None = None) -> Document:
    """Write what the levers do in a county, the largest effect on its GDP first.

    Parameters
    ----------
    swept : Sweep
    atlas : Atlas
    county : County
    day : date, optional
    """
    known = levers()
    found = sorted(swept.effects(county, atlas), key=lambda item: -abs(item.change["gdp", "county"]))
    source, name = WHERE("source"), place(county.name)
    answer = [WORDS("none", county=name)]
    if found:
        best = found[0]
        value = change(best.change["gdp", "county"], source)
        which = "answer" if len(found) > 1 else "answer.one"
        answer = [WORDS(which, county=name, lever=known[best.lever].label.text, value=value), WORDS("size")]
    present = {item.key for item in swept.levers}
    absent = [item.label.text for key, item in known.items() if key not in present]
    remarks = [WORDS("absent", levers=join(absent, "、", ", "))] if absent else []
    register = atlas.register.of(county)
    states = {item.lever: register.get(item.lever) for item in found}
    if any(state is not None and state.state == "in_place" for state in states.values()):
        remarks.insert(0, WORDS("further"))
    title = WORDS("title", county=name)
    table = Table(
        "levers",
        WORDS("caption", county=name),
        _columns(),
        tuple(_row(swept, atlas, item, states[item.lever]) for item in found),
        source,
    )
    front = (
        Paragraph(tuple(Sentence(text) for text in answer), role="answer"),
        *((table,) if found else ()),
        *((Paragraph(tuple(Sentence(text) for text in remarks), role="small"),) if remarks else ()),
    )
    return Document(title, same(""), same(""), WHERE("authors"), day or date.today(), front, ())


def _columns() -> tuple[Column, ...]:
    numbers = ("gdp", "income", "revenue", "neighbours", "rank")
    return (
        Column(WORDS("column.lever"), "left", 3.0),
        Column(WORDS("column.state"), "left", 2.0),
        *(Column(WORDS(f"column.{name}")) for name in numbers),
        Column(WORDS("column.gainer"), "left", 3.0),
    )


def _state(found: PolicyState | None) -> Text:
    """Say whether a lever is in place already, as far as the register knows."""
    if found is None or found.state == "unknown":
        return WORDS("unknown")
    if found.state == "absent":
        return WORDS("absent_here")
    return WORDS("in_place", year=found.since) if found.since else WORDS("in_place.undated")


def _row(swept: Sweep, atlas: Atlas, item: SweptEffect, state: PolicyState | None) -> Row:
    source = WHERE("source")
    ranked = swept.where(item.lever)
    rank = ranked.filter(pl.col("county") == item.county)["rank"][0]
    shown = (("gdp", "county"), ("real_income", "county"), ("revenue", "county"), ("gdp", "neighbours"))
    cells = (change(item.change[key], source) if key in item.change else same("—") for key in shown)
    gainer = item.gainers[0][0] if item.gainers else None
    return Row(
        (
            levers()[item.lever].label.text,
            _state(state),
            *cells,
            same(f"{rank:,} / {ranked.height:,}"),
            named(atlas, gainer),
        ),
        key=item.lever,
    )
