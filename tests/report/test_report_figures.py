import warnings
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolang.figures.canvas import png, vector
from bolang.figures.geography import project


@given(lon=st.floats(74, 134), lat=st.floats(5, 53))
def test_the_projection_keeps_areas(lon, lat):
    """The quadrilateral of a hundredth of a degree has the area of the spherical one, R^2 dlon (sin a - sin b)."""
    step = 0.01
    corners = project(np.array([[lon, lat], [lon + step, lat], [lon + step, lat + step], [lon, lat + step]]))
    x, y = corners.T
    area = 0.5 * abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))
    sphere = 6371.0**2 * np.radians(step) * (np.sin(np.radians(lat + step)) - np.sin(np.radians(lat)))
    assert area == pytest.approx(sphere, rel=1e-4)


def test_the_projection_is_centred_where_it_says():
    assert project(np.array([[105.0, 30.0]]))[0] == pytest.approx([0.0, 0.0], abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["义乌市", "威宁"])
def test_every_figure_draws_in_both_languages_without_a_missing_glyph(report_of, name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for figure in report_of(name).document.figures():
            for lang in ("zh", "en"):
                image = png(figure.draw(lang), 60)
                assert image.content.startswith(b"\x89PNG")
                assert 40 < image.height_mm < 160
                assert image.width_mm == pytest.approx(160)


def test_figures_are_vectors_of_modest_size_that_need_no_font(report_of):
    figure = next(f for f in report_of("义乌市").document.figures() if f.key == "sectors")
    image = vector(figure.draw("zh"))
    assert image.kind == "svg"
    assert b"font-family" not in image.content
    assert len(image.content) < 400_000


def test_a_figure_says_its_values_to_those_who_cannot_see_it(report_of):
    for figure in report_of("威宁").document.figures():
        assert any(character.isdigit() for character in figure.alt.zh)
        assert any(character.isdigit() for character in figure.alt.en)


def test_labels_and_legend_of_a_chart_do_not_collide(report_of):
    for name in ("义乌市", "威宁"):
        for figure in report_of(name).document.figures():
            if figure.chart is None:
                continue
            drawing = figure.draw("zh")
            png(drawing, 60)
            axes = drawing.axes[0]
            boxes = [text.get_window_extent() for text in axes.texts if text.get_text()]
            crossing = [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :] if a.overlaps(b)]
            assert not crossing, figure.key
            legend = axes.get_legend()
            if legend is not None:
                assert not any(legend.get_window_extent().overlaps(box) for box in boxes)


def test_figures_take_the_font_that_travels_with_bolang(report_of):
    from matplotlib import rcParams
    from matplotlib.font_manager import FontProperties, findfont

    from bolang.figures.canvas import house_style
    from bolang.figures.fonts import sans_path

    with house_style():
        assert findfont(FontProperties(family=rcParams["font.family"])) == str(sans_path())


def test_fills_are_told_apart_in_grey():
    from bolang.figures.chart import SHADES, lightness

    greys = sorted(lightness(shade) for shade in SHADES)
    assert min(b - a for a, b in pairwise(greys)) > 30
    assert lightness("#ffffff") == pytest.approx(255)
    assert lightness("#000000") == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["清河县", "浦东新区", "威宁"])
def test_names_on_the_map_neither_meet_nor_leave_it(report_of, name, lang):
    figure = next(f for f in report_of(name).document.figures() if f.key == "location")
    drawing = figure.draw(lang)
    png(drawing, 100)
    panel = drawing.axes[-1]
    boxes = [text.get_window_extent() for text in panel.texts]
    assert len(boxes) >= 3
    assert [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :] if a.overlaps(b)] == []
    frame = panel.get_window_extent()
    assert all(frame.x0 - 1 <= box.x0 and box.x1 <= frame.x1 + 1 for box in boxes)
