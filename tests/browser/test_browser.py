"""The pages in a real browser, with no network beyond this machine: what readers see, click and wait for."""

import os
import socket
import subprocess
import sys
import time

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import sync_playwright

from benchmarks.browser import CHROMIUM, FLAGS
from benchmarks.soak_web import kill_workers

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium"),
]
PAGES = [
    "/",
    "/c/330782",
    "/c/330782/trace/gdp?year=2023",
    "/c/520526/plan",
    "/c/330782/debt?general_debt=50&special_debt=80",
    "/c/330782/levers",
    "/c/330782/simulate",
    "/c/330782/simulate?s=sea_rail;e_commerce",
    "/c/330782/report",
    "/compare",
    "/rank",
    "/map",
    "/where",
    "/map?by=sea_rail",
    "/rank?by=circulation",
    "/methods",
    "/import",
    "/batch",
    "/jobs",
    "/about",
    "/methods/debt",
    "/c/999999",
]
BULLETIN = "义乌市2024年国民经济和社会发展统计公报\n\n全市实现地区生产总值2503.5亿元，比上年增长8.0%。一般公共预算收入131.5亿元。\n"


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """Start a server, and return its process and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("own")
    environment = {**os.environ, "BOLANG_WORKSPACE": str(folder / "w.duckdb"), "BOLANG_LANG": "zh"}
    command = [sys.executable, "-m", "bolang", "serve", "--no-browser", "--port", str(port)]
    command += ["--workspace", f"team={folder / 'team.duckdb'}"]
    server = subprocess.Popen(command, env=environment)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield server, f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(20)


@pytest.fixture(scope="module")
def server(started):
    return started[0]


@pytest.fixture(scope="module")
def home(started):
    return started[1]


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def visitors(browser, home):
    """Return a function that opens a page of a visitor of his own; none may meet an error, or ask another host."""
    contexts, faults, asked = [], [], []

    def expected(said):
        return "status of 40" in said.text  # pages that say what was wrong

    def visitor():
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True))
        opened = contexts[-1].new_page()
        opened.on(
            "console", lambda said: faults.append(said.text) if said.type == "error" and not expected(said) else 0
        )
        opened.on("pageerror", lambda error: faults.append(str(error)))
        opened.on("request", lambda request: asked.append(request.url))
        return opened

    yield visitor
    for context in contexts:
        context.close()
    assert faults == []
    assert all(url.startswith((home, "data:")) for url in asked)


@pytest.fixture
def page(visitors):
    return visitors()


def at(home, path, lang):
    return f"{home}{path}{'&' if '?' in path else '?'}lang={lang}"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_fits_its_window(page, home, lang, width):
    page.set_viewport_size({"width": width, "height": 844})
    for path in PAGES:
        page.goto(at(home, path, lang), wait_until="networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_serious_fault(page, home, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.set_viewport_size({"width": width, "height": 844})
    for path in PAGES:
        page.goto(at(home, path, "zh"), wait_until="networkidle")
        found = [item for item in axe.run(page).response["violations"] if item["impact"] in ("serious", "critical")]
        assert not found, (path, [(item["id"], item["nodes"][0]["html"]) for item in found])


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
    assert page.get_attribute("#sea-canvas", "data-painted")


def test_the_map_is_moved_by_keys_and_leads_to_a_county(page, home):
    page.goto(f"{home}/map?by=type")
    page.wait_for_selector("#map[data-painted]")
    drawn = "document.querySelector('#map canvas').toDataURL()"
    before = page.evaluate(drawn)
    page.focus("#map")
    for key in ("ArrowLeft", "+"):
        page.keyboard.press(key)
    page.wait_for_timeout(200)
    assert page.evaluate(drawn) != before
    page.keyboard.press("0")
    page.wait_for_timeout(200)
    assert page.evaluate(drawn) == before
    box = page.locator("#map").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.4)
    assert page.inner_text("#map-tip").strip()
    page.mouse.down()
    page.mouse.up()
    page.wait_for_url("**/c/*")


def test_everything_is_reached_by_the_keyboard(page, home):
    page.goto(f"{home}/c/330782", wait_until="networkidle")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    hidden = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input, select, summary')]"
        ".filter((e) => e.tabIndex < 0 && !e.disabled && e.type !== 'hidden').length"
    )
    assert hidden == 0


def test_what_is_printed_has_no_controls(page, home):
    page.goto(f"{home}/c/330782/plan", wait_until="networkidle")
    page.emulate_media(media="print")
    assert not page.is_visible("header.site")
    assert not page.is_visible("form.controls")
    assert page.is_visible("main table >> nth=0")


def test_a_table_is_downloaded_and_copied_with_its_source(page, home):
    page.goto(f"{home}/compare?c=330782,320583&lang=zh", wait_until="networkidle")
    with page.expect_download() as waited:
        page.click(".tools a >> text=csv")
    text = waited.value.path().read_text(encoding="utf-8-sig")
    assert "5140.6（2023）" in text
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("button.copy")
    page.wait_for_selector("button.copy >> text=已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "5,141" in copied
    assert "资料来源" in copied
    assert "/compare?c=330782,320583" in copied


def test_an_import_is_reviewed_shown_and_taken_back_without_touching_another_workspace(visitors, home):
    one, other = visitors(), visitors()
    one.goto(f"{home}/import?lang=zh")
    one.set_input_files(
        "#files", {"name": "义乌市2024年公报.txt", "mimeType": "text/plain", "buffer": BULLETIN.encode()}
    )
    one.click("button.start")
    one.wait_for_selector("form.review")
    assert "2503.5亿元" in one.inner_text("form.review")
    one.click("button.start")
    one.wait_for_url("**/c/330782*")
    own = "/c/330782/trace/gdp?year=2024&lang=zh"
    one.goto(home + own)
    other.goto(f"{home}/w/team{own}")
    assert "用户导入" in one.inner_text("main")
    assert "用户导入" not in other.inner_text("main")
    one.goto(f"{home}/import?lang=zh")
    one.click("main td button")
    one.wait_for_url("**/import*undone*")
    one.goto(home + own)
    assert "用户导入" not in one.inner_text("main")


def test_two_at_once_each_see_their_own_language_and_job(visitors, home):
    one, other = visitors(), visitors()
    one.goto(f"{home}/batch?lang=zh")
    other.goto(f"{home}/w/team/batch?lang=en")
    for page, names in ((one, "义乌市\n昆山市"), (other, "清河县\n晋江市")):
        page.fill("#names", names)
        page.click("button.start")
        page.wait_for_selector(".state")
    one.goto(f"{home}/jobs")
    other.goto(f"{home}/w/team/jobs")
    assert "任务" in one.inner_text("h1")
    assert "Jobs" in other.inner_text("h1")
    assert one.locator("ul.jobs li").count() == other.locator("ul.jobs li").count() == 1
    for page in (one, other):
        page.click("ul.jobs a")
        page.click("main form button")
        page.wait_for_selector(".state.cancelled")


def test_a_killed_worker_is_reported_and_the_job_begun_again(page, home, server):
    page.goto(f"{home}/batch?lang=zh")
    page.fill("#names", "神木市\n曹县\n清河县\n昆山市")
    page.click("button.start")
    page.wait_for_selector(".state.running")
    page.wait_for_timeout(1500)
    killed = kill_workers(server.pid)
    assert killed
    page.wait_for_selector(".state.crashed")
    page.click("main form button >> text=重新开始")
    page.wait_for_selector(".state.running, .state.waiting")
    page.click("main form button")
    page.wait_for_selector(".state.cancelled")
    assert server.poll() is None


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


def test_an_exported_folder_opens_without_a_server(browser, tmp_path):
    command = [sys.executable, "-m", "bolang", "export-site", "义乌市", "昆山市", "-o", str(tmp_path)]
    subprocess.run(command, check=True, env={**os.environ, "BOLANG_LANG": "zh"}, capture_output=True)
    page = browser.new_page()
    faults, asked = [], []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"file://{tmp_path}/index.html")
    page.fill("#filter", "kunshan")
    assert page.locator("main ul li:visible").count() == 1
    page.click("main ul li:visible a")
    page.click("a.lang")
    assert page.inner_text("h1") == "Kunshan"
    page.click("a.lang")
    page.click(".keys a.num >> nth=0")
    assert "来自" in page.inner_text("p.answer")
    for path in sorted(tmp_path.glob("*.html"))[:12]:
        page.goto(f"file://{path}", wait_until="load")
    page.close()
    assert faults == []
    assert all(url.startswith(("file://", "data:")) for url in asked)
