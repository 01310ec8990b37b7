"""A plan from a county's name, end to end; the model's sweep over levers is replaced by round numbers."""

import re

import numpy as np
import pytest

from bolang.atlas import Atlas
from bolang.economy.levers.catalogue import levers
from bolang.economy.scenarios.effects import SHOCKS, LeverEffects
from bolang.economy.scenarios.outcomes import MEASURES
from bolang.economy.scenarios.running import calibrated
from bolang.foundation.errors import BadInputError, UnknownPlaceError
from bolang.pathway import cross_border_risk
from bolang.pathway.plan import planner
from bolang.pathway.plan.planner import plan
from bolang.pathway.risk.ports import port_use
from bolang.pathway.risk.shocks import modelled_exports
from bolang.space import TransportSystem

COUNT, WIDTH = len(levers()), len(MEASURES)


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


def round_numbers(atlas, county, closure="national", progress=None, **_):
    shape = np.linspace(0.001, 0.004, COUNT)[:, None] * np.ones(WIDTH)
    return LeverEffects(
        county=atlas.county(county), closure=closure, levers=tuple(levers().values()), requires={},
        measures=tuple(MEASURES), effect=np.repeat(shape[:, :, None], 4, axis=2),
        under_parameters=np.stack([0.9 * shape, 1.1 * shape]), doubled=2 * shape,
        interaction=np.zeros((COUNT, COUNT, WIDTH)), shocks=tuple(SHOCKS),
        shock=np.full((len(SHOCKS), WIDTH, 4), -0.005),
        shock_under_parameters=np.full((2, len(SHOCKS), WIDTH), -0.005),
    )  # fmt: skip


@pytest.mark.slow
def test_a_plan_from_a_name(atlas, monkeypatch):
    monkeypatch.setattr(planner, "effects", round_numbers)
    monkeypatch.setattr(planner, "check_plan", lambda *arguments: None)
    monkeypatch.setattr("bolang.pathway.risk.shocks._closed", lambda *arguments: (-0.1, -0.1, 0.0))
    given = {"general_debt": 12.0, "special_debt": 20.0, "quota": 40.0}
    made = plan("威宁彝族回族苗族自治县", budget=2.0, debt_limit=3.0, fiscal=given, draws=20, atlas=atlas)
    assert made.steps
    assert (made.choice.plan.debt <= made.ceiling.limit + 1e-7).all()
    assert made.ceiling.limit.max() <= 3.0
    assert {o.key for o in made.debt.outcomes} >= {"baseline", "port_closed"}
    assert made.risk is not None
    assert any(s.key == "port_closed" for s in made.risk.signals)
    assert {left.reason for left in made.left_out} >= {"no_evidence"}
    for lang in ("zh", "en"):
        page = made.explain(lang)
        assert re.search(r"\bnan\b", page) is None
        assert page.count("\n") > 8


@pytest.mark.slow
def test_exports_of_yiwu_leave_by_ningbo(atlas):
    markets = {"rotterdam": 0.4, "los_angeles": 0.4, "almaty": 0.2}
    use = port_use(TransportSystem.standard(atlas), atlas.county("义乌市"), markets)
    shares = {name.zh: share for name, share in use.gateways}
    assert sum(shares.values()) == pytest.approx(1.0)
    assert "宁波" in use.first.zh
    assert shares[use.first.zh] == pytest.approx(0.8)
    assert 0 < use.detour < 20


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"goal": "happiness"}, BadInputError, "目标"),
        ({"closure": "nobody"}, BadInputError, "人口流动"),
        ({"draws": 0}, BadInputError, "抽样"),
        ({"budget": -1.0}, BadInputError, "预算"),
        ({"debt_limit": -1.0}, BadInputError, "债务上限"),
        ({"growth": 4.0}, BadInputError, "400%"),
        ({"chosen": ["fairy_dust"]}, BadInputError, "fairy_dust"),
        ({"also": ["fairy_dust"]}, BadInputError, "fairy_dust"),
        ({"fiscal": {"revenue": -2.0}}, BadInputError, "非负"),
    ],
)
def test_arguments_out_of_range_are_refused_before_any_work(atlas, monkeypatch, arguments, error, message):
    monkeypatch.setenv("BOLANG_LANG", "zh")
    monkeypatch.setattr(planner, "effects", None)
    with pytest.raises(error, match=message):
        plan("义乌市", atlas=atlas, **arguments)


def test_an_unknown_county_is_refused_before_any_work(atlas):
    with pytest.raises(UnknownPlaceError):
        plan("没有这个县", atlas=atlas)


def test_a_county_outside_the_model_is_refused_before_any_work(atlas, monkeypatch):
    monkeypatch.setattr(planner, "effects", None)
    with pytest.raises(BadInputError, match="三沙"):
        plan("三沙市", atlas=atlas)


@pytest.mark.slow
def test_exports_of_the_model_by_region_and_by_industry_add_up(atlas):
    calibration = calibrated(atlas)
    for name, first in (("义乌市", "C"), ("昆山市", "C")):
        exports = modelled_exports(calibration, atlas.county(name).index)
        for shares in (exports.markets, exports.industries):
            assert sum(part.share for part in shares) == pytest.approx(1.0)
            assert [part.share for part in shares] == sorted((part.share for part in shares), reverse=True)
        assert sum(exports.by_market.values()) == pytest.approx(1.0)
        assert exports.industries[0].section == first
        assert exports.to_gdp > 20


@pytest.mark.slow
def test_the_risk_of_yiwu_from_its_name(atlas, monkeypatch):
    monkeypatch.setattr("bolang.economy.scenarios.effects.effects", round_numbers)
    monkeypatch.setattr("bolang.pathway.risk.shocks._closed", lambda *arguments: (-0.1, -0.1, 0.0))
    risk = cross_border_risk("义乌市", atlas=atlas)
    keys = {signal.key: signal for signal in risk.signals}
    assert {"port_share", "port_detour", "port_closed", *SHOCKS} <= set(keys)
    assert keys["channel_share"].level == "alarm"
    assert keys["channel_share"].value > 80
    assert risk.ports is not None
    assert "宁波" in risk.ports.first.zh
    assert risk.exposure.industries
