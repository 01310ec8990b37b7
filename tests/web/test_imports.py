"""Figures of the user: reviewed, saved, shown, taken back; workspaces do not mix."""

import re

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
