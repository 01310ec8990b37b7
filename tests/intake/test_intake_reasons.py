"""Why a figure was not taken, and by which rules one was: each reason and each rule by a sentence that is its plainest case."""

import re

import pytest

from bolang.intake.characters import clean
from bolang.intake.sentences import SentenceReader
from bolang.intake.subjects import Memory
from bolang.intake.times import Time


def read(text):
    reader, found, left = SentenceReader(Time(2023), Memory()), [], []
    for sentence in re.findall("[^。]+。", clean(text).text):
        more, rest = reader.read(sentence)
        found, left = found + more, left + rest
    return found, left


@pytest.mark.parametrize(
    ("text", "printed", "reason"),
    [
        ("全年地区生产总值312.46亿元，比上年增加20.5亿元。", "20.5亿元", "change"),
        ("地区生产总值增速比上年提高1.2个百分点。", "1.2个百分点", "change"),
        ("一般公共预算收入增长5.2%，高于全省1.3个百分点。", "1.3个百分点", "comparison"),
        ("今年地区生产总值增长目标为6%。", "6%", "target"),
        ("一般公共预算收入完成年初预算的103.2%。", "103.2%", "target"),
        ("到2025年地区生产总值达到500亿元。", "500亿元", "target"),
        ("投资完成率为85%。", "85%", "target"),
        ("五年来地区生产总值年均增长7.1%。", "7.1%", "average"),
        ("地区生产总值翻一番。", "翻一番", "average"),
        ("地区生产总值比2021年增长9.1%。", "9.1%", "average"),
        ("地区生产总值比2023年增长9.1%。", "9.1%", "average"),
        ("到2030年地区生产总值翻一番。", "翻一番", "target"),
        ("新建高标准农田3.2万亩。", "3.2万亩", "outside"),
        ("森林覆盖率62.3%。", "62.3%", "outside"),
        ("居民消费价格涨幅控制在3%以内。", "3%", "bound"),
        ("出口占进出口总额的82.1%。", "82.1%", "share"),
        ("全国居民消费价格上涨0.2%。", "0.2%", "other area"),
        ("全省地区生产总值8万亿元，增长5.5%。", "8万亿元", "other area"),
        ("全省地区生产总值8万亿元，增长5.5%。", "5.5%", "other area"),
        ("12月当月社会消费品零售总额5亿元。", "5亿元", "month"),
        ("金华市地区生产总值6000亿元。", "6000亿元", "unclear"),
    ],
)
def test_what_is_left_says_why(text, printed, reason):
    _, left = read(text)
    assert {item.printed: item.reason for item in left}[printed] == reason


@pytest.mark.parametrize(
    ("text", "grounds"),
    [
        # the year stands in the clause; in the sentence before; nowhere but in the title
        ("2022年地区生产总值280亿元。", {"gdp": ("stated", "named", "plain")}),
        ("地区生产总值300亿元。", {"gdp": ("title", "named", "plain")}),
        # the words name it under their parent alone
        ("社会消费品零售总额38.03亿元，其中乡村5.78亿元。", {"retail_sales": ("title", "named", "plain"), "retail_sales_rural": ("title", "context", "plain")}),
        # what defines the figure stands with it
        ("一般公共预算收入28亿元（自然口径）。", {"fiscal_revenue": ("title", "named", "stated")}),
    ],
)  # fmt: skip
def test_what_is_taken_says_by_which_rules(text, grounds):
    found, _ = read(text)
    assert {
        item.indicator: (item.grounds.time, item.grounds.parent, item.grounds.definition) for item in found
    } == grounds


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        ("地区生产总值约300亿元。", {"gdp": {"approximate"}}),
        ("地区生产总值突破300亿元。", {"gdp": {"approximate"}}),
        ("地区生产总值300多亿元。", {"gdp": {"approximate"}}),
        ("地区生产总值300亿元左右。", {"gdp": {"approximate"}}),
        ("地区生产总值300亿元。", {"gdp": set()}),
        (
            "城镇和农村居民人均可支配收入分别达到45000元、21000元。",
            {"income_urban": {"distributed"}, "income_rural": {"distributed"}},
        ),
        ("地区生产总值1 234亿元。", {"gdp": {"spaced"}}),
        ("出口下降-3%。", {"exports_cny_growth": {"double sign"}}),
    ],
)
def test_what_makes_a_figure_less_than_certain_is_remarked(text, remarks):
    found, _ = read(text)
    assert {item.indicator: set(item.remarks) for item in found} == remarks


@pytest.mark.parametrize(
    ("printed", "value", "digit"),
    [
        ("312.46亿元", 3124600, 100),
        ("300亿元", 3000000, 10000),
        ("1835.5亿元", 18355000, 1000),
        ("28583万元", 28583, 1),
        ("3.2万亿元", 320000000, 10000000),
    ],
)
def test_a_figure_is_as_exact_as_its_last_digit(printed, value, digit):
    (figure,) = read(f"地区生产总值{printed}。")[0]
    assert (float(figure.value), float(figure.digit)) == (value, digit)
    assert figure.figure.printed == printed
