"""Whose figure it is: the county's own, or that of a zone, a town, a company or an area above it."""

from __future__ import annotations

import re

# A part of the county that is spoken of as a subject. 城镇 and 乡镇 name kinds of places, not a place.
_PART = re.compile(
    r"^(?:其中|[，：、]|全年|20\d\d年|上半年|前三季度|\d{1,2}-\d{1,2}月|截至[^，]{0,12})*"
    r"(?P<part>[\u4e00-\u9fff]{0,12}?(?:经济(?:技术)?开发区|高新(?:技术)?(?:产业)?(?:开发)?区|开发区|产业集聚区|集聚区|工业园区|产业园区?|工业园"
    r"|园区|保税区|自贸(?:试验)?区|示范区|风景区|景区|度假区|新城|管委会|功能区|合作区)"
    r"|(?!(?:城|乡|建制|各|小|特色小|重点|中心)镇)(?!各乡|城乡|全乡|下乡|返乡|家乡)[\u4e00-\u9fff]{1,4}(?<![城乡])(?:镇|街道)(?!居民|人口|化|村|企业|常住|户籍|登记|新增|非私营)"
    r"|[\u4e00-\u9fff]{2,3}(?<!城)(?<!返)(?<!下)(?<!家)乡(?=完成|实现|全年|一般|地区|财政|规))"
    r"(?=$|[，：]|(?:全年|累计|共|内|区内|现有)*(?:完成|实现|有|入驻|财政|一般|地区|规模?以?上|固定|税收|工业|进出口|营业|GDP|年末))"
)
_NO_SUBJECT = re.compile(r"(?:占|位于|入驻|在|对|来自|新增|新建|建设|推进|培育|创建|获批|拥有|以)$")
_WHOLE = re.compile(r"全(?:县|市|区|旗)|(?:我|本)(?:县|市|区|旗)")
_GOVERNMENT = re.compile(r"人民政府|管委会主任")


def part_of_county(clause: str, own: tuple[str, ...] = ()) -> bool:
    """Tell whether a clause begins to speak of a zone, a town or a park as its subject.

    Parameters
    ----------
    clause : str
        A cleaned clause.
    own : tuple of str
        Names of the file's own area, which may itself be called a zone.
    """
    found = _PART.match(clause)
    if not found or _GOVERNMENT.search(clause):
        return False
    part = found.group("part")
    if any(name and name in part for name in own if len(name) > 1 and part.endswith(name)):
        return False
    return not _WHOLE.search(part) and not _NO_SUBJECT.search(part)


def whole_county(text: str) -> bool:
    """Tell whether a text says that it speaks of the whole county."""
    return _WHOLE.search(text) is not None
