"""Several at once: languages, counties and workspaces do not mix; a room that changed is made anew, others are not."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

pytest.importorskip("starlette")

from starlette.testclient import TestClient

from bolang.web import Settings, create_app
from bolang.web.rooms import REMEMBERED, Rooms

HOME = "http://127.0.0.1:8377"
NAMES = {"330782": ("义乌市", "Yiwu"), "320583": ("昆山市", "Kunshan"), "130534": ("清河县", "Qinghe")}


def test_many_readers_at_once_each_get_their_own(client):
    wishes = [
        (room, code, lang) for room in ("", "/w/team") for code in NAMES for lang in ("zh", "en") for _ in range(3)
    ]

    def ask(wish):
        room, code, lang = wish
        return client.get(f"{room}/c/{code}/debt?lang={lang}").text

    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(ask, wishes))
    for (room, code, lang), text in zip(wishes, pages, strict=True):
        heading = re.search(r"<h1>(.*?)</h1>", text)[1]
        assert NAMES[code][lang == "en"] in heading
        assert f'lang="{"zh-CN" if lang == "zh" else "en"}"' in text
        links = re.findall(r'href="(?:/w/team)?/c/\d{6}', text)
        assert links
        assert all(("/w/team" in link) == bool(room) for link in links)


def test_a_job_of_one_workspace_is_not_seen_in_another(client, app):
    answer = client.post("/w/team/batch", data={"token": "secret", "names": "义乌市"})
    where = answer.headers["location"]
    assert where.startswith("/w/team/jobs/")
    assert client.get(where).status_code == 200
    assert client.get(where.removeprefix("/w/team")).status_code == 400
    assert client.post(where.removeprefix("/w/team") + "/cancel", data={"token": "secret"}).status_code == 400
    client.post(where + "/cancel", data={"token": "secret"})
    assert all(job.over for job in app.state.jobs.all())


def test_a_cancelled_job_is_begun_again(client, app):
    where = client.post("/batch", data={"token": "secret", "names": "义乌市 昆山市"}).headers["location"]
    client.post(where + "/cancel", data={"token": "secret"})
    assert "重新开始" in client.get(where + "?lang=zh").text
    renewed = client.post(where + "/again", data={"token": "secret"}).headers["location"]
    assert not app.state.jobs.get(renewed.rpartition("/")[2]).over
    client.post(renewed + "/cancel", data={"token": "secret"})


def test_a_room_that_changed_is_made_anew_and_the_other_is_kept(tmp_path):
    rooms = Rooms(tmp_path / "own.duckdb", {"team": tmp_path / "team.duckdb"})
    own, team = rooms[""], rooms["team"]
    rooms.renew("")
    assert rooms[""] is not own
    assert rooms["team"] is team


def test_a_room_remembers_only_so_much(tmp_path):
    room = Rooms(tmp_path / "own.duckdb", {})[""]
    made = []
    for key in range(REMEMBERED + 5):
        room.remember(key, lambda key=key: made.append(key) or b"x")
    room.remember(REMEMBERED + 4, lambda: made.append("again") or b"x")
    assert "again" not in made
    room.remember(0, lambda: made.append("again") or b"x")
    assert "again" in made


def test_four_workspaces_and_readers_of_all_at_once_do_not_mix(tmp_path):
    """Each workspace says another GDP of the same county; every reader of it meets that one alone."""
    told = {"": "2511.1", "a": "2522.2", "b": "2533.3", "c": "2544.4"}
    settings = Settings(
        workspace=tmp_path / "own.duckdb", workspaces={n: tmp_path / f"{n}.duckdb" for n in told if n}, token="secret"
    )
    with TestClient(create_app(settings, warm=False), base_url=HOME, follow_redirects=False) as client:
        for name, gdp in told.items():
            room = f"/w/{name}" if name else ""
            text = f"义乌市2024年国民经济和社会发展统计公报\n\n全市实现地区生产总值{gdp}亿元。\n"
            files = {"files": ("义乌市2024年公报.txt", text.encode(), "text/plain")}
            review = client.post(f"{room}/import", data={"token": "secret"}, files=files).headers["location"]
            rows = re.findall(r'name="row" value="(\d+)"', client.get(review).text)
            client.post(review, data={"token": "secret", "row": rows})

        def read(name):
            room = f"/w/{name}" if name else ""
            return name, client.get(f"{room}/c/330782/trace/gdp?year=2024&lang=zh").text.replace(",", "")

        with ThreadPoolExecutor(8) as pool:
            for name, text in pool.map(read, [name for _ in range(4) for name in told]):
                found = {other for other, gdp in told.items() if gdp.replace(".", "") in text}
                assert found == {name}
