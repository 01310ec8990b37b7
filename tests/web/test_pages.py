"""Every page answers in both languages, and every number on it leads to its trail."""

import re
from importlib import resources

import pytest

from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import same
from bolang.web.about import PACKAGES, UNITS
from bolang.web.fields import listed_names

PAGES = [
    "/",
    "/c/330782",
    "/c/330782/trace/gdp?year=2023",
    "/c/330782/plan?budget=3",
    "/c/330782/debt?general_debt=50&special_debt=80",
    "/c/330782/simulate",
    "/c/330782/report",
    "/compare?c=330782,320583,350582",
    "/rank?by=fiscal_revenue&province=浙江省",
    "/rank?by=circulation",
    "/map?by=type",
    "/jobs",
    "/import",
    "/batch",
    "/about",
    "/methods",
    "/methods/debt",
]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_in_its_language_and_runs_no_inline_script(client, path, lang):
    answer = client.get(path + ("&" if "?" in path else "?") + f"lang={lang}")
    assert answer.status_code == 200
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in answer.text
    assert not re.search(r"<script(?![^>]*\ssrc=)", answer.text)
    assert not re.search(r"\son\w+=|style=", answer.text)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_no_page_names_another_host(client):
    for path in PAGES:
        text = client.get(path).text
        loaded = re.findall(r'(?:src|href|action|hx-get)="(https?:)?//', text)
        assert not loaded, path


def test_every_linked_number_has_a_trail_that_shows_it(client):
    text = client.get("/c/330782?lang=zh").text
    links = re.findall(r'<a class="num[^"]*" href="([^"]+)"[^>]*>([^<]+)</a>', text)
    assert len(links) > 15
    for address in {href.replace("&amp;", "&") for href, _ in links}:
        assert client.get(address).status_code == 200, address


def test_the_trail_says_value_year_and_source(client):
    text = client.get("/c/320583/trace/gdp?year=2023&lang=zh").text
    assert "5,140.6" in text or "51406" in text.replace(",", "")
    assert "《中国县域统计年鉴2024（县市卷）》" in text


def test_an_ambiguous_name_offers_its_counties(client):
    answer = client.get("/find?q=朝阳区&lang=zh")
    assert answer.status_code == 400
    assert "北京市" in answer.text
    assert "吉林省" in answer.text


@pytest.mark.parametrize(("asked", "code"), [("义乌", "330782"), ("330782", "330782"), ("昆山市", "320583")])
def test_a_name_leads_to_its_county(client, asked, code):
    answer = client.get(f"/find?q={asked}")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/c/{code}")


def test_completion_knows_pinyin_and_names(client):
    assert "330782" in client.get("/suggest?q=yiwu").text
    assert "330782" in client.get("/suggest?q=义乌").text


@pytest.mark.parametrize("path", ["/c/999999", "/c/330782/trace/nonsense", "/rank?by=nonsense", "/map?by=nonsense"])
def test_an_unknown_thing_is_said_and_does_not_fail(client, path):
    assert client.get(path).status_code in (400, 404)


@pytest.mark.parametrize("budget", ["nan", "inf", "-1", "1e9", "<script>"])
def test_a_bad_number_is_refused_in_words(client, budget):
    answer = client.get("/c/330782/plan", params={"budget": budget, "lang": "en"})
    assert answer.status_code == 400
    assert "must be a number" in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "docx"])
def test_a_page_is_taken_away_as_a_file(client, form):
    answer = client.get(f"/compare?c=330782,320583&to={form}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    start = {"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "docx": b"PK", "json": b"{"}[form]
    assert answer.content.startswith(start)


def test_one_table_is_taken_away_as_csv(client):
    text = client.get("/compare?c=330782,320583&to=csv&item=compare&lang=zh").content.decode("utf-8-sig")
    assert text.splitlines()[1].startswith("指标,义乌市,昆山市")


def test_the_map_has_a_class_for_every_county(client):
    found = client.get("/map.json?by=fiscal_revenue").json()
    shapes = client.get("/shapes.json").json()
    assert len(found["kind"]) == len(found["shown"]) == len(shapes["codes"]) == 2853
    known = [kind for kind in found["kind"] if kind >= 0]
    for kind in range(5):
        assert known.count(kind) / len(known) == pytest.approx(0.2, abs=0.01)


def test_the_map_of_a_lever_colours_those_that_can_still_take_it_up(client, atlas):
    found = client.get("/map.json?by=sea_rail&lang=zh").json()
    coloured = {c.code for c, kind in zip(atlas.counties, found["kind"], strict=True) if kind >= 0}
    assert coloured
    rows = client.get("/where?lever=sea_rail&to=json&lang=zh").json()
    table = next(block for block in rows["front"] if block["type"] == "table")
    assert coloured == {row["key"] for row in table["rows"]}


def test_a_lever_is_ranked_where_levers_are(client):
    answer = client.get("/rank?by=sea_rail&province=浙江省")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/where?lever=sea_rail&province=")


def test_where_begins_with_a_lever_that_somebody_can_still_take_up(client, atlas):
    from bolang.pathway.plan.possibility import Possibilities

    chosen = re.search(r'<option value="(\w+)" selected', client.get("/where").text)[1]
    who = Possibilities(atlas)
    assert any(who.of(county, chosen).standing in ("open", "unknown") for county in atlas.counties)


@pytest.mark.parametrize("by", ["map", "rank"])
def test_no_two_choices_read_the_same(client, by):
    text = client.get(f"/{by}?by=fiscal_revenue&lang=zh").text
    facts = re.search(r"<optgroup.*?</optgroup>", text, re.DOTALL)[0]
    labels = re.findall(r"<option[^>]*>([^<]+)</option>", facts)
    assert len(labels) == len(set(labels))


def test_the_shapes_leave_no_gap_between_neighbours(client):
    import numpy as np
    import shapely

    shapes = client.get("/shapes.json").json()

    def ring(steps):
        return np.cumsum(np.reshape(steps, (-1, 2)), axis=0)

    jiangsu = [
        shapely.make_valid(shapely.Polygon(max((ring(r) for r in unit), key=len)))
        for code, unit in zip(shapes["codes"], shapes["units"], strict=True)
        if code.startswith("3205")
    ]
    whole = shapely.union_all(jiangsu)
    assert whole.area == pytest.approx(sum(shapely.area(jiangsu)), rel=2e-3)
    assert {"south_china_sea", "undemarcated"} <= shapes["lines"].keys()


def test_the_map_without_what_is_unsure_is_another_picture(client):
    whole = client.get("/map?by=type&to=png&item=map").content
    sure = client.get("/map?by=type&to=png&item=map&hide=unsure").content
    assert whole.startswith(b"\x89PNG")
    assert whole != sure


def test_where_no_sweep_ships_its_pages_are_not_offered_and_say_so(client):
    from bolang.economy.scenarios.sweep import Sweep

    offered = "/where" in client.get("/").text
    assert offered is bool(Sweep.shipped().levers)
    assert client.get("/where").status_code == (200 if offered else 400)


def test_a_unit_founded_after_the_census_leads_to_where_its_figures_are_and_says_so(client):
    answer = client.get("/find?q=临平区&lang=zh")
    assert answer.status_code == 303
    text = client.get(answer.headers["location"]).text
    assert "临平区" in text
    assert "余杭区" in text


def test_a_name_of_several_counties_asks_which_one_in_the_language_of_the_page(client):
    page = client.get("/find?q=朝阳区&lang=en").text
    assert "Which one?" in page
    assert ">Chaoyang District, Beijing</a>" in page
    assert "That did not work" not in page
    assert ">北京市朝阳区</a>" in client.get("/find?q=朝阳区&lang=zh").text


@pytest.mark.parametrize("part", PACKAGES)
def test_every_unit_of_an_assumption_reads_in_chinese(part):
    if not resources.files(PACKAGES[part]).joinpath("parameters.yaml").is_file():
        return
    for found in load_parameters(PACKAGES[part]).parameters.values():
        shown = UNITS.get(found.unit, same(found.unit)).in_("zh").replace("GDP", "")
        assert not re.search(r"[A-Za-z]{2}", shown), found.unit


def test_a_file_holds_published_figures_with_all_their_digits(client, atlas):
    told = client.get("/compare?c=330782,320583&to=csv&lang=zh").text
    for code in ("330782", "320583"):
        published = atlas.fact(code, "fiscal_expenditure", 2023).value / 1e4
        assert f"{published:.10g}（2023）" in told


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("义乌 昆山、曹县\n威宁", ["义乌", "昆山", "曹县", "威宁"]),
        ("Cao County, Yiwu; 330782", ["Cao County", "Yiwu", "330782"]),
        ("330782 320583", ["330782", "320583"]),
        (" ,, ", []),
    ],
)
def test_a_list_of_names_is_cut_where_a_reader_cuts_it(typed, names):
    assert listed_names(typed) == names


def test_an_english_comparison_can_be_asked_for_again(client):
    page = client.get("/compare?c=330782,371721,110105&lang=en").text
    asked = re.search(r'name="c" value="([^"]+)"', page)[1]
    assert asked == "Yiwu, Cao County, 110105"
    assert client.get("/compare", params={"c": asked}).status_code == 200
