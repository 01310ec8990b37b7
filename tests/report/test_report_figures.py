import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolang.figures.canvas import png, vector
from bolang.figures.geography import project
from bolang.figures.maps import draw_national_map


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
    figure = next(f for f in report_of("义乌市").document.figures() if f.key == "quotients")
    image = vector(figure.draw("zh"))
    assert image.kind == "svg"
    assert b"font-family" not in image.content
    assert len(image.content) < 400_000


def national(report_of):
    figure = next(f for f in report_of("义乌市").document.figures() if f.key == "nation")
    drawing = figure.draw("zh")
    png(drawing, 50)
    return drawing


def test_the_national_map_shows_taiwan_and_the_south_china_sea(report_of, doctor):
    from bolang.figures.geography import sea_frame, shapes

    drawing = national(report_of)
    axes = drawing.axes[0]
    inset = axes.child_axes[0]
    west, south, east, north = shapes(doctor.atlas).outline("710000").bounds
    left, bottom = axes.transData.transform((west, south))
    right, top = axes.transData.transform((east, north))
    box, frame = inset.get_window_extent(), axes.get_window_extent()
    assert right < box.x0 or top < box.y0 or bottom > box.y1
    assert frame.x0 < left < right < frame.x1
    assert frame.y0 < bottom < top < frame.y1
    sea = shapes(doctor.atlas).lines["south_china_sea"]
    x0, y0, x1, y1 = sea_frame()
    for line in sea:
        bounds = line.bounds
        assert x0 <= bounds[0] <= bounds[2] <= x1
        assert y0 <= bounds[1] <= bounds[3] <= y1
    drawn = [patch for patch in inset.get_children() if patch.__class__.__name__ == "PathPatch"]
    assert len(drawn) >= len(shapes(doctor.atlas).lines)
    assert draw_national_map.__doc__


def test_figures_take_the_font_that_travels_with_bolang(report_of):
    from matplotlib import rcParams
    from matplotlib.font_manager import FontProperties, findfont

    from bolang.figures.canvas import house_style
    from bolang.figures.fonts import sans_path

    with house_style():
        assert findfont(FontProperties(family=rcParams["font.family"])) == str(sans_path())
