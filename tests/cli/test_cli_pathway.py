"""Types and debt on the command line: what is printed, in both languages, and how bad input ends."""

import re

import pytest

from bolang.cli import main


@pytest.fixture
def bolang(capsys, monkeypatch):
    def run(*arguments, code=0):
        monkeypatch.setenv("COLUMNS", "200")
        monkeypatch.setenv("BOLANG_LANG", "zh")
        monkeypatch.setattr("sys.argv", ["bolang", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert (ended.value.code or 0) == code, printed.err
        return printed.err if code else printed.out

    return run


def test_types_of_the_nation_and_of_one_county(bolang, tmp_path):
    assert "产业未齐全、区位受限" in bolang("types")
    page = bolang("types", "义乌市", "--full")
    assert "数字化与外向型发展" in page
    assert "不是官方名录" in page
    english = bolang("types", "漠河市", "--lang", "en")
    assert "losing population" in english
    target = tmp_path / "types.csv"
    bolang("types", "-o", str(target))
    assert len(target.read_text(encoding="utf-8-sig").splitlines()) == 2854


def test_debt_with_and_without_figures(bolang):
    without = bolang("debt", "威宁彝族回族苗族自治县")
    assert "不推算债务余额" in without.replace("\n", "")
    given = ["--general-debt", "120", "--special-debt", "260", "--expenditure", "190", "--transfers", "40"]
    full = bolang("debt", "义乌市", *given, "--fund-revenue", "150", "--fund-expenditure", "170", "--full")
    assert "108.7%" in full
    assert "组合冲击" in full
    assert "general interest" in bolang("debt", "义乌市", "--debt", "2000", "--lang", "en")


def test_the_map_of_the_nation(bolang, tmp_path):
    target = tmp_path / "types.png"
    bolang("types", "--map", str(target))
    assert target.read_bytes().startswith(b"\x89PNG")


def test_neighbours_in_both_languages(bolang):
    page = bolang("join", "浦江县")
    assert "引力最强的核心城市是义乌市" in page
    assert "方向而非金额" in page
    assert "Core cities within reach" in bolang("join", "330726", "--lang", "en")


def test_compare_names_the_types(bolang):
    page = bolang("compare", "义乌市", "威宁", "--indices")
    assert "产业齐全、区位优越" in page
    assert "产业未齐全、区位受限" in page


def test_published_exposure(bolang):
    page = bolang("risk", "义乌市", "--published")
    assert "市场采购贸易占出口" in page
    assert "80.1" in page
    assert "模型估计" not in page


def test_show_goes_on_to_the_road(bolang, monkeypatch):
    monkeypatch.setattr("bolang.economy.scenarios.standard_shocks.standard_shocks", None)  # no model is solved for it
    page = bolang("show", "威宁")
    assert "做好本地特产与县城服务" in page  # no core city within two hours
    assert "一般公共预算收入" in page
    full = bolang("show", "义乌市", "--lang", "en", "--full")
    for title in ("Four shortcomings", "Specialised industries", "Growth", "Its prefecture", "Peers"):
        assert title in full


def test_a_name_that_leads_elsewhere_is_said_first(bolang):
    lines = bolang("show", "临平区").splitlines()
    assert "“临平区”不是2020年普查的单元" in lines[1]
    assert "不是2020年普查的单元" not in bolang("show", "余杭")


def test_imported_figures_are_used_without_being_named(bolang, tmp_path, monkeypatch):
    monkeypatch.setenv("BOLANG_WORKSPACE", str(tmp_path / "own.duckdb"))
    sheet = tmp_path / "own.csv"
    sheet.write_text(
        "指标,2022年,2023年,单位\n政府债务余额,170,180,亿元\n一般债务余额,,90,亿元\n专项债务余额,,90,亿元\n"
        "政府债务限额,172,185,亿元\n政府性基金收入,,9.5,亿元\n政府性基金支出,,11,亿元\n",
        encoding="utf-8",
    )
    bolang("import", str(sheet), "--county", "威宁", "--year", "2023", "--yes")
    page = bolang("debt", "威宁", "--full")
    assert re.search(r"政府债务余额\s+180\.00\s+2023\s+own\.csv", page)
    assert re.search(r"上年政府债务余额\s+170\.00\s+2022\s+own\.csv", page)
    assert "专项债务付息/政府性基金支出" in page
    assert "90%" in page
    assert re.search(r"政府债务余额（亿元）.*180\.0\b", bolang("show", "威宁"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["debt", "义乌市", "--general-debt", "-3"], "非负"),
        (["debt", "义乌", "--revenue", "10", "--debt", "1", "--general-debt", "5"], "大于"),
        (["types", "没有这个县"], "没有"),
        (["types", "--map", "nation.tif"], ".png"),
        (["join", "没有这个县"], "没有"),
        (["risk", "没有这个县"], "没有"),
        (["plan", "义乌市", "--budget", "-1"], "应为 0 到 100000 亿元"),
        (["plan", "义乌市", "--assume", "joy=1"], "joy"),
        (["plan", "义乌市", "--answer", "sea_rail"], "sea_rail"),
        (["plan", "义乌市", "--answer", "sea_rail=maybe"], "maybe"),
        (["plan", "义乌市", "--budget", "1e308"], "100000"),
    ],
)
def test_bad_input_ends_in_one_line(bolang, arguments, message):
    error = bolang(*arguments, code=2)
    assert message in error
    assert "Traceback" not in error
