"""Tables that only the user can bring: written empty, read, kept, taken back, shown where they belong."""

import openpyxl
import pytest
from sample_report import DAY
from typer.testing import CliRunner

from bolang.atlas import Atlas
from bolang.diagnosis import Diagnostician
from bolang.foundation.errors import BadInputError
from bolang.intake.user_tables import KINDS, kind_of, read_table, rows_of, write_blank
from bolang.publish import report
from bolang.wording import load


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", list(KINDS.values()), ids=lambda kind: kind.key)
def test_an_empty_table_has_its_heads_and_no_rows(kind, suffix, tmp_path):
    path = write_blank(kind, tmp_path / f"t.{suffix}")
    assert read_table(kind, path) == ()


@pytest.mark.parametrize("kind", list(KINDS.values()), ids=lambda kind: kind.key)
def test_every_column_has_words_in_both_languages(kind):
    words = load("user_tables")
    assert f"kind.{kind.key}" in words
    for field in kind.fields:
        assert words(f"head.{kind.key}.{field.key}").zh == field.head


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("企业,有息债务（亿元）,年份\n甲,十二,2024\n", "有息债务|debt"),
        ("企业,有息债务（亿元）,年份\n甲,12,24\n", "年份|year"),
        ("企业,有息债务（亿元）,年份\n甲,,2024\n", "有息债务"),
        ("企业,年份\n甲,2024\n", "有息债务"),
        ("公司,有息债务（亿元）,年份\n甲,1,2024\n", "公司"),
        ("企业,有息债务（亿元）,年份\n甲,inf,2024\n", "有息债务"),
        ("", "空|empty"),
    ],
)
def test_a_bad_table_is_refused_with_the_place(text, complaint, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError, match=complaint):
        read_table(kind_of("platforms"), path)


def test_an_unknown_table_names_those_that_exist():
    with pytest.raises(BadInputError, match="platform"):
        kind_of("x")


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOLANG_WORKSPACE", str(tmp_path / "w.duckdb"))
    from bolang.cli.app import app

    return lambda *arguments: CliRunner().invoke(app, list(arguments))


def test_platforms_reach_the_debt_chapter_and_the_broad_debt(run, tmp_path):
    made = run("template", "清河县", "--table", "platforms", "-o", "p.xlsx")
    assert made.exit_code == 0, made.output
    book = openpyxl.load_workbook("p.xlsx")
    book.active.append(["清河城投", "AA", 80, 20.5, 6, 2021])
    book.active.append(["清河交投", None, None, 4.5, None, 2021])
    book.save("p.xlsx")
    saved = run("import", "p.xlsx", "--table", "platforms", "--county", "清河县")
    assert saved.exit_code == 0, saved.output
    atlas = Atlas(workspace=tmp_path / "w.duckdb")
    county = atlas.county("清河县")
    assert [row.values["name"] for row in rows_of(atlas, county, "platforms")] == ["清河城投", "清河交投"]
    document = report("清河县", diagnostician=Diagnostician(atlas), day=DAY, sections=("debt",)).document
    table = next(t for t in document.tables() if t.key == "user-platforms")
    assert len(table.rows) == 2


def test_the_last_import_of_a_table_counts_and_undo_brings_the_earlier_back(tmp_path):
    from bolang.intake import Workspace
    from bolang.intake.user_tables import save

    workspace = Workspace(tmp_path / "w.duckdb")
    county = Atlas(workspace=False).county("清河县")
    kind = kind_of("firms")
    for name in ("甲", "乙"):
        save(workspace, kind, {county: [{"name": name, "product": "羊绒", "year": 2024}]}, f"{name}.csv", name)
    atlas = Atlas(workspace=tmp_path / "w.duckdb")
    assert [row.values["name"] for row in rows_of(atlas, county, "firms")] == ["乙"]
    workspace.undo()
    assert [row.values["name"] for row in rows_of(atlas, county, "firms")] == ["甲"]
    workspace.undo()
    assert rows_of(atlas, county, "firms") == ()


def test_bonds_are_charted_by_the_year_in_which_they_fall_due(tmp_path):
    from bolang.intake import Workspace
    from bolang.intake.user_tables import save

    workspace = Workspace(tmp_path / "w.duckdb")
    county = Atlas(workspace=False).county("清河县")
    rows = [
        {"issuer": "清河城投", "name": "21清河01", "balance": 5.0, "due": 2027},
        {"issuer": "清河城投", "name": "22清河01", "balance": 3.0, "due": 2029},
        {"issuer": "清河交投", "name": "23清交01", "balance": 4.5, "due": 2029},
    ]
    save(workspace, kind_of("bonds"), {county: rows}, "b.csv", "x")
    atlas = Atlas(workspace=tmp_path / "w.duckdb")
    made = report("清河县", diagnostician=Diagnostician(atlas), day=DAY, sections=("debt",))
    chart = next(figure for figure in made.document.figures() if figure.key == "maturities").chart
    assert [name.zh for name in chart.categories] == ["2027", "2028", "2029"]
    assert chart.series[0].values == (5.0, None, 7.5)
    said = [s.text.zh for b in made.document.walk() if hasattr(b, "sentences") for s in b.sentences]
    assert any("12.5亿元" in text and "2029年最多" in text for text in said)
    assert any("2027年底前到期的占40%" in text for text in said)


def test_a_table_of_several_counties_is_sorted_by_its_column_and_taken_back_as_one(run, tmp_path):
    heads = "县,企业,有息债务（亿元）,年份\n"
    (tmp_path / "p.csv").write_text(
        f"{heads}清河县,甲,20.5,2024\n曹县,乙,118.6,2024\n清河县,丙,4.5,2024\n", encoding="utf-8"
    )
    saved = run("import", "p.csv", "--table", "platforms")
    assert saved.exit_code == 0, saved.output
    assert "undo 1-2" in saved.output
    atlas = Atlas(workspace=tmp_path / "w.duckdb")
    assert [row.values["name"] for row in rows_of(atlas, atlas.county("清河县"), "platforms")] == ["甲", "丙"]
    assert [row.values["debt"] for row in rows_of(atlas, atlas.county("曹县"), "platforms")] == [118.6]
    assert run("workspace", "undo", "1-2").exit_code == 0
    assert rows_of(Atlas(workspace=tmp_path / "w.duckdb"), atlas.county("曹县"), "platforms") == ()


@pytest.mark.parametrize(
    ("text", "arguments", "complaint"),
    [
        ("企业,有息债务（亿元）,年份\n甲,1,2024\n", (), "第 2 行没有写明是哪个县"),
        ("县,企业,有息债务（亿元）,年份\n清荷县,甲,1,2024\n", (), "第 2 行"),
        ("企业,有息债务（亿元）,年份\n", ("--county", "清河县"), "没有数据行"),
    ],
)
def test_a_table_without_its_county_or_rows_is_refused_and_nothing_is_saved(run, tmp_path, text, arguments, complaint):
    (tmp_path / "p.csv").write_text(text, encoding="utf-8")
    refused = run("import", "p.csv", "--table", "platforms", *arguments)
    assert refused.exit_code != 0
    assert complaint in str(refused.exception)
    assert not (tmp_path / "w.duckdb").exists()


def test_peers_that_the_user_brings_stand_for_the_computed_ones(run, tmp_path):
    (tmp_path / "p.csv").write_text("对标县,理由\n南宫市,同业\n辛集市,皮革\n", encoding="utf-8")
    assert run("import", "p.csv", "--table", "peers", "--county", "清河县").exit_code == 0
    doctor = Diagnostician(Atlas(workspace=tmp_path / "w.duckdb"))
    made = report("清河县", diagnostician=doctor, day=DAY, sections=("peers",))
    assert {peer.county.name for peer in made.diagnosis.peers} == {"南宫市", "辛集市"}
