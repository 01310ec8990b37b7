"""Scenarios: what is refused at the door; and, slowly, what the economy of all counties answers."""

import numpy as np
import pytest

from bolang.atlas import Atlas
from bolang.economy import Scenario, showcase, showcases, simulate
from bolang.economy.core.migration import NationalMigration, ProvincialMigration
from bolang.economy.levers.draws import central
from bolang.economy.scenarios import running
from bolang.economy.scenarios.outcomes import MEASURES
from bolang.economy.scenarios.running import calibrated, run
from bolang.foundation.errors import BadInputError, BolangError, UnknownPlaceError
from bolang.pages.simulate.sentences import closure_text

YIWU = "330782"


@pytest.fixture(scope="module")
def atlas():
    return Atlas()


def solved(atlas, scenario):
    return run(scenario, atlas, decomposed=False)


# --- scenarios ------------------------------------------------------------------------------------------------------


def test_a_file_composes_levers_and_shocks(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "county: 义乌市\nlevers: [sea_rail, {lever: 农村电商, effect: 0.02}]\nclosure: province\ndraws: 4\n"
        "shocks:\n  - {kind: tariff, region: europe, change: 0.1}\n  - {kind: port_closed, place: 宁波港}\n",
        encoding="utf-8",
    )
    scenario = Scenario.from_file(path)
    assert [use.lever for use in scenario.levers] == ["sea_rail", "e_commerce"]
    assert scenario.levers[1].effect == 0.02
    assert [shock.kind for shock in scenario.shocks] == ["tariff", "port_closed"]
    assert (scenario.closure, scenario.draws) == ("province", 4)


def test_one_lever_needs_no_list():
    assert Scenario(YIWU, levers="sea_rail").levers == Scenario(YIWU, levers=["sea_rail"]).levers


def test_a_changed_scenario_is_checked_again():
    scenario = showcase("tariff_25").changed(draws=3, closure="fixed")
    assert (scenario.draws, scenario.closure) == (3, "fixed")
    assert scenario.shocks == showcase("tariff_25").shocks
    with pytest.raises(BadInputError, match="draws"):
        scenario.changed(draws=-1)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"levers": ["nothing"]}, ["nothing", "sea_rail"]),
        ({"levers": [{"lever": "sea_rail", "efect": 1}]}, ["efect", "levers"]),
        ({"levers": [{"lever": "sea_rail", "effect": 15}]}, ["15", "0.1"]),
        ({"levers": [{"lever": "market_platform", "effect": -1}]}, ["5"]),
        ({"levers": [{"lever": "sea_rail", "county": "义乌市", "province": "浙江省"}]}, ["county", "province"]),
        ({"levers": [3]}, ["levers.1"]),
        ({"shocks": ["tariff"]}, ["shocks.1"]),
        ({"shocks": [{"kind": "war"}]}, ["tariff"]),
        ({"shocks": [{"kind": "foreign_demand", "change": -1}]}, ["-1"]),
        ({"shocks": [{"kind": "tariff", "change": 25}]}, ["0.25"]),
        ({"shocks": [{"kind": "port_closed"}]}, ["place"]),
        ({"edits": ["a road"]}, ["bolang.space"]),
        ({"closure": "everywhere"}, ["national"]),
        ({"draws": 1000}, ["200"]),
        ({"draws": "many"}, ["draws"]),
        ({"county": None}, ["county"]),
    ],
    ids=str,
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_unusable_scenarios_say_what_was_expected(monkeypatch, fields, words, lang):
    monkeypatch.setenv("BOLANG_LANG", lang)
    with pytest.raises(BadInputError) as caught:
        Scenario(**{"county": YIWU, **fields})
    text = str(caught.value)
    assert "\n" not in text
    for word in words:
        assert word in text


@pytest.mark.parametrize("content", ["levers: [sea_rail\n", "- a\n", "", "\x00"])
def test_files_that_are_no_scenario_are_refused_in_one_line(tmp_path, content):
    path = tmp_path / "broken.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInputError) as caught:
        Scenario.from_file(path)
    assert "broken.yaml" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("scenario", "error", "word"),
    [
        (Scenario(YIWU), BadInputError, "sea_rail"),
        (Scenario("没有这个县", levers=["sea_rail"]), UnknownPlaceError, "没有这个县"),
        (Scenario(YIWU, shocks=[{"kind": "tariff", "region": "mars", "change": 0.1}]), BadInputError, "europe"),
        (Scenario(YIWU, shocks=[{"kind": "market_closed", "place": "没有这个县"}]), UnknownPlaceError, "没有这个县"),
        (Scenario(YIWU, levers=[{"lever": "sea_rail", "province": "火星省"}]), BadInputError, "浙江省"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nothing_is_calibrated_for_a_scenario_that_cannot_run(monkeypatch, atlas, scenario, error, word):
    def never(*_arguments, **_options):
        raise AssertionError("calibrated in vain")

    monkeypatch.setattr("bolang.economy.scenarios.running.calibrated", never)
    with pytest.raises(error, match=word):
        simulate(scenario, atlas)


def test_migration_has_the_slope_of_its_finite_differences():
    rng = np.random.default_rng(4)
    flows = rng.uniform(0, 5, (6, 6)) + 20 * np.eye(6)
    direction, kappa, step = rng.normal(size=(6, 2)), np.array([1.5, 2.0]), 1e-6
    province = np.array([0, 0, 0, 1, 1, 1])
    for migration in (NationalMigration(flows), ProvincialMigration(province, flows.sum(axis=0))):
        ends = [migration.settle(sign * step * direction, kappa)[0] for sign in (1, -1)]
        np.testing.assert_allclose(migration.slope(direction, kappa), (ends[0] - ends[1]) / (2 * step), atol=1e-8)


# --- the economy of all counties ------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", showcases())
def test_showcases_answer_everything(atlas, name):
    done = simulate(showcase(name).changed(draws=4), atlas)
    assert {effect.measure for effect in done.effects} == set(MEASURES)
    for effect in done.effects:
        if np.isfinite(effect.value) and effect.value != 0:
            assert effect.low <= effect.high
    assert done.residual < 1e-7
    assert abs(done.walras) < 1e-7
    assert len(done.industries) == 19
    assert all(effect.low <= effect.high for effect in done.industries)
    assert (done.winners and done.losers) or name == "inland_sea_rail"
    assert all(place.low <= place.high for place in (*done.winners, *done.losers))
    assert done.places.height == 2853
    assert done.decomposition is not None
    np.testing.assert_allclose(sum(done.decomposition.parts.values()), done.decomposition.total, atol=1e-9)
    assert done.to_frame().height == len(done.effects)
    for lang in ("zh", "en"):
        assert closure_text(done.scenario.closure).in_(lang) in done.explain(lang)


@pytest.mark.slow
def test_yiwu_without_its_market_is_poorer_and_exports_far_less(atlas):
    done = simulate(showcase("yiwu_without_market").changed(draws=8), atlas)
    for measure in ("gdp", "real_income", "employment", "wholesale", "exports", "revenue"):
        assert done.effect(measure).high < 0, measure
    assert done.effect("exports").value < -0.5
    assert done.effect("throughput").value == pytest.approx(-1)
    assert done.effect("gdp", "nation").value < 0


@pytest.mark.slow
def test_a_tariff_lowers_exports_to_the_region_that_sets_it(atlas):
    free = solved(atlas, Scenario(YIWU, levers=[{"lever": "sea_rail", "effect": 0}], closure="fixed", draws=0)).solution
    taxed = solved(atlas, showcase("tariff_25").changed(closure="fixed", draws=0)).solution
    sold = [found.exports.direct.sum(axis=(1, 2)) + found.exports.via_hubs.sum(axis=(1, 2)) for found in (free, taxed)]
    region = calibrated(atlas).regions.position("north_america")
    change = sold[1] / sold[0] - 1
    assert change[region] < -0.4
    assert (np.delete(change, region) > 0).all()


@pytest.mark.slow
def test_a_lever_of_no_size_changes_nothing(atlas):
    done = solved(atlas, Scenario(YIWU, levers=[{"lever": "sea_rail", "effect": 0}], draws=2))
    for measure in MEASURES:
        change = done.central.by_county(measure)
        assert np.nanmax(np.abs(change)) < 1e-7, measure


@pytest.mark.slow
def test_a_batch_in_single_precision_agrees_with_double(atlas):
    scenario = showcase("inland_sea_rail")
    exact = solved(atlas, scenario.changed(draws=0)).central.by_county("gdp")
    placed, county = running._checked(scenario, atlas), atlas.county(scenario.county).index
    calibration = calibrated(atlas)
    draws = central(calibration.parameters, [(item.lever, item.effect) for item in placed], 3)
    swept = running._sweep(calibration, scenario, placed, draws, county, lambda stage, value: None)
    drawn = swept.outcomes.by_county("gdp")
    np.testing.assert_allclose(drawn, np.tile(exact, 3), atol=1e-5)
    np.testing.assert_allclose(drawn[county], exact[county, 0], rtol=0.01)


@pytest.mark.slow
def test_two_closed_ports_are_one_change_of_the_network(atlas):
    ports = [{"kind": "port_closed", "place": "宁波港"}, {"kind": "port_closed", "place": "上海港"}]
    one, other = (
        solved(atlas, Scenario(YIWU, shocks=shocks, closure="fixed", draws=0)).central.by_county("exports")
        for shocks in (ports, ports[::-1])
    )
    np.testing.assert_allclose(one, other, atol=1e-7)
    alone = solved(atlas, Scenario(YIWU, shocks=ports[:1], closure="fixed", draws=0)).central.by_county("exports")
    row = atlas.county(YIWU).index
    assert one[row, 0] < alone[row, 0] < 0


@pytest.mark.slow
def test_sensitivity_moves_every_parameter(atlas):
    done = simulate(showcase("inland_sea_rail").changed(draws=0), atlas, sensitivity=True)
    assert {"trade_elasticity", "export_value", "sea_rail"} <= set(done.sensitivity)
    low, high = done.sensitivity["sea_rail"]
    assert low < done.effect("gdp").value < high


@pytest.mark.slow
def test_a_county_without_a_market_cannot_close_it(atlas):
    with pytest.raises(BolangError, match="磐安县"):
        simulate(Scenario("磐安县", shocks=[{"kind": "market_closed", "place": "磐安县"}]), atlas)
