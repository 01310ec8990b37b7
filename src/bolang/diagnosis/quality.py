"""What is missing, estimated or doubtful for one county: said on the first page."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bolang.atlas.model import County
from bolang.diagnosis.data_quality import (
    BudgetAge,
    GdpEstimated,
    GdpMissing,
    MissingReadings,
    QualityNote,
    SampleMissing,
    SampleSize,
)
from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.result import Dimension
from bolang.foundation.parameters import load_parameters

RECENT = 3
"""Years before the latest accounts within which budget figures go without a note."""


def quality_notes(evidence: Evidence, county: County, dimensions: Sequence[Dimension]) -> tuple[QualityNote, ...]:
    """Collect the notes, gaps first."""
    notes = [
        *_gdp(evidence, county),
        *_missing(dimensions),
        *_continuity(evidence, county),
        *_sample(evidence, county),
        *_fiscal(evidence, county),
    ]
    order = {"gap": 0, "caution": 1, "note": 2}
    return tuple(sorted(notes, key=lambda note: order[note.severity]))


def _gdp(evidence: Evidence, county: County) -> list[QualityNote]:
    year = evidence.census
    if np.isnan(evidence.column("gdp", year)[county.index]):
        return [QualityNote("gap", GdpMissing(year))]
    if evidence.gdp_estimated(year)[county.index]:
        return [QualityNote("gap", GdpEstimated(year))]
    return []


def _missing(dimensions: Sequence[Dimension]) -> list[QualityNote]:
    missing = tuple(r.label for d in dimensions for r in d.readings if r.value is None)
    return [QualityNote("gap", MissingReadings(missing))] if missing else []


def _continuity(evidence: Evidence, county: County) -> list[QualityNote]:
    found = evidence.atlas.continuity(county)
    if found is None:
        return []
    return [QualityNote("note" if evidence.comparable[county.index] else "caution", found)]


def _sample(evidence: Evidence, county: County) -> list[QualityNote]:
    size = float(evidence.employment(evidence.census)[county.index].sum())
    if np.isnan(size):
        return [QualityNote("gap", SampleMissing())]
    found = SampleSize(size, load_parameters("bolang.diagnosis").number("small_sample"))
    return [QualityNote("caution" if found.is_small else "note", found)]


def _fiscal(evidence: Evidence, county: County) -> list[QualityNote]:
    budget = ("fiscal_revenue", "fiscal_expenditure")
    latest = [max((f.year for f in evidence.atlas.facts(county, name)), default=None) for name in budget]
    if min(year or 0 for year in latest) >= evidence.atlas.vintage.accounts - RECENT:
        return []
    return [QualityNote("gap", BudgetAge(*latest))]
