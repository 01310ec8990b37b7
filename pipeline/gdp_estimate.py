"""GDP of units without a published figure: the prefecture's remainder, shared by employment and productivity.

A unit's potential in sector g is ``v_ug = sum_{i in g} E_ui (VA_i / E_i)``: its census employment by industry times
national value added per worker. The prefecture's published GDP less the published units is what the others produced;
they and the development zones (whose output the prefecture counts, and the census lists apart) share it by potential.
Where the remainder is not credible, because it is negative or more than `CREDIBLE` times off the prefecture's own
productivity, the unit gets its potential at the prefecture's productivity; where the prefecture published nothing, at
the province's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from pipeline.build import Build, require

YEARS = {2010: "io_2017", 2020: "io_2020"}
"""Census years, each with the input-output table that gives value added by industry (the nearest one)."""
DENSE_PER_KM2 = 5000.0
"""A district above this density is a core district: people work there who are counted where they live."""
SECTORS = ("primary", "secondary", "tertiary")
SECTOR_OF = {s: "primary" if s == "A" else "secondary" if s in "BCDE" else "tertiary" for s in "ABCDEFGHIJKLMNOPQRS"}
CREDIBLE = 2.5
HELD_OUT = 0.35
"""Share of a prefecture's units whose published figures the test of the method hides."""
ROUNDS = 20
INTERVAL = (0.1, 0.9)


@dataclass(frozen=True)
class Setting:
    """What the method needs, one row a unit or zone.

    Attributes
    ----------
    code, prefecture, province : ndarray of str
        Code of the unit (empty for a zone) and of the areas above it.
    group : ndarray of str
        ``core``, ``district`` or ``county``: the method errs differently in each.
    potential : ndarray, shape (rows, 3)
        Employment at national productivity by sector.
    published : ndarray, shape (rows, 4)
        GDP and its three sectors, NaN where not published.
    prefecture_gdp : dict
        Published GDP and sectors of prefectures, NaN where unknown.
    province_ratio : dict
        Published provincial GDP relative to potential, by sector.
    """

    code: np.ndarray
    prefecture: np.ndarray
    province: np.ndarray
    group: np.ndarray
    potential: np.ndarray
    published: np.ndarray
    prefecture_gdp: dict[str, np.ndarray]
    province_ratio: dict[str, np.ndarray]


def build_estimates(build: Build) -> None:
    """Add the estimates for the census years to `gdp`."""
    published = build.read("gdp").filter(pl.col("status") == "measured")
    estimated = pl.concat([_estimated(build, year) for year in YEARS])
    without = pl.struct("code", "year").is_in(estimated.select("code", "year").to_struct())
    build.say(f"  {published.filter(without).height} published rows with sectors but no GDP give way to an estimate")
    frame = pl.concat([published.filter(~without), estimated], how="diagonal_relaxed")
    build.write("gdp", frame, sort=["code", "year"])


def _estimated(build: Build, year: int) -> pl.DataFrame:
    setting = _setting(build, year)
    interval = _intervals(build, setting, year)
    missing = np.isnan(setting.published[:, 0]) & (setting.code != "") & (setting.potential.sum(1) > 0)
    rows = []
    for row, method, values in _estimates(setting, missing):
        total = values.sum()
        low, high = interval[setting.group[row]]
        rows.append(
            {
                "code": setting.code[row],
                "year": year,
                "gdp": float(round(total)),
                **{f"gdp_{s}": float(round(v)) for s, v in zip(SECTORS, values, strict=True)},
                "source": "bolang_estimate",
                "status": "estimated",
                "flag": "",
                "method": method,
                "gdp_low": float(round(total / high)),
                "gdp_high": float(round(total / low)),
            }
        )
    frame = pl.DataFrame(rows).cast({"year": pl.Int16})
    require(frame["code"].n_unique() == frame.height == int(missing.sum()), "a unit was left out or estimated twice")
    require(bool((frame["gdp"] > 0).all()), "an estimate is not positive")
    for method, count in frame["method"].value_counts().sort("method").iter_rows():
        build.say(f"  {year} estimated by {method}: {count}")
    return frame


def _setting(build: Build, year: int) -> Setting:
    census = build.read("census").filter(pl.col("year") == year).select("code", "population")
    density = pl.col("population") / pl.col("area_km2")
    group = (
        pl.when(pl.col("kind") != "district")
        .then(pl.lit("county"))
        .when(density < DENSE_PER_KM2)
        .then(pl.lit("district"))
        .otherwise(pl.lit("core"))
        .alias("group")
    )
    units = build.read("units").join(census, on="code").with_columns(group)
    zones = build.read("census_areas").filter((pl.col("level") == "zone") & (pl.col("year") == year))
    employment = build.read("employment").filter(pl.col("year") == year)
    sections = [pl.col(s).cast(pl.Float64).fill_null(0) for s in SECTOR_OF]
    labels = ("code", "prefecture_code", "province_code", "group")
    own = units.join(employment, on="code").select(*labels, *sections)
    zone = zones.with_columns(pl.lit("").alias("code"), pl.lit("").alias("group")).select(*labels, *sections)
    rows = pl.concat([own, zone]).sort("code", "prefecture_code", "A", "C", "F")
    nation = build.read("census_areas").filter((pl.col("level") == "nation") & (pl.col("year") == year))
    added = build.read(YEARS[year]).filter(pl.col("origin") == "value_added").select(list(SECTOR_OF)).sum()
    productivity = added.to_numpy()[0] / nation.select(list(SECTOR_OF)).to_numpy()[0]
    by_industry = rows.select(list(SECTOR_OF)).to_numpy() * productivity
    potential = np.column_stack([by_industry[:, [g == s for s in SECTOR_OF.values()]].sum(1) for g in SECTORS])
    gdp = build.read("gdp").filter((pl.col("year") == year) & (pl.col("status") == "measured"))
    published = rows.select("code").join(gdp, on="code", how="left", maintain_order="left")
    provinces = rows["province_code"].to_numpy()
    return Setting(
        rows["code"].to_numpy(),
        rows["prefecture_code"].to_numpy(),
        provinces,
        rows["group"].to_numpy(),
        potential,
        published.select("gdp", *(f"gdp_{s}" for s in SECTORS)).to_numpy(),
        _prefecture_gdp(build, year),
        _province_ratio(build, year, provinces, potential),
    )


def _intervals(build: Build, setting: Setting, year: int) -> dict[str, tuple[float, float]]:
    """Return the 80 % range of estimate / published for each group, from published figures that were hidden."""
    error, rows = _held_out_error(setting)
    found = {}
    for group in ("core", "district", "county"):
        mine = error[setting.group[rows] == group]
        low, high = np.exp(np.quantile(mine, INTERVAL))
        found[group] = (float(low), float(high))
        build.say(
            f"  {year} test of the method, {group}: {len(mine):,} hidden figures, median absolute error "
            f"{np.median(np.abs(np.expm1(mine))):.0%}, estimate/published {low:.2f} to {high:.2f} in 80 % of cases"
        )
    return found


def _prefecture_gdp(build: Build, year: int) -> dict[str, np.ndarray]:
    panel = build.read("prefecture_panel").filter(pl.col("year") == year).drop_nulls("gdp_100m")
    shares = [pl.col(f"share_{s}") / 100 for s in SECTORS]
    values = panel.select(pl.lit(1.0), *shares).to_numpy() * panel["gdp_100m"].to_numpy()[:, None] * 1e4
    return dict(zip(panel["prefecture_code"], values, strict=True))


def _province_ratio(build: Build, year: int, provinces: np.ndarray, potential: np.ndarray) -> dict[str, np.ndarray]:
    table = build.read("province_gdp" if year >= 2015 else "province_panel")
    ratios = {}
    rows = table.filter(pl.col("year") == year).select("province_code", *(f"{s}_100m" for s in SECTORS))
    for code, *values in rows.iter_rows():
        ratios[code] = np.array(values) * 1e4 / potential[provinces == code].sum(0)
    return ratios


def _estimates(setting: Setting, missing: np.ndarray) -> list[tuple[int, str, np.ndarray]]:
    """Return row, name of the method, and the three sectors, for every row marked missing."""
    found = []
    for prefecture in np.unique(setting.prefecture[missing]):
        inside = setting.prefecture == prefecture
        wanted = np.flatnonzero(inside & missing)
        open_rows = inside & (missing | (setting.code == ""))
        known = inside & ~open_rows
        method, ratio = _ratio(setting, prefecture, inside, open_rows, known)
        found += [(int(row), method, setting.potential[row] * ratio) for row in wanted]
    return found


def _ratio(
    setting: Setting, prefecture: str, inside: np.ndarray, open_rows: np.ndarray, known: np.ndarray
) -> tuple[str, np.ndarray]:
    """Return the method and the ratio of output to potential, by sector, of a prefecture's open units."""
    nation = np.median(list(setting.province_ratio.values()), axis=0)
    province = setting.province_ratio.get(setting.province[inside][0], nation)
    total = setting.prefecture_gdp.get(prefecture)
    if total is None:
        return "province_productivity", province
    at_province = setting.potential[inside] * province
    own = province * (total[0] / at_province.sum())
    if np.isfinite(total[1:]).all():
        own = total[1:] / setting.potential[inside].sum(0)
    rest = total[0] - setting.published[known, 0].sum()
    scale = rest / (setting.potential[open_rows] * own).sum()
    if not 1 / CREDIBLE < scale < CREDIBLE:
        return "prefecture_productivity", own
    sectors = setting.published[known, 1:].sum(0)
    if np.isfinite(total[1:]).all() and np.isfinite(sectors).all():
        by_sector = (total[1:] - sectors) / setting.potential[open_rows].sum(0)
        if ((by_sector > own / CREDIBLE) & (by_sector < own * CREDIBLE)).all():
            return "prefecture_remainder", by_sector
    return "prefecture_remainder", own * scale


def _held_out_error(setting: Setting) -> tuple[np.ndarray, np.ndarray]:
    """Return ln(estimate / published) of published figures that the method was not shown, and their rows."""
    generator = np.random.default_rng(2020)
    published = np.isfinite(setting.published[:, 0]) & (setting.code != "")
    errors, rows = [], []
    for _ in range(ROUNDS):
        hidden = published & (generator.random(len(published)) < HELD_OUT)
        blind = setting.published.copy()
        blind[hidden] = np.nan
        shown = replace(setting, published=blind)
        for row, _, values in _estimates(shown, np.isnan(blind[:, 0]) & (setting.code != "")):
            if hidden[row] and values.sum() > 0:
                errors.append(np.log(values.sum() / setting.published[row, 0]))
                rows.append(row)
    return np.array(errors), np.array(rows)
