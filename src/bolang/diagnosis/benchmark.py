"""Distance to a benchmark county (Yiwu, unless the user names another) on every dimension."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bolang.atlas.model import County
from bolang.diagnosis.panel import DimensionPanel
from bolang.diagnosis.result import BenchmarkLine
from bolang.diagnosis.sentences import number
from bolang.foundation.text import Text

YIWU = "330782"

CLOSE = 3.0
"""Index points within which two counties are called level."""


def benchmark_lines(
    dimensions: Sequence[DimensionPanel], county: County, benchmark: County
) -> tuple[BenchmarkLine, ...]:
    """Compare the index of every dimension with that of the benchmark."""
    return tuple(_line(panel, county, benchmark) for panel in dimensions)


def _line(panel: DimensionPanel, county: County, benchmark: County) -> BenchmarkLine:
    own, other = float(panel.score[county.index]), float(panel.score[benchmark.index])
    label = panel.spec.label
    if np.isnan(own) or np.isnan(other):
        text = label + Text("：数据不足，无法比较。", ": too little data to compare.")
        return BenchmarkLine(panel.spec.key, label, _known(own), _known(other), text)
    if county.index == benchmark.index:
        text = Text(
            f"{label.zh}：指数 {own:.0f}，本县即对标县。", f"{label.en}: index {own:.0f}; this is the benchmark."
        )
        return BenchmarkLine(panel.spec.key, label, own, other, text)
    gap = own - other
    if abs(gap) < CLOSE:
        relation = Text("基本持平", "level with it")
    elif gap > 0:
        relation = Text(f"高 {number(gap, 0)} 点", f"{number(gap, 0)} points above it")
    else:
        relation = Text(f"低 {number(-gap, 0)} 点", f"{number(-gap, 0)} points below it")
    widest = _widest_part(panel, county, benchmark)
    text = Text(
        f"{label.zh}：指数 {own:.0f}，{benchmark.name} {other:.0f}，{relation.zh}；差距最大的部分是{widest.zh}。",
        f"{label.en}: index {own:.0f} against {other:.0f} in {benchmark.english}, {relation.en}; "
        f"the widest gap is in {widest.en}.",
    )
    return BenchmarkLine(panel.spec.key, label, own, other, text)


def _widest_part(panel: DimensionPanel, county: County, benchmark: County) -> Text:
    def gap(part: int) -> float:
        percentile = panel.indicators[part].standings["nation"].percentile
        difference = float(percentile[county.index] - percentile[benchmark.index])
        return abs(difference) if not np.isnan(difference) else -1.0

    return panel.indicators[max(range(len(panel.indicators)), key=gap)].indicator.label


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value
