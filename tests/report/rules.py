"""What no report may do: empty parts, broken templates, repeated sentences, amounts without year, contradictions."""

import re
from itertools import pairwise

from bolang.document.model import Box, Paragraph, Section, Table
from bolang.document.numbering import Numbering
from bolang.pages.report.strengths import FAMILIES, entries

BROKEN = re.compile(r"[{}]|\bnan\b|\bNone\b(?! (of|is))|\binf\b|。。|，。|、。|（）|\(\)")
AMOUNT = re.compile(r"[0-9](亿元|万元|万人|亿美元)")
YEAR = re.compile(r"(19|20)[0-9]{2}")
MASK = re.compile(r"[0-9][0-9,.]*[%]?")


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
    for lang in ("zh", "en"):
        said = sentences(document, lang)
        found += [
            f"broken: {text}" for text in (*said, document.title.in_(lang)) if BROKEN.search(text) or not text.strip()
        ]
        repeated = {text for text in said if said.count(text) > 1}
        found += [f"repeated: {text}" for text in repeated]
    for paragraph in paragraphs(document):
        text = text_of(paragraph)
        planned = "五年" in text
        if AMOUNT.search(text) and not YEAR.search(text) and not planned:
            found.append(f"amount without year: {text}")
    return found + contradictions(context, document)


def contradictions(context, document):
    """Return statements that cannot both be true."""
    found = []
    strong, weak = ({FAMILIES[entry.key] for entry in entries(context, side)} for side in ("strong", "weak"))
    found += [f"strong and weak at once: {family}" for family in strong & weak]
    said = "\n".join(sentences(document))
    pairs = (
        ("没有公开数可用", "年末政府债务余额"),
        ("没有核心城市", "可及的核心城市首为"),
        ("人口净流出", "人口净流入"),
        ("制造业就业份额为全国的", "制造业就业份额只有全国的"),
    )
    found += [f"both {a!r} and {b!r}" for a, b in pairs if a in said and b in said]
    if context.small_sample and ("区位商" in said.replace("区位商附", "") or "倍国家" in said):
        found.append("an industry is judged on a small sample")
    if ("就业份额" in said) and context.small_sample:
        found.append("shares of jobs on a small sample")
    growth = re.findall(r"(\d{4})—(\d{4})年地区生产总值年均", said)
    for first, last in growth:
        if any(int(first) <= year < int(last) for year in (2013, 2018, 2023)):
            found.append(f"growth across a revision: {first}-{last}")
    return found


def masked(document, names):
    """Return the sentences of the report with numbers and names masked; the chapter on method and the help are left out."""
    kept = []
    for section in document.sections:
        if section.key == "sources":
            continue
        inner = [s.text.zh for p in _inside(section) for s in p.sentences]
        kept += inner
    kept += [s.text.zh for block in document.front if isinstance(block, Paragraph) for s in block.sentences]
    made = set()
    for text in kept:
        bare = text
        for name in names:
            bare = bare.replace(name, "某")
        made.add(MASK.sub("#", bare))
    return made


def _inside(section):
    for block in section.blocks:
        if isinstance(block, Section):
            yield from _inside(block)
        elif isinstance(block, Paragraph) and block.role != "small":
            yield block


def in_order(years):
    """Whether years rise."""
    return all(a < b for a, b in pairwise(years))
