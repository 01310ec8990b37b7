"""The map of the nation by type of county, with the official boundary lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bolang.figures import canvas
from bolang.figures.geography import Shapes, area_path
from bolang.figures.maps import draw_nation
from bolang.foundation.text import Lang, Text
from bolang.foundation.units import number_text
from bolang.wording import load

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

WORDS = load("figures")
FILLS = ("#1f4e79", "#7fa3c7", "#e0a36f", "#f3dfc4")
"""Colours of the types, in the order of their keys."""
_UNKNOWN = "#ffffff"
UNSURE = 0.6
"""Probability of a unit's own type below which it is drawn fainter."""
_FAINT = 0.55


@dataclass(frozen=True, slots=True)
class TypeMap:
    """What the map shows.

    Attributes
    ----------
    kinds : ndarray of int, shape (n,)
        Type of every unit by its place in `labels`; -1 where it is unknown.
    certainty : ndarray, shape (n,)
        Probability of that type.
    labels : sequence of Text
    counts : sequence of int
        Units of each type.
    """

    shapes: Shapes
    kinds: NDArray[np.int64]
    certainty: NDArray[np.float64]
    labels: Sequence[Text]
    counts: Sequence[int]


@canvas.in_house_style
def draw_type_map(lang: Lang, data: TypeMap) -> Drawing:
    """Fill every unit by its type, units of doubtful type fainter, and count the types in the key."""
    drawing = canvas.new_drawing(115.0)
    axes = drawing.subplots()
    draw_nation(axes, data.shapes, lang, lambda: _fill(axes, data))
    _key(drawing, lang, data)
    return drawing


def _fill(axes: Axes, data: TypeMap) -> None:
    from matplotlib.collections import PathCollection
    from matplotlib.colors import to_rgba

    faint: Mapping[bool, float] = {True: _FAINT, False: 1.0}
    colors = [
        to_rgba(FILLS[kind], faint[bool(sure < UNSURE)]) if kind >= 0 else to_rgba(_UNKNOWN)
        for kind, sure in zip(data.kinds.tolist(), data.certainty.tolist(), strict=True)
    ]
    paths = [area_path(unit) for unit in data.shapes.units]
    axes.add_collection(PathCollection(paths, facecolors=colors, edgecolors="white", linewidths=0.1), autolim=False)


def _key(drawing: Drawing, lang: Lang, data: TypeMap) -> None:
    from matplotlib.patches import Patch

    listed: list[Any] = [
        Patch(fc=color, ec=canvas.LIGHT, lw=0.4, label=f"{label.in_(lang)} {number_text(count)}")
        for color, label, count in zip(FILLS, data.labels, data.counts, strict=True)
    ]
    title = WORDS("types.fainter", share=number_text(UNSURE * 100)).in_(lang)
    drawing.legend(handles=listed, loc="outside lower center", ncols=2, fontsize=7.5, title=title, title_fontsize=6.5)
