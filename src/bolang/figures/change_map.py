"""The map of who gains and who loses when one county acts or a shock arrives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bolang.figures import canvas
from bolang.figures.geography import Shapes, area_path
from bolang.figures.maps import color_units, draw_nation, draw_outlines, in_frame, own_outline, prepare
from bolang.foundation.text import Lang, Text
from bolang.foundation.units import exact_text
from bolang.wording import load

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

WORDS = load("figures")

_GAINS = ("#dbe5ef", "#86acd0", "#1f4e79")
_LOSSES = ("#f5dfd0", "#dd9a6b", "#b5482f")
_NEUTRAL = "#f7f8f9"
_QUANTILES = (0.5, 0.8, 0.95)
_HALF_KM = (430.0, 330.0)
_MOST_NAMES = 12
_SMALLEST = 0.0005
"""Per cent below which a change is not told from none."""
_NATIONAL_DETAIL_KM = 4.0
_KEY_LENGTH = 85
"""Characters of all classes that fit on one line of the key."""
_NAME_GAP_KM = (70.0, 22.0)


@dataclass(frozen=True, slots=True)
class ChangeMap:
    """What the map shows.

    Attributes
    ----------
    change : ndarray, shape (n,)
        Change of every unit in per cent; NaN stays pale.
    centers : ndarray, shape (n, 2)
        Seats in projected kilometres.
    own, name
        Row and name of the county that acts.
    named : sequence of (int, Text)
        Other rows to name, the most telling first.
    """

    shapes: Shapes
    change: NDArray[np.float64]
    centers: NDArray[np.float64]
    own: int
    name: Text
    named: Sequence[tuple[int, Text]]


def bounds_of(change: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return three rounded class bounds for the size of a change, from its spread.

    Examples
    --------
    >>> bounds_of(np.array([0.0, 0.011, -0.018, 0.05, 0.3]))
    (0.05, 0.2, 0.4)
    """
    size = np.abs(change[np.isfinite(change) & (change != 0)])
    if not size.size:
        return 0.001, 0.01, 0.1
    first, second, third = (_nice(max(float(q), _SMALLEST)) for q in np.quantile(size, _QUANTILES))
    second = second if second > first else 2 * first
    return first, second, third if third > second else 2 * second


def _nice(value: float) -> float:
    """Round to 1, 2 or 5 times a power of ten."""
    power = 10.0 ** np.floor(np.log10(value))
    step = min((1.0, 2.0, 5.0, 10.0), key=lambda s: abs(np.log(s * power / value)))
    return float(f"{step * power:.6g}")


@canvas.in_house_style
def draw_change_map(lang: Lang, data: ChangeMap) -> Drawing:
    """Fill the neighbourhood by gain and loss, and name the county and those that gain or lose most."""
    x, y = data.centers[data.own]
    frame = (x - _HALF_KM[0], y - _HALF_KM[1], x + _HALF_KM[0], y + _HALF_KM[1])
    drawing = canvas.new_drawing(118.0)
    axes = drawing.subplots()
    prepare(axes, frame)
    rows = np.flatnonzero(in_frame(data.shapes.bounds, frame))
    bounds = bounds_of(data.change[rows])
    color_units(axes, data.shapes, rows, [_fill(float(data.change[row]), bounds) for row in rows])
    draw_outlines(axes, data.shapes, frame)
    own_outline(axes, data.shapes, data.own)
    _names(axes, data, frame, lang)
    _key(drawing, bounds, lang)
    return drawing


@canvas.in_house_style
def draw_national_change_map(lang: Lang, data: ChangeMap) -> Drawing:
    """Fill the whole nation by gain and loss, for what moves counties everywhere."""
    import shapely
    from matplotlib.collections import PathCollection

    drawing = canvas.new_drawing(118.0)
    axes = drawing.subplots()
    bounds = bounds_of(data.change)
    coarse = shapely.coverage_simplify(data.shapes.units, _NATIONAL_DETAIL_KM)

    def fill() -> None:
        colors = [_fill(float(change), bounds) for change in data.change]
        paths = [area_path(unit) for unit in coarse]
        axes.add_collection(PathCollection(paths, facecolors=colors, edgecolors="white", linewidths=0.1), autolim=False)

    draw_nation(axes, data.shapes, lang, fill)
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    _names(axes, data, (west, south, east, north), lang, gap=(230.0, 75.0))
    _key(drawing, bounds, lang)
    return drawing


def _fill(change: float, bounds: tuple[float, float, float]) -> str:
    if np.isnan(change) or abs(change) < bounds[0]:
        return _NEUTRAL
    shade = int(np.searchsorted(bounds, abs(change), side="right")) - 1
    return (_GAINS if change > 0 else _LOSSES)[shade]


def _names(
    axes: Axes,
    data: ChangeMap,
    frame: tuple[float, float, float, float],
    lang: Lang,
    gap: tuple[float, float] = _NAME_GAP_KM,
) -> None:
    """Name the county, then others as long as no two names meet."""
    from matplotlib.patheffects import withStroke

    taken: list[tuple[float, float]] = []
    for row, name in [(data.own, data.name), *data.named]:
        x, y = data.centers[row]
        inside = frame[0] < x < frame[2] and frame[1] < y < frame[3]
        if not inside or len(taken) > _MOST_NAMES or any(abs(x - a) < gap[0] and abs(y - b) < gap[1] for a, b in taken):
            continue
        taken.append((float(x), float(y)))
        color = canvas.HIGHLIGHT if row == data.own else canvas.INK
        axes.plot(x, y, "o", ms=2.5, color=color, mec="white", mew=0.5)
        axes.annotate(
            name.in_(lang),
            (x, y),
            (3, 3),
            textcoords="offset points",
            fontsize=8 if row == data.own else 6.5,
            color=color,
            path_effects=[withStroke(linewidth=1.6, foreground="white")],
            annotation_clip=True,
        )


def _key(drawing: Drawing, bounds: tuple[float, float, float], lang: Lang) -> None:
    from matplotlib.patches import Patch

    def text(sign: str, low: float, high: float | None) -> str:
        return (
            f"{sign}{exact_text(low)}%"
            + ("" if high is None else f"–{exact_text(high)}%")
            + ("" if high is not None else "+")
        )

    steps = list(zip(bounds, (*bounds[1:], None), strict=True))
    labels = [(f, text("−", low, high)) for f, (low, high) in zip(_LOSSES, steps, strict=True)][::-1]
    labels.append((_NEUTRAL, WORDS("change.neutral", bound=exact_text(bounds[0])).in_(lang)))
    labels += [(f, text("+", low, high)) for f, (low, high) in zip(_GAINS, steps, strict=True)]
    columns = len(labels) if sum(len(label) for _, label in labels) < _KEY_LENGTH else 4
    fills: list[Any] = [Patch(fc=fill, ec=canvas.LIGHT, lw=0.4, label=label) for fill, label in labels]
    drawing.legend(handles=fills, loc="outside upper center", ncols=columns, columnspacing=0.9, fontsize=6.5)
