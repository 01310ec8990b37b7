"""Figures of the user: reviewed, saved, shown, taken back; workspaces do not mix."""

import re

import pytest

from bolang.web.reviews import ROWS

BULLETIN = "义乌市2024年国民经济和社会发展统计公报\n\n全市实现地区生产总值2503.5亿元，按可比价格计算，比上年增长8.0%。一般公共预算收入131.5亿元，增长1.0%。\n"


def upload(client, prefix=""):
    files = {"files": ("义乌市2024年公报.txt", BULLETIN.encode(), "text/plain")}
    answer = client.post(f"{prefix}/import", data={"token": "secret"}, files=files)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_a_file_is_reviewed_saved_shown_and_taken_back(client):
    review = upload(client)
    text = client.get(review + "?lang=zh").text
    assert "2503.5亿元" in text
    rows = re.findall(r'name="row" value="(\d+)" checked', text)
    assert rows
    saved = client.post(review, data={"token": "secret", "row": rows})
    assert saved.status_code == 303
    assert saved.headers["location"].startswith("/c/330782")
    own = client.get("/c/330782/trace/gdp?year=2024&lang=zh").text
    assert "用户导入" in own
    assert "用户导入" not in client.get("/w/team/c/330782/trace/gdp?lang=zh").text
    number = re.search(r"/import/undo/(\d+)", client.get("/import").text).group(1)
    assert client.post(f"/import/undo/{number}", data={"token": "secret"}).status_code == 303
    assert "用户导入" not in client.get("/c/330782/trace/gdp?lang=zh").text


def test_rows_that_are_not_ticked_are_not_saved(client):
    review = upload(client, "/w/team")
    text = client.get(review).text
    rows = re.findall(r'name="row" value="(\d+)"', text)
    client.post(review, data={"token": "secret", "row": rows[:1]})
    listed = client.get("/w/team/import").text
    number = re.search(r"/w/team/import/undo/(\d+)", listed).group(1)
    assert "/import/undo/" not in client.get("/import").text
    client.post(f"/w/team/import/undo/{number}", data={"token": "secret"})


def test_a_review_of_one_workspace_is_not_seen_in_another(client):
    review = upload(client, "/w/team")
    assert client.get(review.removeprefix("/w/team")).status_code == 400


def test_a_folder_waits_to_be_reviewed_and_is_taken_at_once(client):
    second = BULLETIN.replace("义乌市", "昆山市").replace("2503.5", "5380.2")
    files = [
        ("files", ("义乌市2024年公报.txt", BULLETIN.encode(), "text/plain")),
        ("files", ("昆山市2024年公报.txt", second.encode(), "text/plain")),
        ("files", ("说明.txt", "这里没有数字。".encode(), "text/plain")),
    ]
    answer = client.post("/w/team/import?lang=zh", data={"token": "secret"}, files=files)
    assert answer.status_code == 200
    waiting = client.get("/w/team/import?lang=zh").text
    assert "昆山市2024年公报.txt" in waiting
    assert "昆山市2024年公报.txt" not in client.get("/import?lang=zh").text
    taken = client.post("/w/team/import/all", data={"token": "secret"})
    assert taken.status_code == 303
    text = client.get(taken.headers["location"]).text
    assert "/w/team/batch?c=" in text
    assert "用户导入" in client.get("/w/team/c/320583/trace/gdp?year=2024&lang=zh").text
    for number in re.findall(r"/w/team/import/undo/(\d+)", text):
        client.post(f"/w/team/import/undo/{number}", data={"token": "secret"})
    assert "用户导入" not in client.get("/w/team/c/320583/trace/gdp?lang=zh").text


@pytest.fixture
def panel(client, atlas):
    """Bring a table of three indicators of 120 counties, and return where it is reviewed."""
    lines = ["代码,县,年份,地区生产总值（亿元）,一般公共预算收入（亿元）,常住人口（万人）"]
    lines += [f"{c.code},{c.name},2024,{100 + k},{5 + k / 10},{40 + k}" for k, c in enumerate(atlas.counties[:120])]
    files = {"files": ("各县2024.csv", "\n".join(lines).encode("utf-8"), "text/csv")}
    answer = client.post("/w/team/import", data={"token": "secret"}, files=files)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_a_panel_is_reviewed_page_by_page_and_saved_as_one(client, panel):
    def rows(address):
        text = client.get(address).text
        boxes = re.findall(r'name="row" value="(\d+)"( checked)?', text)
        return {number for number, _ in boxes}, {number for number, ticked in boxes if ticked}

    def send(shown, ticked, go):
        data = {"token": "secret", "shown": ",".join(shown), "row": sorted(ticked), "go": go}
        return client.post(panel, data=data)

    first, ticked = rows(panel)
    assert len(first) == ROWS
    left = sorted(ticked)[0]
    moved = send(first, ticked - {left}, "2")
    assert moved.headers["location"] == f"{panel}?page=2"
    second, also = rows(moved.headers["location"])
    assert not first & second
    assert len(first | second) == 360
    assert left not in rows(panel)[1]
    saved = send(second, also, "save")
    assert saved.status_code == 303
    listed = client.get("/w/team/import").text
    assert f'<td class="right">{len(ticked | also) - 1}</td>' in listed
    for number in re.findall(r"/w/team/import/undo/(\d+)", listed):
        client.post(f"/w/team/import/undo/{number}", data={"token": "secret"})


def test_what_a_check_holds_back_stays_listed_while_it_is_decided(client, panel):
    held = re.findall(r'name="row" value="(\d+)"', client.get(f"{panel}?show=held").text)
    assert held, "Dongcheng District does not have a GDP of 10 billion yuan"
    client.post(panel, data={"token": "secret", "shown": ",".join(held), "row": held[:1], "go": "1", "show": "held"})
    text = client.get(f"{panel}?show=held").text
    assert re.findall(r'name="row" value="(\d+)"', text) == held
    assert re.findall(r'name="row" value="(\d+)" checked', text) == held[:1]


def test_many_figures_are_held_for_only_a_while(client, monkeypatch):
    monkeypatch.setattr("bolang.web.imports.MOST_FIGURES", 1)
    first, second = upload(client), upload(client)
    assert client.get(first).status_code == 400
    assert client.get(second).status_code == 200
