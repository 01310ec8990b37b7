"""An error as a page: what was wrong, what to do, which counties may have been meant."""

from __future__ import annotations

from datetime import date

from starlette.responses import HTMLResponse, Response

from bolang.atlas.romanize import place
from bolang.document.model import Document, Paragraph, Sentence
from bolang.foundation.errors import AmbiguousPlaceError, BolangError, PlaceError
from bolang.foundation.text import same
from bolang.web.shell import WORDS, Page, Visit, shell

NOT_FOUND = 404
LISTS = ("/import", "/jobs")
"""Pages that hold what their addresses below act on."""


def error_page(visit: Visit, error: BolangError, status: int) -> Response:
    """Answer with what went wrong."""
    said = [Paragraph((Sentence(same(error.message)),), role="answer")]
    found = error.candidates if isinstance(error, PlaceError) else ()
    shared = isinstance(error, AmbiguousPlaceError)
    if found and not shared:
        said.append(Paragraph((Sentence(WORDS("ui.near")),)))
    elif error.hint and not found:
        said.append(Paragraph((Sentence(same(error.hint)),)))
    document = Document(
        WORDS("ui.which" if shared else "ui.error"), same(""), same(""), same(""), date.today(), tuple(said), ()
    )
    listed = [(name, place(name).in_(visit.lang)) for name in found]
    over = "" if found or visit.path == "/find" or status == NOT_FOUND else visit.url(_begun_at(visit.path))
    extra = {"candidates": listed, "over": over}
    page = Page(document, below="candidates.html", extra=extra, status=status)
    return HTMLResponse(shell(visit, page), status_code=status)


def _begun_at(path: str) -> str:
    """Return the page that a refused action was begun at."""
    return next((page for page in LISTS if path.startswith(f"{page}/")), path)
