"""The first page: search, and the map of all counties."""

from __future__ import annotations

from datetime import date

from starlette.responses import HTMLResponse, RedirectResponse, Response

from bolang.atlas.romanize import place
from bolang.document.model import Document, Paragraph, Sentence
from bolang.foundation.text import same
from bolang.foundation.units import number_text
from bolang.pages.show.identity import led_elsewhere
from bolang.web.maps import choices, first_layer
from bolang.web.shell import WORDS, Page, Visit, respond, templates

EXAMPLES = ("330782", "320583", "350582", "520526", "130534", "232723", "310115", "610881")
SUGGESTED = 12


def home(visit: Visit) -> Response:
    """Show search and map."""
    document = Document(
        WORDS("ui.home.title"),
        WORDS("ui.home.subtitle"),
        same(""),
        same(""),
        date.today(),
        (Paragraph((Sentence(WORDS("ui.home.says", count=number_text(len(visit.room.atlas.counties)))),)),),
        (),
    )
    examples = [visit.room.county(code) for code in EXAMPLES]
    extra = {
        "examples": [(county.code, place(county.name).in_(visit.lang)) for county in examples],
        "groups": choices(visit),
        "chosen": visit.query.get("by", "type"),
        "year": None,
        "first": first_layer(visit, visit.query.get("by", "type"), None),
    }
    scripts = ("map.js",)
    return respond(visit, Page(document, "home", above="home.html", below="map.html", scripts=scripts, extra=extra))


def find(visit: Visit) -> Response:
    """Lead to the county that a name, an old name or a code means."""
    wanted = visit.query.get("q", "").strip()
    county = visit.room.county(wanted)
    asked = wanted if led_elsewhere(wanted, county) else None
    return RedirectResponse(visit.url(f"/c/{county.code}", asked=asked), 303)


def suggest(visit: Visit) -> Response:
    """Complete a name, a short name, pinyin or a code."""
    wanted = visit.query.get("q", "").strip().lower()
    found = []
    if wanted:
        known = [(county, county.english.lower()) for county in visit.room.atlas.counties]
        tests = (
            lambda c, p: c.name.startswith(wanted) or c.code.startswith(wanted) or p.startswith(wanted),
            lambda c, p: wanted in c.full_name or wanted in p,
        )
        for test in tests:
            found += [c for c, pinyin in known if c not in found and test(c, pinyin)]
        if not found and len(wanted) > 1:
            found = visit.room.atlas.places.candidates(wanted)
    shown = [(c.code, place(c.full_name).in_(visit.lang)) for c in found[:SUGGESTED]]
    return HTMLResponse(
        templates().get_template("suggest.html").render(v=visit, found=shown, more=len(found) - len(shown))
    )
