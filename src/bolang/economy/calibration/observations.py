"""What the model is calibrated to, read from the atlas: one object of plain arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bolang.atlas import INDUSTRIES
from bolang.atlas.store import table_names
from bolang.atlas.vintage import censuses
from bolang.economy.calibration.national import NationalAccounts
from bolang.economy.calibration.people import Movers
from bolang.economy.core.arrays import Array, IntArray

if TYPE_CHECKING:
    import polars as pl

    from bolang.atlas import Atlas

SECTOR_COLUMNS = ("gdp_primary", "gdp_secondary", "gdp_tertiary")
LEAST_WORKERS = 0.5
"""Half a sampled worker where the 10 % sample found none: an empty cell of a sample is not an empty industry."""
NATIONAL_TABLE = "io_"
"""National input-output tables are called so, with their year."""


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
        Migration margins of this census and of the last with the registered population.
    province : int array (N,)
    provinces : tuple of str
        Codes, in the order of `province`.
    customs : array (P, S)
        Exports of goods by province, US$; shares are what counts.
    villages : array (N,)
        Taobao villages of the latest list; none before there was one.
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
        return table_year(self.year)


def table_year(census: int) -> int:
    """Year of the national table nearest to a census."""
    names = (name.removeprefix(NATIONAL_TABLE) for name in table_names() if name.startswith(NATIONAL_TABLE))
    return _nearest((int(year) for year in names if year.isdigit()), census)


def _nearest(years: Iterable[int], year: int) -> int:
    return min(years, key=lambda known: abs(known - year))


def observe(atlas: Atlas, year: int) -> Observations:
    """Read the facts of a census year."""
    provinces, province = np.unique([county.province_code for county in atlas.counties], return_inverse=True)
    employment = np.maximum(np.nan_to_num(atlas.employment(year)), LEAST_WORKERS)
    published, estimated = _sectors(atlas, year)
    return Observations(
        year=year,
        employment=employment,
        published=published,
        estimated=estimated,
        nation=NationalAccounts.from_table(atlas.table(f"{NATIONAL_TABLE}{table_year(year)}")),
        population=_population(atlas, year),
        now=_movers(atlas, year, province),
        then=_movers(atlas, _registered_year(atlas), province),
        province=province,
        provinces=tuple(str(code) for code in provinces),
        customs=_customs(atlas, year, [str(code) for code in provinces]),
        villages=_villages(atlas, year),
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
    return np.where(np.isnan(population), atlas.column("population", censuses()[-1]), population)


def _registered_year(atlas: Atlas) -> int:
    """Return the last census that publishes the registered population of counties."""
    import polars as pl

    return int(str(atlas.table("census").filter(pl.col("hukou_population").is_not_null())["year"].max()))


def _movers(atlas: Atlas, year: int, province: IntArray) -> Movers:
    """Margins of a census; leavers always come from the last with the registered population."""
    last = _registered_year(atlas)
    from_province = np.nan_to_num(atlas.column("migrants_within_province", year))
    from_elsewhere = np.nan_to_num(atlas.column("migrants_other_province", year))
    registered, residents = atlas.column("hukou_population", last), atlas.column("population", last)
    arrivals = atlas.column("migrants_within_province", last) + atlas.column("migrants_other_province", last)
    rate = np.maximum(1 - (residents - arrivals) / registered, 0.01)
    typical = np.array([np.nanmedian(rate[province == p]) for p in range(province.max() + 1)])
    known = np.isfinite(rate)
    leavers = np.where(known, rate * registered, typical[province] * atlas.column("population", censuses()[-1]))
    return Movers(_population(atlas, year), from_province, from_elsewhere, leavers)


def _customs(atlas: Atlas, year: int, provinces: list[str]) -> Array:
    """Customs exports by province and industry, moved to the census, as near as they reach, by provincial totals."""
    import polars as pl

    base = _nearest(atlas.table("customs")["year"].unique().to_list(), year)
    sections = dict(atlas.table("io_sectors").select("sector", "industry").iter_rows())
    wanted = (pl.col("year") == base) & (pl.col("flow") == "exports") & (pl.col("use") == "all")
    table = np.zeros((len(provinces), len(INDUSTRIES)))
    rows = atlas.table("customs").filter(wanted).select("province_code", "sector", "total_usd")
    for code, sector, value in rows.iter_rows():
        table[provinces.index(code), INDUSTRIES.index(sections[sector])] += value
    totals = atlas.table("province_panel").select("province_code", "year", "exports_10k_usd")
    later = min(int(str(totals["year"].max())), year)
    found = {(c, y): v for c, y, v in totals.iter_rows()}
    for p, code in enumerate(provinces):
        before, after = found.get((code, base)), found.get((code, later))
        if before and after:
            table[p] *= after / before
    return table


def _villages(atlas: Atlas, year: int) -> Array:
    import polars as pl

    listed = atlas.table("taobao")
    latest = int(str(listed["year"].max()))
    if year < latest:
        return np.zeros(len(atlas.counties))
    frame = _aligned(atlas, listed.filter(pl.col("year") == latest))
    return frame["taobao_villages"].fill_null(0).cast(pl.Float64).to_numpy()
