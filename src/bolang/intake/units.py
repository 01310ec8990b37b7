"""Units as bulletins write them: what they measure, and exact conversion between those that measure the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bolang.foundation.errors import BadInputError

SCALES = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "万亿": 10**12,
}

# Base unit -> (what it measures, factor to the first unit of that kind)
BASES: dict[str, tuple[str, Decimal]] = {
    "元": ("yuan", Decimal(1)),
    "人民币元": ("yuan", Decimal(1)),
    "美元": ("dollar", Decimal(1)),
    "人": ("person", Decimal(1)),
    "人次": ("person", Decimal(1)),
    "户": ("count", Decimal(1)),
    "家": ("count", Decimal(1)),
    "个": ("count", Decimal(1)),
    "件": ("parcel", Decimal(1)),
    "吨": ("weight", Decimal(1)),
    "公斤": ("weight", Decimal("0.001")),
    "千克": ("weight", Decimal("0.001")),
    "斤": ("weight", Decimal("0.0005")),
    "平方米": ("area", Decimal(1)),
    "㎡": ("area", Decimal(1)),
    "平方公里": ("area", Decimal(10**6)),
    "公顷": ("area", Decimal(10**4)),
    "千瓦时": ("energy", Decimal(1)),
    "度": ("energy", Decimal(1)),
    "%": ("percent", Decimal(1)),
    "‰": ("permille", Decimal(1)),
    "倍": ("times", Decimal(1)),
    "个百分点": ("points", Decimal(1)),
    "百分点": ("points", Decimal(1)),
    "个千分点": ("permille points", Decimal(1)),
    "千分点": ("permille points", Decimal(1)),
    "指数": ("number", Decimal(1)),
    "比值": ("number", Decimal(1)),
    "": ("number", Decimal(1)),
}

# Words of measure that end a figure but never carry an indicator of the vocabulary.
OTHER = [
    "欧元",
    "日元",
    "港元",
    "亩",
    "立方米",
    "公里",
    "千米",
    "米",
    "千瓦",
    "标准煤",
    "头",
    "只",
    "羽",
    "张",
    "册",
    "所",
    "辆",
    "台",
    "条",
    "座",
    "套",
    "笔",
    "单",
    "班",
    "次",
    "名",
    "处",
    "种",
    "位",
    "分",
    "天",
    "项",
    "小时",
    "微克",
    "毫克",
    "兆瓦",
    "吉瓦",
    "支",
    "艘",
    "株",
    "公里",
    "批",
    "宗",
    "部",
    "场",
    "篇",
    "例",
    "尾",
    "床",
    "路",
    "级",
    "箱",
    "标箱",
    "重量箱",
    "米",
    "枚",
    "岁",
    "届",
    "度电",
    "平方千米",
    "标台",
    "对",
    "口",
    "口人",
    "间",
    "层",
    "页",
]

_SCALE = "(?:万亿|百万|千万|亿|万|千|百|十)?"
_BASE = "|".join(sorted((re.escape(unit) for unit in [*BASES, *OTHER] if unit), key=len, reverse=True))
UNIT = re.compile(rf"(?P<scale>{_SCALE})(?P<base>{_BASE})(?P<per>/[\u4e00-\u9fff]{{1,4}})?")


@dataclass(frozen=True, slots=True)
class WrittenUnit:
    """A unit: its own spelling, what it measures, and its size in the first unit of that kind."""

    name: str
    dimension: str
    factor: Decimal


def parse_unit(text: str) -> WrittenUnit | None:
    """Read a unit such as ``万元`` or ``亿千瓦时``; None if it is not one that the vocabulary uses."""
    text = text.strip().replace("％", "%").removesuffix("人民币").removesuffix("(人民币)")
    if text in BASES:
        return WrittenUnit(text, *BASES[text])
    if text.startswith(("千", "万", "亿", "百", "十")):
        for scale in sorted(SCALES, key=len, reverse=True):
            base = text[len(scale) :]
            if scale and text.startswith(scale) and base in BASES and base:
                dimension, factor = BASES[base]
                return WrittenUnit(text, dimension, factor * SCALES[scale])
    return None


def unit(text: str) -> WrittenUnit:
    """Read a unit that must be known."""
    found = parse_unit(text)
    if found is None:
        raise BadInputError(f"Unknown unit {text!r}.", "Use a unit such as 万元, 亿元, 万人, 户, %.")
    return found


def convert(value: Decimal, source: WrittenUnit, target: WrittenUnit) -> Decimal:
    """Convert between two units of one kind without rounding, by powers of ten."""
    if source.dimension != target.dimension:
        raise BadInputError(f"{source.name} cannot be converted to {target.name}.")
    return value * source.factor / target.factor
