"""Steps of an import that only one kind of document takes: half a year, one basis of two, a title over two lines, a file taken twice."""

import openpyxl
import pytest

from bolang.foundation.errors import BadInputError
from bolang.intake import Workspace, read
from bolang.intake.title import find_title
from bolang.intake.user_tables.kinds import KINDS
from bolang.intake.user_tables.reading import write_blank


def bulletin(tmp_path, text, name="义乌市2024年统计公报.txt"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path)


def test_a_title_that_goes_on_is_joined_with_the_next_line():
    lines = ["关于义乌市2023年预算执行情况和", "义乌市2024年预算草案的报告", "各位代表："]
    assert find_title(lines, "f") == "关于义乌市2023年预算执行情况和义乌市2024年预算草案的报告"


@pytest.mark.parametrize(("span", "part"), [("1-6月", True), ("", False)])
def test_part_of_a_year_is_remarked_and_a_whole_year_is_not(workspace, tmp_path, span, part):
    found = bulletin(tmp_path, f"义乌市2024年{span}经济运行情况\n{span or '全年'}地区生产总值1500亿元，增长7.9%。\n")
    assert any(note.key == "part_of_year" for note in found.notes) is part


def test_the_same_basis_is_said_of_the_growth_it_stands_before(workspace, tmp_path):
    text = "义乌市2024年统计公报\n全年一般公共预算收入150亿元，同口径增长7.8%，一般公共预算支出170亿元，增长4.2%。\n"
    growth = {r.indicator: r.definition for r in bulletin(tmp_path, text).readings if r.indicator.endswith("_growth")}
    assert growth == {"fiscal_revenue_growth": ("同口径",), "fiscal_expenditure_growth": ()}


def test_a_basis_said_in_an_earlier_clause_marks_no_amount(workspace, tmp_path):
    text = "义乌市2024年统计公报\n全年按同口径计算，一般公共预算收入150亿元，税收收入100亿元。\n"
    found = [(r.indicator, r.value, r.definition) for r in bulletin(tmp_path, text).readings]
    assert found == [("fiscal_revenue", 1_500_000.0, ()), ("tax_revenue", 1_000_000.0, ())]


def test_a_file_taken_with_more_figures_holds_one_with_fewer(workspace, tmp_path):
    found = bulletin(
        tmp_path, "义乌市2024年统计公报\n全年地区生产总值2504亿元，第三产业增加值1600亿元，常住人口190万人。\n"
    )
    few, many = found.readings[:1], found.readings[:3]
    first = found.save(only=few)
    second = found.save(only=many)
    assert (first.figures, second.figures) == (1, 3)
    assert first.batch != second.batch
    assert found.save(only=found.readings[:2]).batch == second.batch
    with pytest.raises(BadInputError, match=rf"\b{first.batch}\b.*\b{second.batch}\b"):
        Workspace().undo(999)


def test_every_head_of_an_empty_table_can_be_read(tmp_path):
    kind = next(iter(KINDS.values()))
    sheet = openpyxl.load_workbook(write_blank(kind, tmp_path / "t.xlsx")).active
    dimension = sheet.column_dimensions["A"]
    assert (dimension.min, dimension.max) == (1, len(kind.fields))
    assert dimension.width == pytest.approx(18, abs=1)
