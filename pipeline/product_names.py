"""Spell the products of the lists in English: what it is in words, where it is from in Pinyin.

``python -m pipeline.product_names`` writes ``src/bolang/atlas/product_names.tsv`` from the shipped lists and the words of
``catalogue/product_terms.yaml``. A farm product is a place followed by a thing (威宁洋芋: Weining potatoes); an industrial one is a word of the
list, or several joined. A farm product that no word fits is quoted in Pinyin, an industrial one stays Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import polars as pl
import yaml

from bolang.atlas.places import stem
from bolang.atlas.products import FARM
from pipeline.place_names import ESTABLISHED, TABLES, pinyin, spelling

TERMS = Path(__file__).parent / "catalogue/product_terms.yaml"
TARGET = TABLES.parent / "product_names.tsv"
RUN = re.compile(r"[\u4e00-\u9fff]+")
PARTS = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9]+")
BRACKETS = re.compile("[（(](.+?)[）)]")
_PLACE = 2
"""Characters of a place without its kind, in brackets."""
Terms = Mapping[str, Mapping[str, str]]


def farm_name(name: str, terms: Terms) -> str:
    """Return a farm product in English.

    Examples
    --------
    >>> farm_name("威宁洋芋", {"farm": {"洋芋": "potatoes"}, "before": {}})
    'Weining potatoes'
    >>> farm_name("寿光化龙胡萝卜", {"farm": {"胡萝卜": "carrots"}, "before": {}})
    'Shouguang Hualong carrots'
    """
    outside = BRACKETS.search(name)
    if outside is not None and outside.start():
        return ", ".join((farm_name(BRACKETS.sub("", name), terms), *_aside(outside[1], terms)))
    thing = next((name[start:] for start in range(len(name)) if name[start:] in terms["farm"]), "")
    if not thing:
        return f"“{_spelled(name)}”"
    place, words = name.removesuffix(thing), [terms["farm"][thing]]
    while len(place) > 2:
        before = next((m for m in sorted(terms["before"], key=len, reverse=True) if place.endswith(m)), "")
        if not before or len(place) - len(before) < 2:
            break
        place = place.removesuffix(before)
        words.insert(0, terms["before"][before])
    return " ".join(filter(None, [*map(_farm_place, PARTS.findall(place)), *words]))


def _farm_place(place: str) -> str:
    """Spell where a farm product is from: a unit apart from the village or the kind that follows its name."""
    unit = next((place[:end] for end in range(len(place), _PLACE - 1, -1) if place[:end] in units()), "")
    rest = place.removeprefix(unit)
    if not unit or len(rest) == 1:
        return _spelled(place)
    return f"{_spelled(unit if len(unit) == _PLACE else stem(unit))} {_spelled(rest)}".strip()


@cache
def units() -> frozenset[str]:
    """Return the names of counties and prefectures, with and without what kind of unit they are."""
    listed = pl.read_parquet(TABLES / "units.parquet")
    full = {name for column in ("name", "prefecture") for name in listed[column].drop_nulls()}
    return frozenset(full | {short for name in full if len(short := stem(name)) >= _PLACE})


def _aside(inside: str, terms: Terms) -> tuple[str, ...]:
    """Return what stands in brackets: a district or a place; another word for the thing is left out."""
    if inside.endswith(("区", "县", "市", "旗")):
        return (spelling(inside),)
    known = any(inside[start:] in terms["farm"] for start in range(len(inside)))
    return (_spelled(inside),) if RUN.fullmatch(inside) and len(inside) <= _PLACE and not known else ()


def industry_runs(name: str, terms: Terms) -> dict[str, str]:
    """Return the English of each run of Chinese characters of an industrial product: a word of the list, or a place in brackets."""
    places = {run for inside in re.findall("（(.+?)）", name) for run in RUN.findall(inside)}
    found = {run: terms["industry"].get(run) or (_spelled(run) if run in places else "") for run in RUN.findall(name)}
    return {run: english for run, english in found.items() if english}


def _spelled(place: str) -> str:
    """Spell a place; one with an established spelling takes it."""
    if not RUN.search(place):
        return place
    established = next((en for zh, en in ESTABLISHED.items() if zh.removesuffix("省").removesuffix("市") == place), "")
    bare = re.sub("(?<=..)(街道|镇|乡|经济开发区|经济技术开发区|高新区)$", "", place)
    return established or pinyin(bare) + (" development zone" if place.endswith(("开发区", "高新区")) else "")


def main() -> None:
    """Write the table."""
    terms = yaml.safe_load(TERMS.read_text(encoding="utf-8"))
    listed = pl.read_parquet(TABLES / "products.parquet").select("name", "kind").unique()
    rows: dict[str, str] = dict(terms["industry"])
    for name, kind in listed.iter_rows():
        if kind not in FARM:
            rows |= industry_runs(name, terms)
        elif RUN.search(name) and name not in rows:
            rows[name] = farm_name(name, terms)
    lines = [f"{zh}\t{en}" for zh, en in sorted(rows.items())]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines):,} names written to {TARGET.name}")


if __name__ == "__main__":
    main()
