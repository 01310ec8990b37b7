"""Whatever comes in, intake answers with figures or with an error that a user can act on, never with a crash."""

import io

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from score import CORPUS, plain

from bolang.foundation.errors import BolangError
from bolang.intake.blocks import FilledTable, SourceText, blocks_of_lines
from bolang.intake.bulletin import read_document
from bolang.intake.checks import check
from bolang.intake.files import load
from bolang.intake.tables import TableReader
from bolang.intake.times import Time

QUIET = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
WORDS = st.sampled_from(
    [
        "全年",
        "全县",
        "地区生产总值",
        "第一产业增加值",
        "第二、第三产业",
        "一般公共预算收入",
        "税收收入",
        "其中：",
        "分别",
        "增长",
        "下降",
        "由上年的",
        "调整为",
        "占",
        "比重为",
        "达到",
        "突破",
        "持平",
        "城镇和农村居民人均可支配收入",
        "（",
        "）",
        "(",
        ")",
        "，",
        "。",
        "；",
        "：",
        "、",
        "和",
        "亿元",
        "万元",
        "%",
        "个百分点",
        "‰",
        "倍",
        "2023年",
        "1-5月",
        "12.5",
        "-3.2",
        "1,234",
        "5.1:40.2:54.7",
        "１２",
        "·",
        "#",
        "[1]",
        "完成预算的",
        "本级",
        "同口径",
        "三次产业",
        "贡献率",
        "拉动",
        "表1",
        "|",
        "\t",
        "单位：亿元",
        "合计",
        "\n",
        "一、综合",
        "（二）财政",
        "续表",
        "人均",
        "户",
        "以上",
    ]
)


def workbook():
    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    for row in (["指标", "单位", "2023年"], ["地区生产总值", "亿元", 100.5], ["常住人口", "万人", 12]):
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


def word():
    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("全年地区生产总值100亿元。")
    document.add_table(rows=2, cols=2)
    document.save(buffer)
    return buffer.getvalue()


SEEDS = {
    "a.xlsx": workbook(),
    "a.docx": word(),
    "a.html": "<html><body><table><tr><td colspan=2>指标<td>2023年</table><p>全年地区生产总值100亿元。".encode(),
    "a.csv": "指标,2023年（亿元）\n地区生产总值,100\n".encode("gbk"),
    "a.txt": plain((CORPUS / "tuned" / "guizhou_2015.txt").read_text(encoding="utf-8")).encode(),
    "a.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
}


@pytest.mark.parametrize("name", SEEDS)
@QUIET
@given(data=st.data())
def test_a_mutated_file_is_read_or_refused(tmp_path_factory, name, data):
    content = bytearray(SEEDS[name])
    for _ in range(data.draw(st.integers(1, 6))):
        position = data.draw(st.integers(0, len(content) - 1))
        kind = data.draw(st.sampled_from(["set", "cut", "insert", "repeat"]))
        if kind == "set":
            content[position] = data.draw(st.integers(0, 255))
        elif kind == "cut":
            del content[position : position + data.draw(st.integers(1, 40))]
        elif kind == "insert":
            content[position:position] = data.draw(st.binary(min_size=1, max_size=8))
        else:
            content[position:position] = content[position : position + 30] * data.draw(st.integers(1, 5))
        if not content:
            break
    path = tmp_path_factory.mktemp("fuzz") / name
    path.write_bytes(bytes(content))
    try:
        document = load(path)
    except BolangError:
        return
    readings, unread = read_document(document, Time(2023))
    check(readings)
    assert all(reading.sentence is not None for reading in [*readings, *unread])


@QUIET
@given(st.lists(WORDS, max_size=40))
def test_any_arrangement_of_the_usual_words_is_read(words):
    blocks = blocks_of_lines("".join(words).split("\n"))
    readings, _ = read_document(SourceText("", blocks), Time(2023), "某县")
    check(readings)
    assert all(reading.value == reading.value for reading in readings)
    assert all(1900 < reading.year <= 2100 for reading in readings)
    assert len({(r.key, r.value) for r in readings}) == len(readings)


@QUIET
@given(
    st.lists(
        st.lists(st.one_of(WORDS, st.from_regex(r"-?\d{1,9}(\.\d{1,3})?%?", fullmatch=True)), max_size=6), max_size=8
    )
)
def test_any_table_is_read(rows):
    result = TableReader(Time(2023), "none", lambda name: "330782" if name == "义乌市" else None).read(
        FilledTable(tuple(map(tuple, rows)), "t", 1)
    )
    assert all(cell.line for cell in result.found)


@QUIET
@given(st.text(max_size=300))
def test_any_text_is_read(text):
    read_document(SourceText("", blocks_of_lines(text.splitlines())), Time(2023))
