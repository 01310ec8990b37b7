"""What is known beside a file, counties named in tables, the user's own tables, the template, and one writer at a time."""

import io
from types import SimpleNamespace

import openpyxl
import pytest
from by_hand import document
from test_intake_checks import reading as figure

from bolang.atlas import Atlas
from bolang.foundation.errors import BadInputError, OutputError
from bolang.foundation.parameters import load_parameters
from bolang.intake import Workspace, write_template
from bolang.intake.blocks import Passage
from bolang.intake.disagreements import Check, KnownAmount
from bolang.intake.importer import _county, _Resolver
from bolang.intake.knowledge import Known, KnownValue
from bolang.intake.lock import exclusive
from bolang.intake.review import ReviewRow
from bolang.intake.user_tables import KINDS
from bolang.intake.user_tables import keeping as tables
from bolang.intake.user_tables.reading import read_table

ATLAS = Atlas(workspace=False)


# ---------------------------------------------------------------- what is known
def fact(year, value, status="measured", origin="built-in", unit="万元", period="year"):
    return SimpleNamespace(year=year, value=value, status=status, origin=origin, unit=unit, period=period, source=f"s{value}")  # fmt: skip


def book(*facts):
    return SimpleNamespace(workspace=None, entries={"gdp"}, facts=lambda code, name: facts)


def test_known_figures_are_published_ones_of_full_years_and_the_nearest_stands_beside():
    known = Known(book(fact(2020, 5.0), fact(2020, 6.0), fact(2022, 7.0), fact(2024, 8.0), fact(2023, 9.0, "estimated"), fact(2023, 9.0, origin="workspace"), fact(2023, 9.0, period="H1")))  # fmt: skip
    assert [known("1", "gdp", year) for year in (2020, 2022, 2023, 2024)] == [5.0, 7.0, None, 8.0]
    assert known("1", "loans", 2020) is None
    assert [v.value for v in known.of("1", "gdp")[2020]] == [5.0, 6.0]
    beside = {year: known.beside("1", "gdp", year, "万元") for year in (2016, 2017, 2020, 2021, 2023, 2027, 2028)}
    assert {year: v and v.value for year, v in beside.items()} == {2016: None, 2017: 5.0, 2020: 5.0, 2021: 7.0, 2023: 8.0, 2027: 8.0, 2028: None}  # fmt: skip
    assert known.beside("1", "gdp", 2020, "亿元") is None


@pytest.mark.parametrize(("known", "gap"), [((2023, 80.0), 0.25), ((2022, 80.0), None), ((2023, 0.0), None), (None, None)])  # fmt: skip
def test_a_gap_is_to_the_known_figure_of_the_same_year(known, gap):
    value = None if known is None else KnownValue(known[1], "万元", known[0], "s")
    assert ReviewRow(1, figure("gdp", 100.0), value, "accepted", ()).gap == gap


def test_a_check_says_its_values_for_machines():
    values = {"a": figure("gdp", 5.0), "b": KnownAmount(1234567.0, "万元"), "c": ("x", "y"), "d": 3.5}
    plain = Check("n", "error", "k", (), values).plain
    assert plain["b"] == "1234567 万元"
    assert (plain["c"], plain["d"]) == (["x", "y"], 3.5)
    assert plain["a"].startswith("gdp ")


# ---------------------------------------------------------------- counties in tables
def test_a_name_that_several_have_is_the_one_of_the_files_own_area():
    """鼓楼区 is in Nanjing, Xuzhou, Kaifeng and Fuzhou."""
    near = {code: _Resolver(ATLAS, ATLAS.county(code))("鼓楼区") for code in ("320104", "350103", "350203", "330782")}
    assert near == {
        "320104": "320106",
        "350103": "350102",
        "350203": "350102",
        "330782": None,
    }  # the second has it in its province
    alone = _Resolver(ATLAS, None)
    assert (alone("鼓楼区"), alone("义乌市"), alone("#义乌市 "), alone("市"), alone("某某市")) == (None, "330782", "330782", None, None)  # fmt: skip
    assert alone("长" * 21) is None
    assert alone("长" * 21) == alone("长" * 20)


@pytest.mark.parametrize(
    ("title", "stem", "issuer", "code"),
    [
        ("义乌市2023年统计公报", "东阳市2023年", "", "330782"), ("某某县2023年统计公报", "东阳市2023年统计公报", "", "330783"), ("统计公报", "f", "义乌市统计局", "330782"), ("某某县2023年统计公报", "某某区2023年统计公报", "义乌市人民政府", "330782"),
        ("金华市义乌市2023年统计公报", "f", "", "330782"), ("全县2023年统计公报", "f", "", None), ("统计公报", "f", "", None), ("统计公报", "f", 11 * "话\n" + "义乌市统计局", "330782"), ("统计公报", "f", 12 * "话\n" + "义乌市统计局", None),
    ],
)  # fmt: skip
def test_the_county_of_a_file_is_the_first_that_title_name_and_issuer_name_and_that_there_is(title, stem, issuer, code):
    found = _county(document(*[Passage(line, 1) for line in issuer.split("\n")], title=title), stem, None, ATLAS)
    assert (found and found.code) == code


# ---------------------------------------------------------------- the user's tables
def rows_of(kind, text, tmp_path, name="t.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_table(KINDS[kind], path)


def heads(kind):
    return [field.head for field in KINDS[kind].fields if field.required]


def test_rows_are_kept_by_county_and_the_latest_table_of_a_kind_stands(tmp_path):
    path = tmp_path / "ws.duckdb"
    workspace, yiwu, dongyang = Workspace(path), ATLAS.county("义乌市"), ATLAS.county("东阳市")
    assert tables.rows_of(ATLAS, yiwu, "peers") == ()
    first = tables.save(workspace, KINDS["peers"], {yiwu: [{"name": "甲"}, {"name": "乙"}], dongyang: [{"name": "丙"}]}, "a.csv", "1")  # fmt: skip
    assert [(batch.code, batch.figures) for batch in first] == [("330782", 2), ("330783", 1)]
    own = Atlas(workspace=path)
    listed = tables.rows_of(own, own.county("义乌市"), "peers")
    assert [(row.values["name"], row.file, row.kind) for row in listed] == [("甲", "a.csv", "peers"), ("乙", "a.csv", "peers")]  # fmt: skip
    assert tables.peers_of(own, own.county("义乌市")) == "甲、乙"
    assert tables.rows_of(own, own.county("义乌市"), "parks") == ()
    numbers = [batch.batch for batch in first]
    assert numbers[1] == numbers[0] + 1
    assert [row.values["name"] for row in tables.rows_in(workspace, numbers[1])] == ["丙"]
    second = tables.save(workspace, KINDS["peers"], {yiwu: [{"name": "丁"}]}, "b.csv", "2")
    assert [row.values["name"] for row in tables.rows_of(Atlas(workspace=path), yiwu, "peers")] == ["丁"]
    assert len(second) == 1


def test_rows_go_to_the_county_that_they_name_or_to_the_one_given():
    yiwu = ATLAS.county("义乌市")
    found = tables.by_county([{"name": "甲", "county": "东阳市"}, {"name": "乙"}], yiwu, ATLAS, "f")
    assert {county.name: rows for county, rows in found.items()} == {"东阳市": [{"name": "甲"}], "义乌市": [{"name": "乙"}]}  # fmt: skip
    for rows in (
        [{"name": "甲"}, {"name": "乙"}],
        [{"name": "甲", "county": "东阳市"}, {"name": "乙", "county": "某某"}],
    ):
        with pytest.raises(BadInputError) as caught:
            tables.by_county(rows, None, ATLAS, "f")
        assert ("2" if "county" not in rows[0] else "3") in str(caught.value)


@pytest.mark.parametrize(
    ("year", "number", "fits"),
    [("2023", "5", True), ("1949", "5", True), ("1948", "5", False), ("2100", "5", True), ("2101", "5", False), ("2023年", "1,234", True), ("2023.5", "5", False), ("2023", "9999999", True),
     ("2023", "10000000", False), ("2023", "-9999999", True), ("2023", "-10000000", False), ("2023", "nan", False), ("2023", "5%", True), ("x", "5", False), ("", "5", False), ("2023", "", False)],
)  # fmt: skip
def test_a_cell_of_a_users_table_holds_what_its_column_asks_for(tmp_path, year, number, fits):
    text = f"{','.join(heads('platforms'))}\n".replace("\ufeff", "")
    cells = {field.head: {"year": year, "number": f'"{number}"'}.get(field.holds, "名") for field in KINDS["platforms"].fields if field.required}  # fmt: skip
    text += ",".join(cells[head] for head in heads("platforms")) + "\n"
    if fits:
        (row,) = rows_of("platforms", text, tmp_path)
        assert row["year"] == int(year.removesuffix("年"))
        assert row["debt"] == float(number.replace(",", "").removesuffix("%"))
    else:
        with pytest.raises(BadInputError, match="第 2 行"):
            rows_of("platforms", text, tmp_path)


def test_a_cell_that_may_be_blank_leaves_the_cells_behind_it(tmp_path):
    fields = KINDS["firms"].fields
    optional = next(field for field in fields if not field.required)
    order = [optional, *[field for field in fields if field.required]]
    cells = [
        "",
        *["2023" if field.holds == "year" else "5" if field.holds == "number" else "名" for field in order[1:]],
    ]
    (row,) = rows_of("firms", ",".join(f.head for f in order) + "\n" + ",".join(cells) + "\n", tmp_path)
    assert set(row) == {field.key for field in order[1:]}


def test_blank_rows_are_passed_over_and_counted_and_long_words_are_cut(tmp_path):
    found = rows_of("peers", f"{heads('peers')[0]}\n甲\n\n{'长' * 300}\n", tmp_path)
    assert [len(row["name"]) for row in found] == [1, 200]
    most = rows_of("peers", f"{heads('peers')[0]}\n" + "甲\n" * 1999, tmp_path)
    assert len(most) == 1999
    for wrong in ("", f"{heads('peers')[0]}\n" + "甲\n" * 2000, f"{heads('peers')[0]},奇\n甲,1\n", "县\n义乌市\n"):
        with pytest.raises(BadInputError):
            rows_of("peers", wrong, tmp_path)
    with pytest.raises(BadInputError, match="第 4 行"):
        rows_of("platforms", ",".join(heads("platforms")) + "\n" + ",".join(["名" if h == heads("platforms")[0] else "2023" for h in heads("platforms")]) + "\n\n,,\n".replace(",,", ",2023" * (len(heads("platforms")) - 1)), tmp_path)  # fmt: skip


# ---------------------------------------------------------------- the template, and one writer at a time
def test_every_row_of_the_template_takes_numbers_in_the_units_of_its_indicator(tmp_path):
    path = write_template(ATLAS.county("义乌市"), tmp_path / "t.xlsx", ATLAS, year=2024)
    sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).active
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    named = [row for row in range(4, sheet.max_row + 1) if sheet.cell(row, 2).value]
    assert {*rules} == {f"{letter}{row}" for row in named for letter in "DE"}
    for row in named:
        number, unit = rules[f"D{row}"], rules[f"E{row}"]
        assert (number.type, float(number.formula1), float(number.formula2)) == ("decimal", -1e15, 1e15)
        assert sheet.cell(row, 5).value in unit.formula1.strip('"').split(",")
        assert sheet.cell(row, 3).value == 2024
        known = [sheet.cell(row, column).value for column in (8, 9, 10)]
        assert all(known) or not any(known) or known[0] == 0
    assert sheet.freeze_panes == "B4"
    assert all(sheet.cell(3, column).value for column in range(1, 11))
    titles = [row for row in range(4, sheet.max_row + 1) if row not in named]
    groups_ = load_parameters("bolang.intake")["template_groups"].value
    assert [sheet.cell(row, 1).value for row in titles] == [group["zh"] for group in groups_]


def test_a_second_writer_waits_and_is_told(tmp_path):
    path = tmp_path / "sub" / "ws.duckdb"
    with exclusive(path):
        assert (tmp_path / "sub" / "ws.duckdb.lock").exists()
        with pytest.raises(OutputError, match=r"ws\.duckdb"), exclusive(path, wait=0.12):
            pass
    with exclusive(path, wait=0.0):
        pass
