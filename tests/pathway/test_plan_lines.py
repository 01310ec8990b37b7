"""The lines of a plan from both sides: accounts, pooled studies, cards and measures that contradict themselves, standings."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import t as student

from bolang.atlas import Atlas
from bolang.economy.levers.catalogue import levers
from bolang.foundation.errors import BadInputError, ParameterError
from bolang.foundation.parameters import load_parameters
from bolang.pathway.plan.account import Base, IncomeEffect, account
from bolang.pathway.plan.cards import Card, cards
from bolang.pathway.plan.measures import Measure, measures
from bolang.pathway.plan.pooling import pool
from bolang.pathway.plan.preconditions import Precondition
from bolang.pathway.plan.recommend import _Context, plan, without_effect
from bolang.pathway.plan.result import PlanEntry

CITED = load_parameters("bolang.pathway.plan")
BASE = Base(income=100.0, income_from="published", year=2023, size=1.0, rural=0.5, residents=300_000.0)


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


# ---------------------------------------------------------------- the account
def test_gain_and_cost_are_drawn_apart():
    """Both in the same triangle: gains exceed costs in half of the draws, not in all or none."""
    measure = measures()["market_order"].model_copy(update={"cost": (1.0, 2.0, 3.0)})
    even = account(measure, BASE, None, draws=200, seed=0).break_even
    found = account(measure, BASE, IncomeEffect(even, even / 2, 1.5 * even, "card"), draws=4000, seed=0)
    assert found.pays == pytest.approx(0.5, abs=0.03)
    assert found.benefit_cost == pytest.approx(1.0, abs=0.001)
    assert (found.outlay_low, found.outlay, found.outlay_high) == pytest.approx((1.0, 2.0, 3.0))


def test_what_brings_nothing_and_costs_nothing_is_not_worth_it():
    measure = measures()["market_order"].model_copy(update={"cost": (0.0, 0.0, 0.0)})
    with np.errstate(invalid="ignore"):
        assert account(measure, BASE, IncomeEffect(0.0, 0.0, 0.0, "user"), draws=100, seed=0).pays == 0.0


# ---------------------------------------------------------------- pooling and cards
@pytest.mark.parametrize("effects", [[0.0, 1.0, 2.0], [0.2, -0.4, 1.1, 0.6, 0.9], [0.5, 0.5, 0.6, 0.4]])
def test_the_next_place_has_students_t_of_two_degrees_fewer(effects):
    found = pool(effects, [0.5] * len(effects))
    spread, freedom = np.hypot(found.between, found.error), len(effects) - 2
    reach = student.ppf(0.975, freedom) * spread
    assert (found.low, found.high) == pytest.approx((found.mean - reach, found.mean + reach))
    assert found.void == pytest.approx(student.cdf(-found.mean / spread, freedom))


def test_a_fixed_mean_is_weighted_by_precision():
    """1 with error 1 and twice 0 with error 1/2: weights 1, 4, 4, mean 1/9, Q = (8/9)² + 8 (1/9)² = 8/9; below two, so no spread."""
    found = pool([1.0, 0.0, 0.0], [1.0, 0.5, 0.5])
    assert (found.q, found.between, found.mean, found.error) == pytest.approx((8 / 9, 0.0, 1 / 9, 1 / 3))


@pytest.mark.parametrize(
    ("effects", "errors"),
    [([1.0, 2.0, 3.0], [1.0, 1.0]), ([1.0, 2.0, 3.0], [1.0, np.inf, 1.0]), ([1.0, np.inf, 3.0], [1.0, 1.0, 1.0]), ([1.0, 2.0, 3.0], [1.0, -1.0, 1.0]),
     ([[1.0, 2.0, 3.0]] * 3, [[1.0, 1.0, 1.0]] * 3), ([], [])],
)  # fmt: skip
def test_what_cannot_be_pooled_is_refused(effects, errors):
    with pytest.raises(BadInputError):
        pool(effects, errors)


def card(**given):
    whole = cards()["rural_e_commerce_trial"].model_dump()
    return Card.model_validate(whole | {"cases": (), "void": None} | given)


@pytest.mark.parametrize(
    ("given", "fits"),
    [({"low": 0.1, "estimate": 0.1, "high": 0.1}, True), ({"low": 0.2, "estimate": 0.1, "high": 0.3}, False), ({"low": 0.0, "estimate": 0.4, "high": 0.3}, False),
     ({"low": None, "carries": "direction"}, False), ({"high": None, "carries": "direction"}, False), ({"low": None, "high": None, "carries": "direction"}, True),
     ({"low": None, "high": None, "carries": "number"}, False), ({"estimate": None, "low": None, "high": None, "carries": "number"}, False),
     ({"estimate": None, "low": None, "high": None, "carries": "nothing"}, True), ({"years": (2020, 2020)}, True), ({"years": (2021, 2020)}, False),
     ({"void": 0.5}, False), ({"cases": ({"code": "1", "estimate": 0.1, "error": 0.1},)}, False), ({"cases": ({"code": "1", "estimate": 0.1, "error": 0.0},), "void": 0.5}, False)],
)  # fmt: skip
def test_a_card_contradicts_itself_or_not(given, fits):
    if fits:
        assert card(**given).key
    else:
        with pytest.raises(ValueError, match="Card"):
            card(**given)


def test_a_card_without_an_estimate_has_no_interval_and_cases_are_kept_whole():
    with pytest.raises(ParameterError, match="no estimate"):
        card(estimate=None, low=None, high=None, carries="nothing").interval  # noqa: B018
    several = card(cases=({"code": "1", "estimate": 0.1, "error": 0.1},), void=0.5, low=0.1, estimate=0.2, high=0.3)
    assert several.carried == several.interval == (0.1, 0.2, 0.3)
    kept = CITED.number("single_study_kept")
    assert card(low=0.1, estimate=0.2, high=0.3).carried == pytest.approx((0.1 * kept, 0.2 * kept, 0.3 * kept))


# ---------------------------------------------------------------- measures
SPEC = {"key": "k", "decider": "county", "tests": ("rural", "cluster"), "card": None, "roads": ("weak_good",), "cost": (1.0, 2.0, 3.0)}  # fmt: skip


@pytest.mark.parametrize(
    ("given", "fits"),
    [({}, True), ({"cost": (1.0, 1.0, 1.0)}, True), ({"cost": (2.0, 1.0, 3.0)}, False), ({"cost": (1.0, 3.0, 2.0)}, False), ({"cost": (1.0, 2.0)}, False),
     ({"cost": (1.0, 2.0, 3.0, 4.0)}, False), ({"cost": ()}, False), ({"cost": (), "decider": "state"}, True), ({"strength": "rural"}, True), ({"strength": "cluster"}, True),
     ({"strength": "border"}, False), ({"running": -0.1}, False), ({"share": 1.1}, False), ({"share": -0.1}, False), ({"years": 0.0}, False), ({"share": 1.0}, True)],
)  # fmt: skip
def test_a_measure_contradicts_itself_or_not(given, fits):
    if fits:
        assert Measure.model_validate(SPEC | given).key == "k"
    else:
        with pytest.raises(ValueError, match="Measure"):
            Measure.model_validate(SPEC | given)


def test_a_measure_is_on_the_road_of_any_type_that_it_names():
    one, every = Measure.model_validate(SPEC), Measure.model_validate(SPEC | {"roads": ("any",)})
    assert one.on_road("weak_good")
    assert one.on_road("weak_remote", "weak_good")
    assert not one.on_road("weak_remote")
    assert not one.on_road()
    assert every.on_road()
    assert (one.fades, one.ask, one.scales, one.share, one.years, one.running) == (True, False, "county", 1.0, 2.0, 0.0)


def test_a_measure_without_a_lever_states_what_its_file_states():
    import yaml

    from bolang.pathway.plan.measures import _file, _measure

    for key, spec in _file()["measures"].items():
        built = _measure(key, spec)
        assert built.card == (None if spec["card"] == "none" else spec["card"])
        assert built == measures()[key]
        if "lever" in spec:
            lever = levers()[spec["lever"]]
            assert (built.policy, built.scales, built.fades, built.running) == (lever.policy, lever.scales, lever.fades, lever.running)  # fmt: skip
        else:
            assert yaml.safe_dump(list(built.policy)) == yaml.safe_dump(list(spec.get("policy", [])))


# ---------------------------------------------------------------- standings
def met(value=True, key="rural"):
    return Precondition(key, 1.0, 1.0, "at_least", 2020, value)


def state(kind):
    return SimpleNamespace(state=kind)


def reckoned(effect=None, pays=None, even=0.0):
    return SimpleNamespace(effect=effect, pays=pays, break_even=even)


PLAIN = Measure.model_validate(SPEC)
EFFECT = IncomeEffect(0.1, 0.1, 0.1, "user")
WORTH, LOSS = reckoned(EFFECT, 1.0), reckoned(EFFECT, 0.1)
STANDINGS = [
    # policy, conditions, account, changes to the measure, standing; the first reason that holds decides
    (state("in_place"), (met(False),), LOSS, {}, "in_place"),
    (state("not_applicable"), (met(),), WORTH, {}, "impossible"),
    (None, (met(), met(False)), WORTH, {}, "impossible"),
    (None, (met(False), met(None)), WORTH, {"roads": ("complete_good",)}, "impossible"),
    (None, (met(),), WORTH, {"roads": ("complete_good",)}, "off_road"),
    (None, (met(),), WORTH, {"card": "void", "roads": ("complete_good",)}, "off_road"),
    (None, (met(),), WORTH, {"card": "void"}, "does_not_pay"),
    (None, (met(None),), LOSS, {}, "does_not_pay"),
    (None, (met(None),), reckoned(), {}, "ask"),
    (None, (met(None),), WORTH, {}, "ask"),
    (None, (met(),), WORTH, {"ask": True}, "ask"),
    (state("unknown"), (met(),), WORTH, {"ask": True}, "ask"),
    (state("unknown"), (met(),), WORTH, {}, "do"),
    (state("absent"), (met(),), WORTH, {"ask": True}, "do"),
    (state("absent"), (met(),), None, {"decider": "state", "cost": ()}, "apply"),
    (None, (met(),), None, {"decider": "province", "cost": ()}, "apply"),
    (None, (), WORTH, {}, "do"),
    (None, (met(),), LOSS, {}, "does_not_pay"),
    (None, (met(),), reckoned(), {}, "pilot"),
    (None, (met(),), reckoned(even=0.5), {}, "unlikely"),
    (None, (met(),), None, {}, "pilot"),
    (None, (met(),), reckoned(), {"lever": "upgrading"}, "unset"),
    (None, (met(),), None, {"lever": "upgrading"}, "unset"),
    (None, (met(),), WORTH, {"lever": "upgrading"}, "do"),
    (None, (met(),), reckoned(), {"lever": "upgrading", "card": "rural_e_commerce_trial"}, "pilot"),
]


@pytest.mark.parametrize(("policy", "tests", "account_of", "changed", "standing"), STANDINGS)
def test_the_first_reason_that_holds_decides(policy, tests, account_of, changed, standing):
    void = next(key for key, found in cards().items() if found.carries != "nothing" and found.sign <= 0)
    changed = changed | ({"card": void} if changed.get("card") == "void" else {})
    measure = PLAIN.model_copy(update=changed)
    context = _Context(None, None, ("weak_good",), BASE, {}, {}, 100, 0)
    assert context._standing(measure, policy, tests, account_of) == standing


@pytest.mark.parametrize(("carries", "sign", "void"), [("number", 1, False), ("number", 0, True), ("direction", -1, True), ("direction", 1, False), ("nothing", -1, False)])  # fmt: skip
def test_only_what_carries_over_and_is_no_gain_is_without_effect(monkeypatch, carries, sign, void):
    from bolang.pathway.plan import recommend

    monkeypatch.setattr(recommend, "cards", lambda: {"c": SimpleNamespace(carries=carries, sign=sign)})
    assert without_effect(PLAIN.model_copy(update={"card": "c"})) is void
    assert not without_effect(PLAIN)


def test_only_the_countys_own_money_is_reckoned():
    context = _Context(None, None, ("weak_good",), BASE, {"k": 0.01}, {}, 100, 0)
    assert context._account(PLAIN).effect == IncomeEffect(0.01, 0.01, 0.01, "user")
    assert context._account(PLAIN.model_copy(update={"decider": "province"})) is None
    assert context._account(PLAIN.model_copy(update={"cost": ()})) is None
    assert replace(context, base=None)._account(PLAIN) is None
    assert replace(context, assumed={})._account(PLAIN).effect is None


@pytest.mark.parametrize("value", [0.2, -0.2, 0.0])
def test_an_assumed_effect_of_a_fifth_is_the_largest(atlas, value):
    assert (
        plan("清河县", atlas=atlas, effects={"market_order": value}).entry("market_order").account.effect.mean == value
    )
    with pytest.raises(BadInputError):
        plan("清河县", atlas=atlas, effects={"market_order": value * 1.01 if value else 0.21})


@pytest.mark.parametrize("name", ["清河县", "义乌市", "威宁彝族回族苗族自治县", "昆山市", "凤阳县", "固始县"])
def test_a_plan_reads_from_what_to_do_to_what_not_and_by_strength(atlas, name):
    from bolang.pathway.plan.result import STANDINGS as ORDER
    from bolang.pathway.shared import national

    found, kind = plan(name, atlas=atlas), national(atlas).of(atlas.county(name))
    keys = [(ORDER.index(entry.standing), -entry.strength) for entry in found.entries]
    assert keys == sorted(keys)
    assert found.cells == tuple(cell for cell, share in kind.probability.items() if share >= CITED.number("road_share"))
    assert (found.cell, found.certainty) == (kind.cell, kind.probability[kind.cell])
    assert found.draws == CITED.number("enough_draws")
    told = [entry for entry in found.entries if entry.standing in ("do", "pilot")]
    assert list(found.recommended) == told
    paid = np.sum([entry.account.cash for entry in told if entry.account], axis=0)
    assert found.cash == pytest.approx(tuple(np.atleast_1d(paid)) if told else ())
    debt, quota = found.fiscal.total_debt, found.fiscal.quota
    assert found.room == (None if debt is None or quota is None else quota - debt)
    for row, entry in zip(found.to_frame().iter_rows(named=True), found.entries, strict=True):
        assert (row["measure"], row["standing"], row["strength"]) == (entry.key, entry.standing, entry.strength)
        assert (row["outlay"] is None) == (entry.account is None)
        if entry.account:
            assert (row["outlay"], row["running"], row["break_even"]) == (entry.account.outlay, entry.account.running, entry.account.break_even)  # fmt: skip
            assert (row["county_share"], row["pays"], row["benefit_cost"]) == (entry.account.share, entry.account.pays, entry.account.benefit_cost)  # fmt: skip
        if entry.account and entry.account.effect:
            effect = entry.account.effect
            assert (row["effect"], row["effect_low"], row["effect_high"]) == (effect.mean, effect.low, effect.high)
        assert row["since"] == (entry.policy.since if entry.policy else None)
        assert entry == found.entry(entry.key)


def test_the_condition_that_counts_is_found_by_its_name_however_that_was_made():
    counts = PLAIN.model_copy(update={"strength": "".join(["ru", "ral"])})
    tests = (replace(met(), key="cluster", value=5.0), replace(met(), value=7.0))
    assert PlanEntry(counts, "pilot", None, tests).strength == 7.0
    assert PlanEntry(PLAIN, "pilot", None, tests).strength == 5.0


def test_a_condition_without_a_value_counts_as_one():
    assert PlanEntry(PLAIN, "ask", None, (met(None), replace(met(), value=None))).strength == 1.0
    assert PlanEntry(PLAIN, "ask", None, ()).strength == 1.0
