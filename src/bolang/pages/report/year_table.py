"""Tables whose columns are years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bolang.atlas.model import Fact
from bolang.document.marks import said_once
from bolang.document.model import Cell, Column, Note, Number, Row, Table
from bolang.foundation.text import Text, same
from bolang.pages.report.facts import BLANK, notes_of, number_of

_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class YearLine:
    """One row: its label, its figures by year, and the notes that trace them."""

    label: Text
    figures: Mapping[int, Number]
    notes: tuple[Note, ...] = ()
    extra: tuple[Cell, ...] = ()

    @classmethod
    def from_facts(cls, label: Text, facts: Mapping[int, Fact], years: Iterable[int]) -> YearLine:
        """Make a row from facts of some years."""
        kept = {year: facts[year] for year in years if year in facts}
        return cls(label, {year: number_of(fact) for year, fact in kept.items()}, notes_of(kept.values()))


def best_years(series: Iterable[Iterable[int]], count: int, *, span: int = 6) -> tuple[int, ...]:
    """Return the years in which most rows have figures, within the last years; the newest year is always among them.

    Years in which a single row has a figure are left out where enough others remain.
    """
    counts = Counter(year for years in series for year in set(years))
    if not counts:
        return ()
    newest = max(counts)
    near = {year: number for year, number in counts.items() if year > newest - span}
    fuller = {year: number for year, number in near.items() if number > 1 or year == newest}
    near = fuller if len(fuller) >= _ENOUGH else near
    ordered = sorted(near, key=lambda year: (year != newest, -near[year], -year))
    return tuple(sorted(ordered[:count]))


def year_table(
    key: str,
    caption: Text,
    head: Text,
    years: Sequence[int],
    lines: Sequence[YearLine],
    source: Text,
    *,
    others: Sequence[Text] = (),
) -> Table:
    """Build the table; a row without any figure of these years is left out."""
    kept = [line for line in lines if any(year in line.figures for year in years) or line.extra]
    columns = (
        Column(head, "left"),
        *(Column(same(str(year))) for year in years),
        *(Column(label) for label in others),
    )
    rows = tuple(
        Row((line.label, *(line.figures.get(year, BLANK) for year in years), *line.extra), notes=line.notes)
        for line in kept
    )
    return said_once(Table(key, caption, columns, rows, source))
