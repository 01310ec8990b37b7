"""Rewrites the tables of the handbook from the code: ``python -m bolang.publish.handbook docs``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bolang.atlas import Atlas
from bolang.economy.calibration.calibration import calibrate
from bolang.foundation import files
from bolang.pages.model.tables import (
    TextTable,
    estimate_grid,
    fit_grid,
    gap_grid,
    hub_grid,
    prediction_grid,
    province_grid,
    slope_grid,
)
from bolang.pages.model.yiwu_tables import census_grid, decade_grid, registered_grid, without_grid
from bolang.validation.backtest_exports import SAMPLES, exports_backtest
from bolang.validation.backtest_growth import OUTCOMES, growth_backtest
from bolang.validation.calibration_report import CalibrationReport
from bolang.validation.replay import replay_yiwu


def grids() -> Iterator[tuple[str, TextTable]]:
    """Yield every table of the handbook that the code computes, with its page."""
    atlas = Atlas(workspace=False)
    report = CalibrationReport.from_calibration(calibrate(atlas))
    for grid in (estimate_grid(report), hub_grid(report)):
        yield "validation.md", grid
    exports = exports_backtest(atlas)
    for grid in (*(fit_grid(exports, sample) for sample in SAMPLES), gap_grid(exports), province_grid(exports)):
        yield "validation.md", grid
    growth = growth_backtest(atlas)
    for grid in (*(slope_grid(growth, outcome) for outcome in OUTCOMES), prediction_grid(growth)):
        yield "validation.md", grid
    done = replay_yiwu(atlas)
    for grid in (census_grid(atlas), registered_grid(atlas), without_grid(done), decade_grid(done)):
        yield "yiwu-road.md", grid


def rewritten(text: str, grid: TextTable) -> str:
    """Return a page with one of its tables as it is now; a page that lacks the table stays as it is."""
    title = f"**{grid.title.in_('en')}**\n\n"
    if title not in text:
        return text
    start = text.index(title) + len(title)
    end = text.find("\n\n", start)
    return text[:start] + grid.markdown("en").strip("\n") + (text[end:] if end >= 0 else "\n")


def main(folder: Path) -> None:
    """Rewrite the pages in a folder."""
    for page, grid in grids():
        path = folder / page
        text = path.read_text(encoding="utf-8")
        files.write(path, rewritten(text, grid).encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
