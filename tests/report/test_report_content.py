"""The argument: it follows the findings, traces its figures and never claims what the data do not hold."""

import io
import re

import openpyxl
import pytest
from sample_report import DAY, say

from bolang.document.model import Box, Number, Paragraph, Section
from bolang.document.numbering import Numbering
from bolang.document.tidy import tidy
from bolang.figures.fonts import uncovered
from bolang.foundation.text import Text
from bolang.pages.report.chapters import CHAPTERS
from bolang.pages.report.phrases import listed, ordinal, points
from bolang.pages.report.strengths import level_of
from bolang.publish import report
from bolang.render.flat import flatten

PLACES = {
    "the benchmark": "义乌市",
    "a famous county": "昆山市",
    "a poor mountain county": "威宁",
    "a city district without published GDP": "上海市静安区",
    "a county that became a district": "即墨区",
    "a district split from a county, 2010 not comparable": "柯桥区",
    "a tiny sample": "札达县",
    "a district of an island": "三亚市海棠区",
    "islands without an employment sample": "460300",
}


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def sections(document):
    return {block.key: block for block in document.walk() if isinstance(block, Section)}


def words(section, lang="zh"):
    paragraphs = [b for b in section.blocks if isinstance(b, Paragraph)]
    return "".join(s.text.in_(lang) for p in paragraphs for s in p.sentences)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PLACES.values(), ids=list(PLACES))
def test_every_kind_of_place_gets_a_whole_report(report_of, name, lang):
    document = report_of(name).document
    content = flatten(document, lang, lambda figure: {})
    text = "\n".join(strings(content))
    assert uncovered(text) == set()
    assert not re.search(r"\bnan\b|\bNone\b(?! of)|\[\[|，，|。。|、、|：。|（）|\(\)|\{|\}", text)
    assert [chapter.key for chapter in CHAPTERS] == [s.key for s in document.sections[:-1]]
    assert len(Numbering(document).notes) > (25 if name != "460300" else 10)


@pytest.mark.parametrize("name", PLACES.values(), ids=list(PLACES))
def test_the_state_of_the_data_stands_on_the_first_page(report_of, name):
    made = report_of(name)
    box = next(block for block in made.document.front if isinstance(block, Box))
    shown = "".join(s.text.en for p in box.paragraphs for s in p.sentences)
    for note in made.diagnosis.quality:
        assert note.text.en.split(".")[0].split("(")[0].strip() in shown


@pytest.mark.parametrize("name", PLACES.values(), ids=list(PLACES))
def test_an_advantage_or_a_shortcoming_holds_under_other_weights(report_of, name):
    made = report_of(name)
    found = sections(made.document)
    for dimension in made.diagnosis.dimensions:
        if "nation" not in dimension.standing:
            continue
        level, middle = level_of(dimension), (dimension.standing["nation"].count + 1) / 2
        assert (f"strong-{dimension.key}" in found) == (level == "strong")
        assert (f"weak-{dimension.key}" in found) == (level == "weak")
        if level == "strong":
            assert dimension.rank_high <= middle
        if level == "weak":
            assert dimension.rank_low >= middle


def test_the_argument_changes_with_the_findings(report_of):
    subtitles = {report_of(name).document.subtitle.zh for name in PLACES.values()}
    assert len(subtitles) >= 6
    assert "没有明显短板" in report_of("义乌市").document.subtitle.zh
    assert "尚无突出优势" in report_of("威宁").document.subtitle.zh


@pytest.mark.parametrize("name", PLACES.values(), ids=list(PLACES))
def test_every_figure_of_the_summary_is_traced(report_of, name):
    summary = report_of(name).document.front[0]
    for paragraph in summary.blocks:
        for sentence in paragraph.sentences:
            if re.search(r"\d", sentence.text.zh):
                assert sentence.notes, sentence.text.zh


def test_known_figures_of_yiwu(report_of):
    document = report_of("义乌市").document
    text = words(sections(document)["work"])
    assert "就业人数由86,000变为123,564（+37,564）" in text
    assert "1988年义乌县撤县设市" in words(sections(document)["output"])
    newest = words(sections(document)["output"])
    assert "可比增长7.9%，高于浙江省2.4个百分点、高于金华市1.6个百分点" in newest
    assert "8,364.87亿元（2025年）" in newest


def test_farm_work_and_public_payrolls_are_no_specialisation(report_of):
    text = words(sections(report_of("威宁").document)["industries"])
    assert "不应读作专业化优势" in text
    tiny = words(sections(report_of("札达县").document)["industries"])
    assert "公共部门和转移支付支撑" in tiny
    assert "没有可以确认的专业化行业" in tiny


def test_a_small_sample_is_listed_without_judgement(report_of):
    assert "只列数字，不作判断" in words(sections(report_of("札达县").document)["work"])


def test_a_growing_population_is_not_said_to_leave(report_of):
    whole = "".join(strings(flatten(report_of("威宁").document, "zh", lambda figure: {})))
    assert "人口在流出" not in whole
    assert "人口在用脚投票" not in whole


def test_an_estimated_gdp_is_marked_wherever_it_shows(report_of):
    document = report_of("上海市静安区").document
    cells = [
        cell
        for table in document.tables()
        for row in table.rows
        for cell in row.cells
        if isinstance(cell, Number) and cell.status == "estimated"
    ]
    assert cells
    assert all("估计" in cell.plain("zh") and "est." in cell.plain("en") for cell in cells)
    sentence = next(s for s in document.front[0].blocks[0].sentences if "地区生产总值" in s.text.zh)
    assert "（估计）" in sentence.text.zh


def test_no_comparison_is_made_where_2010_is_not_comparable(report_of):
    document = report_of("柯桥区").document
    assert "区划调整，2010年数据不可比" in words(sections(document)["people"])
    assert "不作偏离—份额分析" in words(sections(document)["work"])
    assert "shifts" not in {figure.key for figure in document.figures()}


def desk(document):
    table = next(t for t in document.tables() if t.key == "desk")
    return {row.cells[0].zh: row for row in table.rows}


def test_the_desk_table_holds_the_facts_and_says_what_is_not_published(report_of, doctor):
    rows = desk(report_of("威宁").document)
    county = doctor.atlas.county("威宁")
    year = rows["一般公共预算收入（亿元）"].cells[1].year
    revenue, spending = (doctor.atlas.fact(county, f"fiscal_{side}", year).value for side in ("revenue", "expenditure"))
    assert rows["一般公共预算收入（亿元）"].cells[1].value == revenue
    assert rows["财政自给率（收入/支出，%）"].cells[1].value == pytest.approx(100 * revenue / spending)
    assert rows["政府债务余额（亿元）"].cells[1].plain("zh") == "未公布"
    assert desk(report_of("义乌市").document)["债务率（债务/综合财力，%）"].cells[1].plain("en") == "not published"


def test_a_rank_is_taken_in_a_year_that_most_units_have(report_of):
    gdp = desk(report_of("义乌市").document)["地区生产总值（亿元）"]
    assert gdp.cells[1].year == 2025
    rank, count = re.match(r"(\d+)/(\d+)", gdp.cells[3].zh).groups()
    assert int(rank) < int(count)
    assert int(count) > 60
    assert "2023" in gdp.cells[3].zh


@pytest.mark.parametrize("name", ["义乌市", "威宁"])
def test_xlsx_facts_equal_those_of_the_atlas(report_of, doctor, name):
    book = openpyxl.load_workbook(io.BytesIO(report_of(name).to_bytes("xlsx", "zh")))
    rows = list(book["事实"].iter_rows(min_row=2, values_only=True))
    assert len(rows) > 30
    county = doctor.atlas.county(name)
    for label, indicator in (("地区生产总值", "gdp"), ("一般公共预算收入", "fiscal_revenue")):
        published = {(f.year, f.value) for f in doctor.atlas.facts(county, indicator)}
        shown = {(row[5], row[3]) for row in rows if row[2] == label}
        assert shown
        assert shown <= published
    readings = {r.label.zh: r.value for d in doctor.diagnose(county).dimensions for r in d.readings}
    for row in rows:
        if row[2] in readings and row[2] not in {"地区生产总值", "一般公共预算收入"}:
            assert row[3] == pytest.approx(readings[row[2]], rel=1e-14)


def test_the_same_data_and_day_give_the_same_document(report_of, doctor):
    again = report("威宁", diagnostician=doctor, day=DAY, model=False)
    assert again.to_bytes("xlsx", "en") == report_of("威宁").to_bytes("xlsx", "en")


@pytest.mark.slow
def test_the_same_data_and_day_give_the_same_figures(report_of, doctor):
    again = report("威宁", diagnostician=doctor, day=DAY, model=False)
    assert again.to_bytes("html", "zh") == report_of("威宁").to_bytes("html", "zh")


def test_a_further_section_closes_its_chapter(doctor):
    def builder(context):
        return Section("routes", Text("通道", "Routes"), (Paragraph((say(context.name, "x"),)),))

    made = report(
        "义乌市", diagnostician=doctor, day=DAY, model=False, extra={"course": [builder, lambda context: None]}
    )
    course = made.document.sections[0]
    assert course.blocks[-1].key == "routes"


def test_signed_by_the_one_who_signs(doctor):
    made = report("义乌市", diagnostician=doctor, day=DAY, model=False, authors=Text("张三", "Zhang San"))
    assert made.document.authors.zh == "张三"


@pytest.mark.parametrize(("number", "text"), [(1, "1st"), (2, "2nd"), (11, "11th"), (23, "23rd"), (1112, "1,112th")])
def test_ordinals(number, text):
    assert ordinal(number) == text


def test_lists_and_gaps_read_in_both_languages():
    names = [Text("甲", "a"), Text("乙", "b"), Text("丙", "c")]
    assert listed(names) == Text("甲、乙和丙", "a, b and c")
    assert points(2.41, "浙江省").zh == "高于浙江省2.4个百分点"
    assert points(-0.01, "X").en == "level with X"


def test_spaces_between_chinese_and_figures_are_left_to_the_page():
    assert tidy(Text("2020 年有 3 个 A 类，区间 1–2", "in 2020 3 A")).zh == "2020年有3个A类，区间1–2"
