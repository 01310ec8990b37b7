"""What a page says gives the same result does run, and gives it."""

import html
import re

import pytest
from typer.testing import CliRunner

import bolang as bl
from bolang.cli.app import app as commands

PAGES = {
    "/c/330782": "义乌市",
    "/c/330782/trace/gdp?year=2023": "20,556,178",
    "/c/520526/plan?budget=3&has_sea_rail=no": "威宁",
    "/c/330782/debt?general_debt=50&special_debt=80": "80",
    "/c/330782/levers": "义乌市",
    "/compare?c=330782,320583": "5,141",
    "/rank?by=fiscal_revenue&province=浙江省": "余杭",
    "/rank?by=circulation": "白云区",
    "/map?by=type": "",
    "/map?by=circulation": "白云区",
    "/map?by=gdp": "",
    "/where": "",
    "/about": "",
}


def shown(client, path):
    """Return the command and the Python of a page."""
    answer = client.get(path + ("&" if "?" in path else "?") + "lang=zh")
    if answer.status_code == 400 and not bl.Sweep.shipped().levers:
        pytest.skip("no national sweep ships")
    text = answer.text
    return [html.unescape(block) for block in re.findall(r"<pre>(.*?)</pre>", text, re.DOTALL)]


@pytest.mark.parametrize(("path", "said"), PAGES.items())
def test_the_command_of_a_page_gives_what_the_page_shows(client, path, said):
    command = shown(client, path)[0]
    assert command.startswith("bolang ")
    done = CliRunner().invoke(commands, command.split()[1:], env={"BOLANG_LANG": "zh", "COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    assert said in done.output


@pytest.mark.parametrize("path", PAGES)
def test_the_python_of_a_page_runs(client, path, capsys):
    code = shown(client, path)[1]
    assert code.startswith("import bolang as bl")
    exec(compile(code, path, "exec"), {"bl": bl})
    assert capsys.readouterr().out.strip()


def test_a_scenario_is_told_as_command_and_python(client):
    address = "/c/330782/simulate?s=sea_rail:10,tariff:north_america:25,market_closed:330782,closure:fixed,draws:0"
    command, python = shown(client, address)
    assert "--lever sea_rail=10% --tariff north_america=25% --close-market '330782' --closure fixed" in command
    built = python.replace("bl.simulate(", "(").replace("print(found.explain())", "")
    space = {}
    exec(compile(built, address, "exec"), space)
    scenario = space["found"]
    assert [use.effect for use in scenario.levers] == [0.1]
    assert [shock.kind for shock in scenario.shocks] == ["tariff", "market_closed"]
    assert scenario.closure == "fixed"


def test_changes_of_the_network_are_told_as_python_that_builds_them(client):
    from bolang.space import AddLink, AvoidSuez, UpgradeLink

    command = shown(client, "/c/330782/simulate?s=road:磐安县:仙居县:30,faster_rail:义乌市:宁波港:20,around_africa")
    assert len(command) == 1  # the terminal has no option for these
    space = {}
    exec(compile(command[0].replace("bl.simulate(", "(").replace("print(found.explain())", ""), "x", "exec"), space)
    assert space["found"].edits == (
        AddLink("磐安县", "仙居县", "road", 30.0),
        UpgradeLink("义乌市", "宁波港", "rail", 0.8),
        AvoidSuez(),
    )
