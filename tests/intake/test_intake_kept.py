"""What is kept and set beside one another: tables of the user in every format, reviews row by row, spaces and merged cells."""

import csv
import io
import zipfile
from types import SimpleNamespace

import docx
import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_intake_checks import reading

from bolang.atlas import Atlas
from bolang.foundation.errors import BadInputError
from bolang.intake.blocks import Passage, _rejoin
from bolang.intake.characters import clean, has_chinese
from bolang.intake.disagreements import Check
from bolang.intake.files.docx import _grid
from bolang.intake.kept import FileReader, _plain
from bolang.intake.knowledge import KnownValue
from bolang.intake.readings import Unread
from bolang.intake.review import Review, ReviewRow, review_of
from bolang.intake.times import Time
from bolang.intake.user_tables import KINDS
from bolang.intake.user_tables.reading import read_table, write_blank

FIRMS = KINDS["firms"]
HEADS = ["企业", "主要产品", "营业收入（亿元）", "职工（人）", "年份"]
VALUES = {"name": "甲公司", "product": "灯具", "revenue": 1234.5, "jobs": 20.0, "year": 2023}


def table(path, rows, heads=HEADS, encoding="utf-8-sig"):
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in [heads, *rows]:
            book.active.append(row)
        book.save(path)
        return path
    written = io.StringIO()
    csv.writer(written).writerows([heads, *[["" if cell is None else cell for cell in row] for row in rows]])
    path.write_bytes(written.getvalue().encode(encoding))
    return path


@pytest.mark.parametrize(
    ("suffix", "encoding"), [(".csv", "utf-8-sig"), (".csv", "utf-8"), (".csv", "gb18030"), (".xlsx", "")]
)
def test_a_table_is_read_alike_from_every_format(tmp_path, suffix, encoding):
    rows = [
        ["甲公司", "灯具", "1,234.5", 20, "2023年"],
        [None, "", None, None, " "],
        ["乙公司", "灯具", None, None, 2022],
    ]
    found = read_table(FIRMS, table(tmp_path / f"f{suffix}", rows, encoding=encoding))
    assert found == (VALUES, {"name": "乙公司", "product": "灯具", "year": 2022})
    assert type(found[0]["year"]) is int


def test_keys_serve_as_heads_and_columns_stand_in_any_order(tmp_path):
    heads = ["year", "name", "county", "product"]
    (found,) = read_table(FIRMS, table(tmp_path / "f.csv", [[2023, "甲公司", "义乌市", "灯具"]], heads))
    assert found == {"year": 2023, "name": "甲公司", "county": "义乌市", "product": "灯具"}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_blank_table_has_the_heads_in_their_order(tmp_path, kind, suffix):
    path = write_blank(KINDS[kind], tmp_path / f"b{suffix}")
    heads = [field.head for field in KINDS[kind].fields]
    if suffix == ".xlsx":
        assert [cell.value for cell in openpyxl.load_workbook(path).active[1]] == heads
    else:
        assert path.read_bytes() == b"\xef\xbb\xbf" + (",".join(heads) + "\n").encode()
    assert read_table(KINDS[kind], path) == ()


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (["甲", "灯具", "x", "", 2023], "营业收入"), (["甲", "灯具", "1e7", "", 2023], "营业收入"), (["甲", "灯具", "-1e7", "", 2023], "营业收入"), (["甲", "灯具", "inf", "", 2023], "营业收入"),
        (["甲", "灯具", "", "", 1948], "年份"), (["甲", "灯具", "", "", 2101], "年份"), (["甲", "灯具", "", "", 2023.5], "年份"), (["甲", "灯具", "", "", "nan"], "年份"),
        (["", "灯具", "", "", 2023], "缺“企业”"), (["甲", "灯具"], "缺“年份”"),
    ],
)  # fmt: skip
def test_a_cell_that_does_not_hold_what_its_column_asks_for_is_named_with_its_row(tmp_path, row, complaint):
    good = ["甲", "灯具", "9999999", "-9999999", 1949]
    read_table(FIRMS, table(tmp_path / "g.csv", [good, ["甲", "灯具", "5%", "", "2100年"]]))
    with pytest.raises(BadInputError, match="第 3 行") as caught:
        read_table(FIRMS, table(tmp_path / "f.csv", [good, row]))
    assert complaint in str(caught.value)


def test_heads_and_rows_have_their_bounds(tmp_path):
    with pytest.raises(BadInputError, match="缺 主要产品"):
        read_table(FIRMS, table(tmp_path / "f.csv", [], ["企业", "年份"]))
    with pytest.raises(BadInputError, match="多出 别的"):
        read_table(FIRMS, table(tmp_path / "f.csv", [], [*HEADS, "别的"]))
    row = ["甲", "灯具", "", "", 2023]
    assert len(read_table(FIRMS, table(tmp_path / "f.csv", [row] * 1999))) == 1999
    with pytest.raises(BadInputError, match="2001"):
        read_table(FIRMS, table(tmp_path / "f.csv", [row] * 2000))
    (tmp_path / "e.csv").write_text("")
    with pytest.raises(BadInputError, match="空"):
        read_table(FIRMS, tmp_path / "e.csv")
    (long,) = read_table(FIRMS, table(tmp_path / "f.csv", [["甲" * 300, "灯具", "", "", 2023]]))
    assert long["name"] == "甲" * 200


@pytest.mark.parametrize("name", ["f.csv", "f.xlsx"])
@pytest.mark.parametrize("content", [b"x" * 300_000, b"PK\x03\x04" + b"\0" * 500, bytes(range(256)) * 9, b'"' * 99_999])
def test_a_table_that_is_none_is_refused(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInputError):
        read_table(FIRMS, tmp_path / name)


def test_a_workbook_that_unpacks_without_end_or_lacks_its_sheets_is_refused(tmp_path):
    for parts in ({"xl/workbook.xml": b"0" * 300_000_000}, {"xl/workbook.xml": b"<workbook/>"}, {"a": b""}):
        with zipfile.ZipFile(tmp_path / "f.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in parts.items():
                archive.writestr(part, content)
        with pytest.raises(BadInputError):
            read_table(FIRMS, tmp_path / "f.xlsx")


# ---------------------------------------------------------------- reviews
def known(value, year=2023):
    return KnownValue(value, "万元", year, "年鉴")


@pytest.mark.parametrize(
    ("value", "gap"),
    [(known(800.0), 0.25), (known(1250.0), -0.2), (known(800.0, 2022), None), (known(0.0), None), (None, None)],
)
def test_the_gap_is_to_the_known_figure_of_the_same_year(value, gap):
    assert ReviewRow(1, reading("gdp", 1000.0), value, "accepted", ()).gap == (
        None if gap is None else pytest.approx(gap)
    )


def a_review():
    rows = [reading("gdp", 1000.0), reading("fiscal_revenue", 100.0), reading("retail_sales", 300.0)]
    checks = [
        Check("sum", "error", "sum.gap", (rows[1],)), Check("sum", "error", "sum.gap", (rows[1],)), Check("near", "warning", "known", (rows[1], rows[2])),
    ]  # fmt: skip
    unread = Unread("5%", "词", "share", "句。", rows[0].place)
    found = SimpleNamespace(
        readings=rows, checks=checks, doubtful=[rows[1]], unread=(unread,), known=SimpleNamespace(beside=lambda *key: known(800.0)), file="f.txt", sha256="x",
        title="题", county=None, time=Time(2023), rule="title", notes=(),
    )  # fmt: skip
    return review_of(found)


def test_rows_are_numbered_held_and_named_by_their_checks():
    review = a_review()
    assert [(row.number, row.state, row.checks) for row in review.rows] == [
        (1, "accepted", ()),
        (2, "held", ("sum", "near")),
        (3, "accepted", ("near",)),
    ]
    assert [row.number for row in review.accepted] == [1, 3]
    assert [row.number for row in review.held] == [2]
    assert [row.number for row in review.accept().accepted] == [1, 2, 3]
    assert [row.number for row in review.refuse(1, 3).accepted] == []
    assert [row.number for row in review.refuse(1).accept(1).accepted] == [1, 3]
    for wrong in (0, 4):
        with pytest.raises(BadInputError, match=str(wrong)):
            review.refuse(wrong)
    assert isinstance(review, Review)


def test_a_review_as_plain_values():
    plain = a_review().to_dict()
    assert [(f["indicator"], f["value"], f["known_value"], f["gap"]) for f in plain["figures"]] == [
        ("gdp", 1000.0, 800.0, 0.25), ("fiscal_revenue", 100.0, 800.0, -0.875), ("retail_sales", 300.0, 800.0, -0.625),
    ]  # fmt: skip
    assert [check["rows"] for check in plain["checks"]] == [[2], [2], [2, 3]]
    assert (plain["year"], plain["code"], plain["unread"][0]["reason"]) == (2023, None, "share")
    frame = a_review().to_frame()
    assert frame["checks"].to_list() == ["", "sum；near", "near"]
    assert frame["scope_parent"].to_list() == [plain["figures"][0]["scope"]["parent"]] * 3


TEXT = "义乌市2024年国民经济和社会发展统计公报\n2024年，全市实现地区生产总值2500亿元，比上年增长6.0%，其中第三产业占比为60%。\n外贸增长5%，税收收入9千克。\n"


def test_what_was_read_before_is_the_same_from_the_cache(tmp_path, own_cache, monkeypatch):
    from bolang.intake import kept

    atlas = Atlas(workspace=False)
    path = tmp_path / "义乌市2024年公报.txt"
    path.write_text(TEXT, encoding="utf-8")
    fresh = kept.parse(path, None, None, atlas)
    first = FileReader(atlas).parse(path)
    monkeypatch.setattr(kept, "parse", None)  # not read again
    again = FileReader(atlas).parse(path)
    assert _plain(fresh) == _plain(first) == _plain(again)
    assert first.readings == tuple(fresh.readings)
    assert first.readings
    assert first.county.code == "330782"
    (tmp_path / "bad.txt").write_text("")
    monkeypatch.undo()
    for _ in range(2):
        with pytest.raises(BadInputError):
            FileReader(atlas).parse(tmp_path / "bad.txt")


# ---------------------------------------------------------------- characters, lines, merged cells
@pytest.mark.parametrize(
    ("raw", "text"),
    [("生产 总值 5 亿", "生产总值5亿"), ("1 234 5", "1 234 5"), ("5  -3", "5 -3"), ("GDP  of  Yiwu", "GDP of Yiwu"), ("增长 GDP", "增长GDP"), ("5 %", "5%"), ("，  甲", "，甲"),
     ("1·8", "1.8"), ("甲·乙", "甲·乙"), ("1:2", "1:2"), ("甲:乙", "甲：乙"), ("－3", "-3"), ("甲－乙", "甲—乙"), ("1,234", "1,234"), ("1,23", "1，23"), ("１２％", "12%"), ("a\u200bb", "ab"),
     ("1,2345", "1，2345"), ("２，３４５", "2,345"), ("\u2f00", "一")],
)  # fmt: skip
def test_one_spelling(raw, text):
    assert clean(raw).text == text


@settings(deadline=None)
@example("1\u200b：1")
@example("1 ：1")
@given(st.text(alphabet="甲乙12 ,.-GDP%，。：\u3000\u200b", max_size=30))
def test_every_character_points_at_where_it_came_from(raw):
    line = clean(raw)
    assert len(line.positions) == len(line.text)
    assert list(line.positions) == sorted(line.positions)
    assert all(0 <= position < len(raw) for position in line.positions)
    assert clean(line.text).text == line.text


def test_chinese_is_told_by_its_characters():
    assert [has_chinese(text) for text in ("a", "甲", "a甲", "，", "\u4e00", "\u9fff", "\u4dff", "\ua000")] == [
        False,
        True,
        True,
        False,
        True,
        True,
        False,
        False,
    ]


def passages(*texts):
    return [Passage(text, i) for i, text in enumerate(texts)]


def test_only_wrapped_lines_are_joined():
    """Five lines of about one width are wrapped text; a line that ends a sentence, or a short one, ends a paragraph."""
    wide = "甲" * 20
    assert [block.text for block in _rejoin(passages(wide, wide, wide + "。", wide, "乙"))] == [
        wide * 2 + wide + "。",
        wide + "乙",
    ]
    assert len(_rejoin(passages(wide, wide, wide, wide))) == 4  # too few to tell
    long = "甲" * 61
    assert len(_rejoin(passages(*[long] * 6))) == 6  # no page is so wide
    short = ["甲" * 3] * 7 + [wide, wide, wide]
    assert len(_rejoin(passages(*short))) == 10  # most lines are short: not wrapped
    ends = passages("甲" * 10 + "，", wide, wide + "。", wide + "。", wide + "。")
    assert _rejoin(ends)[0].text == "甲" * 10 + "，" + wide + wide + "。"


def test_merged_cells_of_a_word_table_fill_what_they_cover():
    document = docx.Document()
    made = document.add_table(rows=3, cols=3)
    for r, row in enumerate([["甲", "乙", "丙"], ["1", "2", "3"], ["4", "5", "6"]]):
        for c, text in enumerate(row):
            made.cell(r, c).text = text
    across = made.cell(0, 0).merge(made.cell(0, 1))
    across.text = "头"
    down = made.cell(1, 2).merge(made.cell(2, 2))
    down.text = "竖"
    assert _grid(made._tbl).rows == (("头", "头", "丙"), ("1", "2", "竖"), ("4", "5", "竖"))
