"""Areas on the ellipsoid, flags of GDP series, and the estimate of what was not published."""

import numpy as np
import polars as pl
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gdp import _flagged, join_flags
from pipeline.gdp_estimate import Setting, _estimates
from pipeline.input_output import SECTION_OF, SECTIONS, SECTORS, aggregated, imbalance
from pipeline.polygons import area_km2


def test_area_of_the_whole_ellipsoid():
    """The surface of the GRS 80 ellipsoid is 510,065,622 square kilometres."""
    assert area_km2(shapely.box(-180, -90, 180, 90)) == pytest.approx(510_065_622, rel=1e-8)


@given(st.floats(75, 130), st.floats(5, 50), st.floats(0.01, 3), st.floats(0.01, 3))
def test_area_adds_up(lon, lat, width, height):
    whole = area_km2(shapely.box(lon, lat, lon + width, lat + height))
    parts = [
        shapely.box(lon, lat, lon + width / 3, lat + height),
        shapely.box(lon + width / 3, lat, lon + width, lat + height),
    ]
    assert sum(map(area_km2, parts)) == pytest.approx(whole, rel=1e-9)


def test_area_agrees_with_geodesics():
    pyproj = pytest.importorskip("pyproj")
    polygon = shapely.Polygon([(119.9, 29.1), (120.3, 29.0), (120.4, 29.4), (120.1, 29.55), (119.8, 29.3)])
    geodesic = abs(pyproj.Geod(ellps="GRS80").geometry_area_perimeter(polygon)[0]) / 1e6
    assert area_km2(polygon) == pytest.approx(geodesic, rel=1e-4)


def series(values, code="1", first=2010, **columns):
    rows = {
        "code": [code] * len(values),
        "year": list(range(first, first + len(values))),
        "gdp": values,
        "flag": [""] * len(values),
    }
    empty = {p: [None] * len(values) for p in ("gdp_primary", "gdp_secondary", "gdp_tertiary")}
    return pl.DataFrame(rows | empty | columns, schema_overrides=dict.fromkeys(empty, pl.Float64))


def test_a_spike_is_flagged_and_its_neighbours_are_not():
    assert _flagged(series([100.0, 110.0, 12.0, 130.0, 140.0]))["flag"].to_list() == ["", "", "spike", "", ""]


def test_a_break_is_a_jump_and_growth_is_neither():
    assert _flagged(series([100.0, 110.0, 50.0, 55.0]))["flag"].to_list() == ["", "", "jump", ""]
    assert set(_flagged(series([100.0 * 1.2**i for i in range(8)]))["flag"]) == {""}


def test_a_gap_between_years_is_no_jump():
    with_gap = pl.concat([series([100.0]), series([300.0], first=2015)])
    assert _flagged(with_gap)["flag"].to_list() == ["", ""]


def test_sectors_that_miss_the_total_are_flagged():
    parts = {"gdp_primary": [10.0], "gdp_secondary": [20.0], "gdp_tertiary": [30.0]}
    assert _flagged(series([100.0], **parts))["flag"].item() == "sector_sum"
    assert _flagged(series([60.0], **parts))["flag"].item() == ""


def test_flags_are_joined_without_empty_ones():
    table = pl.DataFrame({"a": ["x", "", None], "b": [None, "y", ""], "c": ["z", None, None]})
    assert table.select(join_flags(pl.col("a"), pl.col("b"), pl.col("c")))["flag"].to_list() == ["x;z", "y", ""]


def setting(published, total, potential=None, zones=0):
    units = len(published) - zones
    code = np.array([f"11010{i}" for i in range(units)] + [""] * zones)
    n = len(code)
    gdp = np.full((n, 4), np.nan)
    gdp[:, 0] = published
    return Setting(
        code=code,
        prefecture=np.array(["110100"] * n),
        province=np.array(["110000"] * n),
        group=np.array(["county"] * n),
        potential=np.array(potential if potential is not None else [[1.0, 2.0, 3.0]] * n),
        published=gdp,
        prefecture_gdp={} if total is None else {"110100": np.array([total, np.nan, np.nan, np.nan])},
        province_ratio={"110000": np.array([2.0, 2.0, 2.0])},
    )


def estimate(s):
    missing = np.isnan(s.published[:, 0]) & (s.code != "")
    return {row: (method, float(values.sum())) for row, method, values in _estimates(s, missing)}


def test_the_remainder_is_shared_by_potential():
    found = estimate(setting([10, np.nan, np.nan], 40, [[1, 2, 3], [1, 1, 1], [2, 2, 2]]))
    assert found[1] == ("prefecture_remainder", pytest.approx(10))
    assert found[2] == ("prefecture_remainder", pytest.approx(20))


def test_zones_take_their_part_of_the_remainder():
    found = estimate(setting([10, np.nan, np.nan], 40, zones=1))
    assert found == {1: ("prefecture_remainder", pytest.approx(15))}


def test_a_remainder_that_cannot_be_gives_way_to_productivity():
    method, value = estimate(setting([39.5, np.nan], 40))[1]
    assert method == "prefecture_productivity"
    assert value == pytest.approx(20)


def test_without_a_prefecture_figure_the_province_speaks():
    assert estimate(setting([np.nan], None)) == {0: ("province_productivity", pytest.approx(12))}


def test_aggregation_keeps_totals_and_balance():
    generator = np.random.default_rng(7)
    use = generator.random((2, 42, 42))
    final = generator.random((2, 42, 5))
    output = use[0].sum(1) + final[0].sum(1)
    added = output - use.sum((0, 1)) + 100
    output = output + 100
    final[0, :, 0] += 100
    rows = []
    for origin, name in enumerate(("domestic", "imported")):
        for i, sector in enumerate(SECTORS):
            total = use[origin, i].sum()
            finals = dict(
                zip(("consumption", "fixed_capital", "inventories", "exports"), final[origin, i, :4], strict=True)
            )
            finals["consumption"] += final[origin, i, 4]
            finals |= {"intermediate_use": total, "final_use": final[origin, i].sum()}
            finals["total_use"] = total + finals["final_use"]
            rows.append({"origin": name, "row": sector} | dict(zip(SECTORS, use[origin, i], strict=True)) | finals)
    blank = dict.fromkeys(
        ("intermediate_use", "consumption", "fixed_capital", "inventories", "exports", "final_use", "total_use")
    )
    rows.append({"origin": "value_added", "row": "surplus"} | dict(zip(SECTORS, added, strict=True)) | blank)
    table = pl.DataFrame(rows)
    assert imbalance(table, SECTORS) < 1e-12
    small = aggregated(table)
    assert imbalance(small, SECTIONS) < 1e-12
    assert small.height == 2 * 19 + 1
    domestic = table.filter(pl.col("origin") == "domestic")
    manufacturing = [s for s in SECTORS if SECTION_OF[s] == "C"]
    assert len(manufacturing) == 18
    own = small.filter((pl.col("origin") == "domestic") & (pl.col("row") == "C"))["C"].item()
    assert own == pytest.approx(
        domestic.filter(pl.col("row").is_in(manufacturing)).select(manufacturing).to_numpy().sum()
    )
