"""The commands: review, save, list, show, undo, template."""

import json
import os
import subprocess
import sys

import pytest
from score import CORPUS, plain
from typer.testing import CliRunner

from bolang.cli.app import app
from bolang.foundation.errors import BolangError
from bolang.intake import Workspace

RUNNER = CliRunner(env={"COLUMNS": "200"})


def run(*arguments, **options):
    result = RUNNER.invoke(app, list(map(str, arguments)), **options)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def bulletin(tmp_path):
    text = plain((CORPUS / "tuned" / "henan_2021.txt").read_text(encoding="utf-8"))
    path = tmp_path / "嵩县2021公报.txt"
    path.write_text(text.replace("河川县", "嵩县"), encoding="utf-8")
    return path


def test_a_bulletin_is_reviewed_saved_listed_shown_and_taken_back(workspace, bulletin):
    result = run("import", bulletin, "--yes", "--doubtful")
    assert result.exit_code == 0
    assert "地区生产总值" in result.output
    assert "编号 1" in result.output
    assert "嵩县" in run("workspace", "list").output
    shown = run("workspace", "show", "--full").output
    assert "312.46亿元" in shown
    assert "综合" in shown
    assert json.loads(run("workspace", "list", "--to", "json").output)
    assert "已撤销第 1 次" in run("workspace", "undo").output
    assert Workspace().batches() == []


def test_without_yes_and_without_a_terminal_nothing_is_saved(workspace, bulletin):
    with pytest.raises(BolangError, match="没有终端可以询问，未保存") as raised:
        run("import", bulletin)
    assert "--yes" in raised.value.hint
    assert not workspace.exists()


def test_a_file_without_figures_is_an_error_that_says_how_to_see_why(workspace, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("全县共有学校52所。", encoding="utf-8")
    with pytest.raises(BolangError, match="没有读出可用的数字") as raised:
        run("import", path, "--county", "义乌市", "--year", 2023, "--yes")
    assert "--full" in raised.value.hint
    assert not workspace.exists()


def test_figures_that_fail_a_check_are_held_back(workspace, bulletin):
    bulletin.write_text(bulletin.read_text(encoding="utf-8").replace("121.37亿元", "131.37亿元"), encoding="utf-8")
    result = run("import", bulletin, "--yes")
    assert "✗" in result.output
    assert "各项之和与总数不符" in result.output
    saved = set(Workspace().facts()["indicator"].to_list())
    assert "population_resident" in saved
    assert not {"gdp", "gdp_secondary"} & saved


def test_the_same_file_twice_is_pointed_out(workspace, bulletin):
    run("import", bulletin, "--yes")
    assert "已导入过" in run("import", bulletin, "--yes").output


def test_a_name_that_several_counties_share_asks_for_more(workspace, bulletin):
    with pytest.raises(BolangError, match="鼓楼区"):
        run("import", bulletin, "--county", "鼓楼区")


def test_the_year_must_be_known(workspace, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("地区生产总值100亿元。", encoding="utf-8")
    with pytest.raises(BolangError) as raised:
        run("import", path, "--county", "义乌市")
    assert "--year" in raised.value.hint
    with pytest.raises(BolangError) as raised:
        run("import", path, "--year", 2023)
    assert "--county" in raised.value.hint


def test_the_title_of_another_county_is_pointed_out(workspace, bulletin):
    with pytest.raises(BolangError, match="没有可保存的数字"):
        run("import", bulletin, "--county", "义乌市", "--yes")
    result = run("import", bulletin, "--county", "义乌市", "--yes", "--doubtful")
    assert "标题里写的是“嵩县”" in result.output
    assert Workspace().batches()[0].county == "浙江省金华市义乌市"


def test_all_that_was_not_read_can_be_listed(workspace, bulletin):
    assert "61.24" not in run("import", bulletin, "--yes").output.split("未取")[1]
    assert "98.65千公顷" in run("import", bulletin, "--full", "--yes").output


def test_a_template_is_written_and_an_error_reaches_the_user_in_one_line(workspace, tmp_path):
    path = tmp_path / "我县.xlsx"
    assert str(path) in run("template", "义乌市", "-o", path).output.replace("\n", "")
    assert path.exists()
    environment = {**os.environ, "BOLANG_LANG": "en", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", "from bolang.cli import main; main()", "import", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 2
    assert "Nothing has been filled in" in done.stderr
    assert "Traceback" not in done.stderr


BUDGET = """关于义乌市2030年预算执行情况和2031年预算草案的报告
（一）一般公共预算执行情况
全市一般公共预算收入136.2亿元，一般公共预算支出165.3亿元，其中债务付息支出4.6亿元。
（二）政府性基金预算执行情况
全市政府性基金预算收入120.3亿元，政府性基金预算支出152.6亿元，其中专项债务付息支出9.1亿元。
（三）政府债务情况
全市政府债务余额441.9亿元，其中一般债务余额135.2亿元，专项债务余额306.7亿元；政府债务限额445.2亿元。
"""


def test_a_budget_report_feeds_the_assessment_of_debt_at_once(workspace, tmp_path):
    from bolang.atlas import Atlas
    from bolang.pathway.debt.sources import fiscal_position

    path = tmp_path / "报告.txt"
    path.write_text(BUDGET, encoding="utf-8")
    run("import", path, "--yes")
    atlas = Atlas()
    position = fiscal_position(atlas, atlas.county("义乌市"))
    assert (position.debt, position.general_debt, position.special_debt) == pytest.approx((441.9, 135.2, 306.7))
    assert (position.general_interest, position.special_interest, position.quota) == pytest.approx((4.6, 9.1, 445.2))
    assert "全市政府债务余额441.9亿元" in run("trace", "义乌市", "debt_balance", "--year", 2030).output


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("关于义乌市2024年预算执行情况和2025年预算草案的报告", "义乌市"),
        ("义乌市人民政府关于2024年财政决算的报告", "义乌市"),
        ("关于威宁彝族回族苗族自治县2023年全县和县级预算执行情况的报告", "威宁彝族回族苗族自治县"),
        ("上海市浦东新区2023年国民经济和社会发展统计公报", "上海市浦东新区"),
        ("湖口县2023年度县本级财政预算执行情况", "湖口县"),
        ("义乌统计月报2024年12月", ""),
    ],
)
def test_the_county_of_a_title(title, name):
    from bolang.intake.bulletin import name_of_title

    assert name_of_title(title) == name
