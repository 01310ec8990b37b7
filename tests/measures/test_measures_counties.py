"""The measures on the facts that bolang ships: all counties at once, and the figures known for some."""

import numpy as np
import polars as pl
import pytest

from bolang.atlas import INDUSTRIES, Atlas
from bolang.measures import (
    SpatialWeights,
    complexity,
    inverse,
    linkages,
    local_moran,
    location_quotient,
    location_quotient_interval,
    morans_i,
    multipliers,
    regional_coefficients,
    shift_share,
    technical_coefficients,
)

MANUFACTURING, TRADE = INDUSTRIES.index("C"), INDUSTRIES.index("F")


@pytest.fixture(scope="module")
def atlas():
    return Atlas()


@pytest.fixture(scope="module")
def employment(atlas):
    return atlas.employment(2020)


@pytest.mark.parametrize(
    ("name", "quotient"),
    [("义乌市", 2.12), ("普宁市", 1.97), ("镇平县", 1.90), ("邵东市", 1.64), ("石狮市", 1.63)],
)
def test_known_quotients_of_wholesale_and_retail_lie_in_their_intervals(atlas, employment, name, quotient):
    result = location_quotient_interval(employment)
    row = atlas.county(name).index
    assert result.quotient[row, TRADE] == pytest.approx(quotient, abs=0.02)
    assert result.low[row, TRADE] < quotient < result.high[row, TRADE]


def test_yiwu_makes_and_trades(atlas, employment):
    row = atlas.county("义乌市").index
    result = location_quotient_interval(employment)
    assert result.quotient[row, MANUFACTURING] == pytest.approx(1.99, abs=0.02)
    assert result.above(1.2)[row, [MANUFACTURING, TRADE]].all()
    assert result.precise()[row].sum() >= 18


def test_quartiles_of_wholesale_and_retail_among_counties(atlas, employment):
    counties = np.array([c.kind != "district" for c in atlas.counties])
    quartiles = np.nanquantile(location_quotient(employment)[counties, TRADE], [0.25, 0.5, 0.75])
    np.testing.assert_allclose(quartiles, [0.55, 0.71, 0.91], atol=0.02)


def test_every_unit_with_data_gets_every_measure(atlas, employment):
    known = np.isfinite(employment).all(axis=1)
    assert known.sum() >= 2850
    result = complexity(employment)
    assert np.isfinite(result.eci[known]).all()
    assert np.isfinite(location_quotient(employment)[known]).all()
    assert result.gap > 0.01
    parts = shift_share(atlas.employment(2010), employment)
    both = known & np.isfinite(atlas.employment(2010)).all(axis=1)
    np.testing.assert_allclose(parts.change[both], (employment - atlas.employment(2010))[both], atol=1e-6)
    yiwu = atlas.county("义乌市").index
    assert parts.change[yiwu].sum() == pytest.approx(123_564 - 86_000)


def test_industries_cluster_in_space(atlas, employment):
    place = {code: i for i, code in enumerate(atlas.codes)}
    pairs = [(place[a], place[b]) for a, b in atlas.table("neighbours").select("code", "neighbour").iter_rows()]
    weights = SpatialWeights.from_pairs(pairs, len(place))
    quotient = location_quotient(employment)[:, [MANUFACTURING, TRADE]]
    moran = morans_i(quotient, weights, permutations=99)
    assert (moran.z() > 20).all()
    assert (moran.statistic > 0.4).all()
    local = local_moran(quotient, weights, permutations=999)
    yiwu = atlas.county("义乌市").index
    assert local.clusters()[yiwu, 0] == 1


def test_linkages_of_the_national_table_and_of_counties(atlas, employment):
    domestic = atlas.table("io_2020").filter(pl.col("origin") == "domestic")
    flows, output = domestic.select(INDUSTRIES).to_numpy(), domestic["total_use"].to_numpy()
    result = linkages(flows, output)
    assert result.influence[MANUFACTURING] > 1.2
    assert result.influence[INDUSTRIES.index("K")] < 1.0
    some = employment[:: len(employment) // 40]
    some = some[np.isfinite(some).all(axis=1)]
    national = technical_coefficients(flows, output)
    reference = np.nansum(employment, axis=0)
    local = multipliers(inverse(regional_coefficients(national, some, reference)))
    assert (local <= multipliers(inverse(national)) + 1e-9).all()
