"""What a county's exposure is made of, and which number each signal holds against which line."""

from types import SimpleNamespace

import pytest
from test_risk import YIWU, exposure

from bolang.atlas.model import Fact
from bolang.atlas.provenance import Provenance
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, same
from bolang.pathway.risk import ExportMarket, PortUse, ShockEffect, assess_risk
from bolang.pathway.risk import exposure as module
from bolang.pathway.risk.exposure import Industry, ModelledExports, county_exposure, export_volatility
from bolang.pathway.risk.warning import level

NOTHING = Text("", "")
PLACE = SimpleNamespace(code="110101")


def market(share, name="A"):
    return ExportMarket(Text(name, name), share)


def signals(**changes):
    return {s.key: s for s in assess_risk(exposure(**changes)).signals}


def test_each_signal_holds_its_own_number():
    found = signals(
        exports_to_gdp=30.0, markets=(market(0.4), market(0.2)), channel=12.0, channel_year=2024, volatility=0.25
    )
    assert {key: s.value for key, s in found.items()} == pytest.approx(
        {
            "export_dependence": 30.0,
            "market_concentration": 0.16 + 0.04,
            "first_market": 40.0,
            "channel_share": 12.0,
            "export_volatility": 0.25,
        }
    )
    # Indices and deviations are shares of one and want two digits, percentages one.
    assert {key: s.digits for key, s in found.items()} == {
        "export_dependence": 1, "market_concentration": 2, "first_market": 1, "channel_share": 1, "export_volatility": 2,
    }  # fmt: skip
    assert {key for key, s in found.items() if s.status == "estimated"} == {"market_concentration", "first_market"}


def test_lines_are_the_cited_ones():
    cited = load_parameters("bolang.pathway.risk")
    found = signals()
    ports = PortUse(((Text("东", "E"), 0.61), (Text("西", "W"), 0.39)), Text("东", "E"), 7.5)
    shock = ShockEffect("tariff", gdp=-1.5, revenue=-2.0, jobs=-1.0)
    found |= {s.key: s for s in assess_risk(exposure(), ports, [shock]).signals}
    assert (found["port_share"].value, found["port_detour"].value) == (pytest.approx(61.0), 7.5)
    assert (found["tariff"].value, found["tariff"].digits, found["tariff"].status) == (1.5, 2, "estimated")
    for key, one in found.items():
        name = "shock_loss" if key == "tariff" else key
        lines = dict(cited[name].value)
        assert (one.watch, one.alarm) == (float(lines["watch"]), float(lines["alarm"]))
        assert one.level == level(one.value, one.watch, one.alarm)


def test_a_level_needs_a_number():
    assert level(None, 0.0, 0.0) == "unknown"
    assert level(0.0, 0.0, 1.0) == "watch"


def test_volatility_needs_five_changes_between_years_with_exports():
    series = tuple((2010 + k, value) for k, value in enumerate([1.0, 2.0, 1.0, 2.0, 1.0, 2.0]))
    assert export_volatility(series) == pytest.approx(0.7593, abs=1e-4)  # five changes of +-ln 2
    assert export_volatility((*series[:5], (2015, 0.0))) is None
    assert export_volatility(((2009, 0.0), *series)) == export_volatility(series)


# -- exposure --------------------------------------------------------------------------------------


def fact(value, year, period="year"):
    return Fact(
        PLACE.code, "market_procurement_share", same("x"), value, "%", year, period, "measured", Provenance(same("s"))
    )


class Tables:
    def __init__(self, *facts, knows=True):
        self.listed, self.known = facts, knows

    def knows(self, indicator):
        return self.known

    def facts(self, county, indicator):
        assert self.known
        return self.listed

    def county(self, county):
        return county


@pytest.fixture
def published(monkeypatch):
    """What is published of exports, to be set by a test."""
    found = SimpleNamespace(history=(), ratio=None, markets=None)
    monkeypatch.setattr(module, "published_exports", lambda atlas, county: found.history)
    monkeypatch.setattr(module, "export_ratio", lambda county: found.ratio)
    monkeypatch.setattr(module, "known_markets", lambda county: found.markets)
    return found


MODEL = ModelledExports(
    42.0, (market(0.2, "small"), market(0.8, "large")), {}, ("s", "l"), (Industry("C", NOTHING, 1.0),)
)


def test_what_is_published_goes_before_the_model(published):
    published.history = tuple((2015 + k, 2.0 ** (k % 2)) for k in range(6))
    published.ratio = SimpleNamespace(value=17.0, year=2023)
    published.markets = ((market(0.1, "b"), market(0.5, "a")), Text("海关", "customs"))
    found = county_exposure(Tables(fact(80.0, 2024), fact(70.0, 2023), fact(99.0, 2025, "h1")), PLACE, MODEL)
    assert (found.exports_to_gdp, found.year, found.status) == (17.0, 2023, "measured")
    assert [m.share for m in found.markets] == [0.5, 0.1]
    assert (found.markets_status, found.markets_source) == ("measured", "customs")
    assert (found.channel, found.channel_year) == (80.0, 2024)
    assert found.volatility == pytest.approx(export_volatility(published.history))
    assert found.industries == MODEL.industries


def test_the_model_fills_what_is_not_published_and_is_marked(published):
    found = county_exposure(Tables(knows=False), PLACE, MODEL)
    assert (found.exports_to_gdp, found.year, found.status) == (42.0, None, "estimated")
    assert [m.label.en for m in found.markets] == ["large", "small"]
    assert found.markets_source == "model"
    assert (found.markets_status, found.volatility, found.channel, found.channel_year) == (
        "estimated",
        None,
        None,
        None,
    )


def test_without_figures_and_without_a_model_nothing_is_said(published):
    found = county_exposure(Tables(), PLACE)
    assert (found.exports_to_gdp, found.markets, found.industries, found.history) == (None, (), (), ())
    assert found.markets_source == "none"


def test_warnings_leave_out_what_is_calm_or_unknown():
    risk = assess_risk(exposure(exports_to_gdp=20.0, volatility=None, markets=(), channel=99.0, channel_year=2024))
    assert [(s.key, s.level) for s in risk.warnings] == [("channel_share", "alarm"), ("export_dependence", "watch")]
    assert risk.county is YIWU
