"""What a diagnosis says: readings, dimensions, peers, growth, and how good the data are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bolang.atlas.model import County, Fact, Status
from bolang.diagnosis.data_quality import QualityNote
from bolang.foundation.text import Lang, Text
from bolang.foundation.voice import spoken

if TYPE_CHECKING:
    import polars as pl

Group = Literal["nation", "province", "prefecture", "peers"]
GROUPS: tuple[Group, ...] = ("nation", "province", "prefecture", "peers")

DimensionKind = Literal["shortcoming", "advantage"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a value stands in a group of units.

    Attributes
    ----------
    rank : int
        1 for the strongest unit of the group.
    count : int
        Units of the group that have a value (this one included).
    percentile : float
        Share of the other units that are weaker, ties counted half, in per cent.
    """

    rank: int
    count: int
    percentile: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One indicator of one county.

    Attributes
    ----------
    key, label, unit
        Name in code, name for readers, unit.
    digits : int
        Decimals worth showing.
    value : float or None
        The value, or None where nothing is published and nothing could be estimated.
    low, high : float or None
        95 % sampling interval, where the indicator comes from the 10 % long form.
    year : int
        Year of the value.
    earlier, earlier_year
        The value of the same indicator ten years before, where comparable.
    direction : {1, -1}
        1 if a higher value is the stronger one, otherwise -1.
    standing : mapping
        Rank and percentile by group; a group without comparison is absent.
    status : {'measured', 'estimated', 'missing'}
        Whether the value was published, estimated or is missing.
    source : str
        Where the inputs come from.
    """

    key: str
    label: Text
    unit: Text
    digits: int
    value: float | None
    low: float | None
    high: float | None
    year: int
    earlier: float | None
    earlier_year: int | None
    direction: int
    standing: Mapping[Group, Standing]
    status: Status | Literal["missing"]
    source: str


@dataclass(frozen=True, slots=True)
class Dimension:
    """One shortcoming or advantage, built from readings.

    Attributes
    ----------
    index : float or None
        0-100: weighted mean of the national percentiles of the parts; None if no part has a value.
    standing : mapping
        Rank and percentile of the index by group.
    rank_low, rank_high : int or None
        National rank that holds in 90 % of the alternative weightings (rank_low is the better one).
    weights : mapping
        Weight of each reading by key, adding to one over the readings that have a value.
    """

    key: str
    label: Text
    kind: DimensionKind
    index: float | None
    standing: Mapping[Group, Standing]
    rank_low: int | None
    rank_high: int | None
    weights: Mapping[str, float]
    readings: tuple[Reading, ...]

    def reading(self, key: str) -> Reading:
        """Return one of the readings by key."""
        return next(r for r in self.readings if r.key == key)


@dataclass(frozen=True, slots=True)
class IndustryLine:
    """One industry of the county in the latest census, against the nation and against the census before.

    `employed` and `employed_earlier` are counts in the 10 % sample. The three effects add to the change
    (Dunn shift-share); they are None where the earlier census is not comparable.
    """

    code: str
    label: Text
    employed: int
    share: float
    lq: float
    lq_low: float
    lq_high: float
    lq_earlier: float | None
    employed_earlier: int | None
    national_effect: float | None
    mix_effect: float | None
    regional_effect: float | None


@dataclass(frozen=True, slots=True)
class AlikeBlock:
    """A block of features in which two counties are alike, and the figure of both that shows it; None where unknown."""

    block: str
    own: float | None
    other: float | None


@dataclass(frozen=True, slots=True)
class Peer:
    """A comparable county, and the two blocks of features in which it is most alike."""

    county: County
    distance: float
    closeness: Mapping[str, float]
    alike: tuple[AlikeBlock, ...]


@dataclass(frozen=True, slots=True)
class Jump:
    """A year in which output moved more than prices and production explain, with its rate in per cent."""

    year: int
    rate: float


@dataclass(frozen=True, slots=True)
class GrowthLine:
    """Nominal growth of one aggregate in the county, the prefecture and the province.

    `growth` is the average annual rate in per cent between the two years; the gaps are percentage points
    (county minus the other). `jumps` are breaks inside the period.
    """

    kind: Literal["nominal", "real"]
    first_year: int
    last_year: int
    growth: float | None
    prefecture_growth: float | None
    province_growth: float | None
    jumps: tuple[Jump, ...] = ()

    @property
    def gap_to_prefecture(self) -> float | None:
        """Percentage points above (below, if negative) the prefecture."""
        return None if self.growth is None or self.prefecture_growth is None else self.growth - self.prefecture_growth

    @property
    def gap_to_province(self) -> float | None:
        """Percentage points above (below, if negative) the province."""
        return None if self.growth is None or self.province_growth is None else self.growth - self.province_growth


@dataclass(frozen=True, slots=True)
class Conflict:
    """Official figures that disagree for one indicator and year, each with its definition."""

    label: Text
    year: int
    period: str
    facts: tuple[Fact, ...]
    """The figures, each with its unit, source and definition."""


@dataclass(frozen=True, slots=True)
class BenchmarkLine:
    """Distance to the benchmark county on one dimension."""

    key: str
    label: Text
    index: float | None
    benchmark: float | None
    widest: Text
    """The indicator with the widest gap."""

    @property
    def gap(self) -> float | None:
        """Index points above (below, if negative) the benchmark."""
        return None if self.index is None or self.benchmark is None else self.index - self.benchmark


@dataclass(frozen=True, slots=True, repr=False)
class Diagnosis:
    """One county, read against its peers, prefecture, province, the nation and Yiwu."""

    county: County
    dimensions: tuple[Dimension, ...]
    industries: tuple[IndustryLine, ...]
    peer_group: str
    peers: tuple[Peer, ...]
    benchmark: County
    benchmark_lines: tuple[BenchmarkLine, ...]
    market_and_workshop: bool
    growth: tuple[GrowthLine, ...]
    conflicts: tuple[Conflict, ...]
    quality: tuple[QualityNote, ...]
    small_sample: bool

    def __repr__(self) -> str:
        return f"<Diagnosis of {self.county}>"

    @property
    def shortcomings(self) -> tuple[Dimension, ...]:
        """The four shortcomings of the source report, read on this county."""
        return tuple(d for d in self.dimensions if d.kind == "shortcoming")

    @property
    def advantages(self) -> tuple[Dimension, ...]:
        """The three advantages of the source report, read on this county."""
        return tuple(d for d in self.dimensions if d.kind == "advantage")

    @property
    def judged(self) -> bool:
        """Whether the sample is large enough for ranks and judgements."""
        return any(dimension.index is not None for dimension in self.dimensions)

    def dimension(self, key: str) -> Dimension:
        """Return one dimension by key, such as ``circulation``."""
        return next(d for d in self.dimensions if d.key == key)

    def to_frame(self, lang: Lang = "zh") -> pl.DataFrame:
        """Return every reading as a row, for spreadsheets and further work."""
        from bolang.diagnosis.frame import readings_frame

        return readings_frame(self, lang)

    def explain(self, lang: Lang = "zh") -> str:
        """Return the diagnosis as plain text."""
        return spoken("diagnosis", self, lang)
