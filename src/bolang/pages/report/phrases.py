"""Phrases in both languages that every section uses: ranks, gaps, lists, readings as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bolang.diagnosis.result import Dimension, Reading, Standing
from bolang.document.model import Note, Number, Paragraph, Sentence
from bolang.foundation.judgement import level_of
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import Unit, number_text
from bolang.wording import load

FULL_STOP = Text("。", ".")
LEVELS = load("levels")


def say(zh: str, en: str, *notes: Note) -> Sentence:
    """Make a sentence from its two versions and the notes that trace it."""
    return Sentence(Text(zh, en), notes)


def tell(text: Text, *notes: Note) -> Sentence:
    """Make a sentence from a text that already exists."""
    return Sentence(text, notes)


def paragraph(*sentences: Sentence | None, lead: Text | None = None, bullet: bool = False) -> Paragraph:
    """Join sentences to a paragraph, leaving out those that do not apply."""
    return Paragraph(tuple(s for s in sentences if s is not None), lead, "bullet" if bullet else "body")


def listed(parts: Iterable[Text]) -> Text:
    """Join names as ``甲、乙和丙`` and ``A, B and C``; names that hold a 和 themselves are joined by 与."""
    items = list(parts)
    if len(items) < 2:
        return items[0] if items else same("")
    last = "与" if any("和" in item.zh for item in items) else "和"
    return join(items[:-1], "、", ", ") + Text(last, " and ") + items[-1]


def lower(text: Text) -> Text:
    """Lower the first letter of an English name inside a sentence, except of abbreviations and proper names."""
    first = text.en.split(" ", 1)[0]
    if first.isupper() or first in {"Taobao", "Yiwu", "Chinese", "China"}:
        return text
    return Text(text.zh, text.en[:1].lower() + text.en[1:])


def ordinal(number: int) -> str:
    """Write 1st, 2nd, 3rd, 11th.

    Examples
    --------
    >>> ordinal(22)
    '22nd'
    """
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def ranked(standing: Standing, group: Text) -> Text:
    """Say ``居浙江省90个单元第3位`` and ``3rd of 90 units in ...``."""
    return Text(
        f"居{group.zh}{standing.count}个单元第{standing.rank}位",
        f"{ordinal(standing.rank)} of {standing.count:,} units in {group.en}",
    )


def rank_cell(standing: Standing | None) -> Text:
    """Write a rank as ``3/90`` for a table."""
    return Text("—", "–") if standing is None else same(f"{standing.rank}/{standing.count}")


def percent(value: float, digits: int = 1, *, signed: bool = False) -> str:
    """Write a percentage with its sign."""
    return number_text(value, digits, signed=signed) + "%"


def points(gap: float, name: str) -> Text:
    """Say how many percentage points a rate lies above or below that of a place."""
    if abs(gap) < 0.05:
        return Text(f"与{name}持平", f"level with {name}")
    size = number_text(abs(gap), 1)
    if gap > 0:
        return Text(f"高于{name}{size}个百分点", f"{size} percentage points above {name}")
    return Text(f"低于{name}{size}个百分点", f"{size} percentage points below {name}")


def reading_unit(reading: Reading) -> Unit:
    """Return the unit of a reading for numbers."""
    english = reading.unit.en
    return Unit(Text(reading.unit.zh, english if english in {"", "%"} else f" {english}"))


def reading_number(reading: Reading) -> Number:
    """Return the value of a reading with its interval and status."""
    return Number(
        reading.value,
        reading.digits,
        reading_unit(reading),
        reading.year,
        "derived" if reading.status == "measured" else reading.status,
        same(reading.source),
        reading.low,
        reading.high,
    )


def with_interval(reading: Reading) -> Text:
    """Write ``2.01（95%区间1.99～2.02）``; a missing reading says so."""
    number = reading_number(reading)
    if reading.value is None or reading.low is None or reading.high is None:
        return number.text
    low, high = (number_text(bound, reading.digits) for bound in (reading.low, reading.high))
    return number.text + Text(f"（95%区间{low}～{high}）", f" (95% interval {low} to {high})")


def level(percentile: float) -> Text:
    """Name a national percentile in words."""
    return LEVELS(f"level.{level_of(percentile)}")


def percentile_text(percentile: float) -> str:
    """Write a percentile so that it never claims to beat everybody or nobody."""
    if percentile > 99.9:
        return "99.9"
    if percentile < 0.1:
        return "0.1"
    return f"{percentile:.1f}" if percentile > 99 or percentile < 1 else f"{percentile:.0f}"


def chance_text(share: float) -> str:
    """Write a probability in per cent so that it never claims certainty.

    Examples
    --------
    >>> chance_text(0.9993), chance_text(0.62)
    ('>99%', '62%')
    """
    return ">99%" if share > 0.995 else f"{100 * share:.0f}%"


def strongest(dimensions: Sequence[Dimension]) -> list[Dimension]:
    """Order dimensions from the strongest to the weakest in the nation; those without a judgement are left out."""
    judged = [d for d in dimensions if "nation" in d.standing]
    return sorted(judged, key=lambda d: d.standing["nation"].percentile, reverse=True)


def telling(dimension: Dimension, count: int, *, strong: bool) -> list[Reading]:
    """Pick the readings that carry a judgement: the best (or the worst) of the dimension in the nation."""
    judged = [r for r in dimension.readings if r.value is not None and "nation" in r.standing]
    judged.sort(key=lambda r: r.standing["nation"].percentile, reverse=strong)
    return judged[:count]
