"""What no report may do: empty parts, broken templates, repeated sentences, amounts without year, contradictions."""

import re
from functools import cache
from itertools import pairwise

from sameness import names

from bolang.document.model import Box, Paragraph, Section, Table
from bolang.document.numbering import Numbering
from bolang.foundation.text import Text
from bolang.pages.report.strengths import FAMILIES, entries

BROKEN = re.compile(
    r"[{}]|的的|\bnan\b|\bNone\b(?! (of|is))|\binf\b|。。|，。|、。|；。|；；|（）|\(\)|–−|  | [,;.]|; ?\.|,,|\.\.|template(?! [0-9]{6} )|bolang(?! (template|import)\b)"
)
SLIPS = re.compile(
    r"(?<![0-9.,])1 (units|other units|peers|others|firms|counties|mines|hours)\b|(?<![\w'])a [aeio]|(?<![\w'])an [bcdfgjklmnpqrstvwxyz]|; [A-Z][a-z]"
)
"""What English does not do: plurals of one, the wrong article, a capital in the middle of a sentence (names excepted)."""
HAN = re.compile("[\u4e00-\u9fff]")
AMOUNT = {
    "zh": re.compile(r"[0-9](亿元|万元|万人|亿美元)"),
    "en": re.compile(r"[0-9] (billion|million) (yuan|US dollars)"),
}
PLANNED = {"zh": "五年", "en": "five years"}
YEAR = re.compile(r"(19|20)[0-9]{2}")


FREE = {
    "zh": re.compile(r"(19|20)[0-9]{2}(—(19|20)[0-9]{2})?年?|[0-9]+—[0-9]+岁|65岁|（1039）|第[一二三]产业"),
    "en": re.compile(r"(19|20)[0-9]{2}|aged [0-9]+ to [0-9]+|65 or older|\(1039\)"),
}
"""Digits that are no figure of the county: years, ages, a customs code."""
FIGURE = re.compile(r"(?<![A-Za-z0-9])[0-9][0-9,.]*")
CLAUSE, SENTENCE = 1, 2
"""Figures that a clause and a sentence may carry; a table holds the others."""
LISTING = re.compile("农产品列名|[Ff]arm products on the lists")
"""A clause of names, which may hold digits themselves."""
UNCOUNTED = ("sources", "parameters")
"""Chapters on method, where a sample has a size and an interval its width."""
STANDSTILL = {
    "zh": re.compile(r"年均(增长?|减|下降)0\.0%|增长−|下降−|约合0\.0+万"),
    "en": re.compile(r"(grew|fell|rose) by (−|0\.0%)|fill about 0 thousand|[0-9],[0-9]{3} thousand"),
}
"""Growth of nothing or of less than nothing; a thousand thousands."""
HALF_WIDTH = re.compile("[\u4e00-\u9fff] ?[,;:()]|[,;()][\u4e00-\u9fff]")
FOREIGN = re.compile(r"\b(page|batches|public repository|online|article|first|shows|computed|text|recalled)\b")
"""English remarks that the tables keep with a source; a Chinese note says them in Chinese."""
WEB = re.compile("https?://[^，。；]+")
NOT_A_CITY = re.compile("(自治州|盟|地区|直辖)$")
TITLE = (
    ("大专以上人口仅", "大专及以上占[^；。]*(居中|好于|密集)"),
    ("财政自给率仅", "强于多数县|支出大部分自己负担"),
    ("人口减少", "人口增长|猛增"),
    ("老年人口占", "人口年轻|老龄化尚浅"),
    ("债务", "负担轻，|债务轻"),
)
"""What a title says, and what the text may not say then."""


def paragraphs(document):
    """Return the paragraphs of a document in order, those of boxes among them."""
    return [block for block in document.walk() if isinstance(block, Paragraph)]


def sentences(document, lang="zh"):
    """Return every sentence."""
    return [s.text.in_(lang) for p in paragraphs(document) for s in p.sentences]


def text_of(paragraph, lang="zh"):
    return ("" if lang == "zh" else " ").join(s.text.in_(lang) for s in paragraph.sentences)


def faults(context, document):
    """Return what is wrong with a report, as a list of findings."""
    found = []
    Numbering(document)
    for block in document.walk():
        if isinstance(block, Section) and not block.blocks:
            found.append(f"empty section {block.key}")
        if isinstance(block, Table) and not block.rows:
            found.append(f"empty table {block.key}")
        if isinstance(block, Paragraph | Box) and not getattr(block, "sentences", getattr(block, "paragraphs", ())):
            found.append("empty paragraph")
    found += _beside_the_text(document) + _of_an_area(context, document) + _crowded(document)
    for lang in ("zh", "en"):
        said = sentences(document, lang)
        found += [f"growth of nothing: {text}" for text in said if STANDSTILL[lang].search(text)]
        found += [
            f"broken: {text}" for text in (*said, document.title.in_(lang)) if BROKEN.search(text) or not text.strip()
        ]
        repeated = {text for text in said if said.count(text) > 1}
        found += [f"repeated: {text}" for text in repeated]
        for paragraph in paragraphs(document):
            text = text_of(paragraph, lang)
            if AMOUNT[lang].search(text) and not YEAR.search(text) and PLANNED[lang] not in text:
                found.append(f"amount without year: {text}")
    found += [
        f"unfinished: {text}" for text in sentences(document) if text[-1] not in "。：" and not text.endswith("＿")
    ]
    for text in sentences(document, "en"):
        if HAN.search(text):
            found.append(f"Chinese in English: {text}")
        if not (text[0].isupper() or text[0].isdigit()):
            found.append(f"small letter at the start: {text}")
        found += [
            f"English: {text}" for slip in SLIPS.finditer(text) if not _named(slip[0], text[slip.start() :], context)
        ]
    return found + contradictions(context, document)


def _crowded(document):
    """Return sentences of the chapters that carry more figures than a reader takes in at once."""
    said = [s for block in document.front if isinstance(block, Paragraph) for s in block.sentences]
    for section in document.sections:
        if section.key not in UNCOUNTED:
            said += [s for block in section.blocks if isinstance(block, Paragraph) for s in block.sentences]
    found = []
    for sentence in said:
        for lang, mark in (("zh", "；"), ("en", "; ")):
            text = sentence.text.in_(lang)
            clauses = [part for part in text.split(mark) if not LISTING.match(part)]
            counts = [len(FIGURE.findall(FREE[lang].sub("", clause))) for clause in clauses]
            if max(counts, default=0) > CLAUSE or sum(counts) > SENTENCE:
                found.append(f"too many figures: {text}")
    return found


def _beside_the_text(document):
    """Return what is wrong in notes, below tables and in their cells."""
    found = []
    numbering = Numbering(document)
    below = [table.source for table in document.tables()]
    cells = [
        cell
        for table in document.tables()
        for cell in (*(c.label for c in table.columns), *(cell for row in table.rows for cell in row.cells))
        if isinstance(cell, Text)
    ]
    notes = [note.text for note in numbering.notes]
    for text in (*below, *notes, *cells):
        if BROKEN.search(text.zh) or BROKEN.search(text.en):
            found.append(f"broken: {text.zh} / {text.en}")
        if HALF_WIDTH.search(text.zh):
            found.append(f"half-width mark in Chinese: {text.zh}")
    heads = [column.label for table in document.tables() for column in table.columns]
    found += [f"marked twice: {text.zh}" for text in heads if re.search("假设.*估", text.zh)]
    found += [f"English: {text.en}" for text in below if re.search(r"; (At|The|Disposable|Not)\b", text.en)]
    found += [f"Chinese below an English table: {text.en}" for text in below if HAN.search(text.en)]
    found += [f"English in a Chinese note: {text.zh}" for text in notes if FOREIGN.search(WEB.sub("", text.zh))]
    found += [f"half-width mark in Chinese: {text}" for text in sentences(document) if HALF_WIDTH.search(text)]
    found += [
        f"one year as an average: {text}"
        for text in sentences(document)
        for first, last in re.findall(r"(\d{4})—(\d{4})年[^，。；]*年均", text)
        if int(last) - int(first) == 1
    ]
    found += [f"a full stop inside a series: {text}" for text in sentences(document) if re.search("。[^。]*；", text)]
    return found


def _of_an_area(context, document):
    """Return sentences and heads that call an autonomous prefecture, a league or an area a city."""
    if not NOT_A_CITY.search(context.county.prefecture):
        return []
    heads = [column.label.zh for table in document.tables() for column in table.columns]
    wrong = ("同市", "全市位次", "全市收入", "全市经济", "所在地级市")
    return [f"no city: {text}" for text in (*sentences(document), *heads) if any(word in text for word in wrong)]


def _named(slip, rest, context):
    """Whether a capital after a semicolon begins the name of a place or of a product."""
    word = re.match(r"; ([A-Z][a-z'-]+)", rest)
    return word is not None and (word[1] in _first_words(context.atlas) or slip.startswith("; Taobao"))


@cache
def _first_words(atlas):
    return {name.split()[0] for name in names(atlas)["en"]} | {
        word for name in names(atlas)["en"] for word in name.split()
    }


def contradictions(context, document):
    """Return statements that cannot both be true."""
    found = []
    strong, weak = ({FAMILIES[entry.key] for entry in entries(context, side)} for side in ("strong", "weak"))
    found += [f"strong and weak at once: {family}" for family in strong & weak]
    said = "\n".join(sentences(document))
    pairs = (
        ("本级债务余额未见公布", "政府债务是一般公共预算收入"),
        ("本级债务余额未见公布", "专项债务占"),
        ("本级地区生产总值未见公布", "年经济总量"),
        ("本级地区生产总值未见公布", "年地区生产总值"),
        ("财政没有单列", "年自给率"),
        ("财政没有单列", "一般公共预算收入相当于支出"),
        ("没有指标强到列为优势", "长处首在"),
        ("没有核心城市", "可及的核心城市首为"),
        ("是净流入地", "外出务工的多"),
        ("制造业薄弱", "工业强、商贸弱"),
        ("商贸薄弱", "商贸强、工业弱"),
    )
    found += [f"both {a!r} and {b!r}" for a, b in pairs if a in said and b in said]
    if context.small_sample and re.search("份额(高于全国|为全国|的份额|都达到)|区位商(?!附)", said):
        found.append("an industry is judged on a small sample")
    if ("就业份额" in said) and context.small_sample:
        found.append("shares of jobs on a small sample")
    judged = document.title.zh + said
    found += [
        f"title against text: {a!r} and {b!r}" for a, b in TITLE if a in document.title.zh and re.search(b, judged)
    ]
    growth = re.findall(r"(\d{4})—(\d{4})年地区生产总值年均", said)
    for first, last in growth:
        if any(int(first) <= year < int(last) for year in (2013, 2018, 2023)):
            found.append(f"growth across a revision: {first}-{last}")
    return found


def in_order(years):
    """Whether years rise."""
    return all(a < b for a, b in pairwise(years))
