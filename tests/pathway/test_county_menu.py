"""From the model's effects to a menu: draws, sizes, costs by the size of the county, conditions and evidence."""

from dataclasses import replace

import numpy as np
import pytest

from bolang.atlas import Atlas
from bolang.economy.levers.catalogue import levers
from bolang.economy.levers.conditions import hindrance
from bolang.economy.scenarios.effects import SHOCKS, LeverEffects
from bolang.economy.scenarios.outcomes import MEASURES
from bolang.foundation.text import Text
from bolang.pathway.plan.check import added_up
from bolang.pathway.plan.county_menu import MEASURE, Base, county_menu, offer, unmeasured
from bolang.pathway.plan.options import Terms, build_options
from bolang.pathway.risk.assess import ShockEffect
from bolang.pathway.risk.shocks import shock_stresses

KEYS = tuple(levers())
COUNT, WIDTH = len(KEYS), len(MEASURES)
INCOME, REVENUE = list(MEASURES).index("real_income"), list(MEASURES).index("revenue")
BASE = Base(gdp=200.0, revenue=10.0, revenue_estimated=False, growth=0.04, size=1.0)


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


@pytest.fixture
def found(atlas):
    """Effects as the model would give them: one per cent of everything by every lever, exactly linear in size."""
    effect = np.full((COUNT, WIDTH, 4), 0.01)
    return LeverEffects(
        county=atlas.county("义乌市"),
        closure="national",
        levers=tuple(levers().values()),
        requires={"market_procurement": ("market_platform",)},
        measures=tuple(MEASURES),
        effect=effect,
        under_parameters=np.full((3, COUNT, WIDTH), 0.01),
        doubled=2 * effect[:, :, 0],
        interaction=np.zeros((COUNT, COUNT, WIDTH)),
        shocks=tuple(SHOCKS),
        shock=np.full((len(SHOCKS), WIDTH, 4), -0.01),
        shock_under_parameters=np.full((3, len(SHOCKS), WIDTH), -0.01),
    )


def test_a_menu_carries_the_models_effects(found):
    menu = county_menu(found, BASE, ["entry_reform", "sea_rail"], draws=400)
    entry = menu.levers[0]
    cited = levers()["entry_reform"]
    assert entry.goal[:, 1].mean() == pytest.approx(0.01, rel=0.1)
    np.testing.assert_allclose(entry.goal[:, 0], entry.goal[:, 1] / 2)
    assert (entry.goal[:, 1] < 0).any()  # the evidence admits harm
    assert entry.cost[1] == pytest.approx(cited.cost.centre * cited.local_share)
    assert entry.cost_factor.mean() == pytest.approx(1.0, abs=0.02)
    np.testing.assert_allclose(entry.revenue, [0.005, 0.01])
    assert menu.goal_base == 200.0
    assert "全国" in menu.closure.zh


def test_costs_grow_with_the_county_but_a_market_has_its_own_size(found):
    keys = ["entry_reform", "market_platform"]
    small, large = (county_menu(found, replace(BASE, size=size), keys, draws=8) for size in (1.0, 8.0))
    assert large.levers[0].cost[1] / small.levers[0].cost[1] == pytest.approx(8.0**0.7)
    assert large.levers[1].cost[1] == small.levers[1].cost[1]


def test_goals_read_different_measures(found):
    assert set(MEASURE) == {"income", "gdp", "revenue"}
    assert county_menu(found, BASE, ["entry_reform"], goal="revenue", draws=8).goal_base == 10.0


def test_the_same_seed_gives_the_same_menu(found):
    first, again, other = (county_menu(found, BASE, KEYS, draws=16, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.levers[0].goal, again.levers[0].goal)
    assert not np.array_equal(first.levers[0].goal, other.levers[0].goal)


def reasons_of(left):
    return {item.lever: item.reason for item in left}


def test_levers_without_evidence_or_condition_are_not_offered(atlas, found):
    offered, left = offer(atlas, atlas.county("固始县"), found)
    reasons = reasons_of(left)
    assert not any(unmeasured(levers()[key]) for key in offered)
    assert reasons["market_platform"] == reasons["upgrading"] == "no_evidence"
    assert reasons["market_procurement"] == "not_possible"  # no market here, and none on the menu
    wanted, _ = offer(atlas, atlas.county("义乌市"), found, tuple(levers().values()))
    assert set(wanted) == set(KEYS)
    menu = county_menu(found, BASE, wanted, draws=4)
    assert menu.levers[wanted.index("market_procurement")].requires == ("market_platform",)


def test_what_a_county_has_already_is_not_offered_again(atlas, found):
    _, left = offer(atlas, atlas.county("义乌市"), found)
    reasons = reasons_of(left)
    assert reasons["europe_rail"] == reasons["market_procurement"] == reasons["county_powers"] == "in_place"
    assert next(item for item in left if item.lever == "europe_rail").sentence.zh == "中欧班列：2014年起已实行。"
    poor, untouched = atlas.county("威宁彝族回族苗族自治县"), atlas.county("清河县")
    assert reasons_of(offer(atlas, poor, found)[1])["e_commerce"] == "in_place"
    assert "e_commerce" in offer(atlas, untouched, found)[0]


def test_the_user_may_add_a_lever_to_the_default_ones(atlas, found):
    county = atlas.county("义乌市")
    default, _ = offer(atlas, county, found)
    more, left = offer(atlas, county, found, also=[levers()["upgrading"], levers()["europe_rail"]])
    assert set(more) == {*default, "upgrading", "europe_rail"}
    assert not {"upgrading", "europe_rail"} & {item.lever for item in left}


def test_districts_are_not_offered_what_is_made_for_counties(atlas, found):
    _, left = offer(atlas, atlas.county("柯城区"), found, tuple(levers().values()))
    assert reasons_of(left)["county_powers"] == "not_possible"
    inner = atlas.county("黄浦区")
    assert "乡村人口" in next(item for item in offer(atlas, inner, found)[1] if item.lever == "e_commerce").sentence.zh


def test_a_county_without_a_railway_is_not_offered_trains(atlas, found):
    far = atlas.counties[int(np.nanargmax(atlas.column("station_km", 2020)))]
    offered, left = offer(atlas, far, found)
    assert not {"sea_rail", "europe_rail"} & set(offered)
    assert "公里外" in next(item for item in left if item.lever == "sea_rail").sentence.zh


def test_a_market_heavier_than_yiwus_is_not_possible(atlas):
    market = levers()["market_platform"]
    tiny, large = (hindrance(atlas, atlas.county(name), market) for name in ("札达县", "固始县"))
    assert tiny.kind == "not_possible"
    assert "高于义乌" in tiny.why.zh
    assert large is None


def test_adding_up_includes_interactions(found):
    table = found.interaction.copy()
    one, other = KEYS.index("entry_reform"), KEYS.index("e_commerce")
    table[one, other, INCOME] = table[other, one, INCOME] = 0.002
    menu = county_menu(replace(found, interaction=table), BASE, ["entry_reform", "e_commerce"], draws=600)
    sizes = {"entry_reform": 1.0, "e_commerce": 0.5}
    assert added_up(menu, sizes) == pytest.approx(0.01 + 0.005 + 0.5 * 0.002, rel=0.1)


def test_options_of_a_real_menu_have_a_present_value(found):
    terms = Terms.from_parameters()
    options = build_options(county_menu(found, BASE, KEYS, draws=8), terms)
    assert terms.discount == pytest.approx(1.06 * 1.01 - 1)
    assert np.isfinite(options.benefit).all()
    assert (options.cost >= 0).all()


def test_only_losses_become_stress_tests():
    gain, loss = (
        ShockEffect(key, Text(key, key), Text("", ""), gdp, gdp, 0.0) for key, gdp in (("gain", 0.5), ("loss", -2.0))
    )
    stresses = shock_stresses([gain, loss])
    assert [stress.key for stress in stresses] == ["loss"]
    assert stresses[0].shock.growth[0] == pytest.approx(-0.02)
