"""The catalogue: every table and column with its names, unit, years, coverage, source, licence and status."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from pipeline.build import Build, require
from pipeline.census import columns as census_columns
from pipeline.input_output import SECTIONS, SECTORS

FOLDER = Path(__file__).parent / "catalogue"
OWN = ("catalogue_tables", "catalogue_columns")
NO_TABLES = ("sources.yaml", "notes.yaml", "ledger.yaml", "industries.yaml")

TABLE_SCHEMA: dict[str, Any] = {
    "table": pl.String,
    "zh": pl.String,
    "en": pl.String,
    "level": pl.String,
    "status": pl.String,
    "year": pl.Int16,
    "source_column": pl.String,
    "method_zh": pl.String,
    "method_en": pl.String,
    "rows": pl.Int32,
}
COLUMN_SCHEMA: dict[str, Any] = {
    "table": pl.String,
    "column": pl.String,
    "zh": pl.String,
    "en": pl.String,
    "unit": pl.String,
    "role": pl.String,
    "status": pl.String,
    "years": pl.List(pl.Int16),
    "coverage": pl.Int32,
    "coverage_year": pl.Int16,
    "values": pl.Int32,
    "sources": pl.List(pl.String),
    "licence": pl.String,
    "licence_en": pl.String,
    "note_zh": pl.String,
    "note_en": pl.String,
}


def build_catalogue(build: Build) -> None:
    """Write `sources`, `catalogue_tables` and `catalogue_columns`; every table in the folder must be described."""
    sources = _yaml("sources.yaml")
    columns = ("source", "zh", "en", "publisher", "licence", "licence_en")
    frame = pl.DataFrame([{"source": key, "licence_en": entry["licence"]} | entry for key, entry in sources.items()])
    build.write("sources", frame.select(columns))
    tables = {name: spec for path in sorted(FOLDER.glob("*.yaml")) for name, spec in _tables_of(path)}
    present = {path.stem for path in build.tables.glob("*.parquet")}
    for name in sorted(present - set(tables)):
        build.say(f"  NOT DESCRIBED: table {name}")
    described = {name: spec for name, spec in tables.items() if name in present | set(OWN)}
    for name in sorted(set(tables) - set(described)):
        build.say(f"  described but not built: {name}")
    # The catalogue describes itself, so its own size is known only once it has been written.
    for _ in range(3):
        rows = [_table_row(build, name, spec) for name, spec in sorted(described.items())]
        build.write("catalogue_tables", pl.DataFrame(rows, schema=TABLE_SCHEMA))
        listed = [r for name, spec in sorted(described.items()) for r in _column_rows(build, name, spec, sources)]
        build.write("catalogue_columns", pl.DataFrame(listed, schema=COLUMN_SCHEMA))


def _yaml(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return loaded


def _tables_of(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    if path.name not in NO_TABLES:
        yield from _yaml(path.name).items()


def _table_row(build: Build, name: str, spec: dict[str, Any]) -> dict[str, Any]:
    return {
        "table": name,
        "zh": spec["label"][0],
        "en": spec["label"][1],
        "level": spec["level"],
        "status": spec.get("status", "measured"),
        "year": spec.get("year"),
        "source_column": spec.get("source_column", ""),
        "method_zh": spec["method"][0],
        "method_en": spec["method"][1],
        "rows": _frame(build, name).height,
    }


def _frame(build: Build, name: str) -> pl.DataFrame:
    """Return a table; the catalogue's own are empty until they have been written in their present form."""
    if name not in OWN:
        return build.read(name)
    written = build.read(name) if (build.tables / f"{name}.parquet").exists() else None
    schema = TABLE_SCHEMA if name == "catalogue_tables" else COLUMN_SCHEMA
    return written if written is not None and written.columns == list(schema) else pl.DataFrame(schema=schema)


def _column_rows(
    build: Build, name: str, spec: dict[str, Any], sources: dict[str, dict[str, str]]
) -> list[dict[str, Any]]:
    frame = _frame(build, name)
    columns = _described_columns(spec)
    missing = sorted(set(frame.columns) - set(columns))
    require(not missing, f"{name}: columns without a description: {missing}")
    for column in [c for c in columns if c not in frame.columns]:
        build.say(f"  described but not in {name}: {column}")
        del columns[column]
    ids = _source_ids(spec)
    unknown = [i for i in ids if i not in sources]
    require(not unknown, f"{name}: unknown sources {unknown}")
    common = {
        "table": name,
        "status": spec.get("status", "measured"),
        "sources": ids,
        "licence": "；".join(dict.fromkeys(sources[i]["licence"] for i in ids)),
        "licence_en": "; ".join(dict.fromkeys(sources[i].get("licence_en", sources[i]["licence"]) for i in ids)),
    }
    rows = [common | _coverage(frame, column, spec) | entry for column, entry in columns.items()]
    if spec["level"] == "ledger":
        rows += [common | row for row in _ledger_rows(frame)]
    return rows


def _source_ids(spec: dict[str, Any]) -> list[str]:
    given = spec["sources"]
    if isinstance(given, str):
        return [given]
    return list(given.values()) if isinstance(given, dict) else list(given)


def _described_columns(spec: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return zh, en, unit, role, sources and note of each column that a description names or implies."""
    given = _yaml("ledger.yaml")["columns"] if spec["columns"] == "ledger" else spec["columns"]
    found: dict[str, dict[str, Any]] = {}
    for column, (zh, en, unit, *more) in given.items():
        found[column] = {"column": column, "zh": zh, "en": en, "unit": unit, "role": more[0] if more else "value"}
        if len(more) > 1:
            found[column]["sources"] = more[1:]
    if "columns_from" in spec:
        notes = _yaml("notes.yaml")
        for c in census_columns():
            note = notes.get(c.note, {"zh": "", "en": ""})
            found[c.name] = {"column": c.name, "zh": c.zh, "en": c.en, "unit": c.unit, "role": "value"}
            found[c.name] |= {"note_zh": note["zh"], "note_en": note["en"]}
    for key, letters in (("industries", SECTIONS), ("sectors", SECTORS)):
        if key in spec:
            names = _yaml("industries.yaml")[key]
            for letter in letters:
                zh, en = names[letter]
                found[letter] = {"column": letter, "zh": zh, "en": en, "unit": spec[key], "role": "value"}
    return found


def _coverage(frame: pl.DataFrame, column: str, spec: dict[str, Any]) -> dict[str, Any]:
    """Return the years with values, the largest number of units in one of them, that year, and the number of values.

    Estimates that stand beside published figures are not counted as coverage of the figure.
    """
    filled = frame.filter(pl.col(column).is_not_null())
    if "status" in frame.columns and "source_column" in spec:
        measured = filled.filter(pl.col("status") == "measured")
        filled = measured if measured.height else filled
    if "year" not in frame.columns:
        year = spec.get("year")
        return {
            "years": [year] if year else [],
            "coverage": filled.height,
            "coverage_year": year,
            "values": filled.height,
        }
    counts = filled.group_by("year").len().sort("len", "year", descending=True)
    years = filled["year"].unique().sort().to_list()
    best, units = counts.row(0) if counts.height else (None, 0)
    return {"years": years, "coverage": units, "coverage_year": best, "values": filled.height}


def _ledger_rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Return a row for each indicator that only ledgers hold."""
    rows = []
    for name, (zh, en, unit) in _yaml("ledger.yaml")["indicators"].items():
        own = frame.filter(pl.col("indicator") == name)
        if own.height:
            require(set(own["unit"]) == {unit}, f"{name}: units {set(own['unit'])}, described as {unit}")
            years = own["year"].unique().sort().to_list()
            entry = {"column": name, "zh": zh, "en": en, "unit": unit, "role": "indicator", "years": years}
            best = (
                own.group_by("year").agg(pl.col("code").n_unique().alias("n")).sort("n", "year", descending=True).row(0)
            )
            rows.append(entry | {"coverage": best[1], "coverage_year": best[0], "values": own.height})
    return rows
