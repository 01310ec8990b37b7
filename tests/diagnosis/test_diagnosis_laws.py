"""Laws of peers and of figures that disagree, on cases of a few counties worked by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from bolang.atlas.model import Fact
from bolang.atlas.provenance import Provenance
from bolang.diagnosis.growth import conflicts
from bolang.diagnosis.likeness import build_likeness
from bolang.diagnosis.peers import Likeness, _closeness, block_distances, nearest, standardise
from bolang.foundation.text import same


def county(index, province="33", prefecture="3307"):
    return SimpleNamespace(
        index=index, province_code=province, prefecture_code=prefecture, kind="county", code=str(index)
    )


def test_features_are_centred_on_the_median_and_scaled_by_the_quartiles():
    column = np.array([[0.0], [1.0], [2.0], [3.0], [4.0]])
    np.testing.assert_allclose(standardise(column)[:, 0], [-1, -0.5, 0, 0.5, 1])
    np.testing.assert_allclose(standardise(np.full((3, 1), 7.0)), 0)


def test_a_distance_is_over_the_features_that_both_have():
    blocks = {"size": np.array([[0.0, 0.0], [3.0, 4.0], [2.0, np.nan], [np.nan, np.nan]])}
    found = block_distances(blocks, 0)["size"]
    assert found[:3] == pytest.approx([0.0, np.sqrt(12.5), 2.0])
    assert np.isinf(found[3])


def test_closeness_is_the_share_of_the_others_that_are_farther():
    found = _closeness(np.array([0.0, 1.0, 2.0, 2.0, 9.0]), 0)
    assert found == pytest.approx([100.0, 75.0, 25.0, 25.0, 0.0])


@pytest.fixture
def alike():
    """Of three others one is the very same in one block and far in the other; one is near in both."""
    size = np.array([[0.0], [0.0], [1.0], [5.0], [6.0]])
    structure = np.array([[0.0], [9.0], [1.0], [2.0], [0.5]])
    plain = np.arange(5.0)
    return Likeness({"size": size, "structure": structure}, plain, plain, plain, plain, np.zeros((5, 3)), plain)


def test_the_nearest_is_near_in_all_blocks_not_the_same_in_one(alike):
    """By hand: closeness to county 0 by block is (75, 0), (50, 50), (25, 25), (0, 75)."""
    counties = [county(i) for i in range(5)]
    found = nearest(alike, counties, counties[0], count=4)
    assert found[0].county.index == 2
    assert found[0].distance == pytest.approx(0.5)
    assert dict(found[0].closeness) == pytest.approx({"size": 50.0, "structure": 50.0})
    by_size = nearest(alike, counties, counties[0], group="size", count=4)
    assert [peer.county.index for peer in by_size] == [1, 2, 3, 4]


def test_likeness_is_built_of_roots_of_shares_and_logarithms_of_sizes():
    """Shares of industries enter by their roots, so that a small one of the place's own counts beside the large ones."""
    employment = np.array([[25.0, 75.0], [64.0, 36.0], [100.0, 0.0]])
    columns = {
        "population": [1e4, 1e5, 1e6], "housing_car": [1.0, 2.0, 3.0], "housing_sample": [10.0, 10.0, 10.0],
        "mean_schooling": [8.0, 9.0, 10.0], "fiscal_revenue": [1.0, 4.0, 9.0], "fiscal_expenditure": [2.0, 5.0, 9.0],
        "port_hours": [1.0, 2.0, 0.0], "metropolis_minutes": [30.0, 60.0, 90.0],
    }  # fmt: skip
    columns = {name: np.array(values) for name, values in columns.items()}
    evidence = SimpleNamespace(
        census=2020, area=np.array([10.0, 20.0, 40.0]), employment=lambda year: employment,
        column=lambda name, year: columns[name], accounts=columns.__getitem__, access=columns.__getitem__,
        gdp_per_head=lambda year: np.array([1e4, 2e4, 4e4]), industry={"C": 0}.__getitem__,
    )  # fmt: skip
    found = build_likeness(evidence)
    np.testing.assert_allclose(found.blocks["structure"], np.sqrt([[0.25, 0.75], [0.64, 0.36], [1.0, 0.0]]))
    np.testing.assert_allclose(found.manufacturing_share, [25.0, 64.0, 100.0])
    logs = np.log(np.column_stack([columns["population"], evidence.area]))
    np.testing.assert_allclose(found.blocks["size"], standardise(logs))
    income = np.column_stack([np.log([1e4, 2e4, 4e4]), columns["mean_schooling"], [10.0, 20.0, 30.0]])
    np.testing.assert_allclose(found.blocks["income"], standardise(income))
    density = np.log(columns["population"] / evidence.area)
    hours = [np.log([1.0, 2.0, np.nan]), np.log([30.0, 60.0, 90.0])]
    np.testing.assert_allclose(found.blocks["location"], standardise(np.column_stack([density, *hours])))
    revenue = 1e4 * columns["fiscal_revenue"] / columns["population"]
    spending = 1e4 * columns["fiscal_expenditure"] / columns["population"]
    fiscal = np.column_stack([np.log(revenue), [50.0, 80.0, 100.0], np.log(spending)])
    np.testing.assert_allclose(found.fiscal, standardise(fiscal))
    np.testing.assert_allclose(found.revenue_per_head, revenue)


@pytest.mark.parametrize(("second", "disagree"), [(100.4, False), (100.6, True), (99.4, True), (99.6, False)])
def test_figures_half_a_per_cent_apart_are_one_figure_rounded_twice(second, disagree):
    def fact(value, status="measured", period="year"):
        return Fact("1", "gdp", same("GDP"), value, "亿元", 2023, period, status, Provenance(same(f"source {value}")))

    facts = (fact(100.0), fact(second), fact(300.0, "estimated"), fact(500.0, period="h1"))
    atlas = SimpleNamespace(conflicting=lambda place: ("gdp",), facts=lambda place, name: facts)
    found = conflicts(SimpleNamespace(atlas=atlas), county(0))
    assert bool(found) is disagree
    if disagree:
        assert (found[0].year, found[0].period) == (2023, "year")
        assert [row.value for row in found[0].facts] == [100.0, second]
