"""What surrounds every page: language, navigation, the ways to take a page away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from starlette.responses import HTMLResponse, Response

from bolang.document.model import Document, Number, Paragraph, Sentence
from bolang.foundation.text import LANGUAGES, Lang, Text, default_language, same
from bolang.web.downloads import download
from bolang.web.parts import forms_of
from bolang.wording import load

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.requests import Request

    from bolang.web.rooms import Room
    from bolang.web.settings import Settings

WORDS = load("web")
TAKEN = ("docx", "pdf", "xlsx", "csv", "json")
"""Formats offered on every page."""
COMPUTED = ("derived", "estimated")
"""Statuses of numbers that no table holds: how they were computed is told instead."""
READABLE = ",:;"
"""Signs that an address keeps as they are."""


@cache
def templates() -> Environment:
    """Return the templates; every value in them is escaped."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = resources.files("bolang.web").joinpath("templates")
    return Environment(
        loader=FunctionLoader(lambda name: folder.joinpath(name).read_text(encoding="utf-8")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


@dataclass(frozen=True)
class Visit:
    """One request: its room, language and addresses."""

    request: Request

    @property
    def settings(self) -> Settings:
        """What the server was started with."""
        found: Settings = self.request.app.state.settings
        return found

    @property
    def workspace(self) -> str:
        """Name of the workspace in the address."""
        return str(self.request.path_params.get("workspace", ""))

    @property
    def room(self) -> Room:
        """The room of the workspace."""
        found: Room = self.request.app.state.rooms[self.workspace]
        return found

    @property
    def lang(self) -> Lang:
        """Language of the page."""
        return default_language()

    @property
    def query(self) -> Mapping[str, str]:
        """The query, without what only concerns the medium."""
        return {k: v for k, v in self.request.query_params.items() if k not in ("to", "item", "part")}

    def url(self, path: str, **query: str | int | float | None) -> str:
        """Return an address in the same workspace and language."""
        prefix = f"/w/{self.workspace}" if self.workspace else ""
        asked = {k: str(v) for k, v in query.items() if v is not None}
        if "lang" in self.request.query_params:
            asked.setdefault("lang", self.lang)
        return prefix + path + ("?" + urlencode(asked, safe=READABLE, quote_via=quote) if asked else "")

    @property
    def path(self) -> str:
        """The path below the workspace."""
        path = self.request.url.path
        prefix = f"/w/{self.workspace}" if self.workspace else ""
        return "/" + path.removeprefix(prefix).lstrip("/")  # two slashes would name another host

    def here(self, **query: str | None) -> str:
        """Return this very address with some parts of the query changed."""
        asked = {**self.query, **query}
        return self.url(self.path, **{k: v for k, v in asked.items() if v})

    @property
    def swept(self) -> bool:
        """Whether a national sweep ships, so that its pages are offered."""
        from bolang.economy.scenarios.sweep import Sweep

        return bool(Sweep.shipped().levers)

    @property
    def version(self) -> str:
        """Version of bolang, for what gives the same result."""
        from bolang import __version__

        return __version__

    def say(self, key: str, **values: Any) -> str:
        """Return words of the interface in the language of the page."""
        return WORDS(f"ui.{key}", **values).in_(self.lang)

    def link(self, trace: Mapping[str, Any], method: str = "") -> str:
        """Return the address that shows where a number comes from, or how it was computed."""
        if not trace["facts"]:
            return self.url(f"/methods/{method}") if method and trace["status"] in COMPUTED else ""
        code, indicator, year = trace["facts"][0]
        if code not in self.room.atlas.codes:
            return ""
        return self.url(f"/c/{code}/trace/{indicator}", year=year)

    def place_link(self, key: str) -> str:
        """Return the page of a county whose code names a row."""
        return self.url(f"/c/{key}") if len(key) == 6 and key.isdigit() and key in self.room.atlas.codes else ""


@dataclass(frozen=True)
class Page:
    """A document in its shell.

    Attributes
    ----------
    active : str
        Entry of the navigation that is marked.
    county : str
        Code, where the page belongs to a county.
    above, below : str
        Names of templates that stand before and behind the document, with what they need in `extra`.
    method : str
        Part of the methods that tells how the numbers of the page are computed.
    command, python : str
        What gives the same result.
    scripts : sequence of str
        Further scripts of the page.
    """

    document: Document
    active: str = ""
    county: str = ""
    above: str = ""
    below: str = ""
    method: str = ""
    command: str = ""
    python: str = ""
    scripts: Sequence[str] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


def respond(visit: Visit, page: Page) -> Response:
    """Answer with a page, or with the page as a file where the address asks for one."""
    form = visit.request.query_params.get("to")
    if form:
        return download(page.document, form, visit.request.query_params.get("item", ""), visit.lang)
    return HTMLResponse(shell(visit, page), status_code=page.status)


def shell(visit: Visit, page: Page) -> str:
    """Return the whole page."""
    from bolang.render.html import render_fragment

    body = render_fragment(
        page.document,
        visit.lang,
        link=lambda trace: visit.link(trace, page.method),
        place_link=visit.place_link,
        tools=lambda block: tools_html(
            page.document, block, visit.lang, lambda item, form: visit.here(to=form, item=item)
        ),
    )
    return (
        templates()
        .get_template("shell.html")
        .render(
            v=visit,
            page=page,
            d={
                "title": page.document.title.in_(visit.lang),
                "kicker": page.document.kicker.in_(visit.lang),
                "subtitle": page.document.subtitle.in_(visit.lang),
            },
            body=markup(body),
            other=_other(visit),
            taken=TAKEN if _has_content(page.document) else (),
            token=visit.settings.token,
            **page.extra,
        )
    )


def tools_html(document: Document, block: Mapping[str, Any], lang: Lang, address: Callable[[str, str], str]) -> str:
    """Return the ways to take one table or figure away; `address` gives that of an item in a format."""
    item = str(block["id"]).removeprefix("item-")
    links = [(form, address(item, form)) for form in forms_of(document, item)]
    words = {key: WORDS(f"ui.{key}").in_(lang) for key in ("copy", "copied")}
    return markup(templates().get_template("tools.html").render(links=links, **words))


def markup(html: str) -> str:
    """Mark HTML that is safe already."""
    from markupsafe import Markup

    return Markup(html)


def plain_page(title: Text, *said: Text, kicker: Text | None = None) -> Document:
    """Return a page of a few sentences, for a form to stand on."""
    front = tuple(Paragraph((Sentence(text),)) for text in said)
    return Document(title, same(""), kicker or same(""), same(""), date.today(), front, ())


def _other(visit: Visit) -> tuple[str, str]:
    """Return the other language and the address of this page in it."""
    lang = next(lang for lang in LANGUAGES if lang != visit.lang)
    return lang, visit.here(lang=lang)


def _has_content(document: Document) -> bool:
    return bool(document.tables() or document.sections)


def numbers(document: Document) -> list[Number]:
    """Return every number in the tables of a document."""
    return [cell for table in document.tables() for row in table.rows for cell in row.cells if isinstance(cell, Number)]
