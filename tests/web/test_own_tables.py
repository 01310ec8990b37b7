"""Tables of the user in the browser: an empty one is fetched, a filled one is saved, shows in the report, and is taken back."""

import io
import re

import openpyxl
import pytest

from bolang.intake.user_tables import KINDS

HOME = "/import?lang=en"


def sent(client, path, files, **fields):
    return client.post(path, data={"token": "secret", **fields}, files=[("files", item) for item in files])


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_table_has_the_heads_of_its_kind(client, kind):
    answer = client.get(f"/blank/{kind}")
    assert answer.status_code == 200
    cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0] for cell in row]
    assert {field.head for field in KINDS[kind].fields} <= {str(value) for value in cells}


def test_the_form_of_a_county_comes_back_as_its_figures(client):
    book = openpyxl.load_workbook(io.BytesIO(client.get("/c/330782/blank").content))
    sheet = book.worksheets[0]
    row = next(row for row in sheet.iter_rows() if row[1].value == "gdp")
    row[2].value, row[3].value = 2024, 2503.5
    filled = io.BytesIO()
    book.save(filled)
    answer = sent(client, "/import", [("form.xlsx", filled.getvalue())])
    assert answer.status_code == 303
    assert "2,503.5" in client.get(answer.headers["location"] + "?lang=zh").text


def test_a_filled_table_is_saved_for_its_county_and_taken_back(client):
    content = "企业,有息债务（亿元）,年份\n义乌国资,300,2024\n".encode()
    answer = sent(client, "/import/table", [("platforms.csv", content)], table="platforms", county="义乌市")
    assert answer.status_code == 303
    assert "c=330782" in answer.headers["location"]
    listed = client.get(HOME).text
    number = max(map(int, re.findall(r"/import/undo/(\d+)", listed)))
    assert "platforms.csv" in listed
    assert client.post(f"/import/undo/{number}", data={"token": "secret"}).status_code == 303
    assert f"/import/undo/{number}?" not in client.get(HOME).text


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        (b"", {"table": "platforms", "county": "330782"}),
        ("企业,有息债务（亿元）,年份\n".encode(), {"table": "platforms", "county": "330782"}),
        ("企业,有息债务（亿元）,年份\nA,x,2024\n".encode(), {"table": "platforms", "county": "330782"}),
        ("企业,有息债务（亿元）,年份\nA,1,2024\n".encode(), {"table": "platforms", "county": ""}),
        ("企业,有息债务（亿元）,年份\nA,1,2024\n".encode(), {"table": "../x", "county": "330782"}),
        ("对标县\n没有这个县\n".encode(), {"table": "peers", "county": "330782"}),
    ],
)
def test_a_table_that_does_not_fit_is_refused_and_nothing_is_saved(client, content, fields):
    before = client.get(HOME).text.count("/import/undo/")
    answer = sent(client, "/import/table", [("t.csv", content)], **fields)
    assert answer.status_code in (400, 404)
    back = re.search(r'<main.*href="(/[^"?]*)[^"]*">[^<]*</a></p>\s*</main>', answer.text, re.DOTALL)
    assert back is None or client.get(back[1]).status_code == 200
    assert client.get(HOME).text.count("/import/undo/") == before


def test_a_table_needs_the_token(client):
    answer = client.post("/import/table", data={"token": "x", "table": "platforms"}, files=[("files", ("t.csv", b"x"))])
    assert answer.status_code == 403
