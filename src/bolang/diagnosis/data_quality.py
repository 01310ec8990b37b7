"""What a reader should know about the data of one county: findings, each of its own kind, and how grave they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bolang.atlas.history import Continuity
from bolang.foundation.text import Text


@dataclass(frozen=True, slots=True)
class GdpMissing:
    """GDP of the census year is neither published nor estimated."""

    year: int


@dataclass(frozen=True, slots=True)
class GdpEstimated:
    """GDP of the census year is an estimate."""

    year: int


@dataclass(frozen=True, slots=True)
class MissingReadings:
    """Indicators without a value."""

    labels: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class SampleMissing:
    """The census published no employment by industry."""


@dataclass(frozen=True, slots=True)
class SampleSize:
    """Persons in the long form of the census; below the limit nothing is ranked or judged."""

    size: float
    limit: float

    @property
    def is_small(self) -> bool:
        """Whether the sample is below the limit."""
        return self.size < self.limit


@dataclass(frozen=True, slots=True)
class BudgetAge:
    """Latest years of budget revenue and expenditure, one of them old; None where never published."""

    revenue: int | None
    expenditure: int | None


QualityFinding = GdpMissing | GdpEstimated | MissingReadings | SampleMissing | SampleSize | BudgetAge | Continuity


@dataclass(frozen=True, slots=True)
class QualityNote:
    """A finding and how grave it is."""

    severity: Literal["note", "caution", "gap"]
    finding: QualityFinding
