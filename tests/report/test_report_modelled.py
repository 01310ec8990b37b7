"""The report with the model: the page for those who decide, the levers with their notes, the plan and its figures."""

import re
from itertools import pairwise

import pytest
from sample_report import DAY

from bolang.document.model import Box, Number, Paragraph, Section
from bolang.economy.levers.catalogue import levers as catalogue
from bolang.pathway.plan.planner import plan
from bolang.publish import report

NAMES = ["义乌市", "威宁"]


@pytest.fixture(scope="module")
def modelled(doctor):
    kept = {}

    def build(name):
        if name not in kept:
            kept[name] = report(name, diagnostician=doctor, day=DAY)
        return kept[name].document

    return build


@pytest.fixture(scope="module")
def plan_of(doctor):
    kept = {}

    def build(name):
        if name not in kept:
            kept[name] = plan(doctor.atlas.county(name), atlas=doctor.atlas)
        return kept[name]

    return build


def section(document, key):
    return next(block for block in document.walk() if isinstance(block, Section) and block.key == key)


def table(document, key):
    return next(table for table in document.tables() if table.key == key)


def said(blocks, lang):
    paragraphs = [p for b in blocks for p in (b.paragraphs if isinstance(b, Box) else [b]) if isinstance(p, Paragraph)]
    return "".join(s.text.in_(lang) for p in paragraphs for s in p.sentences)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_page_for_those_who_decide_opens_with_the_top_line(modelled, plan_of, name):
    page = section(modelled(name), "decision")
    top = page.blocks[0]
    assert isinstance(top, Box)
    brief = plan_of(name).brief
    assert page.new_page
    assert top.paragraphs[0].sentences[0].text.zh.replace(" ", "") == re.sub(
        r"-(?=\d)", "−", brief.top_line.zh.replace(" ", "")
    )
    leads = [block.lead.zh for block in page.blocks if isinstance(block, Paragraph) and block.lead is not None]
    assert leads == [point.heading.zh + "。" for point in brief.points]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_lever_stands_in_the_table_with_a_note_of_its_own(modelled, name):
    rows = table(modelled(name), "lever-table").rows
    levers = catalogue().values()
    keys = [note.key for row in rows for note in row.notes]
    assert sorted(keys) == sorted(f"lever-{lever.key}" for lever in levers)
    labels = {f"lever-{lever.key}": lever.label.text.zh for lever in levers}
    for row in rows:
        assert len(row.notes) == 1
        assert row.cells[0].zh.startswith(labels[row.notes[0].key])
        assert row.notes[0].text.zh.startswith(labels[row.notes[0].key])
        assert not re.search(r"[A-Za-z ,]{60,}", row.notes[0].text.zh)
    effects = [row.cells[1].value for row in rows]
    assert all(first >= second for first, second in pairwise(effects))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_plan_table_adds_up_with_the_plan(modelled, plan_of, name):
    made = plan_of(name)
    rows = table(modelled(name), "plan-table").rows
    assert [row.cells[0].zh for row in rows] == [step.label.zh for step in made.steps]
    cost = sum(row.cells[4].value for row in rows)
    assert cost == pytest.approx(sum(step.cost for step in made.steps))
    shown = {label.zh: value.zh for label, value in made.brief.figures}
    assert shown["县级投入"] == f"{cost:.2f}亿元"
    for row in rows:
        gain = row.cells[5]
        assert gain.low <= gain.value <= gain.high
        assert 0 <= row.cells[7].value <= 100


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_english_amounts_are_a_tenth_of_the_chinese(modelled, plan_of, name):
    document = modelled(name)
    money = [
        (cell, table.columns[place].label)
        for table in document.tables()
        for row in table.rows
        for place, cell in enumerate(row.cells)
        if isinstance(cell, Number) and cell.value is not None and "亿元" in table.columns[place].label.zh
    ]
    assert len(money) > 20
    for cell, label in money:
        assert "billion yuan" in label.en
        assert cell.shown("en") == pytest.approx(cell.shown("zh") / 10)
    top = section(document, "decision").blocks[0]
    zh = [float(x) for x in re.findall(r"([\d,.]+)亿元", said([top], "zh").replace(",", ""))]
    en = [float(x) for x in re.findall(r"([\d.]+) billion yuan", said([top], "en").replace(",", ""))]
    assert len(zh) == len(en) > 3
    assert en == pytest.approx([x / 10 for x in zh], abs=0.006)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_plan_section_does_not_repeat_the_page_for_those_who_decide(modelled, name):
    document = modelled(name)
    page, part = section(document, "decision"), section(document, "plan")
    for lang in ("zh", "en"):
        decided = said(page.blocks, lang)
        repeated = [
            s.text.in_(lang)
            for block in part.blocks
            if isinstance(block, Paragraph) and block.role != "bullet"
            for s in block.sentences
            if s.text.in_(lang) in decided
        ]
        assert repeated == []


def test_a_quick_report_says_that_the_model_was_left_out(report_of):
    document = report_of("威宁").document
    sections = {block.key for block in document.walk() if isinstance(block, Section)}
    assert "decision" not in sections
    assert "plan" not in sections
    blocks = section(document, "scenarios").blocks
    assert "未求解县域经济模型" in said(blocks, "zh")
    assert "model of the county economy was not solved" in said(blocks, "en")
