"""The pages of ``bolang model``: which tables, and what must be known to read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bolang.atlas import Atlas
from bolang.document.model import Column, Document, Row, Table
from bolang.foundation.text import Text, same
from bolang.foundation.units import number_text, power_text
from bolang.pages.model.tables import (
    TextTable,
    estimate_grid,
    fit_grid,
    gap_grid,
    hub_grid,
    match_grid,
    prediction_grid,
    province_grid,
    slope_grid,
    structure_grid,
)
from bolang.pages.model.yiwu_tables import census_grid, decade_grid, registered_grid, without_grid
from bolang.pages.short import page_of, said
from bolang.validation.backtest_exports import SAMPLES, ExportsBacktest
from bolang.validation.backtest_growth import OUTCOMES, GrowthBacktest
from bolang.validation.backtest_sensitivity import StructuralCase
from bolang.validation.calibration_report import CalibrationReport
from bolang.validation.replay import Replay
from bolang.wording import load

WORDS = load("model_reports")


def calibration_page(report: CalibrationReport, seconds: float) -> Document:
    """Write how well the economy is calibrated."""
    missed, took = power_text(report.residual), number_text(seconds, 1)
    solved = WORDS("calibration.solved", iterations=report.iterations, residual=missed, seconds=took)
    notes = (solved, WORDS("calibration.targets"))
    return _page(WORDS("calibration.title"), (match_grid(report), estimate_grid(report), hub_grid(report)), notes)


def exports_page(backtest: ExportsBacktest, cases: Sequence[StructuralCase]) -> Document:
    """Write the backtest on exports of counties."""
    grids = [*(fit_grid(backtest, sample) for sample in SAMPLES), gap_grid(backtest), province_grid(backtest)]
    grids += [structure_grid(cases)] if cases else []
    return _page(WORDS("exports.title"), grids, (WORDS("exports.note"),))


def growth_page(backtest: GrowthBacktest) -> Document:
    """Write the backtest on growth."""
    grids = [*(slope_grid(backtest, outcome) for outcome in OUTCOMES), prediction_grid(backtest)]
    return _page(WORDS("growth.title"), grids, (WORDS("growth.note"),))


def replay_page(atlas: Atlas, done: Replay) -> Document:
    """Write Yiwu's road, replayed."""
    values = {
        "market": number_text(done.market_growth, 2),
        "demand": number_text(done.demand, 2),
        "pull": f"{number_text(100 * done.pull)}%",
    }
    grids = (census_grid(atlas), registered_grid(atlas), without_grid(done), decade_grid(done))
    return _page(WORDS("yiwu.title"), grids, (WORDS("yiwu.growth", **values), WORDS("yiwu.units")))


def _page(title: Text, tables: Iterable[TextTable], notes: Iterable[Text], day: date | None = None) -> Document:
    front = [_table(f"table-{number}", table) for number, table in enumerate(tables, 1)]
    return page_of(title, (*front, *(said(note, role="small") for note in notes)), day=day)


def _table(key: str, table: TextTable) -> Table:
    first, *others = table.columns
    columns = (Column(first, "left"), *(Column(column) for column in others))
    rows = tuple(
        Row((label, *map(same, cells)), key=str(number)) for number, (label, cells) in enumerate(table.rows, 1)
    )
    return Table(key, table.title, columns, rows, WORDS("source"))
