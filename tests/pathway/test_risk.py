"""Cross-border risk: signals against their lines, concentration by hand, and silence where nothing is published."""

import numpy as np
import pytest

from bolang.atlas.model import County
from bolang.foundation.text import Text
from bolang.pages.risk.sentences import headline, markets_note, signal_name, signal_sentence
from bolang.pathway.risk import ExportMarket, Exposure, PortUse, ShockEffect, assess_risk, concentration
from bolang.pathway.risk.exposure import export_volatility, known_markets
from bolang.pathway.risk.warning import level

YIWU = County(
    "330782", 0, "义乌市", "浙江省金华市义乌市", "浙江省", "330000", "金华市", "330700", "city", 120.07, 29.3, 1105.0
)
NOTHING = Text("", "")


def exposure(**changes):
    base = {
        "county": YIWU,
        "exports_to_gdp": 30.0,
        "year": 2023,
        "status": "measured",
        "volatility": 0.1,
        "history": ((2012, 1.0), (2018, 2.0)),
        "markets": (ExportMarket(Text("甲", "A"), 0.3), ExportMarket(Text("乙", "B"), 0.1)),
        "markets_status": "estimated",
        "markets_source": "model",
        "channel": None,
        "channel_year": None,
    }
    return Exposure(**(base | changes))


@pytest.mark.parametrize(
    ("value", "expected"), [(None, "unknown"), (19.9, "calm"), (20.0, "watch"), (49.9, "watch"), (50.0, "alarm")]
)
def test_levels(value, expected):
    assert level(value, 20.0, 50.0) == expected


def test_concentration_counts_only_what_is_divided():
    assert concentration((ExportMarket(NOTHING, 0.5), ExportMarket(NOTHING, 0.3))) == pytest.approx(0.34)
    assert concentration(()) is None


def test_volatility_needs_neighbouring_years():
    steady = tuple((2010 + year, 1.1**year) for year in range(7))
    assert export_volatility(steady) == pytest.approx(0.0, abs=1e-12)
    swinging = tuple((2010 + year, 2.0 ** (year % 2)) for year in range(7))
    assert export_volatility(swinging) == pytest.approx(np.std(np.log([2, 0.5] * 3), ddof=1))
    assert export_volatility(steady[:5]) is None
    assert export_volatility(tuple((2000 + 2 * year, 1.0) for year in range(9))) is None


def test_the_table_has_a_row_for_every_question_even_without_data():
    blank = exposure(exports_to_gdp=None, year=None, volatility=None, history=(), markets=())
    risk = assess_risk(blank)
    assert [signal.level for signal in risk.signals] == ["unknown"] * 5
    assert all(signal.status == "missing" for signal in risk.signals)
    assert risk.warnings == ()
    assert "没有公布任何" in headline(risk).zh


def test_warnings_come_with_the_graver_first():
    ports = PortUse(
        ((Text("宁波舟山港", "Ningbo-Zhoushan"), 0.9), (Text("上海港", "Shanghai"), 0.1)), Text("甲", "A"), 5.0
    )
    shock = ShockEffect("tariff_europe", gdp=-4.0, revenue=-6.0, jobs=-2.0)
    risk = assess_risk(exposure(channel=82.7, channel_year=2025), ports, [shock])
    found = {signal.key: signal.level for signal in risk.signals}
    assert found["export_dependence"] == "watch"
    assert found["channel_share"] == "alarm"
    assert found["port_share"] == "alarm"
    assert found["port_detour"] == "watch"
    assert found["tariff_europe"] == "alarm"
    assert [signal.level for signal in risk.warnings] == sorted(
        (s.level for s in risk.warnings), key="alarm watch".index
    )
    assert "市场采购" in headline(risk).zh
    assert "GDP−4.00%，财政收入−6.00%，就业−2.00%" in risk.explain("zh")


def test_a_gain_is_not_a_loss():
    gain = ShockEffect("port_closed", gdp=0.4, revenue=0.1, jobs=0.0, port=Text("宁波港", "Ningbo"))
    risk = assess_risk(exposure(), None, [gain])
    row = next(signal for signal in risk.signals if signal.key == "port_closed")
    assert row.level == "calm"
    assert signal_name(row, risk) == Text("宁波港关闭", "Ningbo closed")


def test_exports_above_gdp_are_explained_as_entrepot_trade():
    risk = assess_risk(exposure(exports_to_gdp=243.0))
    row = risk.signals[0]
    assert "转口" in signal_sentence(row, risk).zh
    assert row.level == "alarm"


def test_published_markets_of_yiwu():
    markets, period = known_markets(YIWU)
    assert markets[0].label.en == "Africa"
    assert markets[0].share == pytest.approx(968.3 / 5542.6)
    assert sum(market.share for market in markets) < 1
    found = exposure(markets=markets, markets_source="customs", markets_period=period)
    assert markets_note(found).zh == "海关公布的2025年1—8月进出口（含进口），其余市场未分列。"
    assert known_markets(County("110101", 0, *[""] * 6, "district", 0.0, 0.0, 1.0)) is None
