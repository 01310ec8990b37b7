"""How much two reports share: the sentences that are the same once every number and every name of a place is masked."""

import re
from functools import cache

from bolang.atlas.places import stem
from bolang.atlas.romanize import romanize
from bolang.document.model import Paragraph, Section

NUMBER = re.compile(r"[0-9][0-9,.]*(?:%|st|nd|rd|th)?")
WORD = re.compile(r"[A-Za-z'-]+|[^A-Za-z'-]")
LEFT_OUT = ("sources",)
"""The chapter on method; what the box on the first page asks for is left out too."""


def sentences(document, lang="zh"):
    """Return the sentences of a report, method and help apart."""
    blocks = [b for b in document.front if isinstance(b, Paragraph)]
    blocks += [b for section in document.sections if section.key not in LEFT_OUT for b in _inside(section)]
    return [s.text.in_(lang) for b in blocks for s in b.sentences]


def _inside(section):
    for block in section.blocks:
        if isinstance(block, Section):
            yield from _inside(block)
        elif isinstance(block, Paragraph):
            yield block


@cache
def names(atlas):
    """Return all names of counties, prefectures and provinces, with and without what kind of unit they are, by language."""
    full = {name for c in atlas.counties for name in (c.name, c.prefecture, c.province)}
    full |= {unit + "市" for unit in ("北京", "天津", "上海", "重庆")}
    zh = full | {short for name in full if len(short := stem(name)) >= 2}
    return {"zh": zh, "en": {spelt for name in zh if (spelt := romanize(name)).isascii()}}


def masked(document, atlas, lang="zh"):
    """Return the sentences with every number and every name of a place masked."""
    known = names(atlas)[lang]
    longest = max(map(len, known))
    return {NUMBER.sub("#", _mask(text, known, lang, longest)) for text in sentences(document, lang)}


def _mask(text, known, lang, longest):
    parts = list(text) if lang == "zh" else WORD.findall(text)
    most = longest if lang == "zh" else 9
    made, start = [], 0
    while start < len(parts):
        for end in range(min(len(parts), start + most), start, -1):
            if "".join(parts[start:end]) in known:
                made.append("@")
                start = end
                break
        else:
            made.append(parts[start])
            start += 1
    return "".join(made)


def shared(one, other):
    """Return the share of the shorter report's sentences that the other has too."""
    return len(one & other) / max(min(len(one), len(other)), 1)
