"""Pictures that commands draw beside their page."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Lang, Text, tr
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.document.model import Document

WORDS = load("cli")
DPI = 200
SUFFIXES = (".png", ".svg", ".html")


def check_picture(path: Path, suffixes: tuple[str, ...] = SUFFIXES) -> None:
    """Refuse a file that could not be written, before any work is done.

    Raises
    ------
    BadInputError, OutputError
        If the ending is none of those, or the file cannot be written.
    """
    from bolang.foundation.files import check_writable

    if path.suffix.lower() not in suffixes:
        named = path.suffix or path.name
        raise BadInputError(
            tr(f"不支持的图片格式 {named!r}。", f"{named!r} is no picture format."),
            tr(f"请用 {'、'.join(suffixes)}。", f"Use {' or '.join(suffixes)}."),
        )
    check_writable(path)


def draw_figure(document: Document, key: str, path: Path, lang: Lang) -> Text:
    """Write a figure of a page as a picture, or the whole page with it as html; say that it was drawn."""
    from bolang.figures import canvas
    from bolang.foundation import files

    kind = path.suffix.lower()
    if kind == ".html":
        from bolang.render.formats import render

        files.write(path, render(document, "html", lang))
    else:
        drawing = next(figure for figure in document.figures() if figure.key == key).draw(lang)
        image = canvas.png(drawing, DPI) if kind == ".png" else canvas.vector(drawing, largest=math.inf)
        files.write(path, image.content)
    return drawn(path)


def drawn(path: Path) -> Text:
    """Say that a picture was drawn."""
    return WORDS("drawn", file=str(path))
