"""Any table of data as a page: the answer to a query."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

from bolang.document.model import Block, Cell, Column, Document, Number, Row, Table
from bolang.foundation.text import Text, same
from bolang.foundation.units import NONE, exact_digits, number_text
from bolang.pages.short import page_of, said
from bolang.wording import load

if TYPE_CHECKING:
    import polars as pl

WORDS = load("frame")
UNGROUPED = ("year", "code")
"""Columns of whole numbers that are names rather than amounts: no separators of thousands."""


def frame_page(frame: pl.DataFrame, title: Text, *, top: int | None = None, day: date | None = None) -> Document:
    """Show a frame.

    Parameters
    ----------
    frame : polars.DataFrame
    title : Text
    top : int, optional
        Only the first rows; all of them by default.
    day : date, optional
    """
    shown = frame if top is None else frame.head(top)
    numeric = [dtype.is_numeric() for dtype in frame.schema.values()]
    columns = tuple(
        Column(same(name), "right" if n else "left") for name, n in zip(frame.columns, numeric, strict=True)
    )
    rows = tuple(
        Row(tuple(_cell(name, value) for name, value in zip(frame.columns, values, strict=True)))
        for values in shown.iter_rows()
    )
    key = "answer" if shown.height == frame.height else "answer.part"
    values = {"rows": number_text(frame.height)} | ({} if key == "answer" else {"shown": number_text(shown.height)})
    front: list[Block] = [
        said(WORDS(key, **values), role="small"),
        Table("answer", title, columns, rows, WORDS("source")),
    ]
    return page_of(title, front, day=day)


def _cell(name: str, value: object) -> Cell:
    if value is None:
        return same("–")
    if isinstance(value, bytes):
        return same(f"<{len(value)} B>")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return same(str(value))
    if isinstance(value, int) and any(part in name.lower() for part in UNGROUPED):
        return same(str(value))
    if not math.isfinite(value):
        return same(str(value))
    return Number(float(value), exact_digits(value), NONE, None, "derived", WORDS("source"))
