"""The figures that show what the model answers: effects of levers, the fan of a debt ratio, the map of gains and losses."""

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
from bolang.figures.effects import EffectLine, draw_effects
from bolang.figures.fan import FanChart, draw_fan
from bolang.figures.geography import Shapes
from bolang.foundation.text import Text

LEVERS = (
    EffectLine(Text("批发市场", "A market"), 1.5, -0.4, 4.0, "none", open=True),
    EffectLine(Text("海铁联运", "Sea-rail"), 0.3, 0.1, 0.6, "moderate"),
    EffectLine(Text("放宽准入", "Entry"), 0.05, -0.01, 0.1, "weak"),
)
SHOCKS = (EffectLine(Text("美国加税", "A tariff"), -12.0, -18.0, -8.0, "shock"),)


def dots(axes):
    return [line for line in axes.lines if line.get_marker() == "o"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_effect_stands_at_its_value_beside_its_name(lang):
    axes = draw_effects(lang, LEVERS, SHOCKS).axes[0]
    rows = [*LEVERS, *SHOCKS]
    names = {round(float(label.get_position()[1])): label.get_text() for label in axes.get_yticklabels()}
    shown = {names[round(float(dot.get_ydata()[0]))]: float(dot.get_xdata()[0]) for dot in dots(axes)}
    assert shown == {row.label.in_(lang): row.value for row in rows}
    left, right = axes.get_xlim()
    assert left < min(row.low for row in rows)
    assert right > max(row.high for row in rows)


def test_levers_stand_above_shocks_and_impossible_ones_are_hollow():
    axes = draw_effects("zh", LEVERS, SHOCKS).axes[0]
    height = {float(dot.get_xdata()[0]): float(dot.get_ydata()[0]) for dot in dots(axes)}
    assert height[LEVERS[0].value] == max(height.values())
    assert height[SHOCKS[0].value] == min(height.values())
    hollow = {float(dot.get_xdata()[0]) for dot in dots(axes) if dot.get_markerfacecolor() == "white"}
    assert hollow == {row.value for row in LEVERS if row.open}


def test_effects_that_are_all_tiny_keep_a_readable_axis():
    tiny = (EffectLine(Text("甲", "a"), 1e-4, -1e-4, 2e-4, "weak"),)
    axes = draw_effects("en", tiny, ()).axes[0]
    left, right = axes.get_xlim()
    assert left <= -0.2
    assert right >= 0.2


FAN = FanChart(
    Text("债务率", "debt rate"),
    2024,
    np.array([[80.0, 70.0], [85.0, 90.0], [90.0, 100.0], [95.0, 115.0], [99.0, 160.0]]),
    120.0,
    ((Text("土地收入下降", "land revenue falls"), np.array([90.0, 140.0])),),
)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_fan_shows_median_stress_line_and_the_whole_band(lang):
    drawing = draw_fan(lang, FAN)
    axes = drawing.axes[0]
    paths = {line.get_label(): np.asarray(line.get_ydata(), float) for line in axes.lines}
    median = "中位数" if lang == "zh" else "median"
    assert paths[median] == pytest.approx(FAN.quantiles[2])
    assert paths[FAN.stresses[0][0].in_(lang)] == pytest.approx(FAN.stresses[0][1])
    limit = next(values for label, values in paths.items() if "120%" in label)
    assert set(limit) == {120.0}
    assert axes.get_ylim()[1] > 160.0
    assert axes.get_xlim() == (2024, 2025)


def test_the_bands_of_the_fan_span_the_quantiles():
    bands = draw_fan("en", FAN).axes[0].collections
    spans = [(band.get_paths()[0].vertices[:, 1].min(), band.get_paths()[0].vertices[:, 1].max()) for band in bands]
    assert spans == [(70.0, 160.0), (85.0, 115.0)]


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
def test_every_modelled_figure_is_drawn_without_a_missing_glyph(lang):
    drawings = (
        draw_effects(lang, LEVERS, SHOCKS),
        draw_fan(lang, FAN),
        draw_change_map(lang, row_of_squares([2, -1, 0])),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for drawing in drawings:
            assert png(drawing, 50).content.startswith(b"\x89PNG")
