"""The arithmetic of a plan again in plain loops, and what follows from it, from both sides of every line."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import triang

from bolang.atlas import Atlas
from bolang.atlas.model import INDUSTRIES
from bolang.foundation.parameters import load_parameters
from bolang.pathway.plan.account import Account, Base, IncomeEffect, _course, _latin, account, base_of
from bolang.pathway.plan.cards import cards
from bolang.pathway.plan.effects import Freight, of_freight, sea_rail_freight
from bolang.pathway.plan.measures import measures
from bolang.pathway.plan.possibility import counting
from bolang.pathway.plan.preconditions import Precondition, Preconditions
from bolang.pathway.plan.recommend import _pilots_first, _within, _worth
from bolang.pathway.plan.result import PlanEntry

BASE = Base(income=100.0, income_from="published", year=2023, size=8.0, rural=0.5, residents=300_000.0)
NAMES = ("义乌市", "昆山市", "漠河市", "曹县", "神木市", "嵊泗县", "浦东新区", "清河县")


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


def cited(name, package="bolang.pathway.plan"):
    return load_parameters(package).number(name)


# ---------------------------------------------------------------- draws
@settings(deadline=None)
@given(st.floats(-1, 1), st.floats(0.01, 1), st.floats(0.01, 1), st.floats(0.001, 0.999))
def test_a_draw_is_the_quantile_of_a_triangle(low, left, right, at):
    mean, high = low + left, low + left + right
    found = IncomeEffect(mean, low, high, "card").draws(np.array([at]))[0]
    assert found == pytest.approx(triang.ppf(at, left / (left + right), low, left + right), abs=1e-9)


def test_an_effect_without_width_is_its_mean():
    assert IncomeEffect(0.3, 0.3, 0.3, "user").draws(np.array([0.0, 0.5, 1.0])).tolist() == [0.3] * 3
    ends = IncomeEffect(0.5, 0.0, 1.0, "card").draws(np.array([0.0, 0.5, 1.0]))
    assert ends.tolist() == pytest.approx([0.0, 0.5, 1.0])


@pytest.mark.parametrize(("draws", "seed"), [(100, 0), (257, 3)])
def test_every_interval_of_every_margin_has_one_draw(draws, seed):
    points = _latin(draws, seed)
    assert points.shape == (draws, 2)
    for margin in points.T:
        assert sorted(np.ceil(margin * draws).astype(int).tolist()) == list(range(1, draws + 1))
    assert abs(np.corrcoef(points.T)[0, 1]) < 0.35
    assert not np.array_equal(points, _latin(draws, seed + 1))
    assert not points.flags.writeable


# ---------------------------------------------------------------- the account
def naive_account(measure, base):
    """Year by year: what is spent, kept up and gained, each at its price of today."""
    years = int(cited("running_discount_years"))
    factor = base.size ** cited("cost_scale", "bolang.economy.levers") if measure.scales == "county" else 1.0
    centre = factor * sum(measure.cost) / 3
    paid = gained = 0.0
    once, kept, course = [], [], []
    for t in range(years):
        today = (1 + cited("social_discount")) ** -(t + 1)
        part = min(max(measure.years - t, 0.0), 1.0) / measure.years
        upkeep = measure.running if t >= measure.years else 0.0
        force = min(t / measure.years, 1.0)
        if measure.fades and t > measure.years:
            force *= 0.5 ** ((t - measure.years) / cited("fading_years"))
        once.append(measure.share * centre * part)
        kept.append(measure.share * centre * upkeep)
        course.append(force)
        paid += centre * (part + upkeep) * today
        gained += base.income * force * today
    return centre, paid * (1 + cited("public_funds_cost")) / gained, once, kept, course


@pytest.mark.parametrize("key", [key for key, measure in measures().items() if measure.cost])
@pytest.mark.parametrize("size", [0.5, 8.0])
def test_the_account_year_by_year(key, size):
    measure, base = measures()[key], replace(BASE, size=size)
    found = account(measure, base, None, draws=200, seed=0)
    centre, even, once, kept, course = naive_account(measure, base)
    assert found.outlay == pytest.approx(centre)
    assert found.running == pytest.approx(centre * measure.running)
    assert found.break_even == pytest.approx(even)
    assert found.needed == pytest.approx(even * base.income)
    assert found.once == pytest.approx(once)
    assert found.kept == pytest.approx(kept)
    assert found.course == pytest.approx(course)
    assert found.cash == pytest.approx([a + b for a, b in zip(once, kept, strict=True)])
    assert sum(found.once) == pytest.approx(measure.share * centre)
    assert found.outlay_low <= found.outlay <= found.outlay_high
    assert (found.effect, found.pays, found.benefit_cost, found.unrealistic) == (None, None, None, False)


def test_the_course_of_an_effect_by_hand():
    assert _course(2.0, 6, 2.0).tolist() == pytest.approx([0, 0.5, 1, 0.5**0.5, 0.5, 0.5**1.5])
    assert _course(2.0, 4, np.inf).tolist() == pytest.approx([0, 0.5, 1, 1])


@pytest.mark.parametrize("times", [0.5, 0.999, 1.001, 2.0, 9.0, 11.0])
def test_it_pays_beyond_break_even_and_is_doubted_beyond_the_line(times):
    measure = measures()["market_order"].model_copy(update={"cost": (2.0, 2.0, 2.0)})
    even = account(measure, BASE, None, draws=200, seed=0).break_even
    found = account(measure, BASE, IncomeEffect(even * times, even * times, even * times, "user"), draws=200, seed=0)
    assert found.benefit_cost == pytest.approx(times)
    assert found.pays == (1.0 if times > 1 else 0.0)
    assert found.unrealistic is (times > cited("realism_line"))


def test_the_share_of_draws_that_pay_is_counted():
    """Gains even from 0 to twice break-even in a triangle against a sure cost: half of them pay."""
    measure = measures()["market_order"].model_copy(update={"cost": (2.0, 2.0, 2.0)})
    even = account(measure, BASE, None, draws=200, seed=0).break_even
    found = account(measure, BASE, IncomeEffect(even, 0.0, 2 * even, "card"), draws=1000, seed=0)
    assert found.pays == pytest.approx(0.5, abs=0.002)
    assert found.benefit_cost == pytest.approx(1.0, abs=0.002)


@pytest.mark.parametrize(
    ("pays", "even", "effect", "standing"),
    [
        (0.8, 0.0, True, "do"),
        (0.79, 0.0, True, "does_not_pay"),
        (None, 0.0, True, "does_not_pay"),
        (None, 0.01, False, "pilot"),
        (None, 0.0101, False, "unlikely"),
    ],
)
def test_what_an_account_allows(pays, even, effect, standing):
    assert _worth(SimpleNamespace(pays=pays, break_even=even, effect=effect or None)) == standing
    assert _worth(None) == "pilot"


# ---------------------------------------------------------------- freight
def test_freight_is_boxes_times_what_a_box_saves(atlas):
    for name in ("义乌市", "昆山市"):
        county = atlas.county(name)
        card = cards()["sea_rail_freight"]
        found = sea_rail_freight(atlas, county, card)
        exports = atlas.latest(county, "exports")
        road = dict(atlas.table("access").select("code", "port_cost_road").iter_rows())[county.code]
        boxes = exports.value * 1e8 / cited("dollars_a_box")
        assert (found.boxes, found.year) == (pytest.approx(boxes), exports.year)
        assert found.saving == pytest.approx(card.carried[1] * road)
        assert found.by_rail == cited("boxes_by_rail")
        assert found.total == pytest.approx(boxes * cited("boxes_by_rail") * card.carried[1] * road / 1e8)


def test_a_saving_is_a_share_of_income_between_the_ends_of_the_share_by_rail():
    """0.12 of boxes by rail, between 0.05 and 0.3: 1.2 of 100 is 1.2 %, between 0.5 and 3 %."""
    found = of_freight(Freight(1.0, 0.12, 1.0, 1.2, 2023), BASE)
    assert (found.mean, found.low, found.high) == (pytest.approx(0.012), pytest.approx(0.005), pytest.approx(0.03))


# ---------------------------------------------------------------- what goes first
def entry(key, standing, value, cash=(1.0,) * 15, direction="at_least", line=2.0):
    measure = SimpleNamespace(key=key, strength="test")
    reckoned = SimpleNamespace(cash=cash, effect=None) if cash is not None else None
    met = value is not None
    return PlanEntry(measure, standing, None, (Precondition("test", value, line, direction, 2020, met),), reckoned)


@pytest.mark.parametrize(
    ("value", "direction", "strength"),
    [
        (4.0, "at_least", 2.0),
        (1.0, "at_least", 0.5),
        (4.0, "at_most", 0.5),
        (1.0, "at_most", 2.0),
        (0.5, "at_most", 4.0),
        (0.1, "at_most", 4.0),
        (None, "at_least", 1.0),
    ],
)
def test_a_condition_is_met_by_its_ratio_to_the_line(value, direction, strength):
    assert entry("a", "pilot", value, direction=direction).strength == pytest.approx(strength)


def test_the_strength_is_of_the_condition_that_counts():
    tests = (
        Precondition("list", 1.0, 1.0, "listed", None, True),
        Precondition("first", 6.0, 2.0, "at_least", 2020, True),
        Precondition("second", 8.0, 2.0, "at_least", 2020, True),
    )
    assert PlanEntry(SimpleNamespace(key="k", strength=""), "pilot", None, tests).strength == 3.0
    assert PlanEntry(SimpleNamespace(key="k", strength="second"), "pilot", None, tests).strength == 4.0
    assert PlanEntry(SimpleNamespace(key="k", strength=""), "pilot", None, tests[:1]).strength == 1.0
    failed = (replace(tests[1], met=None), replace(tests[2], met=False))
    made = PlanEntry(SimpleNamespace(key="k", strength=""), "pilot", None, failed)
    assert (made.failed.key, made.unknown.key) == ("second", "first")


def test_as_many_pilots_as_can_be_measured_and_those_whose_condition_is_met_best():
    listed = [
        entry("a", "pilot", 3.0),
        entry("b", "do", 1.0),
        entry("c", "pilot", 9.0),
        entry("d", "pilot", 3.0),
        entry("e", "pilot", 2.0),
    ]
    assert [e.standing for e in _pilots_first(listed, 2)] == ["pilot", "do", "pilot", "later", "later"]
    assert [e.standing for e in _pilots_first(listed, 4)] == ["pilot", "do", "pilot", "pilot", "pilot"]


def test_a_budget_is_spent_on_what_is_measured_first_then_on_what_still_fits():
    """Five years count, of what the county pays; what is too dear leaves the money for the next."""
    listed = [
        entry("weak", "pilot", 3.0, (1.0,) * 15), entry("strong", "pilot", 9.0, (2.0,) * 15), entry("sure", "do", 1.0, (1.0, 1.0, 1.0, 1.0, 1.0, 99.0)),
        entry("others", "apply", 9.0, None), entry("free", "pilot", 1.0, None),
    ]  # fmt: skip

    def kept(budget):
        return [e.key for e in _within(listed, budget) if e.standing != "too_dear"]

    assert kept(None) == ["weak", "strong", "sure", "others", "free"]
    assert kept(20.0) == ["weak", "strong", "sure", "others", "free"]
    assert kept(19.9) == ["strong", "sure", "others", "free"]
    assert kept(10.0) == ["weak", "sure", "others", "free"]
    assert kept(5.0) == ["sure", "others", "free"]
    assert kept(4.9) == ["others", "free"]


def test_the_state_that_counts():
    def state(kind, around=None):
        return SimpleNamespace(state=kind, around=around)

    absent, unknown, there, near = state("absent"), state("unknown"), state("in_place"), state("absent", "a zone")
    assert counting([]) is None
    assert counting([absent, unknown]) is absent
    assert counting([absent, there]) is there
    assert counting([absent, near]) is near
    assert counting([near, there]) is there


# ---------------------------------------------------------------- preconditions
@pytest.mark.parametrize("name", NAMES)
def test_preconditions_from_the_columns(atlas, name):
    county, tests = atlas.county(name), Preconditions(atlas)
    i = county.index

    def column(key, year=2020):
        return float(atlas.column(key, year)[i])

    jobs = atlas.employment(2020)[i]
    people = column("population")
    expected = {
        "rural": (100 - column("urban_share"), "rural_share_needed", "at_least"),
        "workforce": (10 * jobs.sum(), "workforce_needed", "at_least"),
        "inland": (column("port_hours"), "inland_hours", "at_least"),
        "port_reach": (column("port_hours"), "port_reach_hours", "at_most"),
        "migrants": (100 * (column("migrants_within_province") + column("migrants_other_province")) / people, "migrants_needed", "at_least"),
        "farm_work": (100 * jobs[INDUSTRIES.index("A")] / jobs.sum(), "farm_work_needed", "at_least"),
    }  # fmt: skip
    for key, (value, line, direction) in expected.items():
        found = tests.of(county, key)
        assert found.value == pytest.approx(value), key
        assert (found.line, found.direction, found.year) == (cited(line), direction, 2020)
        assert found.met is bool(value >= cited(line) if direction == "at_least" else value <= cited(line))
    sparse = tests.of(county, "sparse")
    density = people / county.area_km2
    assert sparse.value == pytest.approx(density)
    assert sparse.met is bool(density <= sparse.line and county.kind not in ("district", "undivided_city"))
    station = tests.of(county, "station")
    assert (station.value, station.met) == (
        pytest.approx(column("station_km")),
        bool(column("station_km") <= station.line),
    )
    assert tests.of(county, "is_county").met is (county.kind not in ("district", "undivided_city"))
    growing = tests.of(county, "growing")
    if growing.value is not None:
        assert growing.value == pytest.approx(100 * (people / column("population", 2010) - 1))
    else:
        assert growing.met is None


def test_the_base_of_money_is_the_published_income_of_all_residents_where_there_is_one(atlas):
    for name in NAMES:
        county = atlas.county(name)
        found, people = base_of(atlas, county), float(atlas.column("population", 2020)[county.index])
        since = atlas.vintage.accounts - int(cited("oldest_base"))
        income = atlas.latest(county, "income", since=since)
        assert found.income_estimated is (income is None)
        if income is not None:
            assert (found.income, found.year) == (pytest.approx(income.value * people / 1e8), income.year)
        assert found.residents == people
        assert found.rural == pytest.approx(1 - float(atlas.column("urban_share", 2020)[county.index]) / 100)


def test_an_account_adds_what_is_built_and_what_is_run():
    made = Account(1, 1, 1, 0, 1, 0, None, None, None, False, 0, (1.0, 2.0), (3.0, 4.0), (0.0, 1.0))
    assert made.cash == (4.0, 6.0)


def test_income_per_head_is_in_yuan():
    """100 亿元 for 300,000 residents are 33,333 yuan each."""
    assert BASE.per_head == pytest.approx(33_333.33, abs=0.01)
