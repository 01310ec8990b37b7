"""The small map: north is up, the county stands inside both panels, the islands of Hainan are not left out."""

import numpy as np
import pytest
import shapely
from sample_report import DAY

from bolang.figures.geography import north_angle, project
from bolang.pages.report.context import Context
from bolang.pages.report.location import location_figure


def figure(doctor, name):
    return location_figure(Context(doctor, doctor.diagnose(name), DAY))


@pytest.mark.parametrize("lonlat", [(122.3, 53.0), (75.9, 39.5), (120.1, 29.3), (105.0, 30.0)])
def test_north_is_where_the_meridian_points(lonlat):
    here, north = project(np.array([lonlat, (lonlat[0], lonlat[1] + 0.01)]))
    angle = north_angle(*here)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    east, up = (north - here) @ turn
    assert abs(east) < 1e-3 * up
    assert up > 0


@pytest.mark.parametrize("name", ["义乌市", "嵊泗县", "漠河市"])
def test_the_county_lies_inside_both_panels_in_a_colour_of_its_own(doctor, name):
    drawing = figure(doctor, name).draw("zh")
    assert len(drawing.axes) == 2
    for axes in drawing.axes:
        (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
        units = axes.collections[0]
        fills = units.get_facecolor()
        own = [path for path, fill in zip(units.get_paths(), fills, strict=True) if fill[0] > fill[2] + 0.3]
        assert len(own) == 1
        assert shapely.box(west, south, east, north).contains(shapely.MultiPoint(own[0].vertices))


def test_a_municipality_has_one_panel_and_hainan_its_islands(doctor):
    assert len(figure(doctor, "浦东新区").draw("zh").axes) == 1
    assert any(axes.child_axes for axes in figure(doctor, "海棠区").draw("zh").axes)


def test_the_alternative_text_names_the_neighbours(doctor):
    assert "东阳市" in figure(doctor, "义乌市").alt.zh
    assert "没有陆上邻县" in figure(doctor, "嵊泗县").alt.zh
