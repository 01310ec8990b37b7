"""The types of the report again, unit by unit and by counting; triangles, percentiles and lines from both sides."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import triang
from test_types import nation

from bolang.atlas import Atlas
from bolang.atlas.model import INDUSTRIES
from bolang.foundation.parameters import load_parameters
from bolang.pathway.plan.cards import cards
from bolang.pathway.types import TOWN_TYPES, TownEvidence, classify, town_types
from bolang.pathway.types.classify import triangular
from bolang.pathway.types.evidence import access_values, town_evidence
from bolang.pathway.types.parts import FACTORY_SERVICES, MARKET_AND_WORKSHOP, PARTS, Scale
from bolang.pathway.types.town_types import FUNCTIONS

CITED = load_parameters("bolang.pathway.types")


def percentile_by_counting(values, own, direction):
    """Share of all that are behind, equals and itself counted half."""
    behind = sum(other < own if direction > 0 else other > own for other in values)
    equal = sum(other == own for other in values)
    return 100 * (behind + equal / 2) / len(values)


def test_types_by_counting():
    employment, access = nation(40, 3)
    found = classify(employment, access, draws=64)
    total = employment.sum()
    reference = {section: employment[:, i].sum() / total for i, section in enumerate(INDUSTRIES)}

    def share(row, sections):
        return sum(row[INDUSTRIES.index(s)] for s in sections) / row.sum() / sum(reference[s] for s in sections)

    for i, row in enumerate(employment):
        scale = sum(row[INDUSTRIES.index(s)] for s in MARKET_AND_WORKSHOP) * 10 / 1e4  # a tenth is sampled; 万人
        expected = [share(row, "C"), share(row, FACTORY_SERVICES), scale, *access[i]]
        assert found.values[i] == pytest.approx(expected)
    index = np.zeros((40, 2))
    for axis, name in enumerate(("industry", "location")):
        parts = [(k, part) for k, part in enumerate(PARTS) if part.axis == name]
        cited = CITED[f"{name}_weights"].value
        weights = [cited[part.key] / sum(cited[p.key] for _, p in parts) for _, part in parts]
        for i in range(40):
            shares = [
                percentile_by_counting(found.values[:, k], found.values[i, k], part.direction) for k, part in parts
            ]
            assert [found.percentiles[i, k] for k, _ in parts] == pytest.approx(shares)
            index[i, axis] = sum(w * s for w, s in zip(weights, shares, strict=True))
    assert found.index == pytest.approx(index)
    floors = [CITED.number("industry_floor"), CITED.number("function_quotient")]
    for i in range(40):
        based = found.values[i, 0] >= floors[0] or found.values[i, 1] >= floors[1]
        complete = index[i, 0] >= CITED.number("industry_line") and based
        good = index[i, 1] >= CITED.number("location_line")
        assert found.cell[i] == (0 if complete and good else 1 if complete else 2 if good else 3)


def test_the_line_itself_is_enough():
    """Units that do not differ all have percentile 50, which is the line of location and below that of industry."""
    employment, access = np.full((5, 19), 100.0), np.full((5, 3), 2.0)
    found = classify(employment, access, draws=16)
    assert CITED.number("location_line") == 50.0 < CITED.number("industry_line")
    assert found.index[:, 1].tolist() == [50.0] * 5
    assert found.cell.tolist() == [2] * 5


@settings(deadline=None)
@given(
    st.sampled_from(["industry_line", "location_line", "function_quotient", "second_signal_quotient"]),
    st.floats(0.001, 0.999),
)
def test_a_threshold_is_drawn_from_the_triangle_of_its_range(name, at):
    parameter = CITED[name]
    low, high = parameter.range
    found = triangular(parameter, np.array([at]))[0]
    assert found == pytest.approx(triang.ppf(at, (parameter.number - low) / (high - low), low, high - low))


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=30), st.sampled_from([1, -1]))
def test_the_scale_is_counting(values, direction):
    scale = Scale.of(np.array(values, dtype=float), direction)
    for value in set(values):
        assert scale.percentile(np.array([float(value)]))[0] == pytest.approx(
            percentile_by_counting(values, value, direction)
        )
    assert np.isnan(scale.percentile(np.array([np.nan]))[0])
    assert scale.value(scale.percentiles.max() + 0.01) is None
    assert scale.value(scale.percentiles.min() - 0.01) is None


# ---------------------------------------------------------------- types of the policy
def town(shares, taobao=0.0, density=400.0, hours=5.0, border=False):
    """A county with some quotients against a nation that is even, sampled so largely that nothing is left to chance."""
    n, size = 200, 1e9
    employment = np.full((n, 19), size / 19)
    for section, quotient in shares.items():
        employment[0, INDUSTRIES.index(section)] = quotient * size / 19
    rest = [i for i, section in enumerate(INDUSTRIES) if section not in shares]
    employment[0, rest] = (size - employment[0].sum() + employment[0, rest].sum()) / len(rest)
    column = lambda own, others: np.array([own] + [others] * (n - 1))  # noqa: E731
    return town_types(
        TownEvidence(
            employment, column(hours, 5.0), column(density, 400.0), np.zeros(n), column(border, False).astype(bool), column(taobao, 0.0),
            nation=np.full(19, 1.0),
        ),
        draws=64,
    )  # fmt: skip


def functions(**given):
    shares = given.pop("shares", {})
    return dict(zip(FUNCTIONS, town(shares, **given).functions[0].tolist(), strict=True))


@pytest.mark.parametrize(
    ("given", "function", "has"),
    [
        ({"shares": {"C": 3.0}}, "manufacturing", 1.0), ({"shares": {"C": 0.9}}, "manufacturing", 0.0), ({"shares": {"F": 3.0, "C": 0.5}}, "commerce", 0.0), ({"shares": {"F": 3.0, "C": 0.5}, "taobao": 1.0}, "commerce", 1.0),
        ({"shares": {"F": 3.0, "G": 3.0, "C": 0.5}}, "commerce", 1.0), ({"shares": {"F": 3.0, "C": 3.0}}, "commerce", 1.0), ({"shares": {"F": 0.5, "C": 3.0}, "taobao": 9.0}, "commerce", 0.0),
        ({"shares": {"H": 3.0, "R": 3.0}}, "tourism", 1.0), ({"shares": {"H": 3.0, "R": 0.5}}, "tourism", 0.0), ({"shares": {"H": 0.5, "R": 3.0}}, "tourism", 0.0), ({"shares": {"G": 3.0}}, "transport", 1.0),
        ({"border": True}, "border", 1.0), ({}, "border", 0.0),
    ],
)  # fmt: skip
def test_a_function_needs_its_signals(given, function, has):
    assert functions(**given)[function] == has


@pytest.mark.parametrize(
    ("given", "kind", "has"),
    [
        ({"shares": {"A": 4.0}}, "farm", 1.0), ({"shares": {"A": 4.0}, "density": 0.1}, "farm", 0.0), ({"shares": {"A": 0.5}}, "farm", 0.0), ({"density": 0.1}, "ecological", 1.0), ({}, "ecological", 0.0),
        ({"hours": 0.1}, "near_metropolis", 1.0), ({"hours": 9.0}, "near_metropolis", 0.0), ({"shares": {"G": 3.0}}, "specialised", 1.0), ({"shares": {"G": 0.9, "C": 0.9, "F": 0.9, "H": 0.9}}, "specialised", 0.0),
    ],
)  # fmt: skip
def test_a_type_of_the_policy_needs_its_signals(given, kind, has):
    shares = given.pop("shares", {})
    assert town(shares, **given).probability[0, list(TOWN_TYPES).index(kind)] == has


def test_a_percentile_is_turned_back_into_the_value_that_has_it_to_both_ends():
    for direction in (1, -1):
        scale = Scale.of(np.array([1.0, 2.0, 3.0, 9.0]), direction)
        for value in (1.0, 1.25, 2.0, 2.5, 3.0, 8.0, 9.0):
            assert scale.value(scale.percentile(np.array([value]))[0]) == pytest.approx(value)


# ---------------------------------------------------------------- what types are read from
@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


def test_access_has_the_median_county_at_a_hundred(atlas):
    found = access_values(atlas)
    assert np.nanmedian(found[:, 0]) == pytest.approx(100.0)
    potential = atlas.column("harris_all", 2020)
    i, j = (atlas.county(name).index for name in ("义乌市", "漠河市"))
    assert found[i, 0] / found[j, 0] == pytest.approx(potential[i] / potential[j])
    np.testing.assert_array_equal(found[:, 1], atlas.column("port_cost", 2020))
    np.testing.assert_array_equal(found[:, 2], atlas.column("metropolis_hours", 2020))


def test_evidence_of_the_policys_types_from_the_columns(atlas):
    found = town_evidence(atlas)
    for name in ("义乌市", "漠河市", "曹县", "嵊泗县"):
        county = atlas.county(name)
        i = county.index
        people = {year: float(atlas.column("population", year)[i]) for year in (2010, 2020)}
        assert found.density[i] == pytest.approx(people[2020] / county.area_km2)
        assert found.metropolis_hours[i] == atlas.column("metropolis_hours", 2020)[i]
        if not np.isnan(found.population_change[i]):
            assert found.population_change[i] == pytest.approx(100 * (people[2020] / people[2010] - 1))
        villages = float(atlas.column("taobao_villages", atlas.vintage.taobao)[i])
        assert found.taobao[i] == (0 if np.isnan(villages) else villages)
    assert found.border[atlas.county("漠河市").index]
    assert not found.border[atlas.county("义乌市").index]


@pytest.mark.parametrize(("void", "fits"), [(0.0, True), (1.0, True), (-0.01, False), (1.01, False), (None, True)])
def test_a_chance_of_a_card_lies_between_none_and_all(void, fits):
    card = next(card for card in cards().values() if bool(card.cases) == (void is not None))
    content = {**card.model_dump(), "void": void}
    if fits:
        assert type(card).model_validate(content).void == void
    else:
        with pytest.raises(ValueError, match="void"):
            type(card).model_validate(content)
