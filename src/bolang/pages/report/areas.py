"""What the area above a county is called: 全市 in a city, 全州 in an autonomous prefecture, 全盟 in a league."""

from __future__ import annotations

from typing import Literal

from bolang.foundation.text import Text
from bolang.wording import load

WORDS = load("report_areas")
_KINDS = {
    **dict.fromkeys(("北京市", "天津市", "上海市", "重庆市"), "municipality"),
    "自治州": "prefecture",
    "盟": "league",
    "地区": "area",
    "自治区": "region",
    "省": "province",
    "自治区直辖": "direct_region",
    "直辖": "direct",
}
"""Kind of area by the end of its name; the first that fits."""


def area_word(area: str, role: Literal["whole", "same", "home"]) -> Text:
    """Return what an area is called by those who live there.

    Examples
    --------
    >>> area_word("伊犁哈萨克自治州", "whole").zh
    '全州'
    >>> area_word("上海市", "whole").en
    'municipality'
    """
    kind = next((kind for suffix, kind in _KINDS.items() if area.endswith(suffix)), "city")
    return WORDS(f"area.{role}.{kind}")
