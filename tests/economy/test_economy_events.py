"""Natural experiments: the comparison is difference in differences, placebos show chance, and the page tells failures."""

import numpy as np
import pytest

from bolang.atlas import Atlas
from bolang.foundation.errors import BadInputError
from bolang.pages.model import events_page
from bolang.validation.events.catalogue import event_catalogue, treated_years
from bolang.validation.events.estimate import estimate
from bolang.validation.events.panel import OutcomePanel, panel_of
from bolang.validation.events.prediction import Prediction
from bolang.validation.events.study import EventStudy, study_events


@pytest.fixture(scope="module")
def atlas():
    return Atlas()


@pytest.fixture(scope="module")
def studies(atlas):
    return {study.event.key: study for study in study_events(atlas)}


def test_a_known_effect_is_found_and_placebos_centre_on_zero():
    rng = np.random.default_rng(1)
    province = np.repeat([0, 1], 200)
    change = rng.normal(0, 0.1, 400) + np.where(province == 0, 0.5, -0.2)
    treated = {3: 2014, 250: 2014, 301: 2014}
    for row in treated:
        change[row] += 0.3
    spared = np.ones(400, dtype=bool)
    spared[list(treated)] = False
    found = estimate({2014: change}, treated, spared, province, placebos=2000, seed=0)
    by_hand = np.mean([change[row] - change[spared & (province == province[row])].mean() for row in treated])
    assert found.mean == pytest.approx(by_hand)
    pools = [change[spared & (province == province[row])] for row in treated]
    assert found.spread == pytest.approx(np.sqrt(sum(pool.var() for pool in pools)) / 3, rel=0.05)
    assert found.low < 0 < found.high
    assert found.share < 0.01


def test_without_controls_nothing_is_estimated():
    with pytest.raises(BadInputError):
        estimate(
            {2014: np.zeros(4)}, {0: 2014}, np.array([False, True, True, True]), np.zeros(4, int), placebos=9, seed=0
        )


def test_windows_are_means_of_logs_and_need_enough_years():
    panel = OutcomePanel(2010, np.log([[1.0, 4.0, np.nan, 16.0, 16.0], [1.0, np.nan, np.nan, np.nan, 16.0]]))
    before = panel.mean(2013, (-3, -1))
    assert before[0] == pytest.approx(np.log(2.0))
    assert np.isnan(before[1])
    assert panel.mean(2013, (-3, -1), least=1)[1] == 0
    assert panel.change(2013, (-3, -1), (0, 1))[0] == pytest.approx(np.log(8.0))


def test_years_of_another_territory_are_not_in_the_panel(atlas):
    panel = panel_of(atlas, "gdp")
    for county in atlas.counties:
        since = atlas.territory.since(county)
        if since is not None and since > panel.first:
            assert np.isnan(panel.logs[county.index, : since - panel.first]).all()


def test_henans_ten_counties(atlas, studies):
    study = studies["county_powers"]
    assert study.treated == 10
    assert {atlas.counties[row].province for row in study.found.rows} == {"河南省"}
    # No jump before the statistical revision of 2019: less than two placebo deviations either way.
    assert abs(study.found.mean) < 2 * study.found.spread


def test_market_procurement_pilots_exported_more(atlas, studies):
    study = studies["market_procurement"]
    pilots = {atlas.counties[row].name for row in study.found.rows}
    assert {"义乌市", "海宁市", "常熟市"} <= pilots
    assert study.found.mean > 2 * study.found.spread


def test_a_prefecture_is_treated_as_a_whole(atlas):
    event = next(e for e in event_catalogue().events if e.key == "high_speed_rail")
    years = treated_years(event, atlas)
    assert years[atlas.county("北京市西城区").index] == 2008  # the line to Tianjin
    assert years[atlas.county("沈阳市浑南区").index] == 2003  # Qinhuangdao to Shenyang


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (0.0, 0.1, "too_low"),
        (1.2, 1.5, "too_high"),
        (0.2, 0.5, "agrees"),
        (-1.5, 0.4, "wrong_sign"),
        (None, None, "no_mechanism"),
    ],
)
def test_verdicts_follow_the_placebo_spread(studies, low, high, verdict):
    known = studies["market_procurement"]
    guess = None if low is None else Prediction((low + high) / 2, low, high, 7)
    assert EventStudy(known.event, known.treated, known.found, known.lead, guess).verdict == verdict


def test_the_page_has_every_event_in_both_languages(studies):
    page = events_page(list(studies.values()))
    table = page.tables()[0]
    assert {row.key for row in table.rows} == set(studies)
    assert all(cell is not None for row in table.rows for cell in row.cells)
