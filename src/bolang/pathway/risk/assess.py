"""Cross-border risk of one county: exposure, concentration, port dependence, shocks, and the early-warning table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bolang.atlas.model import County
from bolang.foundation.text import Text, join, same
from bolang.pathway.risk.exposure import Exposure, concentration
from bolang.pathway.risk.warning import LEVEL_TEXT, Signal, signal

PER_CENT = Text("%", "%")


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
    key, label, description
    gdp, revenue, jobs : float
        Change of output, general budget revenue and employment.
    low, high : float or None
        Interval of the output effect over parameters.
    """

    key: str
    label: Text
    description: Text
    gdp: float
    revenue: float
    jobs: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class CrossBorderRisk:
    """Cross-border risk of one county."""

    county: County
    exposure: Exposure
    ports: PortUse | None
    shocks: tuple[ShockEffect, ...]
    signals: tuple[Signal, ...]
    headline: Text

    @property
    def warnings(self) -> tuple[Signal, ...]:
        """Signals at "watch" or "alarm", the graver first."""
        order = {"alarm": 0, "watch": 1}
        return tuple(sorted((s for s in self.signals if s.level in order), key=lambda s: order[s.level]))


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
    return CrossBorderRisk(
        exposure.county, exposure, ports, tuple(shocks), signals, _headline(exposure.county, signals)
    )


def _trade_signals(exposure: Exposure) -> tuple[Signal, ...]:
    year = same(f"{exposure.year}") if exposure.year else same("")
    first = exposure.markets[0] if exposure.markets else None
    return (
        signal(
            "export_dependence",
            Text("出口依存度（出口/GDP）", "exports to GDP"),
            PER_CENT,
            exposure.exports_to_gdp,
            status=exposure.status,
            sentence=_dependence_text(exposure, year),
        ),
        signal(
            "market_concentration",
            Text("出口市场集中度", "concentration of export markets"),
            same(""),
            concentration(exposure.markets),
            status=exposure.markets_status,
            digits=2,
            sentence=_concentration_text(exposure),
        ),
        signal(
            "first_market",
            Text("第一大市场占比", "share of the first market"),
            PER_CENT,
            None if first is None else 100.0 * first.share,
            status=exposure.markets_status,
            sentence=exposure.markets_note
            if first is None
            else join(
                [Text(f"第一大市场：{first.label.zh}。", f"First market: {first.label.en}."), exposure.markets_note]
            ),
        ),
        signal(
            "channel_share",
            Text("市场采购贸易占出口", "market-procurement trade in exports"),
            PER_CENT,
            exposure.channel,
            sentence=Text("没有公布的分贸易方式数据。", "Nothing is published by trade regime.")
            if exposure.channel is None
            else Text(
                f"{exposure.channel_year}年出口的{exposure.channel:.1f}%依赖这一政策通道，政策调整即影响全局。",
                f"{exposure.channel:.1f} % of exports in {exposure.channel_year} hang on this one regime; a change of policy "
                "would touch them all.",
            ),
        ),
        signal(
            "export_volatility",
            Text("出口年增速波动", "volatility of yearly export growth"),
            same(""),
            exposure.volatility,
            digits=2,
            sentence=Text("公布的出口序列太短，无法计算。", "The published series is too short.")
            if exposure.volatility is None
            else Text(
                f"{exposure.history[0][0]}—{exposure.history[-1][0]}年公布出口的对数增速标准差。",
                f"Standard deviation of logarithmic growth of published exports, {exposure.history[0][0]}-"
                f"{exposure.history[-1][0]}.",
            ),
        ),
    )


def _concentration_text(exposure: Exposure) -> Text:
    divided = sum(market.share for market in exposure.markets)
    if not exposure.markets or divided > 0.99:
        return exposure.markets_note
    highest = (concentration(exposure.markets) or 0.0) + (1.0 - divided) ** 2
    return exposure.markets_note + Text(
        f"所列市场占{divided * 100:.0f}%，指数是下限；其余若为同一市场则为{highest:.2f}。",
        f" The markets listed hold {divided * 100:.0f} %, so the index is a lower bound; were the rest one market, it would be "
        f"{highest:.2f}.",
    )


def _dependence_text(exposure: Exposure, year: Text) -> Text:
    if exposure.exports_to_gdp is None:
        return Text("没有公布的出口数据。", "No export figure is published.")
    if exposure.status == "estimated":
        return Text("按模型估计（出口未公布）。", "Estimated by the model; exports are not published.")
    beyond = exposure.exports_to_gdp > 100
    return Text(
        f"{year.zh}年出口与GDP之比" + ("；超过100%，说明市场转口了大量外地产品。" if beyond else "。"),
        f"Exports over GDP in {year.en}" + ("; above 100 %: the market sells what others make." if beyond else "."),
    )


def _port_signals(ports: PortUse) -> tuple[Signal, ...]:
    share = 100.0 * ports.gateways[0][1]
    listed = join(
        [name + Text(f"{part * 100:.0f}%", f" {part * 100:.0f} %") for name, part in ports.gateways[:3]], "、", ", "
    )
    return (
        signal(
            "port_share",
            Text("首要口岸占比", "share of the first gateway"),
            PER_CENT,
            share,
            status="estimated",
            sentence=Text("按最低运费路径：", "By cheapest routes: ") + listed + Text("。", "."),
        ),
        signal(
            "port_detour",
            Text("首要口岸关闭后的运费增幅", "dearer freight if the first gateway closes"),
            PER_CENT,
            ports.detour,
            status="estimated",
            sentence=Text(
                f"{ports.first.zh}关闭时，改走次优口岸。", f"If {ports.first.en} closes, the next best gateway is used."
            ),
        ),
    )


def _shock_signal(shock: ShockEffect) -> Signal:
    found = signal(
        "shock_loss",
        shock.label,
        Text("%的GDP", "% of GDP"),
        max(-shock.gdp, 0.0),
        status="estimated",
        digits=2,
        sentence=shock.description
        + Text(
            f"：GDP{shock.gdp:+.2f}%，财政收入{shock.revenue:+.2f}%，就业{shock.jobs:+.2f}%。",
            f": GDP {shock.gdp:+.2f} %, revenue {shock.revenue:+.2f} %, employment {shock.jobs:+.2f} %.",
        ),
    )
    return Signal(shock.key, *(getattr(found, name) for name in Signal.__dataclass_fields__ if name != "key"))


def _headline(county: County, signals: Sequence[Signal]) -> Text:
    alarms = [s for s in signals if s.level == "alarm"]
    watched = [s for s in signals if s.level == "watch"]
    blank = [s for s in signals if s.level == "unknown"]
    if not alarms and not watched:
        known = len(signals) - len(blank)
        if not known:
            return Text(
                f"{county.name}没有公布任何可用于判断跨境风险的数据。",
                f"{county.english}: nothing is published from which cross-border risk could be judged.",
            )
        return Text(
            f"{county.name}有数据的{known}项跨境风险指标均在线内，{len(blank)}项没有数据。",
            f"{county.english}: all {known} signals with data are calm, {len(blank)} have none.",
        )
    parts = [
        Text(
            f"{county.name}跨境风险：{LEVEL_TEXT['alarm'].zh}{len(alarms)}项",
            f"Cross-border risk of {county.english}: {len(alarms)} {'signal' if len(alarms) == 1 else 'signals'} at alarm",
        )
    ]
    if alarms:
        names = join([s.label for s in alarms], "、", ", ")
        parts.append(Text("（", " (") + names + Text("）", ")"))
    parts.append(Text(f"、{LEVEL_TEXT['watch'].zh}{len(watched)}项。", f", {len(watched)} to watch."))
    return join(parts, "", "")
