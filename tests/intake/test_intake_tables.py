"""Tables of every kind: bulletins, yearbooks with merged bilingual headers, terminal exports, pages of cells."""

from decimal import Decimal

import pytest

from bolang.intake.blocks import FilledTable, blocks_of_lines
from bolang.intake.cells import label_phrase, number, units_in
from bolang.intake.files.sheets import grids_of_rows
from bolang.intake.tables import TableReader
from bolang.intake.times import Time

CODES = {"义乌市": "330782", "义乌": "330782", "东阳市": "330783"}


def read(rows, caption="", year=2023, own="", topic="none", plan=False):
    grid = FilledTable(tuple(tuple(row) for row in rows), "表1", 1, caption)
    return TableReader(Time(year), topic, CODES.get, own, plan).read(grid)


def figures(result):
    return {(c.code, c.found.indicator, c.found.time.year): float(c.found.value) for c in result.found}


def reasons(result):
    return {c.left.printed: c.left.reason for c in result.left}


def test_indicators_in_rows_with_units_growth_and_last_year():
    result = read(
        [
            ["指标", "单位", "2023年", "上年", "比上年增长（%）", "占比(%)", "完成预算%"],
            ["地区生产总值 GDP", "亿元", "2,055.6", "1920.1", "7.0", "100", "-"],
            ["  第二产业", "亿元", "28.9", "28.1", "3.1", "1.4", ""],
            ["#工业", "亿元", "560.2", "…", "4.8", "27.3", ""],
            ["一、一般公共预算收入", "亿元", "130.21", "118.49", "9.9", "", "101.2"],
            ["年末常住人口", "万人", "190.3", "188.8", "", "", ""],
            ["固定资产投资增速", "%", "12.3", "", "", "", ""],
        ]
    )
    assert figures(result) == {
        ("", "gdp", 2023): 20556000,
        ("", "gdp", 2022): 19201000,
        ("", "gdp_growth", 2023): 7.0,
        ("", "gdp_secondary", 2023): 289000,
        ("", "gdp_secondary", 2022): 281000,
        ("", "gdp_secondary_growth", 2023): 3.1,
        ("", "value_added_industry", 2023): 5602000,
        ("", "value_added_industry_growth", 2023): 4.8,
        ("", "fiscal_revenue", 2023): 1302100,
        ("", "fiscal_revenue", 2022): 1184900,
        ("", "fiscal_revenue_growth", 2023): 9.9,
        ("", "population_resident", 2023): 1903000,
        ("", "population_resident", 2022): 1888000,
        ("", "fixed_investment_growth", 2023): 12.3,
    }
    assert reasons(result)["101.2"] == "target"
    assert reasons(result)["27.3"] == "share"


def test_the_unit_in_the_caption_holds_for_the_table():
    result = read(
        [
            ["指标", "绝对数", "增长%"],
            ["社会消费品零售总额", "1022.3", "2.1"],
            ["城镇居民人均可支配收入（元）", "80137", "4"],
        ],
        "单位：亿元、%",
    )
    assert figures(result)["", "retail_sales", 2023] == 10223000
    assert figures(result)["", "income_urban", 2023] == 80137


def test_a_number_without_a_unit_is_not_taken():
    assert reasons(read([["指标", "数值"], ["地区生产总值", "1022.3"], ["财政总收入", "9"]])) == {
        "1022.3": "unit",
        "9": "unit",
    }


def test_a_budget_table_is_left():
    result = read(
        [["项目", "预算数"], ["一般公共预算收入", "102000"], ["税收收入", "80000"]], "2024年预算表 单位：万元"
    )
    assert figures(result) == {}
    assert set(reasons(result).values()) == {"target"}


def test_two_panels_side_by_side_take_the_budget_from_the_caption():
    rows = [
        ["收入", "执行数", "支出", "执行数"],
        ["本级收入", "98760", "本级支出", "621553"],
        ["税收", "50160", "上解支出", "11336"],
    ]
    general = figures(read(rows, "2022年全县一般公共预算收支平衡表；单位：万元", year=2022))
    assert general == {
        ("", "fiscal_revenue", 2022): 98760,
        ("", "tax_revenue", 2022): 50160,
        ("", "fiscal_expenditure", 2022): 621553,
    }
    fund = figures(read(rows[:2], "2022年全县政府性基金收支平衡表；单位：万元", year=2022))
    assert fund == {("", "fund_revenue", 2022): 98760, ("", "fund_expenditure", 2022): 621553}


YEARBOOK = [
    ["1-5 各县(市、区)生产总值(2022年)"] * 5,
    ["Gross Domestic Product by County (2022)"] * 5,
    ["", "", "", "", "单位：万元"],
    ["县(市、区)", "地区生产总值", "地区生产总值", "地区生产总值", "地区生产总值"],
    ["County", "GDP", "第一产业\nPrimary Industry", "第二产业\nSecondary Industry", "第三产业\nTertiary Industry"],
    ["全  市", "100", "10", "40", "50"],
    ["义 乌 市", "18355400", "280000", "5500000", "12575400"],
    ["东阳市", "7600000", "220000", "3400000", "3980000"],
    ["续表 continued", "", "", "", ""],
    ["县(市、区)", "年末常住人口(万人)", "一般公共预算收入(万元)", "出口总额(亿元)", "社会消费品零售总额(亿元)"],
    ["义 乌 市", "188.8", "1184900", "4316.4", "1022.3"],
    ["东阳市", "109.1", "720000", "210.1", "300.3"],
]


def test_yearbook_sheets_with_merged_bilingual_headers_and_a_continuation():
    first, second = grids_of_rows(YEARBOOK, "1-5")
    found = figures(TableReader(Time(2020), "none", CODES.get).read(first))
    assert found["330782", "gdp", 2022] == 18355400
    assert found["330783", "gdp_tertiary", 2022] == 3980000
    assert len(found) == 8
    more = TableReader(Time(2020), "none", CODES.get, own="330782").read(second)
    assert figures(more) == {
        ("330782", "population_resident", 2022): 1888000,
        ("330782", "fiscal_revenue", 2022): 1184900,
        ("330782", "exports_cny", 2022): 43164000,
        ("330782", "retail_sales", 2022): 10223000,
    }
    assert second.rows[4][0] == "义 乌 市"
    assert second.first_row + 4 == 11  # its row in the sheet


def test_the_two_halves_of_a_header_make_one_name():
    rows = [
        ["", "城镇居民", "城镇居民"],
        ["年份", "人均可支配收入（元）", "人均消费支出（元）"],
        ["2021", "60000", "40000"],
        ["2022年", "63000", "41000"],
    ]
    assert figures(read(rows)) == {
        ("", "income_urban", 2021): 60000,
        ("", "consumption_per_head_urban", 2021): 40000,
        ("", "income_urban", 2022): 63000,
        ("", "consumption_per_head_urban", 2022): 41000,
    }


def test_an_unknown_upper_half_keeps_the_lower_from_being_taken():
    rows = [["", "纯农户"], ["年份", "人均可支配收入（元）"], ["2021", "60000"], ["2022", "63000"]]
    assert figures(read(rows)) == {}


def test_a_terminal_export_with_banner_rows():
    result = read(
        [
            ["指标名称", "义乌:GDP", "浙江:义乌:GDP:同比", "义乌:地方一般公共预算收入", "浙江:GDP"],
            ["频率", "年", "年", "年", "年"],
            ["单位", "亿元", "%", "亿元", "亿元"],
            ["指标ID", "M0001", "M0002", "M0003", "M0004"],
            ["来源", "统计局", "统计局", "财政局", "统计局"],
            ["2021-12-31", "1730.16", "10.2", "110.3", "73516"],
            ["2022-12-31", "1835.54", "4.6", "118.49", "77715"],
            ["2023-09-30", "1500.1", "7", "100", "60000"],
            ["数据来源：终端", "", "", "", ""],
        ]
    )
    assert figures(result) == {
        ("330782", "gdp", 2021): 17301600,
        ("330782", "gdp_growth", 2021): 10.2,
        ("330782", "fiscal_revenue", 2021): 1103000,
        ("330782", "gdp", 2022): 18355400,
        ("330782", "gdp_growth", 2022): 4.6,
        ("330782", "fiscal_revenue", 2022): 1184900,
    }


def test_a_header_of_several_parts_is_followed_to_its_last_one():
    result = read(
        [
            [
                "指标名称",
                "义乌:政府债务余额",
                "义乌:政府债务余额:专项债务",
                "义乌:一般公共预算支出:教育",
                "义乌:GDP:第二产业",
            ],
            ["单位", "亿元", "亿元", "亿元", "亿元"],
            ["2023-12-31", "300.2", "210.3", "35.6", "706.2"],
        ]
    )
    assert figures(result) == {
        ("330782", "debt_balance", 2023): 3002000,
        ("330782", "debt_balance_special", 2023): 2103000,
        ("330782", "gdp_secondary", 2023): 7062000,
    }
    assert [item.left.printed for item in result.left] == ["35.6"]


def test_a_label_without_chinese_is_read_or_listed_never_dropped():
    result = read(
        [["指标", "单位", "2023年"], ["GDP", "亿元", "205.5"], ["人均GDP", "元", "71000"], ["No. 3", "亿元", "9.9"]]
    )
    assert figures(result) == {("", "gdp", 2023): 2055000, ("", "gdp_per_capita", 2023): 71000}
    assert [(item.left.printed, item.left.reason) for item in result.left] == [("9.9", "outside")]


def test_growth_over_two_years_and_no_change_in_columns():
    rows = [["指标", "2023年", "增减±%", "两年平均增长%"], ["工业增加值（亿元）", "20.5", "±0.0", "4.1"]]
    assert figures(read(rows)) == {
        ("", "value_added_industry", 2023): 205000,
        ("", "value_added_industry_growth", 2023): 0,
    }


def test_monthly_columns_are_left_and_the_sum_to_date_is_taken():
    rows = [
        ["项目", "单位", "4月", "1-4月累计", "累计增长(%)"],
        ["社会消费品零售总额", "万元", "297859", "1278093", "16.5"],
        ["进出口总额", "万元", "1", "9", "2"],
    ]
    result = read(rows, year=2011)
    assert reasons(result)["297859"] == "month"
    assert {c.found.time.period for c in result.found if not c.found.indicator.endswith("growth")} == {"Jan-Apr"}


def test_tables_in_running_text():
    text = "表2：主要指标\n单位：万元\n指标 绝对数 比上年增长%\n地区生产总值 1262635 6.9\n#工 业 330753 9.4\n全年粮食增产。"
    grid = next(block for block in blocks_of_lines(text.splitlines()) if isinstance(block, FilledTable))
    assert grid.rows[1] == ("地区生产总值", "1262635", "6.9")
    assert "单位：万元" in grid.caption
    assert figures(TableReader(Time(2023), "none").read(grid))["", "value_added_industry", 2023] == 330753


def test_one_cell_a_line_is_a_table_only_where_no_label_has_two_numbers():
    page = ["单位：万元", "", "税收", "", "83660", "", "非税", "83840", "上级补助收入", "455354", "下文。"]
    grid = blocks_of_lines(page)[0]
    assert isinstance(grid, FilledTable)
    assert grid.rows == (("税收", "83660"), ("非税", "83840"), ("上级补助收入", "455354"))
    assert not isinstance(
        blocks_of_lines(["单位：万元", "税收", "83660", "12.5", "非税", "1", "2", "下文。"])[0], FilledTable
    )


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,234.5", "1234.5"),
        ("-3.2%", "-3.2"),
        ("1.5e3", "1500"),
        ("+7", "7"),
        ("—", None),
        ("2023年", None),
        ("12a", None),
        ("", None),
    ],
)
def test_numbers_of_cells(cell, value):
    assert number(cell) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("label", "phrase", "units"),
    [
        ("#（一）地区生产总值（亿元）", "地区生产总值", ["亿元"]),
        ("其中：税收收入", "税收收入", []),
        ("1.一般公共预算收入 General Public Budget Revenue", "一般公共预算收入", []),
        ("年末常住人口(万人)", "常住人口", ["万人"]),
    ],
)
def test_labels(label, phrase, units):
    from bolang.intake.characters import clean

    text = clean(label).text
    assert label_phrase(text)[0] == phrase
    assert [unit.name for unit in units_in(text)] == units
