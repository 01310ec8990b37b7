"""A diagnosis as a table: every reading a row."""

from __future__ import annotations

import polars as pl

from bolang.diagnosis.result import GROUPS, Diagnosis
from bolang.foundation.text import Lang


def readings_frame(diagnosis: Diagnosis, lang: Lang) -> pl.DataFrame:
    """Return every reading with its value, interval, standings, weight and source."""
    rows = []
    for dimension in diagnosis.dimensions:
        for reading in dimension.readings:
            row: dict[str, object] = {
                "code": diagnosis.county.code,
                "county": diagnosis.county.name,
                "kind": dimension.kind,
                "dimension": dimension.label.in_(lang),
                "dimension_index": dimension.index,
                "indicator": reading.key,
                "label": reading.label.in_(lang),
                "value": reading.value,
                "low": reading.low,
                "high": reading.high,
                "unit": reading.unit.in_(lang),
                "year": reading.year,
                "earlier": reading.earlier,
                "earlier_year": reading.earlier_year,
                "status": reading.status,
                "weight": dimension.weights.get(reading.key, 0.0),
            }
            for group in GROUPS:
                standing = reading.standing.get(group)
                row[f"rank_{group}"] = standing.rank if standing else None
                row[f"count_{group}"] = standing.count if standing else None
                row[f"percentile_{group}"] = standing.percentile if standing else None
            row["source"] = reading.source
            rows.append(row)
    return pl.DataFrame(rows, infer_schema_length=None)
