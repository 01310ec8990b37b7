"""Cross-border risk of one county: exposure, concentration, port dependence, shocks, and the early-warning table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bolang.atlas.model import County
from bolang.foundation.text import Lang, Text
from bolang.foundation.voice import spoken
from bolang.pathway.risk.exposure import Exposure, concentration
from bolang.pathway.risk.warning import Signal, signal


@dataclass(frozen=True, slots=True)
class PortUse:
    """Gateways by which a county's exports leave on the cheapest routes.

    Attributes
    ----------
    gateways : tuple of (Text, float)
        Gateway and share of exports by market, largest first.
    first : Text
        The gateway used most.
    detour : float
        Per cent by which freight becomes dearer over all markets if it closes.
    """

    gateways: tuple[tuple[Text, float], ...]
    first: Text
    detour: float


@dataclass(frozen=True, slots=True)
class ShockEffect:
    """Effect of an external shock from the model of the county economy, in per cent.

    Attributes
    ----------
    key : str
    gdp, revenue, jobs : float
        Change of output, general budget revenue and employment.
    low, high : float or None
        Interval of the output effect over parameters.
    port : Text or None
        The port that closes, where one does.
    """

    key: str
    gdp: float
    revenue: float
    jobs: float
    low: float | None = None
    high: float | None = None
    port: Text | None = None


@dataclass(frozen=True, slots=True)
class CrossBorderRisk:
    """Cross-border risk of one county."""

    county: County
    exposure: Exposure
    ports: PortUse | None
    shocks: tuple[ShockEffect, ...]
    signals: tuple[Signal, ...]

    @property
    def warnings(self) -> tuple[Signal, ...]:
        """Signals at "watch" or "alarm", the graver first."""
        order = {"alarm": 0, "watch": 1}
        return tuple(sorted((s for s in self.signals if s.level in order), key=lambda s: order[s.level]))

    def shock(self, key: str) -> ShockEffect | None:
        """Return a shock by key; None where the key is no shock's."""
        return next((shock for shock in self.shocks if shock.key == key), None)

    def explain(self, lang: Lang = "zh") -> str:
        """Return the answer and the signals that are not calm as plain text."""
        return spoken("risk", self, lang)


def assess_risk(
    exposure: Exposure, ports: PortUse | None = None, shocks: Sequence[ShockEffect] = ()
) -> CrossBorderRisk:
    """Build the early-warning table.

    Parameters
    ----------
    exposure : Exposure
    ports : PortUse, optional
    shocks : sequence of ShockEffect
        Results of tariff and port shocks; each becomes a signal.
    """
    signals = (
        *_trade_signals(exposure),
        *(_port_signals(ports) if ports is not None else ()),
        *(_shock_signal(shock) for shock in shocks),
    )
    return CrossBorderRisk(exposure.county, exposure, ports, tuple(shocks), signals)


def _trade_signals(exposure: Exposure) -> tuple[Signal, ...]:
    first = exposure.markets[0].share if exposure.markets else None
    markets = exposure.markets_status
    return (
        signal("export_dependence", exposure.exports_to_gdp, status=exposure.status),
        signal("market_concentration", concentration(exposure.markets), status=markets, digits=2),
        signal("first_market", None if first is None else 100.0 * first, status=markets),
        signal("channel_share", exposure.channel),
        signal("export_volatility", exposure.volatility, digits=2),
    )


def _port_signals(ports: PortUse) -> tuple[Signal, ...]:
    return (
        signal("port_share", 100.0 * ports.gateways[0][1], status="estimated"),
        signal("port_detour", ports.detour, status="estimated"),
    )


def _shock_signal(shock: ShockEffect) -> Signal:
    return signal(shock.key, max(-shock.gdp, 0.0), status="estimated", digits=2, lines_of="shock_loss")
