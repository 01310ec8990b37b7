"""A page, or one table or figure of it, as a file."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from urllib.parse import quote

from starlette.responses import Response

from bolang.document.model import Document, Figure, Number, Table
from bolang.foundation.plain import cell_text
from bolang.foundation.text import Lang, same
from bolang.render.flat import anchor
from bolang.web.refusals import refuse

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
    name = document.title.in_(lang)
    if form == "csv":
        tables = [_table(document, item)] if item else list(document.tables())
        return attachment(as_csv(tables, lang), name, form)
    if item and form in ("svg", "png"):
        return attachment(_drawn(_figure(document, item), form, lang), name, form)
    if item:
        table = _table(document, item)
        document = replace(document, front=(table,), sections=(), title=table.caption, kicker=same(""))
    from bolang.render.formats import format_of, render

    return attachment(render(document, format_of(form), lang), name, form)


def attachment(content: bytes, name: str, form: str) -> Response:
    """Return bytes as a file to keep; a browser never opens it as a page of this server."""
    plain = re.sub(r"[^\w\-]+", "-", name).strip("-") or "bolang"
    headers = {"content-disposition": f"attachment; filename=\"bolang.{form}\"; filename*=UTF-8''{quote(plain)}.{form}"}
    return Response(content, media_type=MIME[form], headers=headers)


def as_csv(tables: list[Table], lang: Lang) -> bytes:
    """Write tables with a column of unit, year and status behind every number; no cell starts a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for position, table in enumerate(tables):
        if position:
            writer.writerow([])
        writer.writerow([cell_text(table.caption.in_(lang))])
        writer.writerow([cell_text(column.label.in_(lang)) for column in table.columns])
        for row in table.rows:
            writer.writerow([_value(cell, lang) for cell in row.cells])
        writer.writerow([cell_text(table.source.in_(lang))])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _value(cell: object, lang: Lang) -> str:
    if isinstance(cell, Number):
        return cell.plain(lang).replace("−", "-").replace(",", "")
    return cell_text(cell.in_(lang))  # type: ignore[attr-defined]


def _table(document: Document, item: str) -> Table:
    drawn = ((figure.key, figure.data) for figure in document.figures())
    for key, table in (*((table.key, table) for table in document.tables()), *drawn):
        if table is not None and anchor(key) == f"item-{item}":
            return table
    raise refuse("part", item=item)


def _figure(document: Document, item: str) -> Figure:
    for figure in document.figures():
        if anchor(figure.key) == f"item-{item}":
            return figure
    raise refuse("part", item=item)


def _drawn(figure: Figure, form: str, lang: Lang) -> bytes:
    from bolang.figures.canvas import png, vector

    drawing = figure.draw(lang)
    return (vector(drawing, 50e6) if form == "svg" else png(drawing, 200)).content
