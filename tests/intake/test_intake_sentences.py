"""Sentences as readable data: what each must give, and that nothing else comes of it."""

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from bolang.intake.around import doubled, steady
from bolang.intake.characters import clean
from bolang.intake.figures import find_figures, groups
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


MORE = (
    "民营经济增加值占地区生产总值的比重由38.9%提高到40.7%。", "税收收入占一般公共预算收入的比重为75.0%，比上年提高2.1个百分点。", "出口占进出口总额的82.1%，占比提高3个百分点。", "一般公共预算收入完成预算的103.2%，占全年任务的98%。",
    "常住人口城镇化率由45%提高到46.2%，户籍人口城镇化率30.1%。", "三次产业对经济增长的贡献率分别为8.5%、51.2%和40.3%，分别拉动GDP增长0.5、3.1和2.4个百分点。", "失业率4.1%，与上年持平；物价上涨2%左右，控制在3%以内。",
    "三次产业结构由22.6:32.4:45.0调整为23.0:31.2:45.8，投资结构为3:4:5。", "出口由61家增加到118家，比2019年增长12%，年均增长5.1%。", "教育支出占比20%，农业占12%，其中粮食占的比例为8%。",
)  # fmt: skip


@pytest.mark.parametrize("text", [*(case["text"] for case in CASES), *MORE], ids=lambda text: text[:18])
def test_every_figure_is_taken_or_listed_and_never_both(text):
    reader = SentenceReader(Time(2023), Memory())
    for sentence in re.findall("[^。]+。", clean(text).text):
        found, left = reader.read(sentence)
        figures, broken = find_figures(sentence)
        standing = sorted([*figures, *steady(sentence), *doubled(sentence)], key=lambda figure: figure.start)
        stand = Counter(figure.printed for group in groups(sentence, standing) for figure in group)
        taken = Counter((item.figure.start, item.figure.printed, bool(item.figure.ratio)) for item in found)
        # a structure gives the shares of three sectors at once, and each has one reading
        assert all(count == 1 or (ratio and count == 3) for (_, _, ratio), count in taken.items())
        assert len({(item.indicator, item.figure.start) for item in found}) == len(found)
        listed = Counter(printed for _, printed, _ in taken) + Counter(item.printed for item in left)
        assert listed == stand + Counter(piece.printed for piece in broken)


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
