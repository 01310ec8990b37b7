"""HTML: one self-contained page that reads well on screen, prints well and works with a screen reader."""

from __future__ import annotations

import base64
from importlib import resources
from typing import Any

from bolang.document.model import Document, Figure
from bolang.foundation.text import Lang
from bolang.render.flat import flatten


def render_html(document: Document, lang: Lang) -> bytes:
    """Render a document as one HTML file with its figures inside.

    Parameters
    ----------
    document : Document
        What to render.
    lang : {'zh', 'en'}
        Language of every text.
    """
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    source = resources.files(__package__).joinpath("templates/report.html").read_text(encoding="utf-8")
    content = flatten(document, lang, lambda figure: _data_uri(figure, lang))
    return environment.from_string(source).render(d=content).encode()


def _data_uri(figure: Figure, lang: Lang) -> dict[str, Any]:
    from bolang.figures.canvas import vector

    image = vector(figure.draw(lang))
    mime = "image/svg+xml" if image.kind == "svg" else "image/png"
    return {"uri": f"data:{mime};base64,{base64.b64encode(image.content).decode()}", "width": image.width_mm}
