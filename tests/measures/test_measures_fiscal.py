import numpy as np
import pytest

from bolang.foundation.errors import BadInputError
from bolang.measures import (
    DEBT_BANDS,
    comprehensive_capacity,
    debt_band,
    debt_rate,
    debt_to_gdp,
    land_dependence,
    restructuring_line_crossed,
    self_sufficiency,
    tax_share,
)


def test_ratios_by_hand_and_missing_items():
    np.testing.assert_allclose(self_sufficiency([159.5, np.nan], [290.0, 10.0]), [0.55, np.nan])
    np.testing.assert_allclose(tax_share([80.0], [100.0]), [0.8])
    np.testing.assert_allclose(land_dependence([60.0], [40.0]), [0.6])
    assert np.isnan(self_sufficiency([1.0], [0.0])[0])


def test_the_debt_rate_needs_every_part_of_the_capacity():
    capacity = comprehensive_capacity([100.0, 100.0], [50.0, np.nan], [50.0, 50.0])
    np.testing.assert_allclose(capacity, [200.0, np.nan])
    np.testing.assert_allclose(debt_rate([500.0, 500.0], capacity), [250.0, np.nan])
    np.testing.assert_allclose(comprehensive_capacity([1.0], [2.0], [3.0], [4.0]), [10.0])
    np.testing.assert_allclose(debt_to_gdp([30.0], [50.0]), [60.0])


def test_bands_at_their_limits():
    rates = [0.0, 119.9, 120.0, 199.9, 200.0, 299.9, 300.0, 900.0]
    assert [DEBT_BANDS[i] for i in debt_band(rates)] == [*["green"] * 2, *["yellow"] * 2, *["orange"] * 2, *["red"] * 2]
    assert debt_band([np.nan])[0] == -1


def test_either_interest_burden_crosses_the_line_and_an_unknown_one_does_not():
    crossed = restructuring_line_crossed([11, 1, 10, np.nan], [100, 100, 100, 100], [1, 11, 1, 1], [100, 100, 100, 100])
    assert crossed.tolist() == [True, True, False, False]


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(BadInputError):
        self_sufficiency([1.0, 2.0], [1.0])
