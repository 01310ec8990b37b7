"""A page, or one table or figure of it, as a file."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from starlette.responses import FileResponse, Response

from bolang.document.model import Document
from bolang.foundation.text import Lang
from bolang.web.parts import as_csv, part

MIME = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "zip": "application/zip",
}


def download(document: Document, form: str, item: str, lang: Lang) -> Response:
    """Return a document, or one part of it, as a file.

    Raises
    ------
    BadInputError
        If the format is unknown, or the part has no such format.
    """
    from bolang.render.formats import format_of, render

    name = document.title.in_(lang)
    if item:
        return attachment(part(document, item, form, lang), name, form)
    if form == "csv":
        return attachment(as_csv(list(document.tables()), lang), name, form)
    return attachment(render(document, format_of(form), lang), name, form)


def attachment(content: bytes, name: str, form: str) -> Response:
    """Return bytes as a file to keep; a browser never opens it as a page of this server."""
    return Response(content, media_type=MIME[form], headers=_to_keep(name, form))


def attached_file(path: Path, name: str) -> Response:
    """Return a file of the server as one to keep."""
    form = path.suffix.removeprefix(".")
    return FileResponse(path, media_type=MIME[form], headers=_to_keep(name, form))


def _to_keep(name: str, form: str) -> dict[str, str]:
    plain = re.sub(r"[^\w\-]+", "-", name).strip("-") or "bolang"
    return {"content-disposition": f"attachment; filename=\"bolang.{form}\"; filename*=UTF-8''{quote(plain)}.{form}"}
