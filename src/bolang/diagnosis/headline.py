"""The diagnosis in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from bolang.atlas.model import County
from bolang.diagnosis.result import Dimension
from bolang.foundation.text import Text

NEAR_FACTOR, NEAR_PLACES = 1.1, 2
"""Ranks within this factor and these places of each other are named together."""


def headline(county: County, dimensions: Sequence[Dimension], *, small: bool = False) -> Text:
    """Name the strongest and the weakest dimension, with their national ranks."""
    ranked = sorted(
        (d for d in dimensions if "nation" in d.standing), key=lambda d: d.standing["nation"].percentile, reverse=True
    )
    if small:
        return Text(
            f"{county.name}的普查样本太小，不排位次，不作强弱判断。",
            f"The census sample of {county.english} is too small to rank or judge it.",
        )
    if len(ranked) < 2:
        return Text(
            f"{county.name}的可用数据不足，无法形成总体判断。",
            f"There is too little data on {county.english} for an overall judgement.",
        )
    worst = ranked[-1]
    best = [d for d in ranked[:2] if d is not worst and _level(ranked[0], d)]
    zh = "和".join(f"{d.label.zh}（{_rank_zh(d)}）" for d in best)
    en = " and ".join(f"{_lower(d.label.en)} ({_rank_en(d)})" for d in best)
    return Text(
        f"{county.name}相对最强的是{zh}，最需补的是{worst.label.zh}（{_rank_zh(worst)}）。",
        f"{county.english} is strongest in {en} and most in need of {_lower(worst.label.en)} ({_rank_en(worst)}).",
    )


def _level(best: Dimension, other: Dimension) -> bool:
    """Whether two ranks are so near that naming only one would be chance."""
    first, second = best.standing["nation"].rank, other.standing["nation"].rank
    return second <= NEAR_FACTOR * first + NEAR_PLACES


def _rank_zh(dimension: Dimension) -> str:
    nation = dimension.standing["nation"]
    return f"全国第 {nation.rank}/{nation.count} 位，区间 {dimension.rank_low}—{dimension.rank_high}"


def _rank_en(dimension: Dimension) -> str:
    nation = dimension.standing["nation"]
    return f"rank {nation.rank:,} of {nation.count:,}, range {dimension.rank_low:,} to {dimension.rank_high:,}"


def _lower(label: str) -> str:
    return label[0].lower() + label[1:]
