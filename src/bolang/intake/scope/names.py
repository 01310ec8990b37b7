"""The names under which a document may speak of its county, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bolang.intake.blocks import FilledTable, SourceText
from bolang.intake.characters import clean
from bolang.intake.title import bare_title

_TIME = re.compile(
    r"(?:(?:19|20)\d{2}|二[〇○零][〇○零一二三四五六七八九]{2})年度?|上半年|前三季度|[一二三四]季度|\d{1,2}\s*[-—－~至]\s*\d{1,2}月份?"
)
_NAME = re.compile(
    r"(?:^关于|^|关于|[-—－\s《“])(?P<name>[\u4e00-\u9fff]{1,26}?(?:县|市|区|旗|行政委员会))"
    r"(?=国民|人民|财政|地方|预算|统计|经济|主要|政府|本级|[县市区旗]本?级|全(?!南县|州县|椒县)|城乡|居民|一般|社会|决算|债务|人口|国内|工业|固定|外贸|[-—－\s(]|$)"
)
_ISSUER = re.compile(
    r"(?:^|[:：\s在])(?P<name>[\u4e00-\u9fff]{2,26}?(?:县|市|区|旗))(?=第[一二三四五六七八九十百]{1,4}届|人民政府|统计局|财政局|人大常委会|人民代表大会)"
)
_LEADS = re.compile(
    r"^(?:[全我本各该两三]|部分|有关|所属|下辖|周边|相关|全省各?|全市各?|若干|百强|重点)(?:县|市|区|旗)$"
)
_LOOKED_AT = 12


def name_of_title(title: str) -> str:
    """Return the county that a title names (with the areas above it, if it does); empty if none."""
    found = _NAME.search(_TIME.sub("", bare_title(title)))
    return found.group("name") if found and not _LEADS.match(found.group("name")) else ""


def names_in(document: SourceText, stem: str) -> Iterator[str]:
    """Yield the names to try: the title's, the file name's, the issuer's; each also without what stands before it."""
    issuers = [
        found.group("name")
        for block in [b for b in document.blocks if not isinstance(b, FilledTable)][:_LOOKED_AT]
        for found in _ISSUER.finditer(clean(block.text).text)
    ]
    seen: set[str] = set()
    for name in (name_of_title(document.title), name_of_title(stem), *issuers):
        for form in _forms(name):
            if form not in seen:
                seen.add(form)
                yield form


def _forms(name: str) -> Iterator[str]:
    """Yield a name and, behind a province or a prefecture, its own part."""
    if len(name) < 2 or _LEADS.match(name):
        return
    yield name
    for found in re.finditer(r"(?:省|自治区|市|州|盟|地区)(?=[\u4e00-\u9fff]{2,})", name):
        yield name[found.end() :]
