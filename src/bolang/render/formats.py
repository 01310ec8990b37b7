"""Which format a file name asks for, and the renderer that writes it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Literal, get_args

from bolang.document.harmless import harmless
from bolang.document.model import STYLES, Document, Style
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Lang, tr

Format = Literal["docx", "html", "pdf", "xlsx", "json", "md"]
FORMATS: tuple[Format, ...] = get_args(Format)
RENDERERS: dict[Format, str] = {
    "docx": "bolang.render.word:render_word",
    "html": "bolang.render.html:render_html",
    "pdf": "bolang.render.pdf:render_pdf",
    "xlsx": "bolang.render.xlsx:render_xlsx",
    "json": "bolang.render.json:render_json",
    "md": "bolang.render.markdown:render_markdown",
}
"""Where the renderer of each format stands: it is imported when it is asked for."""
STYLED = ("docx", "pdf")
"""Formats whose renderer takes a layout."""


def format_of(name: str) -> Format:
    """Check the name of a format (``docx``, or a file name that ends in it).

    Raises
    ------
    BadInputError
        If it is none of the formats that bolang writes.
    """
    wanted = (Path(name).suffix or name).lower().lstrip(".")
    for known in RENDERERS:
        if wanted == known:
            return known
    listed = ", ".join(RENDERERS)
    raise BadInputError(
        tr(f"不支持的格式“{wanted}”，可用：{listed}。", f"Unknown format {wanted!r}: expected one of {listed}."),
        tr("请改文件后缀，或用 --to 指定。", "Change the file's suffix, or name one with --to."),
    )


def style_of(name: str) -> Style:
    """Check the name of a style: ``analyst``, ``plan`` or ``official``.

    Raises
    ------
    BadInputError
        If it is none of them.
    """
    for known in STYLES:
        if name.lower() == known:
            return known
    raise BadInputError(
        tr(f"不支持的版式“{name}”。", f"Unknown style {name!r}."),
        tr(
            "可用：analyst（研究报告）、plan（规划底稿）、official（公文，GB/T 9704）。",
            "Expected analyst (a research report), plan (working paper of a five-year plan) or official (GB/T 9704-2012).",
        ),
    )


def render(document: Document, form: Format, lang: Lang, style: Style = "analyst") -> bytes:
    """Render a document as the bytes of a file; the same document gives the same bytes.

    Parameters
    ----------
    document : Document
        What to render.
    form : {'docx', 'html', 'pdf', 'xlsx', 'json', 'md'}
        Format of the file.
    lang : {'zh', 'en'}
        Language of every text in it.
    style : {'analyst', 'official'}
        Page layout of Word and PDF; HTML and Excel have one.
    """
    document = harmless(document)
    module, _, name = RENDERERS[form].partition(":")
    renderer = getattr(import_module(module), name)
    made: bytes = renderer(document, lang, style) if form in STYLED else renderer(document, lang)
    return made
