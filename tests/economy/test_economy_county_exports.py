"""Exports of counties: adding up by province, below output, published ones near what was published."""

import numpy as np
import pytest

from bolang.economy.calibration.county_exports import LARGEST_SHARE, _within_output


def test_unpublished_counties_take_up_what_published_ones_leave():
    mixed, known = np.array([30.0, 10.0, 10.0]), np.array([True, False, False])
    value = _within_output(mixed, known, np.zeros(3, bool), np.array([60.0]), np.full(3, 1e3), np.zeros(3, int))
    np.testing.assert_allclose(value, [30, 15, 15])


def test_nobody_exports_more_than_its_share_of_output_and_provinces_add_up():
    rng = np.random.default_rng(0)
    province, sales = np.repeat([0, 1], 50), rng.uniform(10, 100, 100)
    left = np.array([600.0, 900.0])
    value = _within_output(
        rng.lognormal(2, 1, 100), rng.random(100) < 0.3, np.zeros(100, bool), left, sales, province
    )  # fmt: skip
    assert (value <= LARGEST_SHARE * sales + 1e-9).all()
    np.testing.assert_allclose(np.bincount(province, value), left, rtol=1e-6)


def test_the_anchor_keeps_its_estimate():
    mixed = np.array([5.0, 10.0, 20.0])
    anchored = np.array([True, False, False])
    value = _within_output(mixed, np.zeros(3, bool), anchored, np.array([60.0]), np.full(3, 1e3), np.zeros(3, int))
    np.testing.assert_allclose(value, [5, 20, 40])


@pytest.fixture(scope="module")
def fitted():
    from bolang.atlas import Atlas
    from bolang.economy.calibration.calibration import calibrate

    return calibrate(Atlas(workspace=False))


@pytest.mark.slow
class TestOnTheData:
    def test_the_fitted_trade_holds_every_countys_exports(self, fitted):
        from bolang.validation.backtest_exports import goods_exports

        wanted = fitted.targets.county_exports[:, 2]
        own, _ = goods_exports(fitted.economy)
        assert np.isfinite(wanted).all()
        assert (own >= wanted * (1 - 1e-6)).all()  # goods hold manufactures and more

    def test_kunshan_is_near_its_customs_figure(self, fitted):
        from bolang.validation.backtest_exports import goods_exports, observed_exports

        row = fitted.atlas.county("昆山市").index
        known = observed_exports(fitted.atlas, fitted)
        published = known.value[known.rows == row][0]
        assert goods_exports(fitted.economy)[0][row] / 1e4 == pytest.approx(published, rel=0.15)
