"""From a drawing to an image: the house style, and SVG or PNG that depend on the drawing alone."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from bolang.figures.fonts import sans_path

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

P = ParamSpec("P")
R = TypeVar("R")

INK = "#1f2933"
GREY = "#8a949e"
LIGHT = "#d5dbe1"
PALE = "#eef1f4"
ACCENT = "#1f4e79"
HIGHLIGHT = "#b5482f"
WARM = "#dd9a6b"
FULL_MM = 160.0
_INCH = 25.4
_LARGEST_SVG = 1_200_000

_FONT = "bolang sans"
_STYLE: dict[str, Any] = {
    "font.family": _FONT,
    "font.size": 8,
    "axes.unicode_minus": True,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.6,
    "axes.titlesize": 8.5,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": LIGHT,
    "grid.linewidth": 0.4,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.width": 0.5,
    "ytick.major.width": 0.5,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "legend.frameon": False,
    "legend.fontsize": 7.5,
    "lines.linewidth": 1.3,
    "patch.linewidth": 0.4,
    "svg.fonttype": "path",
    "svg.hashsalt": "bolang",
    "figure.dpi": 100,
    "mathtext.fontset": "dejavusans",
}


@dataclass(frozen=True, slots=True)
class Image:
    """A finished image and its size on paper in millimetres."""

    content: bytes
    kind: str
    width_mm: float
    height_mm: float


@cache
def _register_font() -> None:
    """Make the font known under a name of its own, so that no font of the machine is taken in its place."""
    from matplotlib import font_manager

    manager = font_manager.fontManager
    manager.addfont(str(sans_path()))
    manager.ttflist[-1] = replace(manager.ttflist[-1], name=_FONT)


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the house style; the reader's own matplotlib settings are left alone."""
    import matplotlib as mpl

    _register_font()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(cast(Any, _STYLE))
        yield


def new_drawing(height_mm: float, width_mm: float = FULL_MM) -> Drawing:
    """Return an empty drawing of a size on paper; it is laid out, so that nothing overlaps, when it is rendered."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width_mm / _INCH, height_mm / _INCH))


def _lay_out(drawing: Drawing) -> None:
    """Lay a drawing out once (a layout engine of its own would make matplotlib draw it twice)."""
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    ConstrainedLayoutEngine().execute(drawing)


def png(drawing: Drawing, dpi: int) -> Image:
    """Render a drawing as PNG."""
    raw = io.BytesIO()
    with house_style():
        _lay_out(drawing)
        drawing.savefig(
            raw, format="png", dpi=dpi, facecolor="white", metadata={"Software": None}, pil_kwargs={"compress_level": 4}
        )
    return Image(raw.getvalue(), "png", *size_mm(drawing))


def vector(drawing: Drawing, largest: float = _LARGEST_SVG) -> Image:
    """Render a drawing as SVG, or as PNG where the SVG would have more bytes than a page bears."""
    raw = io.BytesIO()
    with house_style():
        _lay_out(drawing)
        drawing.savefig(raw, format="svg", facecolor="white", metadata={"Date": None, "Creator": None})
    if len(raw.getvalue()) > largest:
        return png(drawing, 220)
    return Image(raw.getvalue(), "svg", *size_mm(drawing))


def size_mm(drawing: Drawing) -> tuple[float, float]:
    """Return width and height of a drawing on paper."""
    width, height = drawing.get_size_inches()
    return float(width) * _INCH, float(height) * _INCH


def in_house_style(draw: Callable[P, R]) -> Callable[P, R]:
    """Make a drawing function work in the house style."""

    @wraps(draw)
    def styled(*arguments: P.args, **options: P.kwargs) -> R:
        with house_style():
            return draw(*arguments, **options)

    return styled
