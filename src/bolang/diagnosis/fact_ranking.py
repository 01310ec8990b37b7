"""All units ordered by a published fact, or by a ratio of two, of one year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bolang.diagnosis.desk import DESK_KEYS, RATIOS, UNITS, desk_column
from bolang.foundation.errors import MissingFactError, UnknownPlaceError
from bolang.foundation.text import Text, tr

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County


@dataclass(frozen=True, slots=True)
class Ranked:
    """One unit with its rank; equal values share a rank."""

    rank: int
    county: County
    value: float


@dataclass(frozen=True, slots=True)
class FactRanking:
    """A ranking.

    Attributes
    ----------
    key : str
        Indicator of the catalogue, or a computed row of the desk table.
    label : Text or None
        Name of the indicator; None for a computed row, which pages name.
    unit : str
    year : int
    rows : tuple of Ranked
        The highest value first.
    sources : tuple of str
    """

    key: str
    label: Text | None
    unit: str
    year: int
    province: str
    rows: tuple[Ranked, ...]
    sources: tuple[str, ...]


def rank_facts(atlas: Atlas, key: str, *, year: int | None = None, province: str | None = None) -> FactRanking:
    """Rank all units that have a figure, the highest first; published figures of one year only.

    Parameters
    ----------
    key : str
        An indicator of the catalogue (``fiscal_revenue``), or ``self_sufficiency``, ``debt_ratio``, ``gdp_per_head``.
    year : int, optional
        The newest year in which at least a tenth of all units have a figure, by default.
    province : str, optional
        Name or code; ranks are then within it.

    Raises
    ------
    UnknownIndicatorError, MissingFactError, UnknownPlaceError
    """
    computed = key in RATIOS and key in DESK_KEYS and key not in atlas.entries
    entry = None if computed else atlas.entries.indicator(key)
    name = RATIOS[key][0] if computed else entry.name  # type: ignore[index, union-attr]
    chosen = _newest(atlas, key, name, computed) if year is None else year
    values = desk_column(atlas, key, chosen) if computed else atlas.column(key, chosen)  # type: ignore[arg-type]
    if np.isnan(values).all():
        raise MissingFactError(tr(f"{key} 没有 {chosen} 年的数据。", f"There are no figures of {chosen} for {key}."))
    inside = np.array([province is None or _in(county, province) for county in atlas.counties])
    if not inside.any():
        raise UnknownPlaceError(tr(f"没有名为 {province!r} 的省级单元。", f"There is no province {province!r}."), "")
    rows = np.flatnonzero(~np.isnan(values) & inside)
    rows = rows[np.argsort(-values[rows], kind="stable")]
    rank = 1 + np.searchsorted(-values[rows], -values[rows], side="left")
    entries = atlas.entries.all_of(name)
    return FactRanking(
        key=key,
        label=None if entry is None else entry.label,
        unit=UNITS[key] if computed else entry.unit,  # type: ignore[index, union-attr]
        year=chosen,
        province="" if province is None else atlas.counties[int(rows[0])].province if rows.size else province,
        rows=tuple(
            Ranked(int(r), atlas.counties[i], float(values[i])) for r, i in zip(rank, rows.tolist(), strict=True)
        ),
        sources=tuple(dict.fromkeys(s for e in entries if chosen in e.years for s in e.sources)),
    )


def _in(county: County, province: str) -> bool:
    return province in (county.province, county.province_code) or county.province.startswith(province)


def _newest(atlas: Atlas, key: str, name: str, computed: bool) -> int:
    years = sorted({year for entry in atlas.entries.all_of(name) for year in entry.years}, reverse=True)
    for year in years:
        try:
            values = desk_column(atlas, key, year) if computed else atlas.column(key, year)  # type: ignore[arg-type]
        except MissingFactError:
            continue
        if np.isfinite(values).sum() >= len(atlas.counties) / 10:
            return year
    return years[0]
