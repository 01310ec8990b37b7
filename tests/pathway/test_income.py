"""Income where none is published: the nation's own figures give the nation's own, and the counties that publish fit the elasticity."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolang.atlas import Atlas
from bolang.economy.calibration.calibration import calibrate, parameters
from bolang.economy.levers.residents import earned_by_residents, income_per_head, residents_income
from bolang.pathway.plan.account import base_of
from bolang.pathway.plan.income import estimated_from, estimated_incomes

CITED = parameters()


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


def test_the_nation_at_its_own_output_has_its_own_urban_and_rural_income():
    assert income_per_head(89_358.0, 1.0) == pytest.approx(51_821.0)
    assert income_per_head(89_358.0, 0.0) == pytest.approx(21_691.0)
    assert income_per_head(89_358.0, 0.6616) == pytest.approx(39_218.0, rel=0.07)  # published for 2023


@given(st.floats(5e3, 1e6), st.floats(0, 1), st.floats(1.01, 5))
def test_more_output_is_never_less_income_and_always_less_than_in_proportion(output, urban, more):
    low, high = income_per_head(output, urban), income_per_head(output * more, urban)
    assert low <= high < low * more
    assert high <= CITED.number("income_ceiling")


def test_the_elasticity_is_the_one_that_the_counties_with_a_published_income_give(atlas):
    people, urban = (atlas.column(key, atlas.vintage.census) for key in ("population", "urban_share"))
    rows = []
    for county in atlas.counties:
        income = atlas.latest(county, "income")
        if income is not None:
            output = atlas.column("gdp", income.year)[county.index] * 1e4 / people[county.index]
            u = urban[county.index] / 100.0
            rows.append((np.log(income.value / (u * 51_821 + (1 - u) * 21_691)), np.log(output / 89_358)))
    y, z = np.array(rows).T
    assert len(y) == 32
    assert (y @ z) / (z @ z) == pytest.approx(CITED.number("income_elasticity"), abs=0.01)
    left_out = np.array([y[k] - z[k] * (y @ z - y[k] * z[k]) / (z @ z - z[k] ** 2) for k in range(len(y))])
    assert np.sqrt(np.mean(left_out**2)) == pytest.approx(0.20, abs=0.01)


@pytest.mark.parametrize("name", ["神木市", "仁怀市", "昆山市", "威宁彝族回族苗族自治县"])
def test_no_county_of_mines_or_factories_is_richer_than_any_that_has_published(atlas, name):
    assert base_of(atlas, atlas.county(name)).per_head <= CITED.number("income_ceiling")


def test_what_a_mine_yields_is_not_what_residents_earn(atlas):
    """Shenmu's farms and services are 81 thousand yuan a head, the nation's 55: not the 412 thousand of its whole output."""
    county = atlas.county("神木市")
    people, urban = (float(atlas.column(key, 2020)[county.index]) for key in ("population", "urban_share"))
    parts = [atlas.column(key, 2023)[county.index] * 1e4 / people for key in ("gdp_primary", "gdp_tertiary")]
    by_hand = (urban / 100 * 51_821 + (1 - urban / 100) * 21_691) * (sum(parts) / 0.617 / 89_358) ** 0.66
    assert estimated_incomes(atlas, 2023)[county.index] == pytest.approx(by_hand * people / 1e8, rel=1e-3)
    assert 45_000 < by_hand < 60_000


def test_output_counts_whole_but_where_many_dig():
    kept, moved = earned_by_residents(np.array([100.0, 100.0]), np.array([69.15, 69.15]), np.array([0.05, 0.051]))
    assert (kept, moved) == (100.0, pytest.approx(30.85 / 0.617))
    assert earned_by_residents(100.0, np.nan, 0.9) == 100.0


def test_the_model_gives_residents_the_share_of_output_that_the_facts_do(atlas):
    """Of Yiwu's output per head of 2020, 1.13 times the nation's, residents have what the formula gives, in the model's money."""
    calibration = calibrate(atlas)
    gdp, people = calibration.economy.income[: calibration.home], calibration.observed.population
    at = atlas.county("义乌市").index
    relative = gdp[at] / people[at] / (gdp.sum() / people.sum())
    urban = atlas.column("urban_share", 2020)[at] / 100.0
    by_hand = (urban * 51_821 + (1 - urban) * 21_691) * relative**0.66 / (relative * 89_358)
    assert residents_income(calibration, at) / gdp[at] == pytest.approx(by_hand)
    assert sum(residents_income(calibration, i) for i in range(calibration.home)) / gdp.sum() == pytest.approx(
        39_218 / 89_358, rel=0.03
    )


@pytest.mark.parametrize(
    ("name", "rests"), [("神木市", "without_mines"), ("昆山市", "ceiling"), ("威宁彝族回族苗族自治县", "output")]
)
def test_what_the_estimate_rests_on_is_told(atlas, name, rests):
    assert estimated_from(atlas, atlas.county(name), 2023) == rests
    assert base_of(atlas, atlas.county(name)).income_from == rests
