"""What the model is calibrated to, read from the atlas: one object of plain arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bolang.atlas import INDUSTRIES
from bolang.economy.calibration.national import NationalAccounts
from bolang.economy.calibration.people import Movers
from bolang.economy.core.arrays import Array, IntArray

if TYPE_CHECKING:
    import polars as pl

    from bolang.atlas import Atlas

SECTOR_COLUMNS = ("gdp_primary", "gdp_secondary", "gdp_tertiary")
LEAST_WORKERS = 0.5
"""Half a sampled worker where the 10 % sample found none: an empty cell of a sample is not an empty industry."""
TABLE_YEAR = {2010: 2017, 2020: 2020}
"""Input-output table of each census year; 2017 is the earliest on these industries."""
VILLAGES_YEAR = 2016
CUSTOMS_YEAR = {2010: 2012, 2020: 2017}
"""Year of the provincial customs data nearest to the census."""


@dataclass(frozen=True, slots=True, eq=False)
class Observations:
    """The facts of one census year; N counties in the order of the atlas, S industries, P provinces.

    Attributes
    ----------
    year : int
    employment : array (N, S)
        Workers in the 10 % sample.
    published : array (N, 3)
        Value added of the three broad sectors, 万元; NaN where unknown.
    estimated : bool array (N,)
        GDP is an estimate of the atlas, not a published figure.
    nation : NationalAccounts
    population : array (N,)
    now, then : Movers
        Migration margins of this census and of 2010.
    province : int array (N,)
    provinces : tuple of str
        Codes, in the order of `province`.
    customs : array (P, S)
        Exports of goods by province, US$; shares are what counts.
    villages : array (N,)
        Taobao villages in 2016; none before there were any.
    """

    year: int
    employment: Array
    published: Array
    estimated: Array
    nation: NationalAccounts
    population: Array
    now: Movers
    then: Movers
    province: IntArray
    provinces: tuple[str, ...]
    customs: Array
    villages: Array

    @property
    def table_year(self) -> int:
        """Year of the national table, whose money all values are in."""
        return TABLE_YEAR[self.year]


def observe(atlas: Atlas, year: int = 2020) -> Observations:
    """Read the facts of a census year."""
    provinces, province = np.unique([county.province_code for county in atlas.counties], return_inverse=True)
    employment = np.maximum(np.nan_to_num(atlas.employment(year)), LEAST_WORKERS)
    published, estimated = _sectors(atlas, year)
    return Observations(
        year=year,
        employment=employment,
        published=published,
        estimated=estimated,
        nation=NationalAccounts.from_table(atlas.table(f"io_{TABLE_YEAR[year]}")),
        population=_population(atlas, year),
        now=_movers(atlas, year, province),
        then=_movers(atlas, 2010, province),
        province=province,
        provinces=tuple(str(code) for code in provinces),
        customs=_customs(atlas, year, [str(code) for code in provinces]),
        villages=_villages(atlas) if year >= VILLAGES_YEAR else np.zeros(len(atlas.counties)),
    )


def _aligned(atlas: Atlas, frame: pl.DataFrame) -> pl.DataFrame:
    """Put the rows of a frame with a column `code` in the order of the atlas."""
    import polars as pl

    codes = pl.DataFrame({"code": atlas.codes})
    return codes.join(frame, on="code", how="left", maintain_order="left")


def _sectors(atlas: Atlas, year: int) -> tuple[Array, Array]:
    """Value added of the three sectors; where one is missing it is what the others leave of GDP."""
    import polars as pl

    frame = _aligned(atlas, atlas.table("gdp").filter(pl.col("year") == year))
    sectors = frame.select(SECTOR_COLUMNS).to_numpy().astype(float)
    gdp = frame["gdp"].cast(pl.Float64).to_numpy()
    gaps = np.isnan(sectors)
    lone = gaps.sum(axis=1) == 1
    rest = np.maximum(gdp - np.nansum(sectors, axis=1), 0)
    sectors[gaps & lone[:, None]] = rest[lone]
    return sectors, (frame["status"].fill_null("estimated") == "estimated").to_numpy()


def _population(atlas: Atlas, year: int) -> Array:
    population = atlas.column("population", year)
    return np.where(np.isnan(population), atlas.column("population", 2020), population)


def _movers(atlas: Atlas, year: int, province: IntArray) -> Movers:
    """Margins of a census; leavers always come from 2010, the last with the registered population."""
    from_province = np.nan_to_num(atlas.column("migrants_within_province", year))
    from_elsewhere = np.nan_to_num(atlas.column("migrants_other_province", year))
    registered, residents = atlas.column("hukou_population", 2010), atlas.column("population", 2010)
    arrivals = atlas.column("migrants_within_province", 2010) + atlas.column("migrants_other_province", 2010)
    rate = np.maximum(1 - (residents - arrivals) / registered, 0.01)
    typical = np.array([np.nanmedian(rate[province == p]) for p in range(province.max() + 1)])
    known = np.isfinite(rate)
    leavers = np.where(known, rate * registered, typical[province] * atlas.column("population", 2020))
    return Movers(_population(atlas, year), from_province, from_elsewhere, leavers)


def _customs(atlas: Atlas, year: int, provinces: list[str]) -> Array:
    """Customs exports by province and industry, moved to 2019 by provincial totals where the year is 2020."""
    import polars as pl

    base = CUSTOMS_YEAR[year]
    sections = dict(atlas.table("io_sectors").select("sector", "industry").iter_rows())
    wanted = (pl.col("year") == base) & (pl.col("flow") == "exports") & (pl.col("use") == "all")
    table = np.zeros((len(provinces), len(INDUSTRIES)))
    rows = atlas.table("customs").filter(wanted).select("province_code", "sector", "total_usd")
    for code, sector, value in rows.iter_rows():
        table[provinces.index(code), INDUSTRIES.index(sections[sector])] += value
    later = min(2019, year)
    totals = atlas.table("province_panel").select("province_code", "year", "exports_10k_usd")
    found = {(c, y): v for c, y, v in totals.iter_rows()}
    for p, code in enumerate(provinces):
        before, after = found.get((code, base)), found.get((code, later))
        if before and after:
            table[p] *= after / before
    return table


def _villages(atlas: Atlas) -> Array:
    import polars as pl

    frame = _aligned(atlas, atlas.table("taobao").filter(pl.col("year") == VILLAGES_YEAR))
    return frame["taobao_villages"].fill_null(0).cast(pl.Float64).to_numpy()
