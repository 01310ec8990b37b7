"""HTML: one self-contained page that reads well on screen, prints well and works with a screen reader; or its inner part."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from bolang.document.harmless import harmless
from bolang.document.model import Document, Figure
from bolang.foundation.text import Lang
from bolang.render.flat import flatten

if TYPE_CHECKING:
    from jinja2 import Environment

Link = Callable[[Mapping[str, Any]], str]
"""From what `flat` says of a number to the address that shows its trail; empty where there is none."""


def render_html(document: Document, lang: Lang) -> bytes:
    """Render a document as one HTML file with its figures inside.

    Parameters
    ----------
    document : Document
        What to render.
    lang : {'zh', 'en'}
        Language of every text.
    """
    content = flatten(document, lang, lambda figure: _data_uri(figure, lang))
    return _environment().get_template("report.html").render(d=content, **_plain()).encode()


def render_fragment(
    document: Document,
    lang: Lang,
    *,
    link: Link | None = None,
    place_link: Callable[[str], str] | None = None,
    tools: Callable[[Mapping[str, Any]], str] | None = None,
) -> str:
    """Render the inside of a document, for a page that brings its own head.

    Parameters
    ----------
    document : Document
        What to render.
    lang : {'zh', 'en'}
        Language of every text.
    link : callable, optional
        Address of the trail of a number.
    place_link : callable, optional
        Address that the name of a row leads to, from the key of the row; empty for none.
    tools : callable, optional
        Safe HTML to stand below a table or figure, such as the ways to take it away.
    """
    content = flatten(harmless(document), lang, lambda figure: _data_uri(figure, lang))
    template = _environment().get_template("fragment.html")
    return template.render(d=content, link=link, place_link=place_link, tools=tools)


def _plain() -> dict[str, None]:
    return {"link": None, "place_link": None, "tools": None}


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = resources.files(__package__).joinpath("templates")
    return Environment(
        loader=FunctionLoader(lambda name: folder.joinpath(name).read_text(encoding="utf-8")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def _data_uri(figure: Figure, lang: Lang) -> dict[str, Any]:
    from bolang.figures.canvas import vector

    image = vector(figure.draw(lang))
    mime = "image/svg+xml" if image.kind == "svg" else "image/png"
    return {"uri": f"data:{mime};base64,{base64.b64encode(image.content).decode()}", "width": image.width_mm}
