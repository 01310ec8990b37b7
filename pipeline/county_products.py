"""What each county makes, and which official lists name it: products, clusters, markets, coal, statuses."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from pipeline.build import Build
from pipeline.policy_lists import formerly_poor, on_units_of_census, read_list, short_source

KINDS: dict[str, tuple[str, int]] = {
    "coal_mines_operating": ("coal", 1),
    "specialised_cluster": ("cluster", 2),
    "commodity_market": ("market", 2),
    "textile_cluster_pilot": ("cluster_title", 3),
    "trade_upgrade_base": ("export_base", 3),
    "miit_sme_cluster": ("cluster_title", 3),
    "light_industry_title": ("cluster_title", 3),
    "provincial_cluster_title": ("cluster_title", 4),
    "provincial_sme_cluster": ("cluster_title", 4),
    "advantage_area": ("advantage_area", 5),
    "geographical_indication_agri": ("geographical_indication", 6),
    "quality_agri_product": ("quality_product", 7),
    "product_map": ("popular_map", 9),
}
"""Item of the extracts: kind of product, and rank of the source (1 best, 9 a hint only)."""
FILES = (
    "coal_mines_by_county",
    "markets_and_clusters",
    "trade_upgrade_bases",
    "miit_sme_clusters",
    "advantage_areas_tyq",
    "geographical_indications_agri",
    "quality_products_mtyx",
    "product_map_popular",
)
STATUSES: dict[str, tuple[str, ...]] = {
    "resource_cities_2013": ("resource_city",),
    "resource_exhausted_cities": ("resource_exhausted_city",),
    "border_counties": ("border_county",),
    "autonomous_counties": ("autonomous_county",),
    "grain_counties_720_2024": ("grain_capacity_county_720",),
    "grain_counties_800_2009": ("grain_county_800",),
    "rural_support_counties_2021": ("rural_support_county",),
    "tourism_demo_partial": ("tourism_demo_area",),
    "top100_counties": ("ccid_top100_county", "ccid_top100_district"),
}
COAL = re.compile(r"(\d+) operating mines, capacity ([\d.]+) Mt")
BRACKET = re.compile(r"国家外贸转型升级基地（(.+)）")
KEYS = {
    "resource_city": "resource",
    "resource_exhausted_city": "exhausted",
    "border_county": "border",
    "autonomous_county": "autonomous",
    "grain_capacity_county_720": "grain",
    "grain_county_800": "grain_2009",
    "rural_support_county": "key_assistance",
    "tourism_demo_area": "tourism",
    "ccid_top100_county": "top100",
    "ccid_top100_district": "top100",
}


def build_products(build: Build) -> None:
    """Write `products` and `statuses`."""
    units = frozenset(build.read("units")["code"])
    rows = [row for name in FILES for row in _products(build, name)]
    frame = on_units_of_census(build, pl.DataFrame(rows, schema=PRODUCT), units)
    frame = frame.filter(pl.col("level") == "county").drop("level")
    frame = frame.sort(
        "code",
        pl.col("verified").not_(),
        "rank",
        pl.col("detail") == "",
        "year",
        descending=[False] * 4 + [True],
        nulls_last=True,
    )
    frame = frame.unique(["code", "kind", "name"], keep="first", maintain_order=True)
    build.write("products", frame, sort=["code", "rank", "kind", "name"])
    _write_statuses(build, units)


PRODUCT = {
    "code": pl.String,
    "level": pl.String,
    "kind": pl.String,
    "name": pl.String,
    "detail": pl.String,
    "amount": pl.Float64,
    "count": pl.Int32,
    "year": pl.Int16,
    "rank": pl.Int8,
    "source": pl.String,
    "verified": pl.Boolean,
}


def _products(build: Build, file: str) -> Iterator[dict[str, object]]:
    for row in read_list(build, file).iter_rows(named=True):
        code, item = row["code"], row["item"]
        if code is None or item not in KINDS or not row["detail"]:
            continue
        kind, rank = KINDS[item]
        name, detail, amount, count = _parts(kind, row["detail"])
        year = row["year"] or ""
        yield {
            "code": code,
            "level": "county" if not code.endswith("00") or code in UNDIVIDED else "area",
            "kind": kind,
            "name": name,
            "detail": detail,
            "amount": amount,
            "count": count,
            "year": int(year) if year.isdigit() else None,
            "rank": rank,
            "source": short_source(row["source"]),
            "verified": row["basis"] == "page",
        }


UNDIVIDED = ("441900", "442000", "460300", "460400", "620200")


def _parts(kind: str, text: str) -> tuple[str, str, float | None, int | None]:
    """Split the text of a list into the product, what is said of it, and its amounts."""
    if kind == "coal":
        found = COAL.search(text)
        if found:
            return "煤炭", "", float(found[2]), int(found[1])
    if kind == "export_base" and (found := BRACKET.search(text)):
        return found[1], "", None, None
    name, _, detail = text.partition("：")
    if kind == "market" and detail.startswith("rank"):
        detail = re.sub(r"^rank (\d+)", r"交易额全国第\1位", detail)
    return name.removesuffix("产业集群") if kind == "cluster_title" else name, detail, None, None


WORDS = {"growing": "成长型", "mature": "成熟型", "declining": "衰退型", "regenerating": "再生型"}


def _status_detail(text: str) -> str:
    """Return the detail of a status in Chinese, without the extract's own remarks."""
    for english, chinese in WORDS.items():
        text = re.sub(rf" \({english}(?:; [a-z -]+)?\)", f"（{chinese}）", text)
    return re.sub(r"^rank (\d+)$", r"第\1位", text)


def _write_statuses(build: Build, units: frozenset[str]) -> None:
    rows = []
    for name, items in STATUSES.items():
        for row in read_list(build, name).iter_rows(named=True):
            code = row["code"]
            if code is None or row["item"] not in items:
                continue
            year = row["year"] or ""
            rows.append(
                {
                    "code": code,
                    "level": "county" if not code.endswith("00") or code in UNDIVIDED else "prefecture",
                    "status": KEYS[row["item"]],
                    "detail": _status_detail(row["detail"] or ""),
                    "year": int(year) if year.isdigit() else None,
                    "source": short_source(row["source"]),
                    "verified": row["basis"] == "page",
                }
            )
    rows += [
        {
            "code": code,
            "level": "county",
            "status": "formerly_poor",
            "detail": "原国家级贫困县（832个）",
            "year": 2020,
            "source": "国务院扶贫办 832个贫困县名单",
            "verified": True,
        }
        for code in formerly_poor(build)
    ]
    schema = {"code": pl.String, "level": pl.String, "status": pl.String, "detail": pl.String, "year": pl.Int16}
    frame = pl.DataFrame(rows, schema=schema | {"source": pl.String, "verified": pl.Boolean})
    frame = on_units_of_census(build, frame, units)
    frame = frame.unique(["code", "status"], keep="first", maintain_order=True)
    build.write("statuses", frame, sort=["code", "status"])
