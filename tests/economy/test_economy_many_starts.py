"""Uniqueness on economies of realistic size: provinces, and the counties of one province, from many starts."""

import numpy as np
import pytest
from industries import HOME, country

from bolang.atlas import Atlas
from bolang.economy.calibration.calibration import calibrate
from bolang.economy.core.equilibrium import Shock
from bolang.economy.core.technology import Elasticities
from bolang.economy.core.uniqueness import search
from bolang.validation.fewer_places import grouped_places
from bolang.validation.many_starts import counties_of, provinces, standard_searches


def test_places_grouped_one_by_one_are_the_economy_itself():
    nation = country(hubs=2)
    whole = nation.economy
    same = grouped_places(whole, np.arange(HOME), [f"g{i}" for i in range(HOME)], np.eye(HOME))
    assert same.imbalance() < 1e-9
    np.testing.assert_allclose(same.sales, whole.sales, rtol=1e-12)
    np.testing.assert_allclose(same.income, whole.income, rtol=1e-12)
    np.testing.assert_allclose(same.final_spending, whole.final_spending, rtol=1e-12)
    np.testing.assert_allclose(same.baseline_flows.throughput, whole.baseline_flows.throughput, rtol=1e-9)


def test_groups_hold_the_sums_of_their_members():
    nation = country(hubs=2)
    whole, group = nation.economy, np.arange(HOME) // 2
    count = int(group.max()) + 1
    people = np.arange(1.0, HOME * HOME + 1).reshape(HOME, HOME)
    small = grouped_places(whole, group, [f"g{i}" for i in range(count)], people)
    assert small.imbalance() < 1e-9
    np.testing.assert_allclose(small.sales.sum(axis=0), whole.sales.sum(axis=0), rtol=1e-12)
    np.testing.assert_allclose(small.sales[0], whole.sales[:2].sum(axis=0), rtol=1e-12)
    np.testing.assert_allclose(small.final_spending[0], whole.final_spending[:2].sum(), rtol=1e-12)
    np.testing.assert_allclose(small.migration["national"].flows[0, 1], people[:2, 2:4].sum())
    assert small.baseline_flows.throughput.sum() == pytest.approx(whole.baseline_flows.throughput.sum())


@pytest.fixture(scope="module")
def calibration():
    return calibrate(Atlas(workspace=False))


@pytest.fixture(scope="module")
def of_provinces(calibration):
    return provinces(calibration)


def stronger(economy, manufacturing, services, market, migration):
    """The calibrated elasticities with other scale, size of hubs and migration."""
    usual = economy.elasticities
    scale = np.where(usual.scale > 0, services, 0.0)
    scale[usual.scale.argmax()] = manufacturing
    return Elasticities(usual.trade, scale, np.array([migration]), usual.housing, np.array([market]))


@pytest.mark.slow
@pytest.mark.parametrize("closure", ["fixed", "national"])
@pytest.mark.parametrize("key", ["none", "exports", "better_hub", "closed_hub"])
def test_provinces_have_one_equilibrium_as_calibrated(of_provinces, key, closure):
    assert of_provinces.imbalance() < 1e-9
    found = search(of_provinces, standard_searches(of_provinces)[key], closure=closure, starts=40, spread=0.7)
    assert found.unique
    assert found.lost <= 2


@pytest.mark.slow
@pytest.mark.parametrize("closure", ["fixed", "national"])
def test_provinces_have_one_equilibrium_at_the_upper_end_of_the_parameters(of_provinces, closure):
    strong = stronger(of_provinces, 0.13, 0.08, 0.4, 2.5)
    found = search(of_provinces, Shock(), closure=closure, elasticities=strong, starts=40, spread=0.7)
    assert found.unique
    assert found.lost <= 2


@pytest.mark.slow
def test_the_search_finds_what_is_there_beyond_the_range(of_provinces):
    """At psi 0.2, far above its range, provinces have more than one equilibrium, and the search says so."""
    found = search(
        of_provinces, Shock(), elasticities=stronger(of_provinces, 0.2, 0.08, 0.4, 2.5), starts=15, spread=0.7
    )
    assert not found.unique


@pytest.mark.slow
@pytest.mark.parametrize("key", ["none", "closed_hub"])
def test_the_counties_of_zhejiang_have_one_equilibrium(calibration, key):
    economy = counties_of(calibration, "330000")
    assert economy.imbalance() < 1e-9
    found = search(economy, standard_searches(economy)[key], closure="national", starts=40, spread=0.7)
    assert found.unique
    assert found.lost <= 2
