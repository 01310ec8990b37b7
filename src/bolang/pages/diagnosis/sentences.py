"""Sentences about readings and dimensions, in both languages, from the same numbers."""

from __future__ import annotations

from bolang.atlas.model import County
from bolang.atlas.romanize import place
from bolang.diagnosis.result import Dimension, Reading, Standing
from bolang.foundation.judgement import STRONG, WEAK
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import number_text
from bolang.pages.diagnosis.figures import apart, grouped, inside, quantity, share
from bolang.wording import load

WORDS = load("diagnosis")
OUTSTANDING, MIDDLE, CLEARLY_WEAK = 90, 50, 10


def reading_sentence(reading: Reading, county: County) -> Text:
    """Say what a reading is, how it compares, how it moved, and what that means."""
    if reading.value is None:
        return WORDS("reading.missing", label=reading.label)
    parts = [_level(reading, reading.value)]
    nation = reading.standing.get("nation")
    if nation is not None:
        parts.append(_comparison(reading, county, nation))
    if reading.earlier is not None:
        parts.append(_change(reading, reading.value, reading.earlier))
    if nation is not None and nation.percentile >= STRONG:
        parts.append(WORDS(f"strong.{reading.key}"))
    elif nation is not None and nation.percentile <= WEAK:
        parts.append(WORDS(f"weak.{reading.key}"))
    return join(parts)


def _level(reading: Reading, value: float) -> Text:
    mark = apart(WORDS("reading.estimated")) if reading.status == "estimated" else same("")
    spread = same("")
    if reading.low is not None and reading.high is not None:
        low, high = (number_text(bound, reading.digits) for bound in (reading.low, reading.high))
        spread = apart(WORDS("reading.interval", low=low, high=high))
    amount = quantity(value, reading.digits, reading.unit)
    return WORDS("reading.level", label=reading.label, year=reading.year, amount=amount, mark=mark, spread=spread)


def _comparison(reading: Reading, county: County, nation: Standing) -> Text:
    own = reading.standing.get("province")
    province = same("")
    if own is not None:
        province = WORDS("reading.in_province", province=place(county.province), rank=own.rank, count=own.count)
    key = "reading.higher" if reading.direction > 0 else "reading.lower"
    return WORDS(key, share=share(nation.percentile), province=province, count=grouped(nation.count))


def _change(reading: Reading, value: float, before: float) -> Text:
    assert reading.earlier_year is not None
    if number_text(before, reading.digits) == number_text(value, reading.digits):
        return WORDS("reading.same", year=reading.earlier_year)
    key = "reading.rose" if value > before else "reading.fell"
    return WORDS(key, year=reading.earlier_year, before=quantity(before, reading.digits, reading.unit))


def verdict(dimension: Dimension) -> Text:
    """Say how a dimension stands, on what it rests, and how sure the rank is."""
    nation, low, high = dimension.standing.get("nation"), dimension.rank_low, dimension.rank_high
    if dimension.index is None or nation is None or low is None or high is None:
        return WORDS("verdict.none", dimension=dimension.label)
    parts = [
        WORDS(
            "verdict.index",
            dimension=dimension.label,
            level=WORDS(_level_word(nation.percentile)),
            index=number_text(dimension.index),
            rank=nation.rank,
            count=grouped(nation.count),
            low=grouped(low),
            high=grouped(high),
        )
    ]
    ranked = sorted(
        (r for r in dimension.readings if "nation" in r.standing), key=lambda r: r.standing["nation"].percentile
    )
    best, worst = ranked[-1], ranked[0]
    if best is not worst:
        parts.append(
            WORDS(
                "verdict.parts",
                best=inside(best.label),
                best_share=share(best.standing["nation"].percentile),
                worst=inside(worst.label),
                worst_share=share(worst.standing["nation"].percentile),
            )
        )
    missing = [inside(r.label) for r in dimension.readings if r.value is None]
    if missing:
        parts.append(WORDS("verdict.missing", parts=join(missing, "、", ", ")))
    return join(parts)


def _level_word(percentile: float) -> str:
    if percentile >= OUTSTANDING:
        return "level.outstanding"
    if percentile >= STRONG:
        return "level.strong"
    if percentile > MIDDLE:
        return "level.above"
    if percentile > WEAK:
        return "level.below"
    return "level.weak" if percentile > CLEARLY_WEAK else "level.clearly_weak"
