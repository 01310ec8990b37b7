"""The pages in a real browser, with no network beyond this machine: what readers see, click and wait for."""

import os
import shutil
import socket
import subprocess
import sys
import time

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium"),
]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = [
    "/",
    "/c/330782",
    "/c/520526/plan",
    "/c/330782/debt",
    "/c/330782/simulate",
    "/compare",
    "/rank",
    "/map",
    "/import",
    "/about",
]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "BOLANG_WORKSPACE": str(tmp_path_factory.mktemp("own") / "w.duckdb"),
        "BOLANG_LANG": "zh",
    }
    command = [sys.executable, "-m", "bolang", "serve", "--no-browser", "--port", str(port)]
    server = subprocess.Popen(command, env=environment)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(20)


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser, home):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    faults, asked = [], []
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    context.close()
    assert faults == []
    assert all(url.startswith((home, "data:")) for url in asked)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_fits_its_window(page, home, lang, width):
    page.set_viewport_size({"width": width, "height": 844})
    for path in PAGES:
        page.goto(f"{home}{path}?lang={lang}", wait_until="networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_search_completes_and_leads_to_the_county(page, home):
    page.goto(home)
    page.fill("#big", "yiwu")
    page.click("#suggest-big a")
    page.wait_for_url("**/c/330782")
    assert "义乌市" in page.inner_text("h1")


def test_the_map_paints_recolours_and_hides_what_is_unsure(page, home):
    page.goto(f"{home}/map?by=type")
    page.wait_for_selector("#map[data-painted]")
    before = page.inner_text("#map-title")
    page.select_option("#by", "fiscal_revenue")
    page.wait_for_function("before => document.getElementById('map').dataset.painted !== before", arg=before)
    assert "by=fiscal_revenue" in page.url
    assert page.locator("#sea svg path").count() > 30


def test_a_figure_leads_to_its_trail(page, home):
    page.goto(f"{home}/c/330782")
    page.click(".keys a.num >> nth=0")
    page.wait_for_url("**/trace/**")
    assert "来自" in page.inner_text("p.answer")


def test_a_job_shows_that_it_works_and_is_cancelled(page, home):
    page.goto(f"{home}/batch")
    page.fill("#names", "义乌市\n昆山市\n晋江市\n清河县")
    page.click("button.start")
    page.wait_for_selector(".state.running, .state.waiting")
    page.click("main form button")
    page.wait_for_selector(".state.cancelled")
