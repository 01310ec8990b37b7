"""Outcomes of counties by year, in logs, without figures that describe another territory or are flagged as breaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from bolang.economy.core.arrays import Array

if TYPE_CHECKING:
    from bolang.atlas import Atlas

BAD_FLAGS = "spike|territory|conflict"
"""Flags of the tables that make a figure unfit for a comparison over time."""


@dataclass(frozen=True, slots=True, eq=False)
class OutcomePanel:
    """Logs of an outcome.

    Attributes
    ----------
    first : int
        Year of the first column.
    logs : array (N, T)
        NaN where nothing usable is published.
    """

    first: int
    logs: Array

    def mean(self, year: int, window: tuple[int, int], least: int = 2) -> Array:
        """Mean log over a window around a year; NaN without figures of at least `least` years, (N,)."""
        start, stop = (year + edge - self.first for edge in (window[0], window[1] + 1))
        part = self.logs[:, max(start, 0) : max(stop, 0)]
        count = np.isfinite(part).sum(axis=1)
        total = np.nansum(part, axis=1)
        return np.where(count >= min(least, window[1] - window[0] + 1), total / np.maximum(count, 1), np.nan)

    def change(self, year: int, before: tuple[int, int], after: tuple[int, int], least: int = 2) -> Array:
        """Log change from the window before to the window after, (N,)."""
        return self.mean(year, after, least) - self.mean(year, before, least)


def panel_of(atlas: Atlas, outcome: str) -> OutcomePanel:
    """Read `gdp` (yuan, current prices) or `exports` (US$)."""
    table = atlas.table("trade" if outcome == "exports" else "gdp")
    usable = (pl.col(outcome) > 0) & ~pl.col("flag").fill_null("").str.contains(BAD_FLAGS)
    if "status" in table.columns:
        usable &= pl.col("status") == "measured"
    rows = table.filter(usable).select("code", "year", outcome)
    first, last = int(rows["year"].min()), int(rows["year"].max())  # type: ignore[arg-type]
    logs = np.full((len(atlas.codes), last - first + 1), np.nan)
    position = {code: i for i, code in enumerate(atlas.codes)}
    for code, year, value in rows.iter_rows():
        if code in position:
            logs[position[code], year - first] = np.log(value)
    for i, county in enumerate(atlas.counties):
        since = atlas.territory.since(county)
        if since is not None and since > first:
            logs[i, : since - first] = np.nan
    return OutcomePanel(first, logs)
