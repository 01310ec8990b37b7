"""The title of a document: behind prefixes, over two lines, after a table of contents; else the name of its file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bolang.intake.characters import clean

_TYPE = re.compile(r"公报|报告|情况|决算|预算|主要(?:经济)?指标|统计|说明|月报|年报|快报|分析|简析|通报|运行|收支")
_STRONG = re.compile(r"统计公报|工作报告|决算|预算|运行|情况|报告|指标|简析|分析|说明|月报|快报")
_PREFIX = re.compile(
    r"^(?:(?:标题|题目|题名|文件名称|信息名称|名称|公开标题)\s*[:：]|[【〔\[(（〖][^】〕\])）〗]{1,14}[】〕\])）〗]|[★●◆■□▲\s#*]+|附?表[一二三四五六七八九十\d]{1,3}(?:[-—]\d+)?[\s:：、.]*|[《“](?=.*[》”]$))+"
)
_OFFICE = re.compile(r"(?:局|队|办公室|中心|处|委员会|委|网|政府|科|组|馆)(?:办公室)?$")
_CHROME = re.compile(
    r"首页|当前位置|您(?:所在|现在)的位置|发布(?:时间|日期|机构)|来源[:：]|字号|浏览|网站地图|索引号|>|›|»|打印|关闭|无障碍|登录|责任编辑|政务公开(?!.*公报)"
)
_YEAR = re.compile(r"(?:19|20)\d{2}年?|二[〇○零OＯ][〇○零OＯ一二三四五六七八九]{2}年")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,}(?:县|市|区|旗)")
_CONTINUES = re.compile(r"(?:和|及|与|的|、|关于|年|度|暨)$")
_LOOKED_AT = 60
_LONGEST = 70


def bare_title(text: str) -> str:
    """Return a title without what pages put before it: 标题：, 【丽水】, (浙江省)."""
    cleaned = clean(text.strip()).text
    bare = _PREFIX.sub("", cleaned).strip("》” ")
    return bare or cleaned


def find_title(lines: Sequence[str], fallback: str) -> str:
    """Return the title among the first lines of a document.

    Parameters
    ----------
    lines : sequence of str
        Short and long lines in order, tables left out.
    fallback : str
        Taken if no line calls itself a bulletin, a report or the like.
    """
    candidates = []
    listed = [bare_title(line) for line in lines[:_LOOKED_AT]]
    for position, text in enumerate(listed):
        title = _joined(listed, position, text)
        if title:
            candidates.append((-_rank(title), position, title))
    best = min(candidates, default=None)
    if best is None or (-best[0] < 2 and _YEAR.search(fallback) and _TYPE.search(fallback)):
        return fallback
    return best[2]


def _joined(lines: Sequence[str], position: int, text: str) -> str | None:
    """Return the title that a line is or ends, with the line before it where a title stands over two lines."""
    if not _fits(text) or not _TYPE.search(text):
        return None
    before = lines[position - 1] if position else ""
    if (
        before
        and _fits(before)
        and len(before) <= 40
        and not (_YEAR.search(text) and _PLACE.search(text))
        and _leads(before)
    ):
        text = before + text
    following = lines[position + 1] if position + 1 < len(lines) else ""
    if _CONTINUES.search(text) and _fits(following) and _TYPE.search(following):
        text += following
    return text if len(text) <= _LONGEST else None


def _leads(before: str) -> bool:
    """Tell whether a line is the first half of a title: it names a place or a year and is no office, date or sentence."""
    if re.search(r"\d月\d{1,2}日|^\d|公报|报告", before) and not _CONTINUES.search(before):
        return False
    return bool(
        (_PLACE.search(before) or _YEAR.search(before)) and (not _OFFICE.search(before) or _CONTINUES.search(before))
    )


def _fits(text: str) -> bool:
    return (
        2 <= len(text) <= 60
        and not re.search(r"[。；，,]", text)
        and not _CHROME.search(text)
        and not re.search(r"(?:\.{3,}|…{2,}|·{3,})\s*\d*$", text)
        and not re.search(r"\d(?:亿|万|%)", text)
        and text.count(" ") < 4
    )


def _rank(title: str) -> int:
    named = bool(_PLACE.search(title)) + bool(_YEAR.search(title))
    if _OFFICE.search(title) or (not _STRONG.search(title) and "公报" not in title):
        return 0 if _OFFICE.search(title) else 1
    heading = re.match(r"[一二三四五六七八九十]+、|\(|\d", title) is not None
    return max(1, 2 + 2 * named + (1 if re.search(r"公报|报告", title) else 0) - (3 if heading else 0))
