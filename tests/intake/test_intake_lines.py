"""Lines of plain text by hand: where wrapped ones go on, what is a table, a heading, a title; one spelling for many."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolang.intake.blocks import FilledTable, Passage, TextHeading, _blocks_of_line, _goes_on, _rejoin, blocks_of_lines
from bolang.intake.characters import clean, is_traditional
from bolang.intake.layout import (
    _is_spaced_row,
    _spaced,
    column_of_cells,
    table_length,
    table_rows,
    unwrapped,
    without_bare_bars,
)
from bolang.intake.title import bare_title, find_title


def numbered(*texts):
    return [(number, text) for number, text in enumerate(texts, 1)]


def wide(columns, count=1, sign="甲"):
    """Lines of a width in columns of the screen, in which a Chinese character counts two."""
    return [sign * (columns // 2) + "a" * (columns % 2)] * count


# ---------------------------------------------------------------- wrapped lines
@pytest.mark.parametrize(("columns", "whole"), [(36, False), (37, True), (60, True), (139, True), (140, True), (141, False), (160, False)])  # fmt: skip
def test_lines_cut_at_one_width_between_forty_and_a_hundred_and_forty_go_on(columns, whole):
    """Three columns less are let pass, as a figure of four digits is not cut: 37 is forty less three."""
    lines = [*wide(columns, 3), "末。", "后句。"]
    text = "".join(lines[:4])
    assert unwrapped(lines) == ([text, "", "", "", "后句。"] if whole else lines)


@pytest.mark.parametrize(("count", "whole"), [(2, False), (3, True), (4, True)])
def test_a_width_is_believed_if_three_lines_end_at_it(count, whole):
    lines = [*wide(60, count), "末。"]
    assert (unwrapped(lines)[0] == "".join(lines)) is whole


@pytest.mark.parametrize(
    ("longer", "sign", "whole"), [(3, "", True), (4, "", False), (3, "。", True), (4, "。", False)]
)
def test_a_width_is_not_believed_where_more_lines_are_longer(longer, sign, whole):
    """Three lines end at sixty columns; longer ones of all sorts, going on or ended."""
    lines = [*wide(60, 3), "末。", *["长" * (40 + 7 * i) + sign for i in range(longer)], "完。"]
    assert (unwrapped(lines)[0] == "".join(lines[:4])) is whole


@pytest.mark.parametrize(("columns", "goes_on"), [(55, False), (56, True), (63, True), (64, False)])
def test_a_line_goes_on_if_it_ends_near_the_width(columns, goes_on):
    """At a width of sixty: four columns less, for a sign that may not begin a line, and three more, which make it the width."""
    lines = [*wide(60, 4), "末。", *wide(columns, 1, "乙"), "接。"]
    found = unwrapped(lines)
    assert (found[5] == lines[5] + "接。") is goes_on
    assert found[0] == "".join(lines[:5])


@pytest.mark.parametrize("follows", ["二、工业", "（一）农业", "3.工业", "第二部分", "——消费", "附表1"])
def test_no_line_goes_on_into_a_heading(follows):
    lines = [*wide(60, 4), "末。", *wide(60, 1, "乙"), follows]
    assert unwrapped(lines)[5:] == lines[5:]
    assert unwrapped([*lines[:-1], "3.5亿元。"])[5] == lines[5] + "3.5亿元。"


def test_a_blank_line_and_a_full_stop_end_a_paragraph_and_numbers_of_lines_stay():
    one, stop = wide(60)[0], "甲" * 29 + "。"
    assert unwrapped([one, one, one, "", one, "末。"]) == [one * 3, "", "", "", one + "末。", ""]
    assert unwrapped([one, one, one, stop, one, "末。"]) == [one * 3 + stop, "", "", "", one + "末。", ""]
    assert unwrapped([f"  {one}  ", one, one, "末。"])[0] == f"  {one}" + one * 2 + "末。"


def test_rows_of_a_table_are_not_joined():
    for row in ("甲|" * 15, "甲\t" + "乙" * 25, "甲" * 20 + "     " + "乙" * 8):
        assert unwrapped([row] * 5) == [row] * 5


@pytest.mark.parametrize(("broken", "whole"), [(1, False), (2, True)])
def test_without_a_width_two_lines_that_break_off_in_a_sentence_are_needed(broken, whole):
    lines = []
    for i in range(broken):
        lines += ["甲" * (25 + 9 * i) + "，乙", f"接{i}。", ""]
    found = unwrapped(lines)
    assert (found[0] == lines[0] + lines[1]) is whole
    assert found if whole else found == lines


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["甲" * 30, "乙" * 29 + "。", "丙" * 20 + "，丁", "", "一、综合", "短", "表\t1", "长" * 90]), max_size=12))  # fmt: skip
def test_joining_loses_no_word_and_no_line(lines):
    found = unwrapped(lines)
    assert "".join(found) == "".join(lines)
    assert len(found) == len(lines)
    assert all(not text or text.startswith(line.rstrip()) for text, line in zip(found, lines, strict=True))


def test_no_line_grows_without_end():
    found = unwrapped(wide(60, 400))
    lengths = [len(text) for text in found if text]
    assert lengths[0] == 5010  # thirty characters at a time, to the first length of five thousand or more
    assert sum(lengths) == 12_000


# ---------------------------------------------------------------- tables in a text
def test_bars_alone_are_no_line_and_wide_bars_are_bars():
    assert without_bare_bars(["|", "| ｜ |", "甲｜乙", "  ", "", "甲"]) == ["", "", "甲|乙", "  ", "", "甲"]


@pytest.mark.parametrize(
    ("lines", "length"),
    [
        (["甲|1|2", "乙|3|4", "句。"], 2), (["甲|1|2"], 0), (["甲|1", "乙|2"], 0), (["甲|1", "乙|2|3"], 2), (["甲|1|2", "乙|3|4", "丙|5|6"], 3),
        (["甲\t1", "乙\t2"], 2), (["甲\t1", "乙"], 0), (["\t甲", "\t乙"], 0), (["甲 1", "乙 2", "丙"], 2), (["甲 1", "乙"], 0),
        (["指标 数", "甲 1", "乙 2"], 3), (["指标 数", "甲 1"], 0), (["指标 数", "甲 1", "句。"], 0), (["指标", "甲 1", "乙 2"], 0), (["指标 数"], 0), (["句。", "甲 1", "乙 2"], 0),
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", [0, 1, 3])
def test_how_many_lines_form_a_table(lines, length, before):
    assert table_length(numbered(*["句。"] * before, *lines), before) == length


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (["|指标|数|", "|甲|1|"], [["指标", "数"], ["甲", "1"]]), (["指标|数", "甲|1"], [["指标", "数"], ["甲", "1"]]), (["|指标|数", "甲|1|"], [["", "指标", "数"], ["甲", "1"]]),
        (["指标|", "2022年|增长|", "甲|5|6|", "乙|7|8|"], [["指标", "2022年", "增长"], ["甲", "5", "6"], ["乙", "7", "8"]]),
        (["指标|", "2022年|", "甲|5|6|"], [["指标"], ["2022年"], ["甲", "5", "6"]]), (["指标|数|增", "甲|5|6|"], [["指标", "数", "增"], ["甲", "5", "6"]]),
        (["甲\t1\t\t2", "乙\t"], [["甲", "1", "", "2"], ["乙"]]), (["地区生产总值 5 6%", "指标 2022年"], [["地区生产总值", "5", "6%"], ["指标", "2022年"]]),
        (["项  目  数量  2022年", "  项 目"], [["项目", "数量", "2022年"], ["项目"]]), (["工 业 增加值 5"], [["工业增加值", "5"]]),
    ],
)  # fmt: skip
def test_the_cells_of_a_table_in_a_text(lines, rows):
    assert table_rows(lines) == rows


def cells_below(*cells):
    found = column_of_cells(numbered("（单位：万元）", *cells), 0)
    return None if found is None else ([list(row) for row in found[0]], found[1])


def test_one_cell_a_line_becomes_rows_under_a_header_or_of_two():
    assert cells_below("指标", "数", "甲", "1", "乙", "2", "句。") == ([["指标", "数"], ["甲", "1"], ["乙", "2"]], 7)
    assert cells_below("指标", "今年", "去年", "甲", "1", "2", "乙", "3", "4") == ([["指标", "今年", "去年"], ["甲", "1", "2"], ["乙", "3", "4"]], 10)  # fmt: skip
    assert cells_below("甲", "1", "乙", "2", "丙", "3") == ([["甲", "1"], ["乙", "2"], ["丙", "3"]], 7)
    assert cells_below("表", "甲", "1", "乙", "2", "丙", "3")[0] == [["甲", "1"], ["乙", "2"], ["丙", "3"]]
    for none in (("甲", "1", "乙", "2"), ("甲", "1"), ("1", "甲", "2", "乙"), ("甲", "乙", "丙"), ("指标", "数", "甲", "1"), ("甲", "1", "乙", "2", "3")):  # fmt: skip
        assert cells_below(*none) is None
    assert column_of_cells(numbered("单位", "甲", "1", "乙", "2", "丙", "3"), 0) is None


@pytest.mark.parametrize("number", ["1", "-1.5", "1,234", "5%", "－3", "１２．５", "+7"])
def test_numbers_that_stand_in_a_line(number):
    assert cells_below("甲", number, "乙", "2", "丙", "3")[0][0] == ["甲", number]
    assert cells_below("甲", f"{number}元", "乙", "2", "丙", "3")[0][0] == ["甲", f"{number}元"]


def test_a_cell_is_no_longer_than_a_name_and_a_unit_begins_a_new_table():
    long, longer = "长" * 24, "长" * 25
    assert cells_below(long, "1", "乙", "2", "丙", "3")[0][0] == [long, "1"]
    assert cells_below("甲", "1", "乙", "2", "丙", "3", longer, "4")[1] == 7
    assert cells_below("甲", "1", "乙", "2", "丙", "3", "单位：亿元", "丁", "4")[1] == 7
    for sign in "。；！":
        assert cells_below("甲", "1", "乙", "2", "丙", "3", f"句{sign}", "4")[1] == 7


def test_a_row_of_a_page_is_no_longer_than_a_line():
    assert _spaced("甲" * 396 + "   5") == ("甲" * 396, ["5"])
    assert _spaced("甲" * 397 + "   5") is None
    assert _is_spaced_row("甲 " + "1 " * 59) is True  # 119 characters and signs
    assert _is_spaced_row("甲 " + "1 " * 60) is False


def test_a_header_is_no_longer_than_a_line():
    for width, length in ((200, 3), (201, 0)):
        lines = ["甲" + " " * (width - 2) + "乙", "丙 1", "丁 2"]
        assert table_length(numbered(*lines), 0) == length


def test_a_text_becomes_headings_passages_and_tables_with_their_lines():
    lines = [
        "一、综合", "全年收入5亿元。", "表1", "单位：亿元", "指标 数 增长", "甲 1 2", "乙 3 4", "二、工业", "单位：万元", "税收", "1", "非税", "2", "补助", "3", "完。",
    ]  # fmt: skip
    found = blocks_of_lines(lines, joined=True)
    assert [(type(block), block.line) for block in found] == [
        (TextHeading, 1), (Passage, 2), (Passage, 3), (Passage, 4), (FilledTable, 5), (TextHeading, 8), (FilledTable, 9), (Passage, 16),
    ]  # fmt: skip
    first, second = (block for block in found if isinstance(block, FilledTable))
    assert (first.caption, first.name, first.rows[0]) == ("表1\n单位：亿元", "第5行表", ("指标", "数", "增长"))
    assert (second.caption, second.name, second.rows[0]) == ("二、工业\n单位：万元", "第9行表", ("税收", "1"))
    # up to four lines above a table name it, and three above cells one a line
    many = ["a", "b", "c", "d", "e", "甲 1", "乙 2"]
    assert blocks_of_lines(many, joined=True)[-1].caption == "b\nc\nd\ne"
    cells = ["a", "b", "c", "d", "单位：万元", "税收", "1", "非税", "2", "补助", "3"]
    assert blocks_of_lines(cells, joined=True)[-1].caption == "b\nc\nd\n单位：万元"


@pytest.mark.parametrize("joined", [True, False])
def test_lines_are_joined_only_where_they_may_be_cut(joined):
    lines = [*wide(60, 4), "末。"]
    found = blocks_of_lines(lines, joined)
    assert [block.text for block in found] == (lines if joined else ["".join(lines)])


@pytest.mark.parametrize(
    ("line", "blocks"),
    [
        ("附表1 主要指标", [("TextHeading", 1, "附表1主要指标")]), ("附件：说明。", [("Passage", None, "附件：说明。")]), ("附表：" + "长" * 57, [("TextHeading", 1, "附表：" + "长" * 57)]),
        ("附表：" + "长" * 58, [("Passage", None, "附表：" + "长" * 58)]), ("附表1收入5亿元", [("Passage", None, "附表1收入5亿元")]),
        ("2024年" + "长" * 12 + "工作" + "长" * 9, [("TextHeading", 1, "2024年" + "长" * 12 + "工作" + "长" * 9)]), ("2024年" + "长" * 12 + "工作" + "长" * 10, [("Passage", None, "2024年" + "长" * 12 + "工作" + "长" * 10)]),
        ("2024年工作安排", [("TextHeading", 1, "2024年工作安排")]), ("2024年预算执行情况和工作安排", [("Passage", None, "2024年预算执行情况和工作安排")]),
        ("一、" + "长" * 45, [("TextHeading", 1, "长" * 45)]), ("一、" + "长" * 46, [("Passage", None, "长" * 46)]), ("一、综合。", [("TextHeading", 1, "综合")]),
        ("（三）" + "长" * 30 + "：乙" + "丙" * 20, [("TextHeading", 2, "长" * 30), ("Passage", None, "乙" + "丙" * 20)]),
        ("（三）" + "长" * 31 + "：乙" + "丙" * 20, [("Passage", None, "长" * 31 + "：乙" + "丙" * 20)]), ("一、二、三产业", [("Passage", None, "一、二、三产业")]),
        ("① 工业", [("TextHeading", 3, "工业")]), ("3.5亿元", [("Passage", None, "3.5亿元")]), ("第三部分 附录", [("TextHeading", 1, "附录")]),
    ],
)  # fmt: skip
def test_what_is_a_heading(line, blocks):
    assert [(type(b).__name__, getattr(b, "level", None), b.text) for b in _blocks_of_line(line, 1)] == blocks


def test_paragraphs_cut_in_a_sentence_are_joined_where_the_page_is_narrow():
    """Five and more paragraphs of one width; a comma at the end goes on, and so does a full line without a full stop."""
    full = ["甲" * 16 + "，", "乙" * 17, "丙" * 16 + "。", "丁" * 16 + "。", "戊" * 16 + "。", "己。"]
    assert [block.text for block in blocks_of_lines(full)] == [full[0] + full[1] + full[2], *full[3:]]
    assert [block.text for block in blocks_of_lines(full[:4])] == full[:4]  # too few to know a width
    short = ["甲" * 12 + "乙" * 4, *full[3:], *full[2:5]]  # one line of sixteen among seventeens: nearly full
    assert blocks_of_lines(short)[0].text == short[0] + short[1]
    assert blocks_of_lines(["甲" * 12, *short[1:]])[0].text == "甲" * 12  # less than three quarters: ended
    assert len(blocks_of_lines(["甲" * 75] * 6)) == 6  # a page of lines as long as paragraphs is not cut


@pytest.mark.parametrize(
    ("widths", "wrapped"),
    [
        # the nine-tenths quantile is the width: sixty characters at most, near which two fifths of the lines must be
        ([60] * 5, True), ([61] * 5, False), ([50, 50, 10, 10, 10], True), ([50, 10, 10, 10, 10], False), ([50, 40, 10, 10, 10], True), ([50, 39, 10, 10, 10], False), ([50] * 4, False),
    ],
)  # fmt: skip
def test_a_page_is_narrow_where_two_fifths_of_its_lines_are_near_its_width(widths, wrapped):
    lines = ["甲" * (width - 1) + "，" if i == 0 else "乙" * (width - 1) + "。" for i, width in enumerate(widths)]
    found = _rejoin([Passage(text, i) for i, text in enumerate(lines)])
    assert (len(found) < len(lines)) is wrapped


@pytest.mark.parametrize(("text", "goes_on"), [("甲" * 15, True), ("甲" * 14, False), ("甲" * 19 + "。", False), ("甲，", True), ("甲；", True), ("甲" * 19 + "：", False), ("甲" * 5001, False), ("甲" * 5000, True)])  # fmt: skip
def test_a_line_goes_on_from_three_quarters_of_the_width_on(text, goes_on):
    assert _goes_on(text, 20) is goes_on


# ---------------------------------------------------------------- titles
TITLE = "义乌市2023年国民经济和社会发展统计公报"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ([TITLE], TITLE), (["首页 > 公报", TITLE], TITLE), (["义乌市统计局", TITLE], TITLE), (["义乌市2023年国民经济和", "社会发展统计公报"], TITLE), (["义乌市二〇二三年", "统计公报"], "义乌市二〇二三年统计公报"), (["2023年义乌市", "统计公报"], "统计公报"),
        (["义乌市统计局", "统计公报"], "统计公报"), (["统计资料", "义乌市2023年国民经济运行情况"], "义乌市2023年国民经济运行情况"), (["一、义乌市2023年指标完成情况", "话。", "义乌市主要指标"], "义乌市主要指标"),
        (["义乌市统计局", "统计资料"], "统计资料"), (["收入5亿元。", "话"], "f"), ([], "f"), (["公报"], "公报"), ([*["话"] * 59, TITLE], TITLE), ([*["话"] * 60, TITLE], "f"), (["主要指标情况", TITLE, "2023年情况"], TITLE),
        ([TITLE[:9] + "长" * 42 + "统计公报"], TITLE[:9] + "长" * 42 + "统计公报"), ([TITLE[:9] + "长" * 47 + "统计公报"], TITLE[:9] + "长" * 47 + "统计公报"), ([TITLE[:9] + "长" * 48 + "统计公报"], "f"), (["5月8日义乌市", "统计公报"], "统计公报"), (["义乌市" + "长" * 37, "统计公报"], "义乌市" + "长" * 37 + "统计公报"), (["义乌市" + "长" * 38, "统计公报"], "统计公报"),
        (["义乌市2023年" + "长" * 27 + "和", "长" * 33 + "公报"], "f"), (["义乌市2023年" + "长" * 26 + "和", "长" * 33 + "公报"], "义乌市2023年" + "长" * 26 + "和" + "长" * 33 + "公报"),
        (["关于义乌市2023年预算执行情况和", "2024年预算草案的报告"], "关于义乌市2023年预算执行情况和2024年预算草案的报告"), (["统计公报......12", "话"], "f"), (["收入5亿统计公报"], "f"),
        (["a b c d公报", "x"], "a b c d公报"), (["a b c d e公报", "x"], "f"), (["义乌市情况", "东阳市2023年情况"], "东阳市2023年情况"), (["2023年报告", "2023年情况"], "2023年报告"),
    ],
)  # fmt: skip
def test_the_title_is_the_line_that_names_place_year_and_kind(lines, title):
    assert find_title(lines, "f") == title


def test_the_name_of_the_file_goes_before_a_weak_line():
    assert find_title(["统计资料"], TITLE) == TITLE
    assert find_title(["统计资料"], "2023年") == "统计资料"
    assert find_title(["统计资料"], "公报") == "统计资料"
    assert find_title(["义乌市情况"], TITLE) == "义乌市情况"


@pytest.mark.parametrize(
    ("text", "title"),
    [("标题：公报", "公报"), ("【丽水】公报", "公报"), ("(浙江省)公报", "公报"), ("★公报", "公报"), ("附表3 公报", "公报"), ("《公报》", "公报"), ("《公报", "《公报"), ("公报》", "公报"), ("【丽水】", "【丽水】"), (" 公 报 ", "公报")],
)  # fmt: skip
def test_what_pages_put_before_a_title_goes(text, title):
    assert bare_title(text) == title


# ---------------------------------------------------------------- one spelling
@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("比为1：2", "比为1:2"), ("税收:1项", "税收：1项"), ("2:a", "2：a"), ("（甲）﹙乙﹚", "(甲)(乙)"), ("甲;乙?丙!", "甲；乙？丙！"), ("—5%", "-5%"), ("——5%", "——5%"), ("甲—乙", "甲—乙"), ("10－12月", "10-12月"),
        ("1,234,567元", "1,234,567元"), ("1,23元", "1，23元"), ("1,2345元", "1，2345元"), ("甲,乙", "甲，乙"), ("3．5", "3.5"), ("甲．乙", "甲·乙"), ("1 234 元", "1 234元"), ("1  234", "1 234"), ("5 -2", "5 -2"),
        ("a  b 甲 c", "a b甲c"), ("GDP 5", "GDP 5"), ("5 GDP", "5 GDP"), ("％﹪", "%%"), ("ＧＤＰ", "GDP"), ("⼀⼆", "一二"), ("～〜", "~~"), ("甲①②乙", "甲乙"), ("①甲", "①甲"), ("甲²乙", "甲乙"), ("甲［12］乙", "甲乙"), ("甲［123］乙", "甲[123]乙"),
        ("億元", "亿元"), ("业务", "业务"), ("三百二十亿元", "320亿元"), ("１,２３４", "1,234"), ("", ""), (" ", ""),
    ],
)  # fmt: skip
def test_one_spelling_for_what_comes_in_many(raw, text):
    assert clean(raw).text == text
    assert clean(text).text == text


def test_a_stretch_is_quoted_as_it_was_written():
    line = clean(" 全 年 １，２３４ 亿元 [1]。")
    assert line.text == "全年1,234亿元。"
    assert line.quote(2, 9) == "１，２３４ 亿元"
    assert line.quote(0, 2) == "全 年"
    assert line.quote(0, 1) == "全"
    assert (line.quote(3, 3), line.quote(4, 3)) == ("", "")
    spelled = clean("收入三百二十亿元")
    assert (spelled.text, spelled.quote(2, 5), spelled.quote(2, 7)) == ("收入320亿元", "三百二十", "三百二十亿元")


def test_a_line_in_traditional_script_is_told_by_what_simplified_has_not():
    assert is_traditional("義烏市總產值")
    assert not is_traditional("义乌市生产总值")
    assert not is_traditional("业务计划与际内财政")
