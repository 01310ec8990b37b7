"""The diagnosis in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from bolang.atlas.model import County
from bolang.diagnosis.result import Dimension
from bolang.foundation.text import Text


def headline(county: County, dimensions: Sequence[Dimension]) -> Text:
    """Name the strongest and the weakest dimension, with their national ranks."""
    ranked = sorted(
        (d for d in dimensions if "nation" in d.standing), key=lambda d: d.standing["nation"].percentile, reverse=True
    )
    if len(ranked) < 2:
        return Text(
            f"{county.name}的可用数据不足，无法形成总体判断。",
            f"There is too little data on {county.name} for an overall judgement.",
        )
    best, worst = ranked[0], ranked[-1]
    return Text(
        f"{county.name}相对最强的是{best.label.zh}（{_rank_zh(best)}），最需补的是{worst.label.zh}（{_rank_zh(worst)}）。",
        f"{county.name} is strongest in {_lower(best.label.en)} ({_rank_en(best)}) "
        f"and most in need of {_lower(worst.label.en)} ({_rank_en(worst)}).",
    )


def _rank_zh(dimension: Dimension) -> str:
    nation = dimension.standing["nation"]
    return f"全国第 {nation.rank}/{nation.count} 位，区间 {dimension.rank_low}—{dimension.rank_high}"


def _rank_en(dimension: Dimension) -> str:
    nation = dimension.standing["nation"]
    return f"rank {nation.rank:,} of {nation.count:,}, range {dimension.rank_low:,} to {dimension.rank_high:,}"


def _lower(label: str) -> str:
    return label[0].lower() + label[1:]
