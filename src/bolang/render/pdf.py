"""PDF: set by Typst from one template, with embedded Chinese fonts, bookmarks and tagged figures."""

from __future__ import annotations

import base64
import json
import struct
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import resources
from typing import Any

from bolang.document.model import Document, Figure, Style
from bolang.figures.fonts import SANS, SERIF, sans_path, serif_path
from bolang.foundation.text import Lang
from bolang.render.flat import ImageOf, flatten
from bolang.render.word_styles import faces, page


def render_pdf(document: Document, lang: Lang, style: Style) -> bytes:
    """Render a document as the bytes of a PDF.

    Parameters
    ----------
    document : Document
        What to render.
    lang : {'zh', 'en'}
        Language of every text.
    style : {'analyst', 'official'}
        Page layout.
    """
    import typst

    _forget()
    day = document.date
    made = typst.compile(
        _template(),
        **_inputs(document, lang, style, lambda figure: _image(figure, lang)),
        format="pdf",
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )
    return bytes(made)


_EARLIER: list[bool] = []
"""Whether this process has set a document before: holds one item then."""


def _forget() -> None:
    """Let Typst drop what it remembers of the document before, if there was one.

    It keeps parts of every document, about 20 MB each, until ten compilations have passed without them:
    many reports in one process would grow without end. A process that sets one document need not wait for it.
    """
    import typst

    if not _EARLIER:
        _EARLIER.append(True)
        return
    for _ in range(10):
        typst.compile(b"", ignore_system_fonts=True)


def _template() -> bytes:
    return resources.files(__package__).joinpath("templates/report.typ").read_bytes()


def _inputs(document: Document, lang: Lang, style: Style, image_of: ImageOf) -> dict[str, Any]:
    content = flatten(document, lang, image_of)
    content |= {
        "page": asdict(page(style)),
        "style": style,
        "fonts": {"sans": SANS, "serif": SERIF},
        "faces": {face.name: asdict(face) for face in faces(style, lang)},
        "day": {"year": document.date.year, "month": document.date.month, "day": document.date.day},
    }
    return {
        "font_paths": sorted({str(sans_path().parent), str(serif_path().parent)}),
        "ignore_system_fonts": True,
        "sys_inputs": {"document": json.dumps(content, ensure_ascii=False)},
    }


def _image(figure: Figure, lang: Lang) -> dict[str, Any]:
    from bolang.figures.canvas import vector

    image = vector(figure.draw(lang))
    size = {"width": image.width_mm, "height": image.height_mm}
    if image.kind == "svg":
        return {"data": image.content.decode(), **size}
    # Typst takes text from JSON, so a raster image travels inside an SVG of its own size.
    width, height = struct.unpack(">II", image.content[16:24])
    uri = f"data:image/png;base64,{base64.b64encode(image.content).decode()}"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="{uri}"/></svg>'
    )
    return {"data": svg, **size}
