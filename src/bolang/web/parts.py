"""One table or figure of a page as a file: for a spreadsheet, or as a picture."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

from bolang.document.model import Document, Figure, Number, Table
from bolang.foundation.plain import cell_text
from bolang.foundation.text import Lang, same
from bolang.foundation.units import exact_digits
from bolang.render.flat import anchor
from bolang.web.refusals import refuse

NUMBERS, PICTURES = ("csv", "xlsx"), ("svg", "png")
"""Formats of a table, and of a figure; a figure that holds its numbers has both."""
DPI = 200
LARGEST_SVG = 50e6


def item_of(key: str) -> str:
    """Return the name of a table or figure in an address."""
    return anchor(key).removeprefix("item-")


def forms_of(document: Document, item: str) -> tuple[str, ...]:
    """Return the formats in which a table or figure is taken away."""
    figure = _figure(document, item)
    if figure is None:
        return NUMBERS
    return PICTURES if figure.data is None else (*PICTURES, *NUMBERS)


def every_part(document: Document, lang: Lang) -> Iterator[tuple[str, bytes]]:
    """Write every table and figure in every one of its formats: name of the file, and content."""
    keys = [*(table.key for table in document.tables()), *(figure.key for figure in document.figures())]
    for item in dict.fromkeys(map(item_of, keys)):
        for form in forms_of(document, item):
            yield f"{item}.{form}", part(document, item, form, lang)


def part(document: Document, item: str, form: str, lang: Lang) -> bytes:
    """Write one table or figure as a file.

    Raises
    ------
    BadInputError
        If there is no such part, or it has no such format.
    """
    if form in PICTURES:
        figure = _figure(document, item)
        if figure is None:
            raise refuse("part", item=item)
        return _drawn(figure, form, lang)
    table = _table(document, item)
    if form == "csv":
        return as_csv([table], lang)
    from bolang.render.formats import format_of, render

    alone = replace(document, front=(table,), sections=(), title=table.caption, kicker=same(""))
    return render(alone, format_of(form), lang)


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
        return _published(cell, lang).plain(lang).replace("−", "-").replace(",", "")
    return cell_text(cell.in_(lang))  # type: ignore[attr-defined]


def _published(number: Number, lang: Lang) -> Number:
    """Return a published figure with all its digits: a page rounds it for the eye, a file is reckoned with."""
    shown = number.shown(lang)
    if shown is None or number.status != "measured":
        return number
    digits = number.digits + max(0, exact_digits(shown) - number.digits_in(lang))
    return replace(number, digits=digits)


def _table(document: Document, item: str) -> Table:
    drawn = ((figure.key, figure.data) for figure in document.figures())
    for key, table in (*((table.key, table) for table in document.tables()), *drawn):
        if table is not None and item_of(key) == item:
            return table
    raise refuse("part", item=item)


def _figure(document: Document, item: str) -> Figure | None:
    return next((figure for figure in document.figures() if item_of(figure.key) == item), None)


def _drawn(figure: Figure, form: str, lang: Lang) -> bytes:
    from bolang.figures.canvas import png, vector

    drawing = figure.draw(lang)
    return (vector(drawing, LARGEST_SVG) if form == "svg" else png(drawing, DPI)).content
