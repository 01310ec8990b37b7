"""The user's own tables where they belong: platforms and bonds under debt, firms and parks under industry."""

from __future__ import annotations

from collections.abc import Iterable

from bolang.document.model import Block, Cell, Column, Number, Row, Table
from bolang.foundation.text import join, same
from bolang.foundation.units import Unit
from bolang.intake.user_tables import KINDS, UserRow, rows_of
from bolang.pages.report.context import Context
from bolang.pages.report.facts import BLANK
from bolang.wording import load

WORDS = load("user_tables")
_YI_TO_WAN = 1e4


def tables(context: Context, kinds: Iterable[str]) -> list[Block]:
    """Return the tables of some kinds that the user has brought."""
    return [table(kind, found) for kind in kinds if (found := rows_of(context.atlas, context.county, kind))]


def table(kind: str, found: tuple[UserRow, ...]) -> Table:
    """Set out one table; columns that no row fills are left out."""
    fields = [field for field in KINDS[kind].fields if any(field.key in row.values for row in found)]
    columns = tuple(
        Column(
            WORDS(f"head.{kind}.{field.key}"),
            "left" if field.holds == "text" else "right",
        )
        for field in fields
    )
    rows = tuple(Row(tuple(_cell(row, field.key) for field in fields)) for row in found)
    files = join([same(file) for file in dict.fromkeys(row.file for row in found)], "、", ", ")
    return Table(
        f"user-{kind}", WORDS("caption", table=WORDS(f"kind.{kind}")), columns, rows, WORDS("source", files=files)
    )


def platform_debt(context: Context) -> float | None:
    """Return the platforms' interest-bearing debt in 万元, None where the user has brought none."""
    found = rows_of(context.atlas, context.county, "platforms")
    return sum(float(row.values["debt"]) for row in found) * _YI_TO_WAN if found else None


def _cell(row: UserRow, key: str) -> Cell:
    value = row.values.get(key)
    if value is None:
        return BLANK
    if isinstance(value, str) or key.endswith("year") or key in {"due", "start", "end"}:
        return same(str(value))
    digits = next((d for d in range(3) if round(value, d) == value), 2)
    head = next(field.head for field in KINDS[row.kind].fields if field.key == key)
    unit = head.partition("（")[2].removesuffix("）")
    return Number(float(value), digits, Unit(same(unit)), _year(row))


def _year(row: UserRow) -> int | None:
    year = next((row.values[key] for key in ("year", "due", "end", "start") if key in row.values), None)
    return None if year is None else int(year)
