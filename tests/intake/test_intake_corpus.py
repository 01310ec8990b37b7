"""The composed bulletins: every figure extracted right, and the texts themselves consistent."""

from pathlib import Path

import pytest
from score import CORPUS, gold, plain, score_text

from bolang.intake.blocks import SourceText, blocks_of_lines, find_title
from bolang.intake.bulletin import document_time, name_of_title, read_document
from bolang.intake.characters import clean
from bolang.intake.checks import check
from bolang.intake.figures import find_figures, groups
from bolang.intake.vocabulary import vocabulary

TEXTS = sorted(CORPUS.rglob("*.txt"))


def read(path):
    text = plain(path.read_text(encoding="utf-8"))
    blocks = blocks_of_lines(text.splitlines())
    document = SourceText(find_title(blocks, path.stem), blocks)
    return read_document(document, document_time(document), name_of_title(document.title))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_figure_is_read_and_no_other(path):
    _, errors = score_text(path.read_text(encoding="utf-8"), path.stem)
    assert errors == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_figures_of_a_text_agree_with_one_another(path):
    readings, _ = read(path)
    assert check(readings) == []


def test_the_corpus_is_large_and_varied():
    names = [path.stem for path in TEXTS]
    assert len(names) >= 17
    assert len({name.split("_")[0] for name in names}) >= 15
    marks = [figure for path in TEXTS for figure in gold(path.read_text(encoding="utf-8"), 2020)]
    assert len(marks) > 1000
    assert len({figure.indicator for figure in marks}) > 120
    assert all(figure.indicator in vocabulary() for figure in marks)


def test_a_reading_quotes_its_sentence_and_names_its_place():
    readings, _ = read(CORPUS / "tuned" / "henan_2021.txt")
    gdp = next(reading for reading in readings if reading.indicator == "gdp")
    assert gdp.sentence == "初步核算，2021年全县生产总值为312.46亿元，按可比价格计算，比上年增长6.8%。"
    assert (gdp.place.section, gdp.printed, gdp.confidence) == ("综合", "312.46亿元", 0.99)
    text = plain((CORPUS / "tuned" / "henan_2021.txt").read_text(encoding="utf-8")).splitlines()
    assert gdp.sentence in text[gdp.place.line - 1]


def test_what_is_not_understood_is_listed_with_its_reason():
    _, unread = read(CORPUS / "tuned" / "shandong_2024.txt")
    reasons = {item.printed: item.reason for item in unread}
    assert reasons["18.42亿元"] == "change"
    assert reasons["1.3个百分点"] == "comparison"
    assert reasons["66.1%"] == "share"
    assert reasons["18.6亿元"] == "unclear"


def test_nothing_is_lost_every_figure_is_read_or_listed():
    path = CORPUS / "tuned" / "guizhou_2015.txt"
    readings, unread = read(path)
    lines = [clean(line).text for line in plain(path.read_text(encoding="utf-8")).splitlines()[1:]]
    printed = [figure.printed for line in lines for group in groups(line, find_figures(line)[0]) for figure in group]
    handled = {reading.printed for reading in readings} | {item.printed for item in unread}
    assert [figure for figure in printed if figure not in handled] == []


def test_the_marks_are_stripped_from_the_text():
    assert all("{" not in plain(path.read_text(encoding="utf-8")) for path in TEXTS)
    assert Path(CORPUS / "README.md").exists()
