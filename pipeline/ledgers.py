"""Figures that come one by one: the Yiwu series with its conflicting values, and the figures of a report for 2025."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.build import Build, require

YIWU = "330782"
TRANSLATION = Path(__file__).parent / "yiwu_indicators.csv"
REPORT = Path(__file__).parent / "report_2025.csv"
PHRASES = Path(__file__).parent / "phrases.csv"
REPEATED_SOURCE = "04_taobao_villages"
"""Rows of the series that were themselves taken from another table shipped here."""
LEDGER: dict[str, Any] = {
    "code": pl.String,
    "indicator": pl.String,
    "value": pl.Float64,
    "unit": pl.String,
    "year": pl.Int16,
    "period": pl.String,
    "status": pl.String,
    "source": pl.String,
    "method": pl.String,
    "definition": pl.String,
    "steps": pl.List(pl.String),
}
"""Columns of every ledger; a user's workspace has the same ones."""


def build_ledgers(build: Build) -> None:
    """Write `yiwu_series`, `report_2025` and `phrases` (their wording in both languages)."""
    with PHRASES.open(encoding="utf-8", newline="") as handle:
        phrases = list(csv.DictReader(handle))
    _write_yiwu(build, {row["original"]: row["zh"] for row in phrases})
    with REPORT.open(encoding="utf-8", newline="") as handle:
        rows = [_report_row(row) for row in csv.DictReader(handle)]
    build.write("report_2025", pl.DataFrame(rows, schema=LEDGER), sort=["code", "indicator", "year"])
    pairs = pl.DataFrame([(row["zh"], row["en"]) for row in phrases], schema=["zh", "en"], orient="row")
    build.write("phrases", pairs.unique(maintain_order=True))


def _report_row(row: dict[str, str]) -> dict[str, object]:
    steps = [row["step"]] if row["step"] else []
    return row | {"value": float(row["value"]), "year": int(row["year"]), "steps": steps}


def _write_yiwu(build: Build, wording: dict[str, str]) -> None:
    with TRANSLATION.open(encoding="utf-8", newline="") as handle:
        translation = {(row["label"], row["source_unit"]): row for row in csv.DictReader(handle)}
    known = _known(build)
    rows, repeated = [], 0
    with (build.source / "yiwu_series.csv").open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            entry = translation.get((row["indicator"], row["unit"]))
            require(entry is not None, f"no translation of {row['indicator']} in {row['unit']}")
            if entry is None:
                continue
            fact = _yiwu_row(row, entry, wording)
            same_origin = row["kind"] == "dataset" or row["source"].startswith(REPEATED_SOURCE)
            if same_origin and known.get((fact["indicator"], fact["year"])) is not None:
                gap = abs(float(str(fact["value"])) / known[fact["indicator"], fact["year"]] - 1)
                require(gap < 1e-3, f"Yiwu {fact['indicator']} {fact['year']}: series and table differ by {gap:.2%}")
                repeated += 1
                continue
            rows.append(fact)
    build.dropped(repeated, "rows of the Yiwu series", "the same figures from the same yearbooks as in gdp and trade")
    frame = pl.DataFrame(rows, schema=LEDGER)
    several = frame.group_by("indicator", "year", "period").len().filter(pl.col("len") > 1)
    build.say(f"  Yiwu: {several.height} facts with several values, all kept")
    build.write("yiwu_series", frame, sort=["indicator", "year", "period", "source"])


def _known(build: Build) -> dict[tuple[object, object], float]:
    """Return Yiwu's figures in the wide tables, by indicator and year."""
    found: dict[tuple[object, object], float] = {}
    for table in ("gdp", "trade", "taobao"):
        own = build.read(table).filter(pl.col("code") == YIWU)
        for column in (c for c in own.columns if own[c].dtype.is_numeric() and c != "year"):
            for year, value in own.select("year", column).drop_nulls().iter_rows():
                found[column, year] = value
    return found


def _yiwu_row(row: dict[str, str], entry: dict[str, str], wording: dict[str, str]) -> dict[str, object]:
    factor = float(entry["factor"])
    dataset = row["kind"] == "dataset"
    note = "" if dataset or not row["note"] else wording[row["note"]]
    # What was done to the figure is a step; what the figure covers, and who says so, is its definition.
    treated = row["note"].startswith(("DERIVED", "page prints"))
    steps = [note] if treated else []
    if factor != 1:
        steps.append(f"{row['value']} {row['unit']} × {entry['factor']}")
    source = "yearbook" if dataset else row["source"]
    return {
        "code": YIWU,
        "indicator": entry["indicator"],
        "value": round(float(row["value"]) * factor, 4),
        "unit": entry["unit"],
        "year": int(row["year"]),
        "period": row["period"] if row["period"] != "first year" else "year",
        "status": "measured",
        "source": wording.get(source, source),
        "method": wording["method yearbook" if dataset else "method page"],
        "definition": "" if treated else note,
        "steps": steps,
    }
