"""The map of gains and losses."""

import warnings
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex, to_rgb

from bolang.figures.canvas import png
from bolang.figures.change_map import ChangeMap, bounds_of, draw_change_map
from bolang.figures.geography import Shapes
from bolang.foundation.text import Text


@given(st.lists(st.floats(-30, 30), max_size=40))
def test_class_bounds_rise_and_are_never_zero(values):
    first, second, third = bounds_of(np.array(values, dtype=float))
    assert 0 < first < second < third


def test_class_bounds_ignore_places_without_a_value():
    known = np.array([0.01, -0.02, 0.3, 0.5])
    assert bounds_of(np.append(known, [np.nan, 0.0])) == bounds_of(known)


def row_of_squares(change):
    """Counties as squares of 100 km in a row, the first of which acts."""
    centers = np.array([[100.0 * i, 0.0] for i in range(len(change))])
    units = np.array([shapely.box(x - 50, -50, x + 50, 50) for x, _ in centers], dtype=object)
    province = np.array([shapely.union_all(units)], dtype=object)
    shapes = Shapes(units, shapely.bounds(units), province, ("110000",), {})
    named = ((1, Text("甲县", "Jia")), (2, Text("乙县", "Yi")))
    return ChangeMap(shapes, np.array(change), centers, 0, Text("本县", "Own"), named)


def fills(drawing, places):
    units = next(c for c in drawing.axes[0].collections if len(c.get_paths()) == places)
    return [to_hex(color) for color in units.get_facecolor()]


def test_gains_are_blue_losses_orange_and_the_unknown_pale():
    drawing = draw_change_map("zh", row_of_squares([2.0, -2.0, np.nan, 0.0]))
    gain, loss, unknown, none = (to_rgb(fill) for fill in fills(drawing, 4))
    assert gain[2] > gain[0]
    assert loss[0] > loss[2]
    assert unknown == none
    assert min(none) > 0.95


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_map_names_the_county_and_those_that_gain_or_lose_in_its_frame(lang):
    data = row_of_squares([2.0, -1.0, 0.5, 0.2])
    drawing = draw_change_map(lang, data)
    names = {text.get_text() for text in drawing.axes[0].texts}
    assert names == {name.in_(lang) for name in (data.name, *(name for _, name in data.named))}
    far = replace(data, centers=data.centers + np.array([[0.0, 0.0]] + [[5000.0, 0.0]] * 3))
    assert {text.get_text() for text in draw_change_map(lang, far).axes[0].texts} == {data.name.in_(lang)}


def test_the_key_of_the_map_names_every_class_by_its_bounds():
    data = row_of_squares([2.0, -1.0, 0.5, 0.2])
    key = [text.get_text() for text in draw_change_map("en", data).legends[0].get_texts()]
    bounds = bounds_of(data.change)
    assert len(key) == 7
    assert key[-1] == f"+{bounds[2]:g}%+"
    assert key[0] == f"−{bounds[2]:g}%+"
    assert f"±{bounds[0]:g}%" in key[3]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_map_is_drawn_without_a_missing_glyph(lang):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert png(draw_change_map(lang, row_of_squares([2, -1, 0])), 50).content.startswith(b"\x89PNG")
