"""One spelling for text that comes in many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolang.intake.characters import clean
from bolang.intake.figures import find_figures


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("１２３．４５％", "123.45%"),
        ("综 合", "综合"),
        ("全年 GDP 为 28 亿元", "全年GDP为28亿元"),
        ("50.6∶43.9：5.5", "50.6:43.9:5.5"),
        ("其中:税收", "其中：税收"),
        ("上涨1·8%", "上涨1.8%"),
        ("增长－3.2%，降—1.5%", "增长-3.2%，降-1.5%"),
        ("——2023年", "——2023年"),
        ("28，583万元", "28,583万元"),
        ("增长5.1%，12家", "增长5.1%，12家"),
        ("生产总值[1]为", "生产总值为"),
        ("生产总值〔2〕为", "生产总值为"),
        ("生产总值①为", "生产总值为"),
        ("国办函〔2016〕88号", "国办函〔2016〕88号"),
        ("生产总值（注12）", "生产总值"),
        ("宽\u200b零\ufeff宽", "宽零宽"),
    ],
)
def test_spelling(raw, text):
    assert clean(raw).text == text


@given(st.text(alphabet="全县生产总值１２34.，,。 　%％：:-－—亿元[1]①", max_size=60))
def test_every_stretch_can_be_quoted_from_the_original(raw):
    line = clean(raw)
    assert len(line.text) == len(line.positions)
    assert list(line.positions) == sorted(line.positions)
    for start in range(len(line.text)):
        assert line.quote(start, start + 1) in raw


@given(
    st.decimals(min_value=-10_000_000, max_value=10_000_000, places=2),
    st.sampled_from(["万元", "亿元", "%", "万人", "户", "‰", "万美元"]),
    st.booleans(),
)
def test_a_printed_number_is_found_with_its_unit(value, unit, separated):
    number = f"{value:,}" if separated else f"{value}"
    figures, broken = find_figures(clean(f"为{number}{unit}，").text)
    assert not broken
    assert [(figure.value, figure.unit_text) for figure in figures] == [(value, unit)]
