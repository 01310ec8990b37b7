"""The plan: every reason has its number, counties read as their officials know them, and the account is arithmetic."""

import numpy as np
import polars as pl
import pytest

from bolang.atlas import Atlas
from bolang.economy.levers.catalogue import levers
from bolang.economy.levers.countryside import Countryside
from bolang.economy.scenarios.sweep import Sweep
from bolang.economy.scenarios.sweep.shards import SCHEMA
from bolang.economy.scenarios.sweep.table import SHIPPED
from bolang.foundation.errors import BadInputError
from bolang.pages.plan.sentences import reason
from bolang.pages.plan.tables import model_table
from bolang.pathway.plan.account import Base, IncomeEffect, account, base_of
from bolang.pathway.plan.cards import cards
from bolang.pathway.plan.effects import rural_e_commerce
from bolang.pathway.plan.measures import measures
from bolang.pathway.plan.recommend import plan
from bolang.pathway.plan.schedule import schedule


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


def test_no_ratio_above_the_line_stands_without_the_flag(atlas):
    """A user's 20 % on market order is worth far more than it costs, and is asked why nobody has done it."""
    entry = plan("清河县", atlas=atlas, effects={"market_order": 0.2}).entry("market_order")
    assert entry.account.benefit_cost > 10
    assert entry.account.unrealistic


def test_yiwu_is_not_sold_what_it_has(atlas):
    made = plan("义乌市", atlas=atlas)
    running = {entry.key for entry in made.of("in_place")}
    assert {
        "sea_rail",
        "market_procurement",
        "europe_rail",
        "bonded_zone",
        "cross_border_zone",
        "rural_e_commerce",
    } <= running
    assert made.entry("europe_rail").policy.since == 2014
    assert made.freight.total == pytest.approx(made.freight.boxes * made.freight.by_rail * made.freight.saving / 1e8)


@pytest.mark.parametrize(("name", "zone", "english"), [("嘉定区", "上海", "Shanghai"), ("清河县", "河北", "Hebei")])
def test_a_zone_of_the_province_is_named_where_one_asks(atlas, name, zone, english):
    """Where the list names the zone of a province and not its counties, the question names it; it is not "not in place"."""
    entry = plan(name, atlas=atlas).entry("bonded_zone")
    assert entry.standing == "ask"
    assert zone in entry.policy.around
    assert entry.policy.around_since in (2013, 2019)
    said = reason(entry)
    assert zone in said.zh
    assert english in said.en


def test_pudong_is_not_asked_whether_it_has_the_zone_that_began_there(atlas):
    entry = plan("浦东新区", atlas=atlas).entry("bonded_zone")
    assert (entry.standing, entry.policy.since) == ("in_place", 1990)
    assert atlas.register.state("浦东新区", "free_trade_zone").since == 2013


def test_a_county_that_a_list_names_is_no_question_of_its_province(atlas):
    """Yiwu lies in the Jinyi area of Zhejiang's zone: its own row counts."""
    state = atlas.register.state("义乌市", "free_trade_zone")
    assert (state.state, state.since, state.around) == ("in_place", 2020, "")
    assert atlas.register.state("威宁彝族回族苗族自治县", "free_trade_zone").around == ""


def test_sea_rail_reads_differently_where_it_differs(atlas):
    standing = {name: plan(name, atlas=atlas).entry("sea_rail").standing for name in ("义乌市", "昆山市", "嵊泗县")}
    assert standing == {"义乌市": "in_place", "昆山市": "impossible", "嵊泗县": "impossible"}
    assert plan("江山市", atlas=atlas).entry("sea_rail").standing in ("does_not_pay", "ask")


def test_the_yard_of_a_sea_rail_line_would_pay_in_yiwu_and_not_in_quzhou(atlas):
    """146,942 boxes went by rail from Yiwu in eleven months of 2023: more than even a mean yard needs.

    In Quzhou the share of a county's exports that goes by rail does not pay for the first phase of the one in Yiwu.
    """
    mean, first = {}, {}
    for name in ("义乌市", "江山市", "龙游县"):
        made = plan(name, atlas=atlas)
        found = made.entry("sea_rail").account
        assert found.outlay == pytest.approx((0.6 + 0.6 + 6.6) / 3)
        mean[name] = found.needed * 1e8 / made.freight.saving
        first[name] = mean[name] * found.outlay_low / found.outlay
    assert mean["义乌市"] < 1.1 * 146_942
    for name in ("江山市", "龙游县"):
        made = plan(name, atlas=atlas)
        assert made.freight.boxes * made.freight.by_rail < 0.2 * first[name]


@pytest.mark.parametrize("name", ["漠河市", "嵊泗县"])
def test_a_core_city_hours_away_is_no_road(atlas, name):
    entry = plan(name, atlas=atlas).entry("core_chains")
    assert entry.standing == "impossible"
    assert entry.failed.key == "near_core_city"
    assert entry.failed.value > entry.failed.line


def test_the_border_and_coal_are_seen(atlas):
    assert plan("漠河市", atlas=atlas).entry("border_trade").standing == "ask"
    assert plan("满洲里市", atlas=atlas).entry("border_trade").standing == "in_place"
    assert plan("神木市", atlas=atlas).entry("resource_succession").standing in ("pilot", "unlikely")


def test_what_no_answer_could_make_pay_is_not_asked(atlas):
    """Ruoqiang's territory changed between the censuses, but housing for newcomers would have to raise income by 5.9 %."""
    entry = plan("若羌县", atlas=atlas).entry("newcomers")
    assert entry.unknown.key == "growing"
    assert entry.account.break_even > 0.01
    assert entry.standing == "unlikely"


def test_answers_and_assumptions_change_the_plan(atlas):
    plain = plan("清河县", atlas=atlas)
    told = plan("清河县", atlas=atlas, answers={"bonded_zone": True}, effects={"skills_and_testing": 0.02})
    assert plain.entry("bonded_zone").standing == "ask"
    assert told.entry("bonded_zone").standing == "in_place"
    assert told.entry("skills_and_testing").standing == "do"
    assert told.entry("skills_and_testing").account.effect.origin == "user"


def test_a_budget_binds(atlas):
    free, tight = plan("清河县", atlas=atlas), plan("清河县", atlas=atlas, budget=0.5)
    assert sum(tight.cash[:5]) <= 0.5
    assert len(tight.recommended) < len(free.recommended)
    assert tight.of("too_dear")


BASE = Base(income=100.0, income_from="published", year=2023, size=1.0, rural=0.5, residents=5e5)


def test_break_even_is_where_benefits_equal_costs():
    """At the break-even effect the ratio of benefit to cost is one, whatever the measure."""
    for measure in measures().values():
        if measure.cost:
            even = account(measure, BASE, None, draws=2000, seed=0).break_even
            at = account(measure, BASE, IncomeEffect(even, even, even, "user"), draws=20_000, seed=0)
            assert at.benefit_cost == pytest.approx(1.0, rel=0.01)


def test_break_even_by_hand():
    """One year to full effect, no running cost: see the sum written out."""
    measure = measures()["market_order"].model_copy(update={"years": 1.0, "running": 0.0, "cost": (1.0, 1.0, 1.0)})
    found = account(measure, BASE, None, draws=2000, seed=0)
    discount = [1.06 ** -(t + 1) for t in range(15)]
    kept = sum(d * (0.0 if t < 1 else 0.5 ** ((t - 1) / 10)) for t, d in enumerate(discount))
    assert found.break_even == pytest.approx(1.2 * discount[0] / (100.0 * kept), rel=1e-12)
    assert found.cash[0] == pytest.approx(1.0)
    assert sum(found.cash[1:]) == 0.0


def test_the_schedule_is_the_cash_and_pays_back_what_all_pay(atlas):
    """Its spans add up to the cash year by year, and the gains needed are worth all payers' costs at the social rate."""
    made = plan("清河县", atlas=atlas)
    listed = [entry.account for entry in made.recommended]
    paid = [span.paid for span in made.schedule for _ in range(span.last - span.first + 1)]
    assert sum(paid) == pytest.approx(sum(made.cash))
    assert paid[:5] == pytest.approx(made.cash[:5])
    discount = 1.06 ** -np.arange(1.0, 16.0)
    gains = sum(found.needed * np.array(found.course) @ discount for found in listed)
    costs = sum(1.2 / found.share * np.array(found.cash) @ discount for found in listed)
    assert gains == pytest.approx(costs)
    assert made.schedule[0].needed == 0.0
    assert made.schedule[-1].needed < max(span.needed for span in made.schedule)


def test_the_schedule_by_hand():
    """Ten in two years at 60 %, a tenth a year to run it: 3, 3, then 0.6 for good; effects halve in ten years."""
    given = {"cost": (10.0, 10.0, 10.0), "years": 2.0, "share": 0.6, "running": 0.1, "scales": "none"}
    measure = measures()["market_order"].model_copy(update=given)
    found = account(measure, BASE, None, draws=2000, seed=0)
    spans = schedule([found])
    assert [(span.first, span.last) for span in spans] == [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 10), (11, 15)]
    assert [span.once for span in spans] == pytest.approx([3, 3, 0, 0, 0, 0, 0])
    assert [span.running for span in spans] == pytest.approx([0, 0, 0.6, 0.6, 0.6, 0.6, 0.6])
    assert spans[1].needed == pytest.approx(found.needed / 2)
    assert spans[2].needed == pytest.approx(found.needed)
    assert spans[4].needed == pytest.approx(found.needed * 0.5**0.2)
    assert schedule([]) == ()


@pytest.fixture
def swept(monkeypatch):
    """The shipped table, whether or not the model has changed since."""
    found = Sweep(pl.read_parquet(SHIPPED))
    monkeypatch.setattr(Sweep, "shipped", classmethod(lambda cls: found))
    return found


def test_a_plan_reads_the_table_of_the_nation_and_solves_nothing(atlas, swept):
    made = plan("江山市", atlas=atlas)
    row = swept.frame.filter((pl.col("lever") == "sea_rail") & (pl.col("county") == made.county.code))
    assert made.modelled["sea_rail"].income == pytest.approx(row["real_income_county"][0])
    table = model_table(made)
    shown = {line.key: line for line in table.rows}
    assert shown["sea_rail"].cells[2].value == pytest.approx(100 * row["real_income_county"][0])


def test_no_effect_of_a_size_that_nobody_measured_stands_beside_a_card(atlas, swept):
    for name in ("义乌市", "清河县", "威宁彝族回族苗族自治县", "曹县"):
        made = plan(name, atlas=atlas)
        assert all(levers()[key].measured for key in made.modelled)
        table = model_table(made)
        for row in () if table is None else table.rows:
            entry = made.entry(row.key)
            assert levers()[entry.measure.lever].measured
            assert entry.standing not in ("in_place", "impossible")


def test_a_table_without_levers_leaves_the_plan_as_it_is(atlas, monkeypatch):
    plain = plan("江山市", atlas=atlas)
    monkeypatch.setattr(Sweep, "shipped", classmethod(lambda cls: Sweep(pl.DataFrame(schema=SCHEMA))))
    bare = plan("江山市", atlas=atlas)
    assert not bare.modelled
    assert model_table(bare) is None
    assert [(e.key, e.standing) for e in bare.entries] == [(e.key, e.standing) for e in plain.entries]


def test_costs_grow_less_than_the_county():
    small, large = (
        account(
            measures()["skills_and_testing"],
            Base(100.0 * s, "published", 2023, s, 0.5, 5e5 * s),
            None,
            draws=2000,
            seed=0,
        )
        for s in (1, 8)
    )
    assert large.outlay / small.outlay == pytest.approx(8**0.7)


def _e_commerce(rural, remoteness=0.5, taobao=0.0):
    return rural_e_commerce(cards()["rural_e_commerce_trial"], Countryside(rural, remoteness, taobao))


@pytest.mark.parametrize("rural", np.linspace(0.05, 0.95, 7))
@pytest.mark.parametrize("remoteness", [0.1, 0.5, 1.0])
def test_rural_e_commerce_stays_within_the_trial_and_follows_its_findings(rural, remoteness):
    """It grows with the countryside and with remoteness, falls with Taobao villages, and never exceeds the trial's own gain."""
    card, here = cards()["rural_e_commerce_trial"], _e_commerce(rural, remoteness)
    assert _e_commerce(rural * 0.9, remoteness).mean < here.mean
    assert _e_commerce(rural, remoteness * 0.9).mean < here.mean
    assert _e_commerce(rural, remoteness, 3.0).mean == pytest.approx(here.mean / 4.0)
    assert here.high <= 0.2 * card.high


def test_rural_e_commerce_by_hand():
    """Half rural, at the median of remoteness: two thirds of 0.8 % of 45 % of spending, for 30 % of income, where 10 % are not reached."""
    ratio = 21_691 / 51_821
    rural_income = 0.5 * ratio / (0.5 * ratio + 0.5)
    found, (low, mean, high) = _e_commerce(0.5), cards()["rural_e_commerce_trial"].carried
    assert found.mean == pytest.approx(0.66 * 0.008 * 0.45 * rural_income * 0.1)
    assert (found.low, found.high) == pytest.approx((found.mean * low / mean, found.mean * high / mean))


def test_the_base_is_never_older_than_the_limit(atlas):
    pudong = base_of(atlas, atlas.county("浦东新区"))
    assert pudong.year >= 2017
    assert pudong.income_estimated


@pytest.mark.parametrize(
    "wrong",
    [
        {"budget": -1},
        {"budget": float("nan")},
        {"budget": 1e308},
        {"draws": 3},
        {"effects": {"joy": 0.1}},
        {"effects": {"newcomers": 9}},
        {"answers": {"joy": True}},
    ],
)
def test_bad_arguments_are_refused(atlas, wrong):
    with pytest.raises(BadInputError):
        plan("义乌市", atlas=atlas, **wrong)
