"""Measures and studies: keys agree across files, and what was measured is carried over as the card says."""

import numpy as np
import pytest

from bolang.atlas import Atlas
from bolang.atlas.register import policies
from bolang.economy.levers.catalogue import levers
from bolang.foundation.errors import BadInputError, ParameterError
from bolang.pathway.plan.cards import cards
from bolang.pathway.plan.measures import _measure, measures, off_menu
from bolang.pathway.plan.pooling import pool
from bolang.pathway.plan.recommend import preconditions
from bolang.pathway.plan.result import LISTS, STANDINGS
from bolang.pathway.types.roads import ROADS
from bolang.pathway.types.special_roads import SITUATIONS, road_of
from bolang.validation.events.catalogue import event_catalogue, treated_years
from bolang.validation.events.panel import panel_of
from bolang.wording import load


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


def test_what_a_lever_states_a_measure_does_not_state_again():
    """One place for name, decider and costs: the measure of a lever takes them from it, or is refused."""
    for measure in measures().values():
        if measure.lever is not None:
            lever = levers()[measure.lever]
            assert (measure.decider, measure.share, measure.years) == (lever.decider, lever.local_share, lever.years)
            assert measure.cost == (lever.cost.low, lever.cost.mode, lever.cost.high)
    for wrong in ({"lever": "sea_rail", "cost": [1, 2, 3]}, {"lever": "flying"}):
        with pytest.raises(ParameterError):
            _measure("sea_rail", {"tests": [], "card": "none", "roads": ["any"], **wrong})


def test_keys_across_files_exist(atlas):
    words = load("plan")
    for key, measure in measures().items():
        assert set(measure.policy) <= set(policies()), key
        assert set(measure.tests) <= preconditions(atlas).keys, key
        assert measure.card is None or measure.card in cards(), key
        assert (f"measure.{key}" in words) == (measure.lever is None), key
    taken = {measure.lever for measure in measures().values() if measure.lever is not None}
    assert set(levers()) - taken == set(off_menu())
    assert all(set(tests) <= preconditions(atlas).keys for tests in off_menu().values())
    assert all(set(lever.policy) <= set(policies()) for lever in levers().values())
    for standing in STANDINGS:
        assert f"standing.{standing}" in words
    used = {test for measure in measures().values() for test in measure.tests}
    for test in preconditions(atlas).keys:
        assert test in used, f"no measure needs {test}"
        assert f"test.{test}.met" in words
        assert f"test.{test}.failed" in words
    for key in cards():
        assert f"card.{key}" in words
    for key in LISTS:
        assert f"list.{key}" in words
    for road in (*ROADS.values(), *(road_of("weak_remote", key) for key in SITUATIONS)):
        assert set(road.measures) <= set(measures()), road.road.en


def test_every_card_is_used_or_says_why_nothing_follows():
    used = {key for measure in measures().values() for key in (measure.card, *measure.also)}
    assert set(cards()) == used - {None}


def test_a_card_without_its_figure_carries_no_number():
    for key, card in cards().items():
        assert card.citation
        assert card.citation_zh or not card.citation.startswith("Own")
        assert card.read
        if card.carries == "number":
            assert card.low <= card.estimate <= card.high, key
        else:
            with_number = {"rural_e_commerce", "sea_rail", "county_powers"}
            assert not any(measure.card == key for measure in measures().values() if measure.key in with_number), key


def test_the_pilots_of_market_procurement_are_pooled_as_the_card_says():
    card = cards()["market_procurement_pilots"]
    found = pool([case.estimate for case in card.cases], [case.error for case in card.cases])
    assert len(card.cases) == 7
    assert card.estimate == pytest.approx(found.mean, abs=0.005)
    assert (card.low, card.high) == pytest.approx((found.low, found.high), abs=0.01)
    assert card.void == pytest.approx(found.void, abs=0.005)
    assert found.between == pytest.approx(0.68, abs=0.01)


def test_the_pilots_are_what_the_shipped_panel_says_today(atlas):
    """Every case again: its change beyond the mean of its province, with the spread of one county about that mean."""
    event = next(event for event in event_catalogue().events if event.key == "market_procurement")
    touched = treated_years(event, atlas)
    spared = np.ones(len(atlas.codes), dtype=bool)
    spared[list(touched)] = False
    province = np.array([county.province_code for county in atlas.counties])
    panel, seen = panel_of(atlas, event.outcome), {}
    for row, year in touched.items():
        if event.years[0] <= year <= event.years[1]:
            change = panel.change(year, event.before, event.after, event.least)
            others = change[spared & (province == province[row]) & np.isfinite(change)]
            if np.isfinite(change[row]):
                seen[atlas.codes[row]] = (
                    change[row] - others.mean(),
                    others.std(ddof=1) * (1 + 1 / len(others)) ** 0.5,
                )
    card = cards()["market_procurement_pilots"]
    assert seen.keys() == {case.code for case in card.cases}
    for case in card.cases:
        assert (case.estimate, case.error) == pytest.approx(seen[case.code], abs=0.002)


BCG = [
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600),
    (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
]  # fmt: skip
"""Thirteen trials of the BCG vaccine (Colditz et al. 1994): ill and well, vaccinated and not."""


def test_pooling_gives_the_published_answer_of_the_bcg_trials():
    """Log relative risk by DerSimonian and Laird: -0.7141 (0.1787), tau2 0.3088, Q 152.23, as in the handbook of metafor."""
    effects = [np.log(a / (a + b) / (c / (c + d))) for a, b, c, d in BCG]
    errors = [np.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)) for a, b, c, d in BCG]
    found = pool(effects, errors)
    assert (found.mean, found.error) == pytest.approx((-0.7141, 0.1787), abs=5e-5)
    assert (found.between**2, found.q) == pytest.approx((0.3088, 152.2330), abs=5e-5)


def test_pooling_by_hand_and_its_limits():
    """0, 1, 2 with equal errors of a half: Q 8, tau2 (8 - 2) / (12 - 4) = 0.75; each is drawn a quarter to the mean."""
    found = pool([0.0, 1.0, 2.0], [0.5, 0.5, 0.5])
    assert (found.q, found.between**2, found.mean, found.error) == pytest.approx((8.0, 0.75, 1.0, (1 / 3) ** 0.5))
    assert found.shrunk == pytest.approx([0.25, 1.0, 1.75])
    alike = pool([0.5, 0.5, 0.5], [0.1, 0.2, 0.3])
    assert alike.between == 0.0
    assert alike.shrunk == pytest.approx([0.5, 0.5, 0.5])
    assert pool([0.0, 1e-9, 0.0], [1.0, 1.0, 1.0]).void == pytest.approx(0.5)
    for wrong in (([1.0, 2.0], [1.0, 1.0]), ([1.0, 2.0, 3.0], [1.0, 0.0, 1.0]), ([1.0, np.nan, 3.0], [1.0, 1.0, 1.0])):
        with pytest.raises(BadInputError):
            pool(*wrong)


def test_of_a_single_study_a_part_is_kept_and_of_a_price_all():
    trial, price = cards()["rural_e_commerce_trial"], cards()["sea_rail_freight"]
    assert trial.carried == pytest.approx(tuple(0.66 * end for end in trial.interval))
    assert price.carried == price.interval
