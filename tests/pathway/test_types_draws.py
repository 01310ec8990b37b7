"""Probabilities of types again by plain chance, and the lines of types, towns and situations from both sides."""

import itertools
from types import SimpleNamespace

import numpy as np
import pytest
import shapely
from scipy.stats import triang
from test_types import nation

from bolang.atlas import Atlas
from bolang.atlas.industries import FACTORY_SERVICES, TOWN_SIGNALS
from bolang.atlas.model import INDUSTRIES
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import same
from bolang.pathway.types import CELLS, PARTS, ROADS, TOWN_TYPES, CountyType, National, TownEvidence, changes, classify
from bolang.pathway.types import special_roads as special
from bolang.pathway.types.classify import Classification, _relative_errors
from bolang.pathway.types.evidence import population_change
from bolang.pathway.types.land_border import on_land_border
from bolang.pathway.types.parts import AXES, BASES, Scale, industry_values, weights
from bolang.pathway.types.roads import SPECIAL
from bolang.pathway.types.town_types import FUNCTIONS, LOSS_CLASSES, TownTypes, _errors, town_types

CITED = load_parameters("bolang.pathway.types")
DRAWS, CLOSE = 6000, 0.035
"""Plain draws, and four standard errors of a share of them, and a little for the drawn ones."""


def noise():
    """Variance of a share of the long form over that of a simple sample of which nothing is the whole."""
    cited = load_parameters("bolang.measures")
    return cited.number("long_form_design_effect") * (1 - cited.number("long_form_fraction"))


def threshold(name, uniform):
    low, high = CITED[name].range
    return triang.ppf(uniform, (CITED.number(name) - low) / (high - low), low, high - low)


# ---------------------------------------------------------------- the report's types
def naive_errors(employment):
    found = np.zeros((len(employment), 6))
    for i, row in enumerate(employment):
        for column, sections in ((0, "C"), (1, FACTORY_SERVICES)):
            people = sum(row[INDUSTRIES.index(s)] for s in sections)
            found[i, column] = np.sqrt(noise() * (1 - people / row.sum()) / max(people, 0.5))
        found[i, 3:] = CITED.number("potential_error"), CITED.number("time_error"), CITED.number("time_error")
    return found


def test_errors_are_those_of_a_sample_and_the_cited_ones():
    employment, _ = nation(6, 1)
    employment[0, [INDUSTRIES.index(s) for s in FACTORY_SERVICES]] = 0.0
    assert _relative_errors(employment) == pytest.approx(naive_errors(employment))
    share = employment / employment.sum(axis=1, keepdims=True)
    assert _errors(employment) == pytest.approx(np.sqrt(noise() * (1 - share) / np.maximum(employment, 0.5)))


def test_the_probability_of_a_type_is_its_share_of_plain_draws():
    """Errors, weights and lines drawn with other numbers; a strict reader of the line of industry is strict of its floors."""
    employment, access = nation(40, 3)
    found, errors = classify(employment, access, draws=1024), naive_errors(employment)
    rng = np.random.default_rng(8)
    cited = [[CITED[f"{axis}_weights"].value[part.key] for part in PARTS if part.axis == axis] for axis in AXES]
    strict, other = rng.uniform(size=(2, DRAWS, 1))
    seen = found.values * np.maximum(1 + errors * rng.normal(size=(DRAWS, 1, 6)), 0)
    ranks = np.stack([found.scales[k].percentile(seen[..., k]) for k in range(6)], axis=-1)
    shares = np.hstack([rng.dirichlet(CITED.number("weight_concentration") * np.array(w), DRAWS) for w in cited])
    points = ranks * shares[:, None, :]
    based = (seen[..., 0] >= threshold("industry_floor", strict)) | (
        seen[..., 1] >= threshold("function_quotient", strict)
    )
    complete = based & (points[..., :3].sum(axis=2) >= threshold("industry_line", strict))
    good = points[..., 3:].sum(axis=2) >= threshold("location_line", other)
    cells = (complete & good, complete & ~good, ~complete & good, ~complete & ~good)
    drawn = np.stack([cell.mean(axis=0) for cell in cells], axis=1)
    assert np.abs(found.probability - drawn).max() < CLOSE
    assert ((found.probability > 0.05) & (found.probability < 0.95)).any(
        axis=1
    ).sum() > 15  # the test has something to see


def hand_made(index, bases, cell=2):
    """Two scales on which a value of x is the percentile 10 x; floors of 3 and 5, lines of 60 and 50."""
    ladder = Scale(np.arange(11.0), 10.0 * np.arange(11.0))
    values = np.array([[*bases, 5.0, 5.0, 5.0, 5.0]])
    probability = np.array([[0.1, 0.2, 0.3, 0.4]])
    return Classification(
        values,
        10.0 * values,
        np.array([index]),
        (60.0, 50.0),
        np.array([3.0, 5.0]),
        np.array([cell]),
        probability,
        (ladder,) * 6,
    )


@pytest.mark.parametrize(
    ("index", "bases", "carried", "margin"),
    [
        (
            (70.0, 45.0),
            (4.0, 5.5),
            10.0,
            (10.0, -5.0),
        ),  # the better base lies 10 above its floor, as the index above its line
        ((90.0, 80.0), (4.0, 5.5), 10.0, (10.0, 30.0)),
        ((65.0, 50.0), (9.0, 1.0), 60.0, (5.0, 0.0)),
        ((65.0, 50.0), (2.0, 4.5), -5.0, (-5.0, 0.0)),
        ((40.0, 50.0), (2.0, 4.5), -5.0, (-20.0, 0.0)),
    ],
)
def test_the_margin_of_industry_is_the_smaller_of_two(index, bases, carried, margin):
    found = hand_made(index, bases)
    assert found.carried.tolist() == pytest.approx([carried])
    assert found.margin[0].tolist() == pytest.approx(margin)
    assert found.index[0].tolist() == list(index)


def test_single_changes_go_from_the_nearest_line_and_say_whether_it_is_gained():
    found = hand_made((52.0, 47.0), (4.0, 6.0))
    axes = [change.axis for change in changes(found, 0)]
    assert axes[0] == "location"  # 3 points away, industry 8
    assert axes == sorted(axes, key=["location", "industry"].index)
    assert all(change.gains for change in changes(found, 0))
    # 3 points of the index are 7.5 percentiles of a part that weighs .4, 15 of one that weighs .2; 10 percentiles are 1 of the value
    needed = {change.part.key: change.needed for change in changes(found, 0)}
    for part, weight in zip(PARTS[3:], weights("location"), strict=True):
        assert needed[part.key] == pytest.approx(5.0 + 3 / weight / 10)
    lost = {change.axis: change for change in changes(hand_made((68.0, 58.0), (4.0, 6.0), cell=0), 0)}
    assert {axis: change.gains for axis, change in lost.items()} == {"industry": False, "location": False}
    assert {change.now for change in changes(found, 0) if change.part.axis == "location"} == {5.0}


def test_a_part_beyond_the_best_of_the_nation_changes_nothing():
    """58 points short: no part of location, of at most 100 percentiles, can carry them alone from 50."""
    assert {change.axis for change in changes(hand_made((61.0, -8.0), (4.0, 6.0)), 0)} == {"industry"}


@pytest.mark.parametrize(
    ("index", "bases", "short"),
    [((60.0, 50.0), (2.9, 4.9), True), ((59.9, 50.0), (2.9, 4.9), False), ((80.0, 50.0), (3.0, 4.9), False), ((80.0, 50.0), (2.9, 5.0), False)],
)  # fmt: skip
def test_a_rank_above_the_line_without_a_base_is_short_of_it(index, bases, short):
    from bolang.pathway.types.county_type import _shortfall

    found = _shortfall(hand_made(index, bases), 0)
    assert (found is not None) is short
    if found:
        assert (found.factories, found.services, found.factories_needed, found.services_needed) == (*bases, 3.0, 5.0)
    assert _shortfall(hand_made(index, bases, cell=-1), 0) is None


def test_quotients_are_against_the_nation_that_is_given_and_none_without_jobs():
    employment = np.zeros((3, 19))
    employment[0, 2], employment[0, 5] = 30.0, 70.0
    employment[2, 0] = 5.0
    reference = np.zeros(19)
    reference[[0, 2, 5]] = 80.0, 10.0, 10.0
    found = industry_values(employment, reference)
    assert found[0, 0] == pytest.approx(3.0)
    assert found[0, 2] == pytest.approx(100 / 0.1 / 1e4)
    assert np.isnan(found[1, 0])
    assert found[2, 0] == 0.0
    # against the sum of the units: 30 of 105
    assert industry_values(employment)[0, 0] == pytest.approx(0.3 / (30 / 105))


def test_a_quotient_shows_two_decimals_hours_and_people_one_money_and_indices_none():
    assert {part.key: part.digits for part in PARTS} == {
        "manufacturing_quotient": 2, "services_quotient": 2, "industry_scale": 1, "market_potential": 0, "port_cost": 0, "metropolis_hours": 1,
    }  # fmt: skip
    assert [PARTS[number].key for number in BASES] == ["manufacturing_quotient", "services_quotient"]


# ---------------------------------------------------------------- the policy's types
def test_the_probability_of_a_town_type_is_its_share_of_plain_draws():
    rng = np.random.default_rng(4)
    n, size = 40, 4000.0
    employment = rng.dirichlet(np.full(19, 60.0), n) * size
    own = [INDUSTRIES.index(s) for s in TOWN_SIGNALS]
    employment[:, own] *= rng.uniform(0.7, 1.9, (n, len(own)))
    quotient = employment / employment.sum(axis=1, keepdims=True) * 19
    hours, density = rng.uniform(0.6, 1.6, n), rng.uniform(60, 140, n)
    border, taobao = np.arange(n) % 10 == 0, np.where(np.arange(n) % 7 == 0, 2.0, 0.0)
    evidence = TownEvidence(employment, hours, density, np.zeros(n), border, taobao, nation=np.ones(19))
    found = town_types(evidence, draws=1024)
    error = np.sqrt(noise() * (1 - quotient / 19) / employment)
    near = load_parameters("bolang.space").number("metropolis_minutes") / 60
    draw = lambda: rng.normal(size=(DRAWS, 1))  # noqa: E731
    seen = {s: quotient[:, i] * (1 + error[:, i] * draw()) for s, i in zip(TOWN_SIGNALS, own, strict=True)}
    special_q, second, farm, thin = (
        threshold(name, rng.uniform(size=(DRAWS, 1)))
        for name in ("function_quotient", "second_signal_quotient", "farm_quotient", "ecological_density")
    )
    workshop = (seen["C"] >= second) | (seen["G"] >= special_q) | (taobao > 0)
    trade, tourism = (seen["F"] >= special_q) & workshop, (seen["H"] >= special_q) & (seen["R"] >= second)
    told = np.stack([seen["C"] >= special_q, trade, tourism, seen["G"] >= special_q, border | (draw() > 99)], axis=2)
    close = hours * (1 + CITED.number("time_error") * draw()) <= near
    types = np.stack([close, told.any(axis=2), (seen["A"] >= farm) & (density >= thin), density < thin], axis=2)
    assert np.abs(found.functions - told.mean(axis=0)).max() < CLOSE
    assert np.abs(found.probability[:, :4] - types.mean(axis=0)).max() < CLOSE
    unsure = (found.probability[:, :4] > 0.1) & (found.probability[:, :4] < 0.9)
    assert unsure.sum(axis=0).min() >= 6


def test_what_is_not_known_has_no_probability_and_the_rest_keeps_its_own():
    n = 5
    employment = np.full((n, 19), 1e6)
    employment[1] = np.nan
    evidence = TownEvidence(
        employment, np.array([5.0, 5.0, np.nan, 5.0, 0.1]), np.full(n, 400.0), np.array([-10.0, 0.0, np.nan, -9.9, -30.0]), np.array([True] * n), np.zeros(n), nation=np.ones(19),
    )  # fmt: skip
    found = town_types(evidence, draws=16)
    assert np.isnan(found.probability).tolist() == [
        [False] * 5, [False, True, True, False, False], [True, False, False, False, True], [False] * 5, [False] * 5,
    ]  # fmt: skip
    assert np.isnan(found.functions).tolist() == [[False] * 5, [True] * 4 + [False], *[[False] * 5] * 3]
    assert found.functions[:, 4].tolist() == [1.0] * n
    assert found.probability[[0, 1, 3, 4], 4].tolist() == [1.0, 0.0, 0.0, 1.0]  # a loss of ten per cent is flagged
    assert [LOSS_CLASSES[k] if k >= 0 else None for k in found.loss] == ["flagged", "none", None, "mild", "severe"]
    assert found.probability[[0, 1, 3, 4], 0].tolist() == [0.0, 0.0, 0.0, 1.0]


def test_a_type_as_likely_as_not_is_one():
    shares = np.array([[0.5, 0.49, 1.0, np.nan, 0.7]])
    found = TownTypes(shares, shares, np.array([0]))
    assert found.of(0) == (TOWN_TYPES[0], TOWN_TYPES[2], TOWN_TYPES[4])
    assert found.functions_of(0) == (FUNCTIONS[0], FUNCTIONS[2], FUNCTIONS[4])
    assert found.of(0, least=0.7) == (TOWN_TYPES[2], TOWN_TYPES[4])
    assert found.functions_of(0, least=0.71) == (FUNCTIONS[2],)


# ---------------------------------------------------------------- what types are read from
def test_a_change_of_population_is_of_one_territory_and_of_somebody():
    import polars as pl

    people = {2020: np.array([110.0, 50.0, 9.0, 7.0]), 2010: np.array([100.0, 100.0, 10.0, 0.0])}
    table = pl.DataFrame({"code": ["4", "1", "2", "3"], "comparable": [True, True, True, False]})
    atlas = SimpleNamespace(
        vintage=SimpleNamespace(census=2020, census_before=2010), table=lambda name: table, column=lambda name, year: people[year],
    )  # fmt: skip
    np.testing.assert_allclose(population_change(atlas), [10.0, -50.0, np.nan, np.nan])


def test_one_point_is_no_contact_with_the_border_unless_one_says_so():
    west, south, east, north = 108.03, 21.53, 124.30, 39.95
    middle = ((west + east) / 2, (south + north) / 2)
    inland = [(west, south), middle, (east, north), (east, north + 8), (west - 8, north + 8), (west - 8, south)]
    coast = [(west, south), (east, south), middle], [(east, south), (east, north), middle]
    units = np.array([shapely.Polygon(ring) for ring in (inland, *coast)])
    assert on_land_border(units, 1).tolist() == [True, True, True]
    assert on_land_border(units, 2).tolist() == [True, False, False]
    assert on_land_border(units, 5).tolist() == [True, False, False]  # four corners of its own and the mouths
    assert on_land_border(units, 6).tolist() == [False, False, False]


# ---------------------------------------------------------------- what sets a county apart
@pytest.mark.parametrize("cell", CELLS)
def test_the_first_situation_that_holds_sets_a_county_apart(monkeypatch, cell):
    county, reach = SimpleNamespace(code="1"), special._reach()
    for core, island, coal, border, hours in itertools.product((True, False), (True, False), (True, False), (True, False), (reach, reach + 0.1)):  # fmt: skip
        monkeypatch.setattr(special, "serves_the_city", lambda atlas, county, core=core: core)
        monkeypatch.setattr(special, "_islands", lambda island=island: ["1"] if island else ["2"])
        monkeypatch.setattr(special, "lives_from_resource", lambda atlas, county, coal=coal: coal)
        drives = {"1": SimpleNamespace(core_city=SimpleNamespace(hours=hours))}
        monkeypatch.setattr(special, "city_drives", lambda atlas, drives=drives: drives)
        atlas = SimpleNamespace(status=SimpleNamespace(has=lambda county, name, border=border: border and name == "border"))  # fmt: skip
        weak = cell in ("weak_good", "weak_remote")
        if core:
            expected = "core"
        elif island:
            expected = "island"
        elif coal and cell != "complete_good":
            expected = "resource"
        elif border and weak:
            expected = "border"
        else:
            expected = "far" if weak and hours > reach else None
        assert special.situation(atlas, county, cell) == expected


@pytest.mark.parametrize(("capacity", "listed", "lives"), [(10.0, False, True), (9.9, False, False), (None, False, False), (9.9, True, True), (0.0, True, True)])  # fmt: skip
def test_a_county_lives_from_coal_at_the_line_or_by_the_list(capacity, listed, lives):
    assert load_parameters("bolang.pathway.plan").number("resource_coal") == 10.0
    goods = (SimpleNamespace(kind="market", capacity=99.0), SimpleNamespace(kind="coal", capacity=capacity))
    atlas = SimpleNamespace(
        products=SimpleNamespace(of=lambda county: goods),
        status=SimpleNamespace(has=lambda county, name: listed and name == "exhausted"),
    )
    assert special.lives_from_resource(atlas, None) is lives


@pytest.mark.parametrize(("factories", "core", "serves"), [(9.0, True, True), (10.0, True, False), (11.0, True, False), (9.0, False, False)])  # fmt: skip
def test_a_core_serves_its_city_where_factories_are_fewer_than_in_the_nation(monkeypatch, factories, core, serves):
    monkeypatch.setattr(special, "is_built_core", lambda atlas, county: core)
    jobs = np.zeros((1, 19))
    jobs[0, INDUSTRIES.index("C")], jobs[0, 5] = factories, 100.0 - factories
    whole = np.zeros(19)
    whole[INDUSTRIES.index("C")], whole[0] = 1e5, 9e5
    atlas = SimpleNamespace(vintage=SimpleNamespace(census=2020), employment=lambda year: jobs, national_employment=lambda year: whole)  # fmt: skip
    assert special.serves_the_city(atlas, SimpleNamespace(index=0)) is serves


def test_a_situation_has_the_label_of_the_type_unless_it_has_its_own():
    for key, cell in itertools.product(special.SITUATIONS, CELLS):
        road = special.road_of(cell, key)
        assert road.key == cell
        own = SPECIAL[key].label
        assert road.label == (ROADS[cell].label if own == same("") else own)
        assert (road.road, road.measures) == (SPECIAL[key].road, SPECIAL[key].measures)
        assert special.road_of(cell, None) is ROADS[cell]


# ---------------------------------------------------------------- one county, all counties
@pytest.fixture(scope="module")
def national():
    return National(Atlas(workspace=False))


def test_the_table_of_all_types_counts_up_to_its_summary(national):
    frame, counts = national.frame(), national.counts()
    found, towns = national.report_types, national.town_types
    for scope, rows in (("all", frame), ("county_towns", frame.filter(frame["kind"] != "district"))):
        for cell in CELLS:
            assert counts[scope][cell] == (rows["type"] == cell).sum()
        assert counts[scope]["unclassified"] == rows["type"].null_count()
        for key in TOWN_TYPES:
            assert counts[scope][key] == (rows[f"p_{key}"].fill_nan(0.0) >= 0.5).sum()
    for axis, column in zip(AXES, found.index.T, strict=True):
        np.testing.assert_array_equal(frame[f"{axis}_index"].to_numpy(), column)
    np.testing.assert_array_equal(frame["industry_margin"].to_numpy(), found.margin[:, 0])
    for key, column in zip(FUNCTIONS, towns.functions.T, strict=True):
        np.testing.assert_array_equal(frame[f"p_{key}"].to_numpy(), column)
    np.testing.assert_array_equal(frame["certainty"].to_numpy(), found.probability.max(axis=1))
    assert frame["loss"].null_count() == (towns.loss < 0).sum()


@pytest.mark.parametrize("name", ["义乌市", "浦东新区", "漠河市", "三沙市", "余杭区", "凤阳县"])
def test_the_type_of_one_county_is_its_row_of_the_table(national, name):
    county = national.atlas.county(name)
    one, row = national.of(county), national.frame().row(county.index, named=True)
    assert one.cell == row["type"]
    for cell in CELLS:
        assert one.probability[cell] == pytest.approx(row[f"p_{cell}"], nan_ok=True)
    for axis in AXES:
        assert one.index[axis] == pytest.approx(row[f"{axis}_index"], nan_ok=True)
        assert one.margin[axis] == pytest.approx(row[f"{axis}_margin"], nan_ok=True)
    assert one.is_county_town is (county.kind != "district")
    assert one.loss == row["loss"]
    change = row["population_change"]
    assert one.population_change == (None if np.isnan(change) else change)
    assert one.functions == tuple(key for key in FUNCTIONS if row[f"p_{key}"] >= 0.5)
    assert set(one.likely_town_types) == {key for key in TOWN_TYPES if row[f"p_{key}"] >= 0.5}
    assert (one.road is None) is (one.cell is None)


@pytest.mark.parametrize(("industry", "location", "nearest"), [(5.0, -3.0, "location"), (-2.0, 3.0, "industry"), (1.0, -9.0, "industry")])  # fmt: skip
def test_the_nearest_line_is_that_of_the_smaller_distance(industry, location, nearest):
    shares = dict.fromkeys(TOWN_TYPES, 0.0) | {"farm": 0.5, "losing": 0.49}
    made = CountyType(None, None, {}, {}, {"industry": industry, "location": location}, (), shares, (), True, None, None)  # fmt: skip
    assert made.nearest_line == nearest
    assert made.likely_town_types == ("farm",)
