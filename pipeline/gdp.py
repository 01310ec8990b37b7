"""GDP, value added of the three sectors, exports and imports of county-level units, as published."""

from __future__ import annotations

import math
from collections.abc import Iterable

import polars as pl

from pipeline.build import Build, require
from pipeline.codes import CENSUS_YEAR, ChangeList, read_changes

PARTS = ("gdp", "gdp_primary", "gdp_secondary", "gdp_tertiary")
SPIKE = math.log(1.5)
"""A year that departs from both neighbouring years by more than half is flagged ``spike``."""
JUMP = math.log(1.65)
"""A change from one year to the next by more than 65 % (up or down) is flagged ``jump``."""
SECTOR_GAP = 0.02
"""Sectors that miss the total by more than 2 % are flagged ``sector_sum``."""
SOURCE_FLAGS = {"gdp2021_unit_x1e4;": "unit_repaired", "sector_sum_mismatch;": "sector_sum"}
TRADE_FLAGS = {"trade_cny_to_usd_6.6423;": "converted", "trade_unit_/1e4;": "unit_repaired"}


FALSE_IMPORTS_YEAR, FALSE_IMPORTS_PROVINCE = 2020, "44"
EARLIER_CODES = {"469003": "460400"}
"""Danzhou, which the prefecture panel keeps under its code as a county-level city."""


def build_gdp(build: Build) -> None:
    """Write `gdp` (published rows only; estimates are added by a later step) and `trade`."""
    changes = read_changes(build.source)
    units = frozenset(build.read("units")["code"])
    raw = pl.read_csv(
        build.source / "county_gdp_2000_2021.csv.gz", schema_overrides={"code": pl.String}, infer_schema_length=None
    )
    raw = on_units(build, raw.with_columns(pl.col("year").cast(pl.Int16)), units, changes, "GDP and trade rows")
    raw = _without_false_imports(build, raw)
    _write_gdp(build, raw, changes, units)
    _write_trade(build, raw)


def on_units(build: Build, frame: pl.DataFrame, units: frozenset[str], changes: ChangeList, what: str) -> pl.DataFrame:
    """Move rows under earlier codes to the unit of 2020; rows of divided or later territories are dropped."""
    known = {code: code for code in units}
    names = _names_in_use(frame)
    for code in sorted(set(frame["code"]) - units):
        reached: set[str] = set()
        for record in changes.by_code.get(code, []):
            if record.level == "县级" and record.since <= CENSUS_YEAR:
                reached |= changes.forward(record, units).units
        namesakes = {unit for unit in reached if changes.by_code[unit][-1].name in names.get(code, ())}
        if len(reached) == 1 or len(namesakes) == 1:
            known[code] = (namesakes or reached).pop()
    unknown = frame.filter(~pl.col("code").is_in(list(known)))
    build.dropped(unknown.height, what, f"codes divided or later than 2020: {' '.join(sorted(set(unknown['code'])))}")
    moved = frame.filter(pl.col("code").is_in(list(known))).with_columns(
        pl.col("code").alias("source_code"), pl.col("code").replace_strict(known).alias("code")
    )
    keys = [c for c in ("code", "year", "item") if c in moved.columns]
    own_first = moved.sort([*keys, (pl.col("code") != pl.col("source_code")), "source_code"])
    kept = own_first.unique(keys, keep="first", maintain_order=True)
    build.dropped(moved.height - kept.height, what, "a second row of the same unit and year under another code")
    return kept.drop("source_code")


def _names_in_use(frame: pl.DataFrame) -> dict[str, list[str]]:
    """Return the names that the source gives a code: an old code may already carry the new name."""
    if "county" not in frame.columns:
        return {}
    return dict(frame.group_by("code").agg(pl.col("county").unique()).iter_rows())


def _write_gdp(build: Build, raw: pl.DataFrame, changes: ChangeList, units: frozenset[str]) -> None:
    county = raw.select(
        "code",
        "year",
        *(
            pl.col(old).alias(new)
            for old, new in zip(("gdp_wan", "gdp1_wan", "gdp2_wan", "gdp3_wan"), PARTS, strict=True)
        ),
        pl.when(pl.col("src") == "CleanData_wide.csv")
        .then(pl.lit("county_yearbook_2021"))
        .otherwise(pl.lit("county_yearbook"))
        .alias("source"),
        pl.col("flag").replace_strict(SOURCE_FLAGS, default="").alias("flag"),
    )
    empty = county.filter(pl.all_horizontal(pl.col(c).is_null() for c in PARTS))
    county = county.filter(~pl.all_horizontal(pl.col(c).is_null() for c in PARTS))
    build.dropped(empty.height, "GDP rows", "no GDP and no sector in them")
    added = _poverty_rows(build, county, units, changes)
    later = _yearbook_rows(build, pl.concat([county, added]), units)
    # The yearbook of the county volume wins over the compilation of the poor counties for its own years.
    added = added.join(later, on=["code", "year"], how="anti")
    county = pl.concat([county, later])
    frame = _flagged(pl.concat([county, added, _undivided_cities(build, county, units)]).sort("code", "year"))
    frame = _flag_later_territory(frame, changes, units)
    for flag, count in frame["flag"].str.split(";").explode().value_counts().sort("flag").iter_rows():
        build.say(f"  flag {flag or '(none)'}: {count:,}")
    values = [pl.col(c).round(2) for c in PARTS]
    frame = frame.select("code", "year", *values, "source", pl.lit("measured").alias("status"), "flag")
    require(not frame.select(pl.struct("code", "year").is_duplicated().any()).item(), "gdp: duplicated rows")
    build.write("gdp", frame, sort=["code", "year"])


def _without_false_imports(build: Build, raw: pl.DataFrame) -> pl.DataFrame:
    """Blank imports of Guangdong for 2020: they are some other amount, probably investment in 亿元."""
    false = (pl.col("year") == FALSE_IMPORTS_YEAR) & pl.col("code").str.starts_with(FALSE_IMPORTS_PROVINCE)
    count = raw.filter(false & pl.col("import_usd_yi").is_not_null()).height
    require(count > 100, f"imports of Guangdong {FALSE_IMPORTS_YEAR}: {count} rows, expected about 122")
    build.dropped(count, "imports", "Guangdong's of 2020 are not imports")
    return raw.with_columns(pl.when(~false).then(pl.col("import_usd_yi")).alias("import_usd_yi"))


def _yearbook_rows(build: Build, known: pl.DataFrame, units: frozenset[str]) -> pl.DataFrame:
    """Return the rows of the county yearbooks of 2021 and 2024 that the main list lacks."""
    raw = pl.read_csv(build.source / "county_yearbook_2020_2023.csv.gz", infer_schema_length=0)
    rows = raw.filter(pl.col("unit2020").is_in(list(units))).select(
        pl.col("unit2020").alias("code"),
        pl.col("year").cast(pl.Int16),
        *(pl.col(f"gdp{s}_wan").cast(pl.Float64).alias(p) for s, p in zip(("", "1", "2", "3"), PARTS, strict=True)),
        pl.format("county_volume_{}", pl.col("year").cast(pl.Int16) + 1).alias("source"),
        pl.when(pl.col("flag").fill_null("").str.contains("gdp_jump"))
        .then(pl.lit("break_2023"))
        .otherwise(pl.lit(""))
        .alias("flag"),
    )
    main = known.filter(pl.col("source") != "poor_county_yearbook").drop_nulls("gdp")
    both = rows.join(main, on=["code", "year"], suffix="_main")
    gap = (both["gdp"] / both["gdp_main"] - 1).abs()
    build.say(f"  county yearbooks: {both.height:,} rows in both lists, {(gap > 1e-2).sum()} differ by more than 1 %")
    new = rows.join(main, on=["code", "year"], how="anti").drop_nulls("gdp")
    build.say(f"  county yearbooks: {new.height:,} rows added")
    return new


def _poverty_rows(build: Build, county: pl.DataFrame, units: frozenset[str], changes: ChangeList) -> pl.DataFrame:
    """Return the rows of the formerly poor counties that the main list lacks (2022 and 2023)."""
    raw = pl.read_csv(build.source / "poverty_county_gdp_2019_2023.csv.gz", schema_overrides={"code": pl.String})
    raw = on_units(build, raw.with_columns(pl.col("year").cast(pl.Int16)), units, changes, "GDP rows of poor counties")
    poor = raw.select(
        "code",
        "year",
        *(pl.col(f"gdp{s}_wan").alias(p) for s, p in zip(("", "1", "2", "3"), PARTS, strict=True)),
        pl.lit("poor_county_yearbook").alias("source"),
        pl.lit("").alias("flag"),
    )
    both = poor.join(county.drop_nulls("gdp"), on=["code", "year"], suffix="_main")
    gap = (both["gdp"] / both["gdp_main"] - 1).abs()
    build.say(
        f"  poor counties: {both.height:,} rows in both lists, {(gap > 1e-3).sum()} differ, by {float(str(gap.max())):.1%} at most"
    )
    return poor.join(county.drop_nulls("gdp"), on=["code", "year"], how="anti").drop_nulls("gdp")


def _undivided_cities(build: Build, county: pl.DataFrame, units: frozenset[str]) -> pl.DataFrame:
    """Return the rows of prefecture-level cities without districts, from the prefecture panel."""
    panel = build.read("prefecture_panel").with_columns(pl.col("prefecture_code").replace(EARLIER_CODES))
    panel = panel.filter(pl.col("prefecture_code").is_in(list(units)))
    shares = ("share_primary", "share_secondary", "share_tertiary")
    rows = panel.drop_nulls("gdp_100m").select(
        pl.col("prefecture_code").alias("code"),
        "year",
        (pl.col("gdp_100m") * 1e4).alias("gdp"),
        *(
            (pl.col("gdp_100m") * pl.col(share) * 100).round(0).alias(part)
            for share, part in zip(shares, PARTS[1:], strict=True)
        ),
        pl.lit("city_yearbook").alias("source"),
        pl.lit("").alias("flag"),
    )
    rows = rows.join(county, on=["code", "year"], how="anti")
    build.say(
        f"  cities without districts: {rows.height} rows of {rows['code'].n_unique()} cities from the city yearbooks"
    )
    return rows


def _flagged(frame: pl.DataFrame) -> pl.DataFrame:
    log, year = pl.col("gdp").log(), pl.col("year")
    before = pl.when(year - year.shift(1).over("code") == 1).then(log - log.shift(1).over("code"))
    after = pl.when(year.shift(-1).over("code") - year == 1).then(log.shift(-1).over("code") - log)
    spike = (before.abs() > SPIKE) & (after.abs() > SPIKE) & (before.sign() != after.sign())
    next_to_spike = spike.shift(1).over("code").fill_null(value=False)
    jump = (before.abs() > JUMP) & ~spike.fill_null(value=False) & ~next_to_spike
    sectors = [pl.col(p) for p in PARTS[1:]]
    complete = pl.all_horizontal(s.is_not_null() for s in sectors)
    gap = ((pl.sum_horizontal(sectors) / pl.col("gdp") - 1).abs() > SECTOR_GAP) & complete
    return frame.with_columns(
        join_flags(
            pl.col("flag"),
            pl.when(spike).then(pl.lit("spike")),
            pl.when(jump).then(pl.lit("jump")),
            pl.when(gap & ~pl.col("flag").str.contains("sector_sum")).then(pl.lit("sector_sum")),
        )
    )


def join_flags(*flags: pl.Expr) -> pl.Expr:
    """Put flags together, separated by semicolons, without empty ones."""
    return (
        pl.concat_str([f.fill_null("") for f in flags], separator=";")
        .str.replace_all(";+", ";")
        .str.strip_chars(";")
        .alias("flag")
    )


def _flag_later_territory(frame: pl.DataFrame, changes: ChangeList, units: frozenset[str]) -> pl.DataFrame:
    """Flag figures of years in which the code stood for a larger or smaller territory than at the census."""
    changed: list[tuple[str, int]] = []
    for record in changes.records:
        ended = record.until is not None and record.until > CENSUS_YEAR
        targets: Iterable[tuple[str, int]] = [(c, record.until) for c in record.whole if ended and record.until]
        for code, year in (*targets, *((c, y) for c, y in record.parts if y > CENSUS_YEAR)):
            touched = {code, record.code} if (code, year) in record.parts else {code}
            changed += [(c, year) for c in touched if c in units]
    since = pl.DataFrame(changed, schema={"code": pl.String, "since": pl.Int16}, orient="row")
    since = since.group_by("code").agg(pl.col("since").min())
    moved = pl.col("since").is_not_null() & (pl.col("year") >= pl.col("since"))
    flag = join_flags(pl.col("flag"), pl.when(moved).then(pl.lit("territory")))
    return frame.join(since, on="code", how="left").with_columns(flag).drop("since").sort("code", "year")


def _write_trade(build: Build, raw: pl.DataFrame) -> None:
    trade = raw.filter(pl.any_horizontal(pl.col("export_usd_yi", "import_usd_yi").is_not_null()))
    log, year = pl.col("exports").log(), pl.col("year")
    before = pl.when(year - year.shift(1).over("code") == 1).then(log - log.shift(1).over("code"))
    after = pl.when(year.shift(-1).over("code") - year == 1).then(log.shift(-1).over("code") - log)
    # Exports of a county are far more volatile than its output: only a tenfold excursion is a spike.
    spike = (before.abs() > math.log(10)) & (after.abs() > math.log(10)) & (before.sign() != after.sign())
    frame = trade.select(
        "code",
        "year",
        pl.col("export_usd_yi").round(6).alias("exports"),
        pl.col("import_usd_yi").round(6).alias("imports"),
        pl.col("flag").replace_strict(TRADE_FLAGS, default="").alias("flag"),
    ).sort("code", "year")
    frame = frame.with_columns(join_flags(pl.col("flag"), pl.when(spike).then(pl.lit("spike"))))
    build.write("trade", frame, sort=["code", "year"])
