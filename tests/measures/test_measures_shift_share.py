import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from bolang.foundation.errors import BadInputError
from bolang.measures import shift_share

METHODS = ["dunn", "esteban-marquillas"]
PANELS = hnp.arrays(
    float, st.tuples(st.just(2), st.integers(2, 6), st.integers(2, 5)), elements=st.integers(1, 5000).map(float)
)


def test_yiwu_between_the_censuses(published):
    case = published["shift_share"]
    parts = shift_share([case["start"]], [case["end"]], case["reference_start"], case["reference_end"])
    np.testing.assert_allclose(parts.totals()[0, :3], case["answer"], atol=0.5)
    assert parts.change.sum() == pytest.approx(123_564 - 86_000)


def test_esteban_marquillas_cell_by_cell():
    # Three regions of Farhauer and Kroell (2013), worked through the definition with plain loops.
    start = np.array([[90, 20, 10, 60], [60, 30, 30, 40], [250, 100, 110, 300]], dtype=float)
    end = np.array([[100, 40, 10, 55], [85, 55, 40, 35], [255, 115, 85, 390]], dtype=float)
    parts = shift_share(start, end, method="esteban-marquillas")
    nation, later = start.sum(axis=0), end.sum(axis=0)
    for j in range(3):
        for i in range(4):
            growth, rate = later[i] / nation[i] - 1, end[j, i] / start[j, i] - 1
            homothetic = start[j].sum() * nation[i] / nation.sum()
            assert parts.competitive[j, i] == pytest.approx(homothetic * (rate - growth))
            assert parts.allocation[j, i] == pytest.approx((start[j, i] - homothetic) * (rate - growth))


@pytest.mark.parametrize("method", METHODS)
@given(panel=PANELS)
def test_the_parts_add_up_to_the_change(method, panel):
    parts = shift_share(panel[0], panel[1], method=method)
    np.testing.assert_allclose(parts.change, panel[1] - panel[0], rtol=1e-9, atol=1e-6)


@given(PANELS)
def test_the_nation_as_a_whole_has_neither_mix_nor_shift(panel):
    parts = shift_share(panel[0], panel[1])
    np.testing.assert_allclose([parts.mix.sum(), parts.competitive.sum()], 0.0, atol=1e-6)


@given(PANELS)
def test_a_place_that_grows_with_every_national_industry_has_no_shift(panel):
    growth = panel[1].sum(axis=0) / panel[0].sum(axis=0)
    parts = shift_share(panel[0], panel[0] * growth)
    np.testing.assert_allclose(parts.competitive, 0.0, atol=1e-6)


def test_a_cell_that_starts_from_zero_counts_as_shift_or_as_allocation():
    start, end = [[0.0, 50.0], [100.0, 50.0]], [[10.0, 60.0], [90.0, 40.0]]
    dunn, split = (shift_share(start, end, method=m) for m in METHODS)
    assert dunn.competitive[0, 0] == pytest.approx(10.0)
    assert split.competitive[0, 0] == 0.0
    assert split.allocation[0, 0] == pytest.approx(10.0)
    assert split.undefined[0, 0]
    assert not split.undefined[1].any()


def test_an_incomplete_place_is_missing_and_left_out_of_the_reference():
    start, end = (
        np.array([[10.0, 20.0], [30.0, 40.0], [np.nan, 5.0]]),
        np.array([[11.0, 25.0], [33.0, 41.0], [1.0, 1.0]]),
    )
    parts = shift_share(start, end)
    assert np.isnan(parts.change[2]).all()
    np.testing.assert_allclose(parts.totals()[:2], shift_share(start[:2], end[:2]).totals())


@pytest.mark.parametrize(
    "arguments",
    [
        ([[1.0, 2.0]], [[1.0, 2.0, 3.0]]),
        ([[1.0, 2.0]], [[1.0, 2.0]], [1.0, 2.0]),
        ([[1.0, 2.0]], [[1.0, 2.0]], [0.0, 2.0], [1.0, 2.0]),
    ],
)
def test_inputs_that_do_not_fit_are_refused(arguments):
    with pytest.raises(BadInputError):
        shift_share(*arguments)


def test_an_unknown_method_is_refused():
    with pytest.raises(BadInputError, match="dunn"):
        shift_share([[1.0, 2.0]], [[1.0, 2.0]], method="arcelus")
