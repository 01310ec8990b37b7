"""Distance to a benchmark county (Yiwu, unless the user names another) on every dimension."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bolang.atlas.model import County
from bolang.diagnosis.panel import DimensionPanel
from bolang.diagnosis.result import BenchmarkLine
from bolang.foundation.text import Text

YIWU = "330782"


def benchmark_lines(
    dimensions: Sequence[DimensionPanel], county: County, benchmark: County
) -> tuple[BenchmarkLine, ...]:
    """Compare the index of every dimension with that of the benchmark."""
    return tuple(_line(panel, county, benchmark) for panel in dimensions)


def _line(panel: DimensionPanel, county: County, benchmark: County) -> BenchmarkLine:
    own, other = float(panel.score[county.index]), float(panel.score[benchmark.index])
    return BenchmarkLine(
        panel.spec.key, panel.spec.label, _known(own), _known(other), _widest_part(panel, county, benchmark)
    )


def _widest_part(panel: DimensionPanel, county: County, benchmark: County) -> Text:
    def gap(part: int) -> float:
        percentile = panel.indicators[part].standings["nation"].percentile
        difference = float(percentile[county.index] - percentile[benchmark.index])
        return abs(difference) if not np.isnan(difference) else -1.0

    return panel.indicators[max(range(len(panel.indicators)), key=gap)].indicator.label


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value
