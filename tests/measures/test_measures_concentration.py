import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from bolang.foundation.errors import BadInputError
from bolang.measures import (
    ellison_glaeser,
    herfindahl,
    hoover_index,
    krugman_index,
    locational_gini,
    plant_herfindahl_from_bands,
    theil_concentration,
    theil_decomposition,
)

TABLES = hnp.arrays(float, st.tuples(st.integers(2, 8), st.integers(2, 6)), elements=st.integers(1, 10_000).map(float))


def test_the_published_herfindahl(published):
    case = published["herfindahl"]
    assert herfindahl([case["values"]])[0] == pytest.approx(case["answer"])
    assert herfindahl([case["values"]], normalized=True)[0] == pytest.approx(case["normalized"])


def test_the_published_krugman_index(published):
    case = published["krugman"]
    others = np.array(case["others"], dtype=float)
    mean_structure = (others / others.sum(axis=1, keepdims=True)).mean(axis=0)
    assert krugman_index([case["place"]], mean_structure)[0] == pytest.approx(case["answer"], abs=5e-5)


@pytest.mark.parametrize(("case", "part"), [("gini_of_concentration", "industry"), ("gini_of_specialization", "place")])
def test_the_published_gini_of_location_quotients(published, case, part):
    case = published[case]
    rest = np.array(case["all"]) - np.array(case[part])
    table = np.column_stack([case[part], rest]).astype(float)
    assert locational_gini(table, weighted=False)[0] == pytest.approx(case["answer"], abs=5e-8)


def test_the_published_ellison_glaeser_index(published):
    case = published["ellison_glaeser"]
    plants = [np.array(sizes, dtype=float) for sizes in case["plants"].values()]
    h = herfindahl([np.concatenate(plants)])
    table = np.array([[sizes.sum()] for sizes in plants])
    assert ellison_glaeser(table, h, case["aggregate"]).gamma[0] == pytest.approx(case["answer"], abs=5e-9)


def test_the_answers_of_a_peer(peers, zhejiang):
    e, answers = zhejiang[2020], peers["concentration"]
    total = e.sum(axis=1)
    np.testing.assert_allclose(herfindahl(e), answers["herfindahl"], rtol=1e-12)
    np.testing.assert_allclose(locational_gini(e), answers["hoover_gini"], rtol=1e-10)
    np.testing.assert_allclose(locational_gini(e), 2.0 * np.array(answers["locational_gini"]), rtol=1e-10)
    np.testing.assert_allclose(krugman_index(e, e.sum(axis=0)), answers["krugman_index"], rtol=1e-12)
    hoover = [100.0 * hoover_index(industry, total) for industry in e.T]
    np.testing.assert_allclose(hoover, answers["hoover_index"], rtol=1e-12)


@given(TABLES)
def test_bounds(table):
    k = table.shape[1]
    assert (herfindahl(table) >= 1 / k - 1e-12).all()
    assert (herfindahl(table) <= 1 + 1e-12).all()
    assert (krugman_index(table) <= 2 + 1e-12).all()
    gini = locational_gini(table)
    assert (gini >= -1e-12).all()
    assert (gini <= 1 + 1e-12).all()
    assert (theil_concentration(table) >= -1e-12).all()


@given(TABLES, st.floats(0.01, 100))
def test_the_unit_does_not_matter(table, factor):
    for measure in (herfindahl, krugman_index, locational_gini, theil_concentration):
        np.testing.assert_allclose(measure(table * factor), measure(table), rtol=1e-7, atol=1e-9)


@given(hnp.arrays(float, st.integers(2, 8), elements=st.integers(1, 999).map(float)))
def test_places_of_one_structure_are_not_concentrated(sizes):
    table = np.outer(sizes, [1.0, 2.0, 3.0])
    np.testing.assert_allclose(locational_gini(table), 0.0, atol=1e-9)
    np.testing.assert_allclose(theil_concentration(table), 0.0, atol=1e-9)
    np.testing.assert_allclose(krugman_index(table), 0.0, atol=1e-9)


def test_theil_concentration_splits_into_provinces(zhejiang):
    e = zhejiang[2020]
    total = e.sum(axis=1)
    groups = [code[:4] for code in zhejiang["codes"]]
    for j in (0, 2, 5):
        split = theil_decomposition(e[:, j] / total, groups, total)
        assert split.total == pytest.approx(theil_concentration(e)[j])
        assert split.within + split.between == pytest.approx(split.total)


def test_plants_thrown_at_random_give_an_index_around_zero():
    rng = np.random.default_rng(4)
    size = rng.dirichlet(np.full(30, 2.0))
    plants = rng.lognormal(3.0, 1.0, size=(200, 400))
    where = rng.choice(30, p=size, size=(200, 400))
    table = np.stack([np.bincount(w, p, 30) for w, p in zip(where, plants, strict=True)], axis=1)
    gamma = ellison_glaeser(table, herfindahl(plants), size).gamma
    assert abs(gamma.mean()) < 3 * gamma.std() / np.sqrt(len(gamma))


def test_bands_bracket_the_herfindahl_of_the_plants():
    rng = np.random.default_rng(5)
    plants = rng.integers(1, 1000, size=300).astype(float)
    limits = [(1, 19), (20, 99), (100, 299), (300, 999)]
    members = [plants[(plants >= low) & (plants <= high)] for low, high in limits]
    result = plant_herfindahl_from_bands(
        [len(m) for m in members], [m.sum() for m in members], [a for a, _ in limits], [b for _, b in limits]
    )
    assert result.estimate <= herfindahl([plants])[0] <= result.upper
    open_top = plant_herfindahl_from_bands([10.0, 2.0], [100.0, 4000.0], [1.0, 1000.0], [99.0, np.nan])
    assert np.isnan(open_top.upper)


def test_what_cannot_be_computed_is_refused():
    with pytest.raises(BadInputError):
        ellison_glaeser([[1.0], [2.0]], [1.0])
    with pytest.raises(BadInputError):
        plant_herfindahl_from_bands([10.0], [1000.0], [1.0], [19.0])
    with pytest.raises(BadInputError):
        hoover_index([0.0, 0.0], [1.0, 1.0])


def test_missing_places():
    table = np.array([[1.0, 3.0], [2.0, 2.0], [np.nan, 1.0]])
    assert np.isnan(herfindahl(table)[2])
    np.testing.assert_allclose(locational_gini(table), locational_gini(table[:2]))
    np.testing.assert_allclose(theil_concentration(table), theil_concentration(table[:2]))
