"""What the columns of a table are: code, area, year, indicator, unit, value, or a column of one indicator's figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bolang.intake.cells import is_year, number, without_latin
from bolang.intake.characters import has_chinese

_HEADERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("code", re.compile(r"(?:行政)?(?:区划|地区|县|统计)?(?:代|编)码|(?:county|area|adm\w*)?_?code|adcode|id", re.IGNORECASE)),
    ("province", re.compile(r"省(?:份|级|名|区|市|\(.*\))?(?:名称)?|所(?:在|属)省(?:份)?|province", re.IGNORECASE)),
    ("prefecture", re.compile(r"地级市|地市|市级|州市|市州|市名?|所(?:在|属)(?:地)?(?:级)?市|prefecture|city", re.IGNORECASE)),
    ("area", re.compile(r"地区(?:名称)?|县域(?:名称)?|县(?:区|市|级市|名|\(.*\))?(?:名称)?|区县(?:名称)?|市县|区域|城市|县市区|单位名称|行政区(?:划)?(?:名称)?|county|area|region", re.IGNORECASE)),
    ("year", re.compile(r"年份?|年度|时间|日期|统计年份|year|date", re.IGNORECASE)),
    ("indicator", re.compile(r"(?:统计)?指标(?:名称)?|项目(?:名称)?|indicator|item", re.IGNORECASE)),
    ("unit", re.compile(r"(?:计量)?单位|unit", re.IGNORECASE)),
    ("growth", re.compile(r"(?:同比|比上年|较上年)?(?:增长|增速|增减|增幅)(?:率)?(?:\(?%\)?|[±]%?)*|同比(?:\(?%\)?)*|growth", re.IGNORECASE)),
    ("value", re.compile(r"(?:指标|绝对|统计)?(?:数?值|数据|数)|金额|总量|本年|value", re.IGNORECASE)),
)  # fmt: skip
_CODE = re.compile(r"\d{6}(?:0{6}|\d{6})?(?:\.0)?")
_SAMPLE = 60


@dataclass(frozen=True, slots=True)
class Roles:
    """Columns of a table by role; None where there is none."""

    code: int | None = None
    province: int | None = None
    prefecture: int | None = None
    area: int | None = None
    year: int | None = None
    indicator: int | None = None
    unit: int | None = None
    value: int | None = None
    growth: int | None = None

    @property
    def keys(self) -> frozenset[int]:
        """Columns that say what a row is of, and hold no figure."""
        named = (self.code, self.province, self.prefecture, self.area, self.year, self.indicator, self.unit)
        return frozenset(column for column in named if column is not None)

    @property
    def long(self) -> bool:
        """Whether a row holds one figure: its indicator in one column, its value in another, its area or year in a third."""
        named = self.area is not None or self.code is not None or self.year is not None
        return self.indicator is not None and self.value is not None and named


def roles_of(
    header: Sequence[Sequence[str]], body: Sequence[Sequence[str]], names_indicator: Callable[[Sequence[str]], bool]
) -> Roles:
    """Return the roles of the columns, from their headers and from what they hold.

    Parameters
    ----------
    header : sequence of sequence of str
        For each column, the cells of its header.
    body : sequence of rows
        Rows of data.
    names_indicator : callable
        Tells whether the cells of a header name an indicator.
    """
    found: dict[str, int] = {}
    sample = body[:_SAMPLE]
    for column, cells in enumerate(header):
        if names_indicator(cells):
            continue
        text = re.sub(r"\s", "", cells[-1] if cells else "")
        values = [row[column] for row in sample if row[column]]
        role = next((name for name, pattern in _HEADERS if pattern.fullmatch(text)), "")
        role = _by_content(role, values)
        if role and role not in found:
            found[role] = column
    if "area" not in found and "prefecture" in found:  # 城市 or 市 alone: the areas themselves
        found["area"] = found.pop("prefecture")
    found.pop("rank", None)
    return Roles(**found)


def _by_content(role: str, values: Sequence[str]) -> str:
    """Check what a header promises against what stands below it."""
    if not values:
        return ""
    numbers = sum(number(value) is not None for value in values)
    if role == "code":
        return role if sum(_CODE.fullmatch(value) is not None for value in values) >= 0.6 * len(values) else "rank"
    if role == "year":
        return role if sum(is_year(value[:4]) for value in values) >= 0.6 * len(values) else ""
    if role in ("value", "growth"):
        return role if numbers >= 0.5 * len(values) else ""
    if role in ("area", "province", "prefecture", "indicator"):
        return role if sum(has_chinese(value) for value in values) >= 0.6 * len(values) else ""
    return role if role != "rank" else ""


def code_of(cell: str) -> str:
    """Return the six digits of a county's code, empty if the cell holds none."""
    return cell[:6] if _CODE.fullmatch(cell) and not cell[:6].endswith("0000") else ""


def place_name(row: Sequence[str], roles: Roles) -> str:
    """Return the name of a row's area, with the areas above it where columns name them."""
    if roles.area is None:
        return ""
    above = "".join(
        without_latin(row[column])
        for column in (roles.province, roles.prefecture)
        if column is not None and row[column]
    )
    return above + without_latin(row[roles.area])
