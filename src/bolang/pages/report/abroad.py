"""Chapter four: cross-border risk: exposure, concentration, gateways, shocks, and the early-warning table."""

from __future__ import annotations

from bolang.document.model import Block, Cell, Column, Note, Number, NumberStatus, Row, Section, Table
from bolang.foundation.text import Text, same
from bolang.foundation.units import NONE, Unit
from bolang.pages.report.context import Context
from bolang.pages.report.modelled import MODEL
from bolang.pages.report.phrases import paragraph, say, tell
from bolang.pathway.risk import LEVEL_TEXT, CrossBorderRisk, Signal, assess_risk, county_exposure

SOURCE = Text(
    "县（市）统计年鉴、海关公布数据与县域经济模型；线的依据见注释",
    "county yearbooks, customs releases and the county model; basis of the lines in the notes",
)


def cross_border(context: Context) -> Section:
    """Set out the early-warning table: what is watched, where it stands, where the lines lie."""
    found = _risk(context)
    blocks: list[Block] = [paragraph(tell(found.headline, *_markets_note(found)))]
    if context.modelled is None:
        blocks.append(
            paragraph(
                say(
                    "未求解模型，下表不含关税、需求、运费与口岸冲击。",
                    "The model was not solved: shocks of tariffs, demand, freight and gateways are left out.",
                )
            )
        )
    blocks.append(_table(context, found))
    return Section("abroad", Text("跨境风险与预警", "Cross-border risk and early warning"), tuple(blocks))


def _risk(context: Context) -> CrossBorderRisk:
    planned = None if context.modelled is None else context.modelled.plan.risk
    return planned or assess_risk(county_exposure(context.atlas, context.county))


def _markets_note(found: CrossBorderRisk) -> tuple[Note, ...]:
    markets = found.exposure.markets
    if not markets:
        return ()
    zh = "、".join(f"{m.label.zh}{100 * m.share:.1f}%" for m in markets)
    en = ", ".join(f"{m.label.en} {100 * m.share:.1f}%" for m in markets)
    note = found.exposure.markets_note
    return (Note("markets", Text(f"出口市场：{zh}。{note.zh}", f"Export markets: {en}. {note.en}")),)


def _table(context: Context, found: CrossBorderRisk) -> Table:
    columns = (
        Column(Text("指标", "Signal"), "left", 2.0),
        Column(Text("现值", "Now"), "right", 1.0),
        Column(Text("关注", "Watch"), "right", 0.7),
        Column(Text("预警", "Alarm"), "right", 0.7),
        Column(Text("状态", "State"), "center", 0.8),
        Column(Text("说明", "What it says"), "left", 3.6),
    )
    caption = Text(f"{context.short}跨境风险预警表", f"{context.short}: early-warning table of cross-border risk")
    rows = tuple(_row(signal) for signal in found.signals)
    return Table("warning", caption, columns, rows, SOURCE, (MODEL,) if found.shocks else ())


def _row(signal: Signal) -> Row:
    status: NumberStatus = "estimated" if signal.status == "estimated" and signal.value is not None else "derived"
    unit = f"（{signal.unit.zh}）" if signal.unit.zh else ""
    unit_en = f" ({signal.unit.en})" if signal.unit.en else ""
    missing = Text("无数据", "no data")
    cells: tuple[Cell, ...] = (
        signal.label + Text(unit, unit_en),
        Number(signal.value, signal.digits, Unit(same("")), None, status, SOURCE, missing=missing),
        Number(signal.watch, _digits(signal.watch), NONE, None, "derived"),
        Number(signal.alarm, _digits(signal.alarm), NONE, None, "derived"),
        LEVEL_TEXT[signal.level],
        signal.sentence,
    )
    basis = Note(
        f"line-{signal.source.en}",
        Text(f"关注线与预警线的依据：{signal.source.zh}。", f"Basis of the lines: {signal.source.en}."),
    )
    return Row(cells, strong=signal.level == "alarm", notes=(basis,))


def _digits(line: float) -> int:
    return 2 if line < 1 else 0
