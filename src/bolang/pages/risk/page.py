"""Cross-border risk: the early-warning table, what is not calm, and where exports go, from what and through which ports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bolang.atlas.model import Status
from bolang.atlas.romanize import place
from bolang.document.model import Block, Cell, Column, Document, Number, Row, Section, Table
from bolang.foundation.text import Text, same
from bolang.foundation.units import NONE, exact_text
from bolang.pages.risk.sentences import headline, level_text, markets_note, signal_name, signal_sentence, signal_unit
from bolang.pages.short import page_of, said
from bolang.pathway.risk import CrossBorderRisk
from bolang.pathway.risk.warning import Signal
from bolang.wording import load

WORDS = load("risk")
LISTED = 6


def risk_page(found: CrossBorderRisk, day: date | None = None) -> Document:
    """Write the cross-border risk of one county."""
    exposure = found.exposure
    front: list[Block] = [said(headline(found), role="answer"), _signals(found)]
    front += [
        said(signal_sentence(signal, found), role="bullet", lead=WORDS("lead", label=signal_name(signal, found)))
        for signal in found.warnings
    ]
    parts: tuple[tuple[str, Sequence[tuple[Text, float]], Status], ...] = (
        ("markets", [(market.label, market.share) for market in exposure.markets], exposure.markets_status),
        ("industries", [(industry.label, industry.share) for industry in exposure.industries], "estimated"),
        ("gateways", found.ports.gateways if found.ports else (), "estimated"),
    )
    tables = tuple(_shares(key, shares, status) for key, shares, status in parts if shares)
    behind: tuple[Block, ...] = (*tables, said(markets_note(exposure), role="small"))
    sections = (Section("behind", WORDS("behind.title"), behind, numbered=False),)
    county = found.county
    return page_of(WORDS("title", county=place(county.name)), front, sections, kicker=place(county.full_name), day=day)


def _signals(found: CrossBorderRisk) -> Table:
    columns = (
        Column(WORDS("column.signal"), "left"),
        Column(WORDS("column.value")),
        Column(WORDS("column.watch")),
        Column(WORDS("column.alarm")),
        Column(WORDS("column.level"), "left"),
    )
    rows = tuple(
        Row(
            (_label(signal, found), _value(signal), *_lines(signal), level_text(signal.level)),
            strong=signal.level == "alarm",
            key=signal.key,
        )
        for signal in found.signals
    )
    return Table("signals", WORDS("signals.caption"), columns, rows, WORDS("source"))


def _label(signal: Signal, found: CrossBorderRisk) -> Text:
    unit, name = signal_unit(signal, found), signal_name(signal, found)
    return WORDS("label.unit", label=name, unit=Text(unit.zh.strip(), unit.en.strip())) if unit.zh.strip() else name


def _value(signal: Signal) -> Cell:
    if signal.value is None or signal.status == "missing":
        return same("–")
    return Number(signal.value, signal.digits, NONE, None, signal.status, signal.source)


def _lines(signal: Signal) -> tuple[Text, Text]:
    return same(exact_text(signal.watch)), same(exact_text(signal.alarm))


def _shares(key: str, shares: Sequence[tuple[Text, float]], status: Status) -> Table:
    columns = (Column(WORDS(f"column.{key}"), "left"), Column(WORDS("column.share")))
    rows = tuple(
        Row((label, Number(100 * share, 1, NONE, None, status, WORDS("source"))), key=str(number))
        for number, (label, share) in enumerate(shares[:LISTED], 1)
    )
    return Table(key, WORDS(f"caption.{key}"), columns, rows, WORDS("source"))
