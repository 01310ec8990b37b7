"""The map of the nation by classes of a value, with the official boundary lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.figures import canvas
from bolang.figures.geography import Shapes, area_path
from bolang.figures.maps import draw_nation
from bolang.foundation.text import Lang, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

_UNKNOWN = "#ffffff"


@dataclass(frozen=True, slots=True)
class ValuesMap:
    """What the map shows.

    Attributes
    ----------
    kind : ndarray of int, shape (n,)
        Class of every unit; -1 stays white.
    legend : sequence of (str, Text)
        Colour and words of every class.
    """

    shapes: Shapes
    kind: NDArray[np.int64]
    legend: Sequence[tuple[str, Text]]
    title: Text


@canvas.in_house_style
def draw_values_map(lang: Lang, data: ValuesMap) -> Drawing:
    """Fill every unit by its class."""
    from matplotlib.patches import Patch

    drawing = canvas.new_drawing(115.0)
    axes = drawing.subplots()
    draw_nation(axes, data.shapes, lang, lambda: _fill(axes, data))
    listed = [Patch(fc=color, ec=canvas.LIGHT, lw=0.4, label=words.in_(lang)) for color, words in data.legend]
    drawing.legend(handles=listed, loc="outside lower center", ncols=2, fontsize=7, title=data.title.in_(lang))
    return drawing


def _fill(axes: Axes, data: ValuesMap) -> None:
    from matplotlib.collections import PathCollection

    colors = [data.legend[kind][0] if kind >= 0 else _UNKNOWN for kind in data.kind.tolist()]
    paths = [area_path(unit) for unit in data.shapes.units]
    axes.add_collection(PathCollection(paths, facecolors=colors, edgecolors="white", linewidths=0.1), autolim=False)
