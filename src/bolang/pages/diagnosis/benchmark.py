"""The distance to the benchmark county in sentences."""

from __future__ import annotations

from bolang.atlas.romanize import place
from bolang.diagnosis.result import BenchmarkLine, Diagnosis
from bolang.foundation.text import Text
from bolang.foundation.units import number_text
from bolang.wording import load

WORDS = load("diagnosis")
CLOSE = 3.0
"""Index points within which two counties are called level."""


def benchmark_sentence(line: BenchmarkLine, found: Diagnosis) -> Text:
    """Say how far the county is from the benchmark on one dimension."""
    if line.gap is None or line.index is None or line.benchmark is None:
        return WORDS("benchmark.unknown", dimension=line.label)
    own = number_text(line.index)
    if found.county.index == found.benchmark.index:
        return WORDS("benchmark.itself", dimension=line.label, own=own)
    return WORDS(
        "benchmark.gap",
        dimension=line.label,
        own=own,
        benchmark=place(found.benchmark.name),
        other=number_text(line.benchmark),
        relation=_relation(line.gap),
        widest=line.widest,
    )


def _relation(gap: float) -> Text:
    if abs(gap) < CLOSE:
        return WORDS("benchmark.level")
    return WORDS("benchmark.above" if gap > 0 else "benchmark.below", points=number_text(abs(gap), 0))
