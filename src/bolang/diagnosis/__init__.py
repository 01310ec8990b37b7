"""One county read against peers, province, nation and Yiwu."""

from bolang.diagnosis.data_quality import QualityNote
from bolang.diagnosis.diagnostician import Diagnostician, diagnose
from bolang.diagnosis.result import (
    BenchmarkLine,
    Conflict,
    Diagnosis,
    Dimension,
    GrowthLine,
    IndustryLine,
    Peer,
    Reading,
    Standing,
)

__all__ = [
    "BenchmarkLine",
    "Conflict",
    "Diagnosis",
    "Diagnostician",
    "Dimension",
    "GrowthLine",
    "IndustryLine",
    "Peer",
    "QualityNote",
    "Reading",
    "Standing",
    "diagnose",
]
