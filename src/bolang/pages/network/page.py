"""What a change of the transport network does to the freight costs of the counties: how many pay less or more, who most."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from bolang.atlas import Atlas
from bolang.atlas.romanize import place
from bolang.document.model import Block, Column, Document, Number, Row, Table
from bolang.foundation.text import Text
from bolang.foundation.units import NONE, exact_text, number_text
from bolang.pages.network.edits import edit_text
from bolang.pages.short import page_of, said
from bolang.space import CostChange
from bolang.wording import load

WORDS = load("network")
CHANGED_PERCENT = 1e-6
"""Less is rounding, not a change."""
SHOWN_PERCENT = 0.01
"""Smaller changes of the mean are counted and not listed."""
Floats = NDArray[np.float64]


def network_page(atlas: Atlas, change: CostChange, top: int, day: date | None = None) -> Document:
    """Write what edits of the network do.

    Parameters
    ----------
    atlas : Atlas
    change : CostChange
    top : int
        How many counties to list.
    day : date, optional
    """
    parts = (
        ("domestic", change.domestic_percent, change.domestic_before),
        ("foreign", change.foreign_percent, change.foreign_before),
    )
    answer = [_count(key, percent) for key, percent, _ in parts]
    front: list[Block] = [
        said(*answer, role="answer"),
        *(said(edit_text(edit), role="bullet") for edit in change.edits),
    ]
    for key, percent, before in parts:
        shown = np.flatnonzero(np.abs(percent) >= SHOWN_PERCENT)
        if len(shown):
            order = shown[np.argsort(-np.abs(percent[shown]))][:top]
            front.append(_table(atlas, key, order, percent, before))
    return page_of(WORDS("title"), front, day=day)


def _count(key: str, percent: Floats) -> Text:
    """Say how many counties pay less and more, and for how many it matters."""
    less, more = int((percent < -CHANGED_PERCENT).sum()), int((percent > CHANGED_PERCENT).sum())
    if not less + more:
        return WORDS(f"none.{key}")
    clear = int((np.abs(percent) >= SHOWN_PERCENT).sum())
    return WORDS(
        f"answer.{key}",
        less=number_text(less),
        more=number_text(more),
        clear=number_text(clear),
        line=exact_text(SHOWN_PERCENT),
    )


def _table(atlas: Atlas, key: str, rows: NDArray[np.int64], percent: Floats, before: Floats) -> Table:
    columns = (
        Column(WORDS("column.county"), "left"),
        Column(WORDS("column.before")),
        Column(WORDS("column.after")),
        Column(WORDS("column.change")),
    )
    source = WORDS("source")
    made = []
    for row in rows:
        after = before[row] * (1 + percent[row] / 100)
        county = atlas.counties[row]
        numbers = ((before[row], 1, False), (after, 1, False), (percent[row], 2, True))
        cells = (
            Number(float(v), digits, NONE, None, "derived", source, signed=signed) for v, digits, signed in numbers
        )
        made.append(Row((place(county.full_name), *cells), key=county.code))
    return Table(key, WORDS(f"caption.{key}"), columns, tuple(made), source)
