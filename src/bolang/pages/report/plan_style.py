"""The plan style: foundation, review of the last plan, environment and position, targets, tasks, projects, safeguards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bolang.document.model import Block, Cell, Column, Document, Number, Paragraph, Row, Section, Table
from bolang.foundation.errors import BolangError
from bolang.foundation.text import Text, same
from bolang.foundation.units import PERCENT, exact_text
from bolang.intake.user_tables import UserRow, rows_of
from bolang.pages.plan.page import plan_blocks, plan_tables
from bolang.pages.report import (
    debt,
    economy,
    finance,
    industry,
    people,
    resources,
    risks,
    road,
    sources,
    strengths,
    user_rows,
)
from bolang.pages.report.context import Context
from bolang.pages.report.facts import BLANK
from bolang.pages.report.say import filled, paragraph, say
from bolang.pages.report.whole import whole
from bolang.wording import load

WORDS = load("report_plan")
WINDOWS: tuple[tuple[int, int], ...] = ((2009, 2013), (2014, 2018), (2019, 2023))
"""Four years each, on one side of every economic census."""
_FEWEST = 30


def plan_document(context: Context, authors: Text | None = None) -> Document:
    """Write the working paper of a plan."""
    base = whole(context, authors, ())
    foundation = Section(
        "foundation",
        WORDS("foundation"),
        tuple(
            chapter
            for part in (economy.economy, industry.industry, people.people, finance.finance, resources.resources)
            if (chapter := part(context)).blocks
        ),
    )
    environment = Section("environment", WORDS("environment"), (*_position(context), strengths.strengths(context)))
    safeguards = Section("safeguards", WORDS("safeguards"), (debt.debt(context), risks.risks(context)))
    chapters = (
        foundation,
        _review(context),
        environment,
        _targets(context),
        Section("tasks", WORDS("tasks"), (*plan_blocks(context.plan), *plan_tables(context.plan))),
        _projects(context),
        safeguards,
        sources.sources(context),
    )
    return replace(base, subtitle=WORDS("subtitle"), sections=chapters)


def _position(context: Context) -> tuple[Paragraph, ...]:
    return filled(paragraph(road.position(context)))


def _review(context: Context) -> Section:
    rows = [row for row in rows_of(context.atlas, context.county, "targets") if "last_target" in row.values]
    if not rows:
        return Section("review", WORDS("review"), (paragraph(say(WORDS, "review.missing")),))
    lines: list[Block] = []
    for row in rows:
        target, base = float(row.values["last_target"]), float(row.values["base"])
        verdict = WORDS("verdict.met" if base >= target else "verdict.missed")
        unit = same(str(row.values["unit"]))
        lines.append(
            paragraph(
                say(
                    WORDS,
                    "review.reached",
                    name=str(row.values["name"]),
                    target=same(exact_text(target)) + unit,
                    base=same(exact_text(base)) + unit,
                    year=int(row.values["base_year"]),
                    verdict=verdict,
                ),
                bullet=True,
            )
        )
    return Section("review", WORDS("review"), tuple(lines))


def _targets(context: Context) -> Section:
    rows = rows_of(context.atlas, context.county, "targets")
    if not rows:
        return Section("targets", WORDS("targets"), (paragraph(say(WORDS, "targets.missing")),))
    columns = (
        Column(WORDS("targets.name"), "left"),
        Column(WORDS("targets.unit"), "left"),
        Column(WORDS("targets.base")),
        Column(WORDS("targets.target")),
        Column(WORDS("targets.rate")),
        Column(WORDS("targets.kind"), "center"),
        Column(WORDS("targets.kept")),
    )
    made = tuple(_target(context, row) for row in rows)
    table = Table("targets", WORDS("targets.caption", county=context.short), columns, made, WORDS("targets.source"))
    return Section("targets", WORDS("targets"), (table,))


def _target(context: Context, row: UserRow) -> Row:
    base, target = float(row.values["base"]), float(row.values["target"])
    first, last = int(row.values["base_year"]), int(row.values["target_year"])
    rate = 100.0 * ((target / base) ** (1.0 / (last - first)) - 1.0) if base > 0 < target and last > first else None
    kept = None if rate is None or "生产总值" not in str(row.values["name"]) else ever_kept(context, rate)
    cells: tuple[Cell, ...] = (
        same(str(row.values["name"])),
        same(str(row.values["unit"])),
        WORDS("targets.dated", value=exact_text(base), year=first),
        WORDS("targets.dated", value=exact_text(target), year=last),
        BLANK if rate is None else Number(rate, 1, PERCENT, last, "derived"),
        same(str(row.values.get("binding", ""))) if row.values.get("binding") else BLANK,
        BLANK if kept is None else Number(100.0 * kept, 0, PERCENT, WINDOWS[-1][-1], "derived"),
    )
    return Row(cells)


def ever_kept(context: Context, rate: float) -> float | None:
    """Return the share of counties of the type whose nominal GDP kept a pace over one of the windows."""
    from bolang.pathway.shared import national

    kind = context.kind
    if kind is None or kind.cell is None:
        return None
    cells = national(context.atlas).report_types.cell
    alike = cells == cells[context.county.index]
    best = np.full(alike.shape, np.nan)
    for first, last in WINDOWS:
        try:
            low, high = context.atlas.column("gdp", first), context.atlas.column("gdp", last)
        except BolangError:
            continue
        with np.errstate(divide="ignore", invalid="ignore"):
            pace = 100.0 * ((high / low) ** (1.0 / (last - first)) - 1.0)
        best = np.fmax(best, pace)
    known = best[alike & np.isfinite(best)]
    return float(np.mean(known >= rate)) if known.size >= _FEWEST else None


def _projects(context: Context) -> Section:
    tables: Sequence[Block] = user_rows.tables(context, ("projects",))
    return Section("projects", WORDS("projects"), tuple(tables) or (paragraph(say(WORDS, "projects.missing")),))
