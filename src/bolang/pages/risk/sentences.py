"""Cross-border risk in sentences: the answer, and what each signal is and rests on."""

from __future__ import annotations

from bolang.atlas.romanize import place
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import number_text
from bolang.pages.risk.shocks import shock_text
from bolang.pathway.risk import CrossBorderRisk, Exposure, PortUse, concentration
from bolang.pathway.risk.warning import Signal
from bolang.wording import load

WORDS = load("risk_signals")
WHOLE = 0.99
"""Markets that hold more than this share of exports are all of them."""
PORTS = 3


def headline(found: CrossBorderRisk) -> Text:
    """Say how many signals are at alarm, which, and how many are to be watched."""
    county = place(found.county.name)
    alarms = [signal for signal in found.warnings if signal.level == "alarm"]
    watched = len(found.warnings) - len(alarms)
    blank = sum(signal.level == "unknown" for signal in found.signals)
    if alarms:
        key = "headline.alarm" if len(alarms) == 1 else "headline.alarms"
        names = join([signal_name(signal, found) for signal in alarms], "、", ", ")
        return WORDS(key, county=county, count=len(alarms), names=names, watched=watched)
    if watched:
        return WORDS("headline.watch", county=county, watched=watched)
    if blank == len(found.signals):
        return WORDS("headline.nothing", county=county)
    return WORDS("headline.calm", county=county, known=len(found.signals) - blank, blank=blank)


def level_text(level: str) -> Text:
    """Name a level."""
    return WORDS(f"level.{level}")


def signal_name(signal: Signal, found: CrossBorderRisk) -> Text:
    """Name a signal."""
    shock = found.shock(signal.key)
    return WORDS(f"signal.{signal.key}") if shock is None else shock_text(shock.key, shock.port)


def signal_unit(signal: Signal, found: CrossBorderRisk) -> Text:
    """Return the unit of a signal; empty for a pure number."""
    if found.shock(signal.key) is not None:
        return WORDS("unit.shock")
    return WORDS(f"unit.{signal.key}") if f"unit.{signal.key}" in WORDS else same("")


def signal_sentence(signal: Signal, found: CrossBorderRisk) -> Text:
    """Say what the value is and where it comes from."""
    exposure, shock = found.exposure, found.shock(signal.key)
    if shock is not None:
        effects = {"gdp": shock.gdp, "revenue": shock.revenue, "jobs": shock.jobs}
        return WORDS("said.shock", **{name: number_text(value, 2, signed=True) for name, value in effects.items()})
    match signal.key:
        case "export_dependence":
            return _dependence(exposure)
        case "market_concentration":
            return _concentration(exposure)
        case "first_market":
            return _first_market(exposure)
        case "channel_share":
            if exposure.channel is None:
                return WORDS("said.channel.none")
            return WORDS("said.channel", year=str(exposure.channel_year), share=number_text(exposure.channel, 1))
        case "export_volatility":
            if exposure.volatility is None:
                return WORDS("said.volatility.none")
            return WORDS("said.volatility", first=exposure.history[0][0], last=exposure.history[-1][0])
    assert found.ports is not None
    return _port(signal.key, found.ports)


def markets_note(exposure: Exposure) -> Text:
    """Say who tells where exports go."""
    if exposure.markets_period is not None:
        return WORDS("markets.customs", period=exposure.markets_period)
    return WORDS(f"markets.{exposure.markets_source}")


def _dependence(exposure: Exposure) -> Text:
    if exposure.exports_to_gdp is None:
        return WORDS("said.dependence.none")
    if exposure.status == "estimated":
        return WORDS("said.dependence.model")
    key = "said.dependence.above" if exposure.exports_to_gdp > 100 else "said.dependence"
    return WORDS(key, year=str(exposure.year or ""))


def _concentration(exposure: Exposure) -> Text:
    divided = sum(market.share for market in exposure.markets)
    note = markets_note(exposure)
    if not exposure.markets or divided > WHOLE:
        return note
    highest = (concentration(exposure.markets) or 0.0) + (1.0 - divided) ** 2
    return join([note, WORDS("said.concentration", share=number_text(divided * 100), highest=number_text(highest, 2))])


def _first_market(exposure: Exposure) -> Text:
    note = markets_note(exposure)
    if not exposure.markets:
        return note
    return join([WORDS("said.first_market", market=exposure.markets[0].label), note])


def _port(key: str, ports: PortUse) -> Text:
    if key == "port_detour":
        return WORDS("said.port_detour", port=ports.first)
    listed = [WORDS("said.port", port=name, share=number_text(100 * share)) for name, share in ports.gateways[:PORTS]]
    return WORDS("said.port_share", ports=join(listed, "、", ", "))
