"""Sentences as readable data: what each must give, and that nothing else comes of it."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from bolang.intake.characters import clean
from bolang.intake.sentences import SentenceReader
from bolang.intake.subjects import Memory
from bolang.intake.times import Time, stated_time, year_of_title
from bolang.wording import load

WORDS = load("intake")

CASES = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))


def key(found):
    period = "" if found.time.period == "year" else f":{found.time.period}"
    narrow = [part for part in found.definition if part in ("本级", "同口径", "财政总收入口径")]
    time = f"@{found.time.year}{period}" if found.time.year != 2023 or period else ""
    return found.indicator + time + "".join(f"#{part}" for part in narrow)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:18])
def test_a_text_gives_these_figures_and_no_others(case):
    reader = SentenceReader(Time(2023), Memory())
    found, left = [], []
    for sentence in re.findall("[^。]+。", clean(case["text"]).text):
        more, rest = reader.read(sentence)
        found, left = found + more, left + rest
    kept = [f for f in found if "approximate" not in f.remarks]
    assert {key(f): float(f.value) for f in kept} == pytest.approx(case["gives"])
    assert bool(len(kept) < len(found)) == case.get("approximate", False)
    assert all(f"reason.{item.reason}" in WORDS for item in left)


def test_digits_that_form_no_number_are_listed_as_such():
    found, left = SentenceReader(Time(2023), Memory()).read("恩格尔系数为41.4.0%。")
    assert (found, [item.reason for item in left]) == ([], ["malformed"])


def test_a_figure_in_the_wrong_unit_is_not_taken():
    _, left = SentenceReader(Time(2023), Memory()).read("城镇居民人均可支配收入21万人。")
    assert [item.reason for item in left] == ["unit"]


def test_values_are_exact_in_the_kept_unit():
    found, _ = SentenceReader(Time(2023), Memory()).read("地区生产总值221.23亿元。")
    assert found[0].value == Decimal("2212300.00")
    assert found[0].digit == Decimal("100.00")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年上半年，全县", (2023, "H1")),
        ("截至2022年12月31日", (2022, "year")),
        ("1-5月，", (None, "Jan-May")),
        ("前三季度", (None, "Jan-Sep")),
        ("比2021年增长", (None, None)),
        ("与2019年相比", (None, None)),
        ("一季度", (None, "Q1")),
        ("2017-2021年", (None, None)),
    ],
)
def test_times(text, expected):
    assert stated_time(clean(text).text) == expected


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2022年嵩山县统计公报", 2022),
        ("关于某县2022年预算执行情况和2023年预算草案的报告", 2022),
        ("二〇二一年统计公报", 2021),
        ("统计公报", None),
    ],
)
def test_the_year_of_a_title(title, year):
    assert year_of_title(title) == year
