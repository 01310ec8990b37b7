"""Time, area, parent total and definition: each stated or inherited by a named rule, else the figure stays unread."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bolang.atlas import Atlas
from bolang.foundation.errors import BadInputError
from bolang.intake import read
from bolang.intake.blocks import SourceText, blocks_of_lines, find_title
from bolang.intake.bulletin import read_document
from bolang.intake.scope.barriers import refuse_foreign_language
from bolang.intake.scope.grounds import Grounds, confidence
from bolang.intake.scope.names import name_of_title
from bolang.intake.scope.parent import sector_of
from bolang.intake.scope.time import governing_time

CASES = yaml.safe_load((Path(__file__).parent / "scope.yaml").read_text(encoding="utf-8"))


def readings_of(text, stem=""):
    blocks = blocks_of_lines(text.splitlines())
    document = SourceText(find_title(blocks, stem), blocks)
    time, rule = governing_time(document, stem)
    return time, read_document(document, time, name_of_title(document.title), rule=rule)[0]


def key(reading, year):
    when = "" if reading.year == year and reading.period == "year" else f"@{reading.year}"
    period = "" if reading.period == "year" else f":{reading.period}"
    definition = "#同口径" if "同口径" in reading.definition else ""
    return f"{reading.indicator}{when}{period}{definition}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["rule"])
def test_a_figure_is_read_with_its_scope_or_not_at_all(case):
    time, readings = readings_of(case["text"], case.get("name", ""))
    wanted = {
        name.replace(f"@{time.year}", "") if name.endswith(f"@{time.year}") else name: v
        for name, v in case["gives"].items()
    }
    assert {key(reading, time.year): reading.value for reading in readings} == pytest.approx(wanted)


def test_every_inheritance_costs_confidence():
    stated = Grounds("stated")
    for grounds in (
        Grounds("file name"),
        Grounds("sentence"),
        Grounds("head"),
        Grounds("stated", definition="carried"),
    ):
        assert confidence(grounds, ()) < confidence(stated, ()) < 1
    assert (
        confidence(stated, ("inherited", "distributed")) < confidence(stated, ("inherited",)) < confidence(stated, ())
    )


def test_a_figure_names_the_rules_that_gave_its_scope():
    _, readings = readings_of(CASES[0]["text"])
    assert {reading.grounds.time for reading in readings} == {"title"}
    _, readings = readings_of("溪谷县2021年国民经济和社会发展统计公报\n2020年，全县生产总值90亿元，增长3.0%。")
    assert [reading.grounds.time for reading in readings] == ["stated", "stated"]
    assert [reading.grounds.parent for reading in readings] == ["named", "named"]


@pytest.mark.parametrize(
    ("phrase", "head", "indicator"),
    [
        ("第一产业", "fixed_investment", "investment_primary"),
        ("第三产业", "private_economy", ""),
        ("第二产业", "gdp", None),
        ("第二产业增加值", "fixed_investment", None),
    ],
)
def test_a_bare_sector_follows_its_total(phrase, head, indicator):
    assert sector_of(phrase, head) == indicator


# ---------------------------------------------------------------- whole documents
def written(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


BODY = "\n全年地区生产总值272.4亿元，增长4.1%。"


def test_a_title_of_the_prefecture_holds_everything_back(tmp_path):
    found = read(written(tmp_path, "a.txt", "丽水市2022年国民经济和社会发展统计公报" + BODY), "青田县")
    assert found.checks[0].name == "other place"
    assert found.accepted == ()
    assert len(found.doubtful) == len(found.readings) == 2


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("青田县2021年公报.txt", "青田县2022年国民经济和社会发展统计公报"),
        ("a.txt", "青田县2022年国民经济和社会发展统计公报\n（2020年3月1日）"),
    ],
)
def test_a_year_that_disagrees_holds_everything_back(tmp_path, name, title):
    found = read(written(tmp_path, name, title + BODY))
    assert found.checks[0].name == "other year"
    assert found.accepted == ()


def test_a_work_report_of_the_next_year_does_not_disagree(tmp_path):
    text = "青田县2023年政府工作报告\n一、2022年工作回顾\n全年地区生产总值272.4亿元，增长4.1%。"
    found = read(written(tmp_path, "青田县2023年政府工作报告.txt", text))
    assert {(reading.year, reading.grounds.time) for reading in found.accepted} == {(2022, "heading")}


def test_a_text_in_english_is_refused_whole():
    text = "Statistical Communique of Qingmu County on the 2022 National Economic and Social Development\n" + (
        "The gross domestic product of the county reached 21.8 billion yuan, up 4.6 percent. "
        "The ratio of the three industries was 18.8:36.7:44.5. At the end of the year residents numbered 421,600.\n"
    )
    blocks = blocks_of_lines(text.splitlines())
    with pytest.raises(BadInputError, match="不是中文"):
        refuse_foreign_language(SourceText("", blocks))


def test_a_figure_far_from_the_known_one_of_its_year_is_held_back(tmp_path):
    text = "义乌市2022年国民经济和社会发展统计公报\n全年地区生产总值{}亿元，增长4.6%。年末常住人口{}万人。"
    right = read(written(tmp_path, "a.txt", text.format("1835.54", "188.8")))
    assert len(right.accepted) == 3
    wrong = read(written(tmp_path, "b.txt", text.format("2835.54", "288.8")))
    assert wrong.accepted == ()
    assert {check.name for check in wrong.checks if check.severity == "error"} == {"known"}


def test_every_county_is_recognised_in_a_title_with_its_province_and_prefecture():
    """Long names (围场满族蒙古族自治县), names that begin with 全, banners and administrative committees among them."""
    for county in Atlas().counties:
        title = f"{county.full_name}2023年国民经济和社会发展统计公报"
        assert name_of_title(title) == county.full_name, title
        assert name_of_title(f"2023年{county.full_name}财政决算情况的说明") == county.full_name
