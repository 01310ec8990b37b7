"""The review: known values beside, rows accepted and refused, as data; folders of files; saved once, taken back."""

from __future__ import annotations

import json
import time

import pytest
from test_intake_cli import run

from bolang.atlas import Atlas
from bolang.foundation.errors import BadInputError
from bolang.intake import Workspace, read, read_folder
from bolang.intake.blocks import blocks_of_lines
from bolang.intake.bulletin import read_document
from bolang.intake.files.text import read_text
from bolang.intake.times import Time
from bolang.pages.intake import review_document
from bolang.pages.intake.amounts import amount_text, beside_text

TEXT = (
    "青田县2021年国民经济和社会发展统计公报\n全年地区生产总值273.1亿元，增长8.3%。城镇登记失业率2.1%。全县有学校52所。"
)


@pytest.fixture
def bulletin(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_row_stands_beside_what_is_known(bulletin):
    review = read(bulletin).review()
    gdp = review.rows[0]
    assert (gdp.known.value, gdp.known.year) == (2729900.0, 2021)
    assert gdp.gap == pytest.approx(2731000 / 2729900 - 1)
    assert review.rows[2].known is None


def test_rows_are_refused_and_accepted_by_number_and_only_those_are_saved(workspace, bulletin):
    review = read(bulletin).review()
    assert [row.state for row in review.rows] == ["accepted"] * 3
    kept = review.refuse(2, 3)
    batch = kept.save()
    assert Workspace().facts()["indicator"].to_list() == ["gdp"]
    assert kept.saved_as(Workspace()) == batch
    Workspace().undo(batch.batch)
    assert kept.saved_as(Workspace()) is None
    with pytest.raises(BadInputError, match="没有第 9 行"):
        review.refuse(9)


def test_what_a_check_holds_back_is_saved_only_if_accepted(workspace, bulletin):
    bulletin.write_text(TEXT.replace("273.1", "573.1"), encoding="utf-8")
    review = read(bulletin).review()
    assert [(row.reading.indicator, row.checks[0]) for row in review.held] == [
        ("gdp", "known"),
        ("gdp_growth", "known"),
    ]
    assert len(review.accepted) == 1
    assert len(review.accept().accepted) == 3
    assert len(review.accept(1).accepted) == 2


def test_importing_a_file_again_changes_nothing(workspace, bulletin):
    first = read(bulletin).save()
    before = workspace.read_bytes()
    assert read(bulletin).save() == first
    assert workspace.read_bytes() == before
    assert "没有改动" in run("import", bulletin, "--yes").output


def test_the_review_as_json_saves_nothing(workspace, bulletin):
    page = json.loads(run("import", bulletin, "--to", "json").output)
    assert page["form"] == "bolang.document/1"
    data = page["data"]
    assert [figure["indicator"] for figure in data["figures"]] == ["gdp", "gdp_growth", "unemployment_registered"]
    assert data["figures"][0]["scope"] == {"time": "title", "area": "title", "parent": "named", "definition": "plain"}
    assert (data["code"], data["year"], data["time_rule"]) == ("331121", 2021, "title")
    assert [item["reason"] for item in data["unread"]] == ["outside"]
    assert not workspace.exists()


def test_a_folder_is_reviewed_saved_and_taken_up_again(workspace, tmp_path):
    folder = tmp_path / "公报"
    (folder / "旧").mkdir(parents=True)
    (folder / "青田.txt").write_text(TEXT, encoding="utf-8")
    (folder / "旧" / "缙云.txt").write_text(TEXT.replace("青田", "缙云").replace("273.1", "279.0"), encoding="utf-8")
    (folder / "空.txt").write_text("", encoding="utf-8")
    (folder / "图.png").write_bytes(b"")
    seen = []
    review = read_folder(folder, progress=lambda number, count, name: seen.append((number, count, name)))
    assert seen == [(1, 3, "旧/缙云.txt"), (2, 3, "空.txt"), (3, 3, "青田.txt")]
    assert [(entry.code, entry.state) for entry in review.entries] == [
        ("331122", "ready"),
        ("", "failed"),
        ("331121", "ready"),
    ]
    assert "空文件" in review.entries[1].error
    assert len(review.save()) == 2
    again = read_folder(folder)
    assert [entry.state for entry in again.entries] == ["done", "failed", "done"]
    assert "没有新的数字" in run("import", folder, "--yes").output
    (folder / "遂昌.txt").write_text(TEXT.replace("青田", "遂昌").replace("273.1", "95.0"), encoding="utf-8")
    assert "编号 3" in run("import", folder, "--yes").output


def test_a_folder_without_files_is_said(tmp_path):
    with pytest.raises(BadInputError, match="没有可导入的文件"):
        read_folder(tmp_path)


# ---------------------------------------------------------------- no reader is more than linear
HOSTILE = {
    "spaces": lambda n: "县" + " " * 5 * n + "1",
    "digits": lambda n: "1" * n,
    "points": lambda n: "1." * (n // 2),
    "clauses": lambda n: "1亿元；" * (n // 4),
    "colons": lambda n: "1:" * (n // 2),
    "hyphens": lambda n: "1-" * (n // 2),
    "lines": lambda n: "县\n" * (n // 2),
    "units": lambda n: "单位：万元\n" * (n // 6),
    "wrapped": lambda n: ("县" * 35 + "\n") * (n // 36),
    "bars": lambda n: "|" * n,
    "brackets": lambda n: "(" * n,
    "numbers": lambda n: "1 1 " * (n // 4),
    "ordinals": lambda n: "一百" * (n // 2),
    "zones": lambda n: "开发区" * (n // 3),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_takes_a_moment(name):
    start = time.process_time()
    document = read_text(HOSTILE[name](20_000), "x")
    read_document(document, Time(2020), "溪谷县")
    assert time.process_time() - start < 4
    assert blocks_of_lines([""]) == []


# ---------------------------------------------------------------- as a person reads it
@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (20_556_000, "万元", "2,055.6亿元", "205.56 billion yuan"),
        (138.2, "万元", "138.2万元", "1.382 million yuan"),
        (1_903_000, "人", "190.3万人", "1,903,000 persons"),
        (6.1, "%", "6.1%", "6.1%"),
        (82_710, "元", "82,710元", "82,710 yuan"),
    ],
)
def test_a_figure_is_written_in_the_unit_that_reads_best(value, unit, zh, en):
    text = amount_text(value, unit)
    assert (text.zh, text.en) == (zh, en)


def test_a_known_figure_stands_beside_without_its_unit_where_that_reads_the_same():
    assert beside_text(1_888_000, "人", 1_903_000).zh == "188.8"
    assert beside_text(1_888_000, "人", 1_903_000).en == "1,888,000"
    assert beside_text(1_442_803, "万元", 138.2).zh == "144.28亿元"


def said(document):
    return [sentence.text for block in document.walk() if hasattr(block, "sentences") for sentence in block.sentences]


def shown(document):
    return next(table for table in document.tables() if table.key == "figures")


def test_columns_that_no_line_fills_are_left_out(bulletin):
    heads = [column.label.zh for column in shown(review_document(read(bulletin).review())).columns]
    assert heads == ["指标", "数值", "已知", "增速%", "可信", "位置"]


def test_a_long_review_shows_what_is_held_back_first_and_all_of_it_when_asked(tmp_path):
    path = tmp_path / "p.csv"
    counties = Atlas().counties[:150]
    lines = [f"{county.code},2021,{200 + number}" for number, county in enumerate(counties)]
    path.write_text("代码,年份,地区生产总值（亿元）\n" + "\n".join(lines), encoding="utf-8")
    review = read(path).review()
    assert len(review.rows) == 150
    assert review.held
    table = shown(review_document(review))
    assert len(table.rows) == 80
    assert [row.strong for row in table.rows] == sorted((row.strong for row in table.rows), reverse=True)
    assert len(shown(review_document(review, full=True)).rows) == 150
    assert [cell.zh for cell in table.rows[0].cells[:2]] == ["✗ 地区生产总值", counties[0].name]
    assert any(counties[0].code in text.zh for text in said(review_document(review)))


def test_the_figures_of_a_folder_go_to_csv_and_nothing_is_saved(workspace, tmp_path):
    folder = tmp_path / "f"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.txt").write_text(TEXT.replace("青田", "缙云"), encoding="utf-8")
    out = tmp_path / "核对.csv"
    assert run("import", folder, "-o", out).exit_code == 0
    head, *rows = out.read_text(encoding="utf-8-sig").splitlines()
    assert head.startswith("file,number,state")
    assert [row.split(",")[0] for row in rows] == ["a.txt"] * 3 + ["b.txt"] * 3
    assert not workspace.exists()


def test_a_folder_read_before_is_not_read_again(workspace, tmp_path, monkeypatch):
    monkeypatch.setenv("BOLANG_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "f"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.txt").write_text("没有县名，也没有年份。", encoding="utf-8")
    first = read_folder(folder)
    monkeypatch.setattr("bolang.intake.kept.parse", lambda *_: pytest.fail("read again"))
    again = read_folder(folder)
    assert again == first
    assert [entry.found and entry.found.readings for entry in again.entries] == [
        entry.found and entry.found.readings for entry in first.entries
    ]


def test_the_imports_of_a_folder_are_taken_back_as_a_range(workspace, tmp_path):
    folder = tmp_path / "f"
    folder.mkdir()
    for name in ("青田", "缙云", "遂昌"):
        (folder / f"{name}.txt").write_text(TEXT.replace("青田", name), encoding="utf-8")
    assert run("import", folder, "--yes", "--doubtful").exit_code == 0
    assert len(Workspace().batches()) == 3
    assert "1-2" in run("workspace", "undo", "1-2").output
    assert [batch.batch for batch in Workspace().batches()] == [3]
    with pytest.raises(BadInputError, match="没有编号"):
        Workspace().undo_all(7, 9)
