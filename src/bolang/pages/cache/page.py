"""What is kept of earlier computations: the place, how full it is, the entries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from bolang.document.model import Block, Column, Document, Number, Row, Table
from bolang.foundation.store import StoreEntry
from bolang.foundation.text import same
from bolang.foundation.units import NONE, number_text
from bolang.pages.short import page_of, said
from bolang.wording import load

WORDS = load("cache")
MEGABYTE = 1e6


def cache_page(entries: Sequence[StoreEntry], location: Path, limit: float, day: date | None = None) -> Document:
    """List what is kept.

    Parameters
    ----------
    entries : sequence of StoreEntry
        Those used last first.
    location : Path
    limit : float
        Bytes that are kept at most.
    day : date, optional
    """
    total = sum(entry.size for entry in entries) / MEGABYTE
    size, most = number_text(total), number_text(limit / MEGABYTE)
    front: list[Block] = [said(WORDS("answer", count=len(entries), size=size, limit=most), role="answer")]
    if entries:
        columns = (
            Column(WORDS("column.name"), "left"),
            Column(WORDS("column.size")),
            Column(WORDS("column.used"), "left"),
        )
        rows = tuple(
            Row(
                (
                    same(entry.name),
                    Number(entry.size / MEGABYTE, 1, NONE, None, "derived", WORDS("source")),
                    same(datetime.fromtimestamp(entry.used).strftime("%Y-%m-%d %H:%M")),
                ),
                key=str(number),
            )
            for number, entry in enumerate(entries, 1)
        )
        front.append(Table("entries", WORDS("caption"), columns, rows, WORDS("source")))
    front.append(said(WORDS("where", path=str(location)), role="small"))
    return page_of(WORDS("title"), front, day=day)
