"""Scenarios as addresses: the same wish is the same text, what is not known is refused, several stand side by side."""

import ast
import pickle
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from bolang.foundation.errors import BadInputError, BolangError
from bolang.foundation.text import same
from bolang.web import scenarios
from bolang.web.scenarios import AskedScenario, joined, scenarios_of
from bolang.wording import load

WISHES = [
    "sea_rail",
    "sea_rail:10,e_commerce,closure:province,draws:8",
    "tariff:north_america:25,own_tariff:all:10,foreign_demand:europe:-20,sea_freight:all:50",
    "port_closed:宁波港,market_closed:330782,closure:fixed,draws:0",
    "road:磐安县:仙居县:30,rail:磐安县:仙居县,faster_road:义乌市:宁波港:15,faster_rail:义乌市:宁波港:20",
    "terminal:永康市,dry_port:清河县,terminal_closed:义乌市,around_africa",
]
BAD = [
    "nothing",
    "",
    "tariff:25",
    "tariff:atlantis:25",
    "tariff:all:900",
    "tariff:all:nan",
    "sea_rail:x",
    "road:义乌市",
    "road:a:b:0",
    "port_closed:",
    "draws:1000",
    "<script>",
    "sea_rail:1:2",
    ",".join(f"port_closed:{k}" for k in range(40)),
    "port_closed:" + "x" * 2000,
]


@pytest.mark.parametrize("text", WISHES)
def test_an_address_is_read_and_written_alike(text):
    assert AskedScenario.from_text(text).text == text


@pytest.mark.parametrize("text", WISHES)
def test_every_part_is_called_something_in_both_languages(text):
    label = AskedScenario.from_text(text).label
    assert label.zh.strip()
    assert label.en.strip()
    places = set("磐安县仙居义乌市宁波港清河永康")
    assert not re.findall(r"[一-鿿]", "".join(c for c in label.en if c not in places))


@pytest.mark.parametrize("text", WISHES)
def test_a_wish_becomes_a_scenario_with_all_its_parts(text, atlas):
    wish = AskedScenario.from_text(text)
    wish.check(atlas)
    made = wish.scenario(atlas.county("330782"))
    assert len(made.levers) + len(made.shocks) + len(made.edits) == len(wish.parts)
    assert (made.closure, made.draws) == (wish.closure, wish.draws)


@pytest.mark.parametrize("text", BAD)
def test_what_is_not_known_is_refused(text):
    with pytest.raises(BadInputError):
        AskedScenario.from_text(text)


def test_a_place_that_is_nowhere_is_refused_before_any_work(atlas):
    for text in ("port_closed:亚特兰蒂斯港", "market_closed:没有县", "terminal:没有县"):
        with pytest.raises(BolangError):
            AskedScenario.from_text(text).check(atlas)


def test_a_form_and_its_address_are_one_wish():
    form = {
        "lever": ["sea_rail"],
        "size_sea_rail": ["10"],
        "tariff": ["25", ""],
        "tariff_region": ["north_america", "all"],
        "market_closed": ["330782", ""],
        "edit": ["road", ""],
        "edit_first": ["磐安县", ""],
        "edit_second": ["仙居县", ""],
        "edit_size": ["30", ""],
        "closure": ["fixed"],
        "draws": ["8"],
    }
    wanted = "sea_rail:10,tariff:north_america:25,market_closed:330782,road:磐安县:仙居县:30,closure:fixed,draws:8"
    assert AskedScenario.from_form(form).text == wanted


def test_four_stand_side_by_side_and_a_fifth_does_not():
    listed = ["sea_rail", "e_commerce", "sea_rail:5", "entry_reform"]
    assert joined(scenarios_of(";".join(listed))) == ";".join(listed)
    assert len(scenarios_of("sea_rail;sea_rail")) == 1
    with pytest.raises(BadInputError):
        scenarios_of(";".join([*listed, "upgrading"]))


def test_every_kind_that_the_form_offers_is_read():
    kinds = (*scenarios.LINES, *scenarios.STATIONS, scenarios.AROUND)
    for kind in kinds:
        filled = [kind, *(["义乌市", "东阳市"] if kind in scenarios.LINES else ["义乌市"])]
        text = scenarios.AROUND if kind == scenarios.AROUND else ":".join(filled)
        assert AskedScenario.from_text(text).parts[0].kind == kind


def column(gdp, low, high):
    from bolang.economy.scenarios.results import Effect
    from bolang.pages.simulate.comparison import ScenarioColumn

    effect = Effect("gdp", "county", gdp, low, high, 1.0, 100.0)
    return ScenarioColumn((effect,), 7.0, 3.0, 0.5, "330783", "")


def verdict(*columns):
    from bolang.pages.simulate.comparison import comparison_page

    listed = [("ABCD"[k], same(f"s{k}"), item) for k, item in enumerate(columns)]
    page = comparison_page(same("x"), listed, same)
    said = [sentence.text.en for sentence in page.front[0].sentences]
    return page, said


def test_the_better_scenario_is_named_only_with_what_the_intervals_tell():
    words = load("web_scenario")
    nan = float("nan")
    cases = [
        ((column(0.01, 0.008, 0.012), column(0.02, 0.015, 0.03)), "compare.apart"),
        ((column(0.01, 0.008, 0.016), column(0.02, 0.015, 0.03)), "compare.overlap"),
        ((column(0.01, nan, nan), column(0.02, nan, nan)), "compare.no_draws"),
    ]
    for columns, key in cases:
        page, said = verdict(*columns)
        wanted = words(key, other=same("A")) if key == "compare.overlap" else words(key)
        assert said[1] == wanted.en
        assert "B" in said[0]
        assert [row.cells[2].value for row in page.tables()[0].rows if row.key == "county-gdp"] == [2.0]
    _, lost = verdict(column(-0.01, nan, nan), column(-0.02, nan, nan))
    assert lost[0].startswith("No scenario")


def test_what_is_compared_travels_between_processes():
    item = column(0.01, 0.0, 0.02)
    assert pickle.loads(pickle.dumps(item)) == item


def test_every_refusal_has_words_and_every_word_a_refusal():
    asked = {
        node.args[0].value
        for path in (Path(scenarios.__file__).parent).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "refuse"
    }
    known = {key.removeprefix("error.") for key in load("web_errors").entries}
    assert {key for key in known if ".hint" not in key} == asked
    assert {key for key in known if key.endswith(".hint")} == {f"{key}.hint" for key in asked}
    assert {key.removesuffix(".hint.agent") for key in known if key.endswith(".agent")} <= asked


def test_a_scenario_that_was_not_computed_says_so_and_offers_to(client):
    text = client.get("/c/330782/simulate?s=sea_rail;e_commerce&lang=en").text
    assert text.count("Not computed yet") == 2
    assert 'name="s" value="sea_rail"' in text


@pytest.mark.parametrize("text", ["nothing", "sea_rail;;nothing", "tariff:all:<script>"])
def test_a_bad_address_is_refused_in_words(client, text):
    answer = client.get("/c/330782/simulate", params={"s": text, "lang": "en"})
    assert answer.status_code == 400
    assert "not known" in answer.text or "must be a number" in answer.text
    assert "<script>" not in answer.text.split("<main")[1]


def test_the_form_starts_what_it_says_and_leads_to_its_address(client, app):
    sent = {"token": "secret", "lever": ["sea_rail"], "market_closed": "330782", "draws": "0", "closure": "fixed"}
    answer = client.post("/c/330782/simulate", data=sent)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/c/330782/simulate?s=sea_rail,market_closed:330782,closure:fixed,draws:0"
    beside = client.post("/c/330782/simulate", data={**sent, "lever": "e_commerce", "keep": "1", "beside": "sea_rail"})
    assert beside.headers["location"].startswith("/c/330782/simulate?s=sea_rail;e_commerce,market_closed")
    for job in app.state.jobs.all():
        app.state.jobs.cancel(job)


def test_several_changes_of_the_network_go_in_one_pass(client):
    form = client.get("/c/330782/simulate").text
    assert form.count('name="edit"') >= 3
    sent = {
        "token": "secret",
        "edit": ["road", "terminal", "around_africa"],
        "edit_first": ["磐安县", "永康市", ""],
        "edit_second": ["仙居县", "", ""],
        "edit_size": ["30", "", ""],
        "draws": "0",
    }
    where = client.post("/c/330782/simulate", data=sent).headers["location"]
    asked = AskedScenario.from_text(unquote(where.partition("s=")[2]))
    assert [part.kind for part in asked.parts] == ["road", "terminal", "around_africa"]
    again = client.get(where).text
    assert again.count('name="edit"') >= 6
    assert 'value="磐安县"' in again
    for job in client.app.state.jobs.all():
        client.app.state.jobs.cancel(job)
