"""The single lines that an import or its undoing says."""

from __future__ import annotations

from collections.abc import Sequence

from bolang.atlas.romanize import place
from bolang.foundation.text import Text
from bolang.intake import Batch
from bolang.wording import load

WORDS = load("intake")
_TABLES = load("user_tables")


def said(key: str, **values: str | int | Text) -> Text:
    """Return one of the lines of ``say.*``."""
    return WORDS(f"say.{key}", **values)


def saved_text(batches: Sequence[Batch]) -> Text:
    """Return what was saved and how to take it back."""
    return said("saved", figures=sum(batch.figures for batch in batches), numbers=numbers_of(batches))


def table_saved_text(kind: str, batches: Sequence[Batch]) -> list[Text]:
    """Return what was saved of a user table, a line a county, the last with how to take all of it back."""
    table, last = _TABLES(f"kind.{kind}"), batches[-1]
    lines = [said("rows", table=table, count=b.figures, county=county_of(b)) for b in batches]
    return [*lines, said("undo", numbers=numbers_of(batches), county=county_of(last))]


def undone_text(batches: Sequence[Batch]) -> Text:
    """Return what was taken back."""
    files = batches[0].file if len(batches) == 1 else f"{batches[0].file} … {batches[-1].file}"
    return said("undone", numbers=numbers_of(batches), files=files, figures=sum(batch.figures for batch in batches))


def county_of(batch: Batch) -> Text:
    """Return the county of an import; a table of several has none of its own."""
    return place(batch.county) if batch.county else WORDS("several")


def numbers_of(batches: Sequence[Batch]) -> str:
    """Return the numbers of imports as ``bolang workspace undo`` takes them: 3, or 3-27."""
    first, last = batches[0].batch, batches[-1].batch
    return str(first) if first == last else f"{first}-{last}"
