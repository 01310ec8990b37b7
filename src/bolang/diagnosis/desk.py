"""The desk table of credit analysts as numbers: a dozen rows, the latest years, ranks of one year, the sister counties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from bolang.atlas.kept import kept
from bolang.atlas.model import County, Fact
from bolang.atlas.provenance import sources_of
from bolang.atlas.territory import Break
from bolang.foundation.errors import MissingFactError

if TYPE_CHECKING:
    import polars as pl

    from bolang.atlas.atlas import Atlas

DeskKey = Literal[
    "gdp",
    "gdp_growth",
    "gdp_per_head",
    "population",
    "fiscal_revenue",
    "fiscal_expenditure",
    "self_sufficiency",
    "debt_balance",
    "debt_limit",
    "debt_ratio",
    "debt_rate",
    "household_deposits",
    "exports",
    "exports_cny",
    "income",
    "urban_share",
]
DESK_KEYS: tuple[DeskKey, ...] = get_args(DeskKey)
"""Rows of the table in its order."""
UNITS: Mapping[DeskKey, str] = {
    "gdp": "万元",
    "gdp_growth": "%",
    "gdp_per_head": "元",
    "population": "人",
    "fiscal_revenue": "万元",
    "fiscal_expenditure": "万元",
    "self_sufficiency": "%",
    "debt_balance": "万元",
    "debt_limit": "万元",
    "debt_ratio": "%",
    "debt_rate": "%",
    "household_deposits": "万元",
    "exports": "亿美元",
    "exports_cny": "万元",
    "income": "元",
    "urban_share": "%",
}
PUBLISHED: Mapping[DeskKey, tuple[str, ...]] = {
    "gdp": ("gdp",),
    "gdp_growth": ("gdp_growth",),
    "gdp_per_head": ("gdp_per_capita",),
    "population": ("population_resident", "population"),
    "fiscal_revenue": ("fiscal_revenue",),
    "fiscal_expenditure": ("fiscal_expenditure",),
    "debt_balance": ("debt_balance",),
    "debt_limit": ("debt_limit",),
    "debt_rate": ("debt_rate",),
    "household_deposits": ("household_deposits",),
    "exports": ("exports",),
    "exports_cny": ("exports_cny",),
    "income": ("income",),
    "urban_share": ("urbanisation", "urban_share"),
}
"""Indicators of the atlas behind a row, the preferred one first; the other rows are computed."""
RATIOS: Mapping[DeskKey, tuple[str, tuple[str, ...], float]] = {
    "gdp_per_head": ("gdp", ("population",), 1e4),
    "self_sufficiency": ("fiscal_revenue", ("fiscal_expenditure",), 100.0),
    "debt_ratio": ("debt_balance", ("gdp",), 100.0),
    "debt_rate": ("debt_balance", ("fiscal_revenue", "transfers", "fund_revenue"), 100.0),
}
"""Computed rows: numerator, the parts of the denominator, factor; both sides of one year and one level of government."""
FEWEST = 3
"""Units, this one included, without which a rank is not given."""


@dataclass(frozen=True, slots=True)
class DeskCell:
    """One figure of the table.

    Attributes
    ----------
    status : {'measured', 'estimated', 'derived'}
        ``derived`` where it is computed from published figures.
    facts : tuple of Fact
        The published figure, or those that it is computed from.
    """

    year: int
    value: float
    status: Literal["measured", "estimated", "derived"]
    facts: tuple[Fact, ...]

    @property
    def stage(self) -> str:
        """``expected`` where any figure behind it is not final."""
        return next((fact.stage for fact in self.facts if fact.stage == "expected"), "")

    @property
    def origin(self) -> str:
        """``workspace`` where the user brought it."""
        return "workspace" if any(fact.origin == "workspace" for fact in self.facts) else "built-in"


@dataclass(frozen=True, slots=True)
class DeskRank:
    """The rank of a figure among the units above which it stands, all of one year."""

    rank: int
    count: int
    year: int


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One row: its figures by year, newest last, and the ranks of the newest year that can be ranked."""

    key: DeskKey
    unit: str
    cells: tuple[DeskCell, ...]
    in_prefecture: DeskRank | None
    in_province: DeskRank | None

    @property
    def latest(self) -> DeskCell | None:
        """The newest figure."""
        return self.cells[-1] if self.cells else None

    def of(self, year: int) -> DeskCell | None:
        """Return the figure of a year."""
        return next((cell for cell in self.cells if cell.year == year), None)


@dataclass(frozen=True, slots=True)
class Together:
    """What is known of all districts of the city together, where a district has no figure of its own."""

    key: DeskKey
    city: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk table of one county.

    Attributes
    ----------
    years : tuple of int
        The years shown, oldest first.
    breaks : tuple of Break
        Changes of territory between the years shown: figures on both sides describe different areas.
    missing : tuple of str
        Rows without any figure that is young enough.
    together : tuple of Together
        For districts: figures of all districts of the city.
    sisters : tuple of Sister
        The other units of the prefecture, and this one.
    """

    county: County
    years: tuple[int, ...]
    breaks: tuple[Break, ...]
    rows: tuple[DeskRow, ...]
    missing: tuple[DeskKey, ...]
    together: tuple[Together, ...]
    sisters: tuple[Sister, ...]

    def row(self, key: DeskKey) -> DeskRow:
        """Return a row by key; an empty one where the table shows the same thing in another currency."""
        return next((row for row in self.rows if row.key == key), DeskRow(key, UNITS[key], (), None, None))

    def to_frame(self) -> pl.DataFrame:
        """Return every figure as a row: key, year, value, unit, status, stage, origin, source."""
        import polars as pl

        return pl.DataFrame(
            [
                {
                    "code": self.county.code,
                    "key": row.key,
                    "year": cell.year,
                    "value": cell.value,
                    "unit": row.unit,
                    "status": cell.status,
                    "stage": cell.stage,
                    "origin": cell.origin,
                    "source": str(sources_of(fact.provenance for fact in cell.facts)),
                }
                for row in self.rows
                for cell in row.cells
            ],
            infer_schema_length=None,
        )


@dataclass(frozen=True, slots=True)
class Sister:
    """One unit of the prefecture with a figure by row, of the newest year that half of them have; rows without a figure are absent."""

    county: County
    cells: Mapping[DeskKey, DeskCell]


SISTER_KEYS: tuple[DeskKey, ...] = (
    "gdp",
    "fiscal_revenue",
    "self_sufficiency",
    "debt_balance",
    "debt_limit",
    "debt_ratio",
)


def desk_of(county: County, *, span: int = 5, oldest: int | None = None, alone: bool = False) -> Desk:
    """Return the desk table of a county.

    Parameters
    ----------
    county : County
        Taken from the atlas that it carries.
    span : int
        Number of years shown.
    oldest : int, optional
        Oldest year that is shown at all; by default ten years before the newest figure.
    alone : bool
        Leave out the other units of the prefecture, which take most of the time.

    Notes
    -----
    A ratio is computed only where both sides are of one year. A rank compares figures of one year alone.
    """
    assert county.atlas is not None
    reader = _reader(county.atlas)
    series = {key: reader.series(county, key) for key in DESK_KEYS}
    newest = max((year for cells in series.values() for year in cells), default=0)
    oldest = newest - 10 if oldest is None else oldest
    series = {key: {y: c for y, c in cells.items() if y >= oldest} for key, cells in series.items()}
    years, other = _years_shown(series, span), _other_currency(series)
    rows = tuple(
        DeskRow(
            key,
            UNITS[key],
            tuple(cell for _, cell in sorted(series[key].items())),
            reader.rank(county, key, series[key], reader.groups[county.prefecture_code]),
            reader.rank(county, key, series[key], reader.groups[county.province_code]),
        )
        for key in DESK_KEYS
        if key != other
    )
    missing = tuple(row.key for row in rows if not row.cells)
    breaks = tuple(
        change
        for change in county.atlas.territory.of(county)
        if change.territorial and years and years[0] < change.year <= years[-1]
    )
    sisters = () if alone else reader.sisters(county, oldest)
    return Desk(county, years, breaks, rows, missing, reader.together(county, missing), sisters)


def _other_currency(series: Mapping[DeskKey, Mapping[int, DeskCell]]) -> DeskKey:
    """Return the row of exports that is not shown: that whose newest figure is older, dollars if both are of one year."""
    yuan, dollars = (max(series[key], default=-1) for key in ("exports_cny", "exports"))
    return "exports" if yuan >= max(dollars, 0) else "exports_cny"


def desk_column(atlas: Atlas, key: DeskKey, year: int) -> NDArray[np.float64]:
    """Return a row of the table for all units in one year; NaN where a side is missing."""
    return _reader(atlas).column(key, year)


def _years_shown(series: Mapping[DeskKey, Mapping[int, DeskCell]], span: int) -> tuple[int, ...]:
    """Return the newest years, passing over those in which only a row or two have a figure, as long as others are left."""
    counts: dict[int, int] = {}
    for cells in series.values():
        for year in cells:
            counts[year] = counts.get(year, 0) + 1
    full = sorted((year for year, count in counts.items() if count >= 2), reverse=True)
    rest = sorted((year for year, count in counts.items() if count < 2), reverse=True)
    return tuple(sorted((full + rest)[:span]))


@kept
def _reader(atlas: Atlas) -> _Reader:
    """Return the reader of an atlas, with the columns that it has read: ranks of one county need those of all."""
    return _Reader(atlas)


class _Reader:
    """Reads rows and ranks from one atlas."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self._columns: dict[tuple[str, int], NDArray[np.float64]] = {}
        self.groups: dict[str, list[int]] = {}
        for county in atlas.counties:
            for code in {county.prefecture_code, county.province_code}:
                self.groups.setdefault(code, []).append(county.index)

    def series(self, county: County, key: DeskKey) -> dict[int, DeskCell]:
        """Return the figures of a row by year: published ones first, computed where both sides are there."""
        found: dict[int, DeskCell] = {}
        for indicator in PUBLISHED.get(key, ()):
            for year, fact in self._yearly(county, indicator).items():
                status = "measured" if fact.status == "measured" else "estimated"
                found.setdefault(year, DeskCell(year, fact.value, status, (fact,)))  # type: ignore[arg-type]
        if key in RATIOS:
            for year, cell in self._computed(county, key).items():
                found.setdefault(year, cell)
        return found

    def _yearly(self, county: County | str, indicator: str) -> dict[int, Fact]:
        known = self.atlas.knows(indicator) if isinstance(county, County) else True
        facts = self.atlas.facts(county, indicator) if known else ()
        found: dict[int, Fact] = {}
        for fact in facts:
            if fact.period == "year" and fact.status == "measured":
                found.setdefault(fact.year, fact)
        return found

    def _computed(self, county: County, key: DeskKey) -> dict[int, DeskCell]:
        above, below, factor = RATIOS[key]
        top = self._yearly(county, above)
        parts = [self._yearly(county, name) for name in below]
        found = {}
        for year, fact in top.items():
            if all(year in part for part in parts):
                facts = (fact, *(part[year] for part in parts))
                total = sum(_wan(f) for f in facts[1:])
                if total > 0:
                    found[year] = DeskCell(year, factor * _wan(fact) / total, "derived", facts)
        return found

    def rank(
        self, county: County, key: DeskKey, cells: Mapping[int, DeskCell], group: Sequence[int]
    ) -> DeskRank | None:
        """Return the rank in the newest year in which most units of the group have a figure; 1 is the highest."""
        for year in sorted(cells, reverse=True):
            values = self.column(key, year)[group]
            known = values[~np.isnan(values)]
            if known.size >= max(FEWEST, len(group) / 2):
                own = self.column(key, year)[county.index]
                if np.isnan(own):
                    continue
                return DeskRank(int((known > own).sum()) + 1, int(known.size), year)
        return None

    def column(self, key: DeskKey, year: int) -> NDArray[np.float64]:
        """Return a row of the table for all units in one year."""
        if (key, year) not in self._columns:
            self._columns[key, year] = self._read_column(key, year)
        return self._columns[key, year]

    def _read_column(self, key: DeskKey, year: int) -> NDArray[np.float64]:
        values = np.full(len(self.atlas.counties), np.nan)
        for indicator in PUBLISHED.get(key, ()):
            values = _filled(values, self._raw(indicator, year))
        if key in RATIOS:
            above, below, factor = RATIOS[key]
            total = np.sum([self._raw(name, year) for name in below], axis=0)
            with np.errstate(divide="ignore", invalid="ignore"):
                values = _filled(values, np.where(total > 0, factor * self._raw(above, year) / total, np.nan))
        return values

    def _raw(self, indicator: str, year: int) -> NDArray[np.float64]:
        try:
            return self.atlas.column(indicator, year) if self.atlas.knows(indicator) else self._nothing()
        except MissingFactError:
            return self._nothing()

    def _nothing(self) -> NDArray[np.float64]:
        return np.full(len(self.atlas.counties), np.nan)

    def together(self, county: County, missing: Sequence[DeskKey]) -> tuple[Together, ...]:
        """Return the city's districts together for a district without figures of its own."""
        if county.kind != "district":
            return ()
        found = []
        for key in missing:
            name = f"{key}_districts"
            yearly = self._yearly(county.prefecture_code, name) if self.atlas.entries.of_areas(name) else {}
            if yearly:
                found.append(Together(key, county.prefecture, yearly[max(yearly)]))
        return tuple(found)

    def sisters(self, county: County, oldest: int) -> tuple[Sister, ...]:
        """Return the units of the prefecture, the largest first: like with like, in the newest year that at least half of them have."""
        members = [self.atlas.counties[index] for index in self.groups[county.prefecture_code]]
        cells: dict[str, dict[DeskKey, DeskCell]] = {other.code: {} for other in members}
        for key in SISTER_KEYS:
            series = {other.code: self.series(other, key) for other in members}
            counts = Counter(year for known in series.values() for year in known if year >= oldest)
            common = max((year for year in counts if 2 * counts[year] >= len(members)), default=0)
            for code, known in series.items():
                young = [year for year in known if year >= oldest]
                if young:
                    cells[code][key] = known[common] if common in known else known[max(young)]
        found = (Sister(other, cells[other.code]) for other in members)
        return tuple(sorted(found, key=lambda s: -s.cells["gdp"].value if "gdp" in s.cells else 0.0))


def _filled(values: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.isnan(values), others, values)


_WAN = {"万元": 1.0, "亿元": 1e4, "元": 1e-4}


def _wan(fact: Fact) -> float:
    """Return money in 万元, anything else as it is."""
    return fact.value * _WAN.get(fact.unit, 1.0)
