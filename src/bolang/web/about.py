"""What the pages rest on: coverage, sources, methods."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib import resources

from starlette.responses import Response

from bolang.document.model import Column, Document, Paragraph, Row, Sentence, Table
from bolang.foundation.names import Names
from bolang.foundation.text import same
from bolang.web.parts import item_of
from bolang.web.refusals import refuse
from bolang.web.shell import WORDS, Page, Visit, respond
from bolang.wording import load


def about(visit: Visit) -> Response:
    """Show coverage and sources."""
    from dataclasses import replace

    from bolang.pages.sources import coverage_page, sources_page

    document = coverage_page(visit.room.atlas)
    sources = sources_page(visit.room.atlas)
    whole = replace(document, title=WORDS("ui.about.title"), front=(*document.front, *sources.front))
    page = Page(
        whole,
        "about",
        above="about.html",
        command="bolang catalogue",
        python="print(bl.Atlas().catalogue())",
        extra={"sources": item_of(sources.tables()[0].key)},
    )
    return respond(visit, page)


def methods(visit: Visit) -> Response:
    """List the assumptions of every part: each parameter with value, unit and source."""
    listed = parameter_files()
    rows = tuple(Row((WORDS(f"ui.method.{name}"), same(str(count))), key=name) for name, (_, count) in listed.items())
    table = Table(
        "methods",
        WORDS("ui.methods.caption"),
        (Column(WORDS("ui.methods.part"), "left"), Column(WORDS("ui.methods.count"))),
        rows,
        WORDS("ui.methods.source"),
    )
    front = (Paragraph((Sentence(WORDS("ui.methods.says")),)), table)
    document = Document(WORDS("ui.methods.title"), same(""), same(""), WORDS("ui.authors"), date.today(), front, ())
    extra = {"parts": [(name, WORDS(f"ui.method.{name}").in_(visit.lang)) for name in listed]}
    return respond(visit, Page(document, "about", above="methods.html", extra=extra))


HOW = load("web_methods")
PARAMETERS = """from bolang.foundation.parameters import load_parameters
for key, found in load_parameters("{package}").parameters.items():
    print(key, found.value, found.unit, found.basis)"""
UNITS = Names("bolang.foundation", "parameter_units")
PACKAGES = {
    "diagnosis": "bolang.diagnosis",
    "types": "bolang.pathway.types",
    "neighbours": "bolang.pathway.neighbours",
    "debt": "bolang.pathway.debt",
    "risk": "bolang.pathway.risk",
    "plan": "bolang.pathway.plan",
    "economy": "bolang.economy.calibration",
    "space": "bolang.space",
    "measures": "bolang.measures",
}


def parameter_files() -> dict[str, tuple[str, int]]:
    """Return the parts that have cited parameters, with how many."""
    from bolang.foundation.parameters import load_parameters

    found = {}
    for name, package in PACKAGES.items():
        if resources.files(package).joinpath("parameters.yaml").is_file():
            found[name] = (package, len(load_parameters(package).parameters))
    return found


def method(visit: Visit) -> Response:
    """Show the assumptions of one part."""
    from bolang.foundation.parameters import load_parameters

    name = visit.request.path_params["name"]
    if name not in parameter_files():
        raise refuse("method")
    parameters = load_parameters(PACKAGES[name]).parameters
    columns = (
        Column(WORDS("ui.methods.what"), "left"),
        Column(WORDS("ui.methods.value"), "left"),
        Column(WORDS("ui.methods.unit"), "left"),
        Column(WORDS("ui.methods.from"), "left"),
    )
    rows = tuple(
        Row(
            (found.label.text, same(_short(found.value)), UNITS.get(found.unit, same(found.unit)), found.basis), key=key
        )
        for key, found in parameters.items()
    )
    title = WORDS(f"ui.method.{name}")
    table = Table("parameters", title, columns, rows, WORDS("ui.methods.source"))
    told = sorted(key for key in HOW.entries if key.startswith(f"how.{name}."))
    said = tuple(Paragraph((Sentence(HOW(key)),), role="bullet") for key in told)
    document = Document(title, same(""), same(""), WORDS("ui.authors"), date.today(), (*said, table), ())
    python = PARAMETERS.format(package=PACKAGES[name])
    return respond(visit, Page(document, "about", python=python))


def _short(value: object) -> str:
    """Write a parameter in a line: what holds several values as name and value."""
    if isinstance(value, Mapping):
        text = "; ".join(f"{key} {_short(part)}" for key, part in value.items())
    else:
        text = ", ".join(map(_short, value)) if isinstance(value, list | tuple) else str(value)
    return text if len(text) <= 120 else text[:119] + "…"
