"""Types of counties: invariances, probabilities, borders, and hand-made counties whose type is beyond doubt."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from bolang.atlas.industries import FACTORY_SERVICES
from bolang.atlas.model import INDUSTRIES
from bolang.pathway.types import (
    CELLS,
    LOSS_CLASSES,
    PARTS,
    ROADS,
    TOWN_TYPES,
    TownEvidence,
    changes,
    classify,
    town_types,
)
from bolang.pathway.types.borders import other_side
from bolang.pathway.types.land_border import on_land_border
from bolang.pathway.types.parts import AXES, BASES, Scale, members, weights
from bolang.pathway.types.town_types import FUNCTIONS, loss_class


def nation(n=60, seed=0):
    """A random nation: employment of 19 industries and three measures of access."""
    rng = np.random.default_rng(seed)
    size = rng.lognormal(9.5, 0.8, (n, 1))
    employment = rng.multinomial(10, np.ones(19) / 19, n) * 0 + rng.dirichlet(np.ones(19) * 2, n) * size
    access = np.column_stack([rng.lognormal(0, 1, n), rng.uniform(0, 30, n), rng.uniform(0, 12, n)])
    return np.round(employment), access


def test_probabilities_are_probabilities_and_agree_with_the_type():
    found = classify(*nation(), draws=256)
    np.testing.assert_allclose(found.probability.sum(axis=1), 1.0)
    far = (np.abs(found.margin) > 25).all(axis=1)
    assert far.any()
    assert (found.probability[far].argmax(axis=1) == found.cell[far]).all()
    assert (found.probability[far].max(axis=1) > 0.8).all()
    assert ((found.index >= 0) & (found.index <= 100)).all()


@given(st.integers(0, 1000))
@settings(max_examples=15, deadline=None)
def test_the_type_of_a_unit_does_not_depend_on_order_or_name(seed):
    employment, access = nation(30, seed)
    order = np.random.default_rng(seed).permutation(30)
    first, second = classify(employment, access, draws=64), classify(employment[order], access[order], draws=64)
    np.testing.assert_array_equal(first.cell[order], second.cell)
    np.testing.assert_allclose(first.probability[order], second.probability)


def test_the_same_seed_gives_the_same_answer():
    data = nation()
    np.testing.assert_array_equal(classify(*data, seed=1).probability, classify(*data, seed=1).probability)


def test_a_unit_without_data_is_not_classified_and_does_not_disturb_the_others():
    employment, access = nation()
    whole = classify(employment[1:], access[1:], draws=64)
    employment[0] = np.nan
    found = classify(employment, access, draws=64)
    assert found.cell[0] == -1
    assert np.isnan(found.probability[0]).all()
    np.testing.assert_array_equal(found.cell[1:], whole.cell)
    assert changes(found, 0) == ()


def test_applying_a_change_brings_the_index_to_its_line():
    employment, access = nation(80, 3)
    found = classify(employment, access, draws=16)
    checked = 0
    for index in range(80):
        for change in changes(found, index):
            number = PARTS.index(change.part)
            moved, values = found.percentiles[index].copy(), found.values[index].copy()
            values[number] = change.needed
            moved[number] = found.scales[number].percentile(np.array([change.needed]))[0]
            axis = AXES.index(change.axis)
            over = moved[members(change.axis)] @ weights(change.axis) - found.lines[axis]
            floor = (values[BASES] - found.floors).max() if change.axis == "industry" else np.inf
            # On the border: one condition is met exactly, the other is not missed.
            assert over == pytest.approx(0.0, abs=1e-6) or (floor == pytest.approx(0.0, abs=1e-9) and over > 0.0)
            assert floor > -1e-9 or found.margin[index, axis] >= 0.0
            assert change.to == other_side(CELLS[found.cell[index]], change.axis)
            checked += 1
    assert checked > 80


def test_a_high_rank_is_no_complete_industry_where_neither_base_reaches_the_nations_share():
    employment, access = nation(200, 5)
    factories, services = [INDUSTRIES.index("C")], [INDUSTRIES.index(section) for section in FACTORY_SERVICES]
    employment[:3, factories] *= 300.0  # three places hold most of the nation's factories
    employment[3:6, services] *= 100.0  # and three others most of its services
    found = classify(employment, access, draws=64)
    short = (found.values[:, BASES] < found.floors).all(axis=1)
    assert (short & (found.index[:, 0] > found.lines[0])).any()
    assert (found.cell[short] >= 2).all()
    assert (found.margin[short, 0] < 0.0).all()
    assert ((found.margin[:, 0] >= 0.0) == (found.cell < 2)).all()


def test_other_side_flips_one_axis():
    assert other_side("complete_good", "industry") == "weak_good"
    assert other_side("complete_good", "location") == "complete_remote"
    assert other_side("weak_remote", "industry") == "complete_remote"


def test_scale_turns_values_into_percentiles_and_back():
    values = np.array([4.0, 1.0, 3.0, 2.0, np.nan])
    up, down = Scale.of(values, 1), Scale.of(values, -1)
    np.testing.assert_allclose(up.percentile(values)[:4], [87.5, 12.5, 62.5, 37.5])
    np.testing.assert_allclose(down.percentile(values)[:4], [12.5, 87.5, 37.5, 62.5])
    assert np.isnan(up.percentile(values)[4])
    assert up.value(50.0) == pytest.approx(2.5)
    assert down.value(62.5) == pytest.approx(2.0)
    assert up.value(99.0) is None


def test_every_type_has_its_road_and_only_two_are_the_reports_own():
    assert set(ROADS) == set(CELLS)
    assert {key for key, road in ROADS.items() if road.from_report} == {"complete_good", "weak_remote"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [(3.0, "none"), (-4.9, "none"), (-5.0, "mild"), (-10.0, "flagged"), (-19.9, "flagged"), (-20.0, "severe")],
)
def test_population_loss_classes(change, expected):
    assert LOSS_CLASSES[loss_class(np.array([change]))[0]] == expected


def test_population_loss_is_unknown_where_boundaries_moved():
    assert loss_class(np.array([np.nan]))[0] == -1


def towns(shares, **changes):
    """Units with given employment shares (the rest in P) of 20,000 sampled, beside a neutral crowd."""
    crowd = np.full((200, 19), 20_000 / 19)
    rows = np.zeros((len(shares), 19))
    for row, given_shares in zip(rows, shares, strict=True):
        for section, share in given_shares.items():
            row["ABCDEFGHIJKLMNOPQRS".index(section)] = 20_000 * share
        row[15] += 20_000 - row.sum()
    n = 200 + len(shares)
    base = {
        "employment": np.vstack([rows, crowd]),
        "metropolis_hours": np.full(n, 5.0),
        "density": np.full(n, 400.0),
        "population_change": np.zeros(n),
        "border": np.zeros(n, bool),
        "taobao": np.zeros(n),
    }
    for name, values in changes.items():
        base[name][: len(shares)] = values
    return town_types(TownEvidence(**base), draws=128)


def test_functions_need_their_second_signal():
    share = 1 / 19
    found = towns(
        [
            {"C": 2 * share, "F": 2 * share},  # market and workshop
            {"F": 2 * share},  # petty trade without workshops
            {"F": 2 * share},  # the same with Taobao villages
            {"H": 2 * share, "R": 1.5 * share},
            {"H": 2 * share},
        ],
        taobao=[0, 0, 3, 0, 0],
    )
    assert found.functions_of(0) == ("manufacturing", "commerce")
    assert found.functions_of(1) == ()
    assert found.functions_of(2) == ("commerce",)
    assert found.functions_of(3) == ("tourism",)
    assert found.functions_of(4) == ()
    assert found.of(1) == ()
    assert found.of(0) == ("specialised",)


def test_the_other_town_types():
    share = 1 / 19
    found = towns(
        [{"A": 3 * share}, {"A": 3 * share}, {}, {}, {}],
        density=[300.0, 20.0, 300.0, 300.0, 300.0],
        metropolis_hours=[5.0, 5.0, 0.5, 5.0, 5.0],
        population_change=[0.0, 0.0, 0.0, -12.0, np.nan],
        border=[False, False, False, True, False],
    )
    assert found.of(0) == ("farm",)
    assert found.of(1) == ("ecological",)
    assert found.of(2) == ("near_metropolis",)
    assert found.of(3) == ("specialised", "losing")
    assert found.functions_of(3) == ("border",)
    assert np.isnan(found.probability[4, list(TOWN_TYPES).index("losing")])
    assert found.probability.shape[1] == len(TOWN_TYPES)
    assert found.functions.shape[1] == len(FUNCTIONS)


def test_sampling_error_makes_membership_less_than_certain():
    share = 1 / 19
    small = np.vstack([np.round(np.full((1, 19), 10.0)), np.full((200, 19), 1000.0)])
    small[0, 2] = 13.0  # a quotient of about 1.27 in a sample of 193
    n = small.shape[0]
    neutral = TownEvidence(small, np.full(n, 5.0), np.full(n, 400.0), np.zeros(n), np.zeros(n, bool), np.zeros(n))
    probability = town_types(neutral, draws=256).functions[0, 0]
    assert 0.2 < probability < 0.8
    assert towns([{"C": 1.9 * share}]).functions[0, 0] == 1.0


def test_the_land_border_lies_between_the_two_river_mouths():
    west, south, east, north = 108.03, 21.53, 124.30, 39.95
    middle = ((west + east) / 2, (south + north) / 2)
    inland = [(west, south), middle, (east, north), (east, north + 8), (west - 8, north + 8), (west - 8, south)]
    coast = [(west, south), (east, south), middle], [(east, south), (east, north), middle]
    units = np.array([shapely.Polygon(ring) for ring in (inland, *coast)])
    assert on_land_border(units).tolist() == [True, False, False]


def test_own_quantiles_are_those_of_the_distributions():
    from scipy import stats

    from bolang.foundation.parameters import load_parameters
    from bolang.pathway.types.classify import _dirichlet, triangular
    from bolang.pathway.types.parts import Scale

    uniform = np.linspace(0.001, 0.999, 333)
    cited = load_parameters("bolang.pathway.types")["industry_line"]
    low, high = cited.range
    mode = (cited.number - low) / (high - low)
    np.testing.assert_allclose(
        triangular(cited, uniform), stats.triang.ppf(uniform, mode, loc=low, scale=high - low), rtol=1e-12
    )
    points = np.random.default_rng(0).random((50, 3))
    gammas = stats.gamma.ppf(points, 20 * np.array([0.5, 0.3, 0.2]))
    np.testing.assert_allclose(
        _dirichlet([0.5, 0.3, 0.2], 20.0, points), gammas / gammas.sum(axis=1, keepdims=True), rtol=1e-9
    )
    tied = np.array([3.0, 1.0, 3.0, np.nan, 2.0, 3.0])
    scale = Scale.of(tied, 1)
    known = tied[~np.isnan(tied)]
    np.testing.assert_allclose(scale.percentile(known), 100 * (stats.rankdata(known) - 0.5) / known.size)
