"""The door of the server: hosts, origins, tokens, bounds."""

import io
import re

import pytest

HOSTS = ["evil.example", "127.0.0.1:9999", "localhost", "127.0.0.1:8377.evil.example", ""]


@pytest.mark.parametrize("host", HOSTS)
def test_another_host_is_refused(client, host):
    assert client.get("/", headers={"host": host}).status_code == 421


def test_a_page_of_another_origin_may_not_write(client):
    answer = client.post(
        "/batch", data={"token": "secret", "names": "义乌市"}, headers={"origin": "http://evil.example"}
    )
    assert answer.status_code == 403
    answer = client.post(
        "/batch", data={"token": "secret", "names": "义乌市"}, headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("token", ["", "wrong", "秘密"])
def test_writing_needs_the_token(client, token):
    assert client.post("/batch", data={"token": token, "names": "义乌市"}).status_code == 403


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_are_refused(client, method):
    assert client.request(method, "/").status_code == 405


def test_a_body_beyond_the_bound_is_refused_before_it_is_read(client):
    answer = client.post("/import", content=b"x", headers={"content-length": str(10**9)})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2f..%2fatlas/atlas.py",
        "/jobs/..%2f..",
        "/w/other/",
    ],
)
def test_no_path_leads_out(client, path):
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    assert "import" not in answer.text.split("<main")[0].replace("/import", "")


def test_a_name_of_a_file_reaches_no_folder_and_no_page(client):
    name = "../../<script>alert(1)</script>.csv"
    files = {"files": (name, io.BytesIO("年份,数\n2024,1\n".encode()), "text/csv")}
    answer = client.post("/import?lang=zh", data={"token": "secret"}, files=files)
    assert "<script>alert" not in answer.text


def test_a_script_in_the_address_stays_text(client):
    for path in ("/find", "/rank", "/suggest"):
        answer = client.get(path, params={"q": "<img src=x onerror=alert(1)>", "by": "<b>x"})
        assert "<img src=x" not in answer.text
        assert "<b>x" not in answer.text


def test_a_zip_that_unpacks_without_end_is_refused(client):
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"0" * 300_000_000)
    files = {"files": ("义乌市2024.xlsx", packed.getvalue(), "application/zip")}
    answer = client.post("/import?lang=en", data={"token": "secret"}, files=files)
    assert answer.status_code == 400


def test_a_script_in_a_sentence_or_a_name_of_a_county_stays_text(client):
    text = "义乌市2024年公报\n\n全市实现地区生产总值2503.5亿元<script>alert(1)</script>，比上年增长8.0%。\n"
    files = {"files": ("义乌市2024年<img src=x>.txt", text.encode(), "text/plain")}
    answer = client.post("/import", data={"token": "secret", "county": "义乌市", "year": "2024"}, files=files)
    assert answer.status_code == 303, answer.text
    for page in (answer.headers["location"], "/import"):
        shown = client.get(page).text
        assert "<script>alert" not in shown
        assert "<img src=x>" not in shown
    assert "2503.5亿元&lt;script&gt;" in client.get(answer.headers["location"]).text


@pytest.mark.parametrize("name", ["*", "..", "page", "../page", "%2e%2e%2fpage", "desk.csv"])
def test_a_part_of_a_job_is_one_of_its_own_files(client, app, name):
    job = app.state.jobs.submit(
        "batch", {"names": ["无此县"], "form": "docx", "language": "zh", "lang": "zh", "workspace": "x", "stamp": 0}
    )
    app.state.jobs.cancel(job)
    assert client.get(f"/jobs/{job.key}/part/{name}").status_code in (400, 404)
    assert client.get(f"/jobs/{job.key}/file/{name}").status_code in (400, 404)


def test_two_slashes_name_no_other_host(client):
    text = client.get("http://127.0.0.1:8377//evil.test/x").text
    assert not re.search(r'(?:href|src|action)="(?:https?:)?//', text)
