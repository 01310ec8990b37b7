"""Pages as files: every link leads to a file of the folder, nothing asks a server."""

import re

import pytest

from bolang.atlas import Atlas
from bolang.web.site import export_site, file_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    target = tmp_path_factory.mktemp("site")
    atlas = Atlas(workspace=False)
    export_site([atlas.county("330782"), atlas.county("320583")], target, "zh")
    return target


def test_every_link_leads_to_a_file_of_the_folder(folder):
    pages = list(folder.glob("*.html"))
    assert len(pages) > 20
    for page in pages:
        for target in re.findall(r'(?:href|src)="([^"#][^"]*)"', page.read_text(encoding="utf-8")):
            assert (folder / target).is_file(), (page.name, target)


def test_nothing_asks_a_server(folder):
    for page in folder.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<form" not in text
        assert "hx-get" not in text
        assert "token" not in text


def test_the_navigation_holds_only_what_is_there(folder):
    for page in folder.glob("c-*.html"):
        for nav in re.findall(r"<nav\b.*?</nav>", page.read_text(encoding="utf-8"), re.DOTALL):
            assert all("href=" in link for link in re.findall(r"<a\b[^>]*>", nav))


def test_the_figures_of_a_county_come_with_their_trails(folder):
    text = (folder / file_of("/c/330782?lang=zh", "zh")).read_text(encoding="utf-8")
    assert re.search(r'<a class="num[^"]*" href="c-330782-trace-gdp-year-\d{4}\.html"', text)


@pytest.mark.parametrize("page", ["/?lang=zh", "/c/330782?lang=zh", "/c/320583/plan?lang=zh", "/methods/plan?lang=zh"])
def test_every_page_leads_to_itself_in_the_other_language_and_back(folder, page):
    there = file_of(page.replace("zh", "en"), "zh")
    first, other = (
        (folder / file_of(page, "zh")).read_text(encoding="utf-8"),
        (folder / there).read_text(encoding="utf-8"),
    )
    assert re.search(rf'class="lang" href="{there}"', first)
    assert re.search(rf'class="lang" href="{file_of(page, "zh")}"', other)
    assert '<html lang="zh-CN">' in first
    assert '<html lang="en">' in other


def test_links_stay_in_the_language_of_the_page(folder):
    for page in folder.glob("*-lang-en.html"):
        main = page.read_text(encoding="utf-8").partition("<main")[2]
        assert all("-lang-en" in target for target in re.findall(r'href="(c-[^"]+)"', main)), page.name
