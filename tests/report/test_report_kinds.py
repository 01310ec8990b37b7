"""The brief, the plan style, a house style, many counties at once."""

import csv

import pytest
from sample_report import DAY
from typer.testing import CliRunner

from bolang.document.model import Paragraph
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Text
from bolang.pages.report.plan_style import ever_kept
from bolang.pages.report.terminal import lines
from bolang.publish import report
from bolang.publish.batch import read_names, write_batch

PLACES = ["义乌市", "昆山市", "威宁", "清河县", "漠河市", "浦东新区", "神木市", "曹县", "嵊泗县", "临平区", "莱芜区"]
LONGEST = 60


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BOLANG_LANG", raising=False)
    from bolang.cli.app import app

    return lambda *arguments: CliRunner().invoke(app, ["report", *arguments])


@pytest.mark.parametrize("name", PLACES)
def test_a_brief_has_no_chapters_and_short_sentences(doctor, name):
    document = report(name, diagnostician=doctor, day=DAY, kind="brief").document
    assert document.sections == ()
    said = [s.text.zh for block in document.front if isinstance(block, Paragraph) for s in block.sentences]
    assert [text for text in said if len(text) > LONGEST] == []
    assert any("签发人" in text for text in said)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PLACES)
def test_a_brief_is_one_page_and_a_report_at_most_twelve(doctor, name, lang):
    import io

    import pypdf

    for kind, most in (("brief", 1), ("full", 12)):
        made = report(name, diagnostician=doctor, day=DAY, kind=kind)
        pages = len(pypdf.PdfReader(io.BytesIO(made.to_bytes("pdf", lang))).pages)
        assert pages <= most, (kind, pages)


def test_the_plan_style_has_the_chapters_of_a_plan(doctor):
    document = report("清河县", diagnostician=doctor, day=DAY, kind="plan").document
    keys = [section.key for section in document.sections]
    assert keys == ["foundation", "review", "environment", "targets", "tasks", "projects", "safeguards", "sources"]


def test_a_faster_pace_was_kept_by_fewer(report_of):
    context = report_of("清河县").context
    shares = [ever_kept(context, rate) for rate in (0.0, 5.0, 10.0, 20.0, 60.0)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 0.9
    assert shares[-1] < 0.05


def test_a_house_style_replaces_a_statement_and_nothing_else(doctor, tmp_path):
    style = tmp_path / "my.yaml"
    style.write_text("report_sources:\n  xlsx:\n    zh: 数表另附。\n    en: Tables apart.\n", encoding="utf-8")
    made = report("清河县", diagnostician=doctor, day=DAY, wording=style)
    said = [s.text.zh for b in made.document.walk() if isinstance(b, Paragraph) for s in b.sentences]
    assert "数表另附。" in said
    plain = report("清河县", diagnostician=doctor, day=DAY)
    assert "数表另附。" not in [
        s.text.zh for b in plain.document.walk() if isinstance(b, Paragraph) for s in b.sentences
    ]


@pytest.mark.parametrize("name", PLACES)
def test_the_terminal_says_it_in_ten_lines(report_of, name):
    context = report_of(name).context
    said = lines(context, "a.docx", name)
    assert 5 <= len(said) <= 10
    assert context.county.full_name in said[1].zh
    assert f"bolang template {context.county.name}" in said[-1].zh


def test_another_name_than_asked_is_pointed_at(report_of):
    assert "请核对" in lines(report_of("清河县").context, "a.docx", "清河市场")[1].zh


def test_names_of_a_batch_are_read_once_each(tmp_path):
    path = tmp_path / "b.csv"
    path.write_text("县名,备注\n清河县,x\n\n清河县,y\n330782,z\n", encoding="utf-8-sig")
    assert read_names(path) == ("清河县", "330782")
    path.write_text("县名\n", encoding="utf-8")
    with pytest.raises(BadInputError):
        read_names(path)


def test_a_batch_goes_on_after_a_name_that_leads_nowhere(run, tmp_path):
    (tmp_path / "b.csv").write_text("清河县\n乌有县城\n漠河市\n", encoding="utf-8")
    result = run("--batch", "b.csv", "--to", "xlsx", "-o", "out")
    assert result.exit_code == 0, result.output
    files = sorted(path.suffix for path in (tmp_path / "out").iterdir())
    assert files == [".csv", ".xlsx", ".xlsx"]
    table = next((tmp_path / "out").glob("*.csv"))
    rows = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert [bool(row["error"]) for row in rows] == [False, True, False]
    assert rows[0]["gdp_year"] == "2023"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["义乌", "--batch", "b.csv"],
        ["义乌", "--sections", "nothing"],
        ["--batch", "missing.csv"],
        ["义乌", "--style", "nice"],
    ],
)
def test_bad_orders_are_refused(run, arguments):
    assert isinstance(run(*arguments).exception, BadInputError)


def test_the_official_style_has_the_form_of_an_official_report(doctor):
    import io

    import docx

    made = report(
        "清河县", diagnostician=doctor, day=DAY, authors=Text("清河县发展和改革局", "Reform bureau of Qinghe")
    )
    word = docx.Document(io.BytesIO(made.to_bytes("docx", "zh", "official")))
    said = [(p.style.name, p.text) for p in word.paragraphs if p.text]
    assert said[0] == ("Title", "关于清河县经济与财政情况的报告")
    assert said[1] == ("Address", "清河县人民政府：")
    assert said[2][1].startswith("现将清河县经济与财政情况报告如下。总的看，以羊绒立业")
    closing = [text for _, text in said].index("特此报告。")
    assert said[closing + 1 : closing + 3] == [
        ("Signature", "清河县发展和改革局"),
        ("Signature", f"{DAY.year}年{DAY.month}月{DAY.day}日"),
    ]
    assert said[closing + 3][1] == "注释", "the notes follow the signature"
    assert not any(style == "Box Heading" or style.startswith("toc") for style, _ in said)
    numbering = word.part.numbering_part.element.xml
    assert numbering.index("%1、") < numbering.index("（%2）") < numbering.index("%3.")
    analyst = docx.Document(io.BytesIO(made.to_bytes("docx", "zh")))
    assert not any(p.style.name in {"Address", "Signature"} for p in analyst.paragraphs)
    assert "特此报告" in made.to_bytes("html", "zh", "official").decode()


def test_no_kind_of_report_overwrites_another_and_every_style_is_named_to_who_asks():
    from bolang.cli.report_writing import KINDS
    from bolang.document.model import STYLES
    from bolang.render.formats import style_of

    assert {style for _, style in KINDS} == set(STYLES)
    full = [KINDS[False, style] for style in STYLES]
    assert len(set(full)) == len(STYLES)
    assert not set(full) & {KINDS[True, style] for style in STYLES}
    with pytest.raises(BadInputError) as told:
        style_of("nice")
    assert all(style in str(told.value) for style in STYLES)


def test_a_batch_outlives_an_error_that_nobody_foresaw(doctor, tmp_path):
    def make(name):
        if name == "威宁":
            raise ZeroDivisionError("by one")
        return report(name, diagnostician=doctor, day=DAY, kind="brief")

    told = []
    names = ("清河县", "威宁", "漠河市")
    lines = write_batch(
        names, doctor.atlas, make, lambda made: tmp_path / f"{made.county.code}.docx", lambda *at: told.append(at)
    )
    assert [line.error for line in lines] == ["", "ZeroDivisionError: by one", ""]
    assert lines[1].name.endswith("威宁彝族回族苗族自治县")
    assert {key: year for key, _, year in lines[0].figures}["gdp"] == 2023
    assert told == [(0, "清河县"), (1, "威宁"), (2, "漠河市")]


def test_a_list_saved_by_a_spreadsheet_in_its_own_encoding_is_read(tmp_path):
    path = tmp_path / "b.csv"
    path.write_bytes("县名,备注\r\n清河县,x\r\n威宁,y\r\n".encode("gb18030"))
    assert read_names(path) == ("清河县", "威宁")


@pytest.mark.parametrize("asked", ["临平区", "临平", "330113"])
def test_the_report_of_a_unit_split_off_says_on_its_first_page_whose_figures_these_are(doctor, asked):
    made = report(asked, diagnostician=doctor, day=DAY).document
    assert made.subtitle.zh == "不是临平区的报告：临平区没有自己的数，以下是余杭区"
    assert made.subtitle.en.startswith("Not a report on Linping District")
    first = made.front[0].sentences[0].text.zh
    assert "临平区2021年由余杭区划出" in first
    assert "都不能当作临平区的数" in first
    own = report("余杭区", diagnostician=doctor, day=DAY).document
    assert "临平区" not in own.subtitle.zh + own.front[0].sentences[0].text.zh
