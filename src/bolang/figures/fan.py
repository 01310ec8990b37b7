"""The fan chart of a debt ratio with the line that it may not cross."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.figures import canvas
from bolang.foundation.text import Lang, Text

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing


@dataclass(frozen=True, slots=True)
class FanChart:
    """A ratio over the years ahead.

    Attributes
    ----------
    label : Text
        Name of the ratio.
    first_year : int
    quantiles : ndarray, shape (5, T + 1)
        At 5, 25, 50, 75 and 95 %, in per cent.
    line : float
        Official line, in per cent.
    stresses : tuple of (Text, ndarray)
        Paths under stress, in per cent.
    """

    label: Text
    first_year: int
    quantiles: NDArray[np.float64]
    line: float
    stresses: tuple[tuple[Text, NDArray[np.float64]], ...]


@canvas.in_house_style
def draw_fan(lang: Lang, data: FanChart) -> Drawing:
    """Draw the bands of 50 and 90 %, the median, the stress paths and the line."""
    drawing = canvas.new_drawing(68)
    axes = drawing.subplots()
    years = data.first_year + np.arange(data.quantiles.shape[1])
    low, lower, middle, upper, high = data.quantiles
    words = ("90%区间", "50%区间", "中位数") if lang == "zh" else ("90% band", "50% band", "median")
    axes.fill_between(years, low, high, color=canvas.SOFT, alpha=0.3, lw=0, label=words[0])
    axes.fill_between(years, lower, upper, color=canvas.SOFT, alpha=0.6, lw=0, label=words[1])
    axes.plot(years, middle, color=canvas.ACCENT, lw=1.6, label=words[2])
    for (label, path), dash in zip(data.stresses, ("--", "-.", ":"), strict=False):
        axes.plot(years, path, color=canvas.WARM, lw=1.1, ls=dash, label=label.in_(lang))
    limit = "警戒线" if lang == "zh" else "line"
    axes.axhline(data.line, color=canvas.HIGHLIGHT, lw=1.1, label=f"{limit} {data.line:g}%")
    axes.set_xlim(years[0], years[-1])
    axes.set_ylim(0, max(float(high.max()), data.line) * 1.12)
    axes.set_ylabel(f"{data.label.in_(lang)}（%）" if lang == "zh" else f"{data.label.in_(lang)} (%)")
    axes.grid(axis="y")
    drawing.legend(loc="outside upper center", ncols=4, columnspacing=1.0)
    return drawing
