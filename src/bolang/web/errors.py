"""An error as a page: what was wrong, what to do, which counties may have been meant."""

from __future__ import annotations

from datetime import date

from starlette.responses import HTMLResponse, Response

from bolang.document.model import Document, Paragraph, Sentence
from bolang.foundation.errors import AmbiguousPlaceError, BolangError, UnknownPlaceError
from bolang.foundation.text import same
from bolang.web.shell import WORDS, Page, Visit, shell


def error_page(visit: Visit, error: BolangError, status: int) -> Response:
    """Answer with what went wrong."""
    said = [Paragraph((Sentence(same(error.message)),), role="answer")]
    if error.hint:
        said.append(Paragraph((Sentence(same(error.hint)),)))
    if isinstance(error, UnknownPlaceError):
        said.append(Paragraph((Sentence(WORDS("ui.not_found.hint")),)))
    document = Document(WORDS("ui.error"), same(""), same(""), same(""), date.today(), tuple(said), ())
    found = error.candidates if isinstance(error, AmbiguousPlaceError) else ()
    page = Page(document, above="candidates.html" if found else "", extra={"candidates": found}, status=status)
    return HTMLResponse(shell(visit, page), status_code=status)
