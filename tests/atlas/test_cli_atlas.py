"""The commands trace, find, catalogue and sql."""

import subprocess
import sys

import polars as pl
import pytest
from typer.testing import CliRunner

from bolang.cli.app import app

RUN = CliRunner()


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    monkeypatch.setenv("COLUMNS", "110")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("BOLANG_WORKSPACE", "/nonexistent/workspace.duckdb")


def run(*arguments):
    result = RUN.invoke(app, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_trace_prints_the_whole_trail():
    out = run("trace", "义乌市", "gdp", "--year", "2020")
    for text in ("14,856,000万元", "2020", "统计年鉴", "公布", "gdp.gdp", "许可", "1485.6 亿元 × 10000"):
        assert text in out
    assert "2个数" in out


def test_trace_marks_an_estimate():
    out = run("trace", "上海市黄浦区", "gdp", "--year", "2020")
    assert "（估计）" in out
    assert "普查就业" in out


def test_trace_lists_all_years():
    out = run("trace", "义乌", "market_entities")
    assert out.count("户") >= 4
    assert "1,260,000" in out


def test_find_lists_the_candidates_and_tells_one_units_story():
    out = run("find", "新华区")
    assert all(code in out for code in ("130105", "130902", "410402"))
    assert "设铜山区" in run("find", "铜山县")
    assert "330782" in run("find", "义鸟市")


def test_catalogue_lists_tables_columns_and_finds_words():
    assert "census" in run("catalogue")
    out = run("catalogue", "gdp")
    assert "gdp.gdp_primary" in out
    assert "万元" in out
    assert "census.floor_area_per_person" in run("catalogue", "住房建筑面积")


def test_sql_prints_and_writes(tmp_path):
    query = "select code, name, area_km2 from units where code = '330782'"
    assert "义乌市" in run("sql", query)
    target = tmp_path / "answer.csv"
    run("sql", query, "-o", str(target))
    assert pl.read_csv(target, schema_overrides={"code": pl.String})["name"].to_list() == ["义乌市"]
    assert "\ufeff" in target.read_text(encoding="utf-8")


def test_a_wide_result_is_printed_in_blocks():
    out = run("sql", "select * from census where code = '330782'")
    assert "population" in out
    assert "housing_other" in out


def bolang(*arguments):
    code = "import sys; sys.argv[0] = 'bolang'; from bolang.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("trace", "义鸟市", "gdp"), "义乌市"),
        (("trace", "新华区", "gdp"), "130105"),
        (("trace", "义乌市", "gdpp"), "gdp"),
        (("trace", "义乌市", "gdp", "--year", "1980"), "2020"),
        (("sql", "select * from nowhere"), "nowhere"),
        (("sql", "select 1", "-o", "/nonexistent/x.csv"), "/nonexistent"),
        (("catalogue", "zzzzzz"), "zzzzzz"),
        (("trace", "义乌市", "gdp", "--lang", "fr"), "fr"),
    ],
)
def test_bad_input_is_one_line_with_a_way_out(arguments, said):
    result = bolang(*arguments)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
