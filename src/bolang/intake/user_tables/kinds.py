"""The kinds of user tables and their columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr

FieldKind = Literal["text", "number", "year"]


@dataclass(frozen=True, slots=True)
class TableField:
    """A column: its key, the head of the template, what it holds, and whether a row needs it."""

    key: str
    head: str
    holds: FieldKind = "text"
    required: bool = False


@dataclass(frozen=True, slots=True)
class TableKind:
    """A kind of table: its key, its name in the template, and its columns."""

    key: str
    name: str
    fields: tuple[TableField, ...]


_NAME = "name"
COUNTY = TableField("county", "县")
"""A column that every table may have: one file then brings the rows of several counties."""
KINDS: Mapping[str, TableKind] = {
    kind.key: kind
    for kind in (
        TableKind(
            "platforms",
            "城投平台",
            (
                TableField(_NAME, "企业", required=True),
                TableField("rating", "主体级别"),
                TableField("assets", "总资产（亿元）", "number"),
                TableField("debt", "有息债务（亿元）", "number", required=True),
                TableField("revenue", "营业收入（亿元）", "number"),
                TableField("year", "年份", "year", required=True),
            ),
        ),
        TableKind(
            "bonds",
            "债券与到期",
            (
                TableField("issuer", "发行人", required=True),
                TableField(_NAME, "债券简称", required=True),
                TableField("balance", "余额（亿元）", "number", required=True),
                TableField("coupon", "票面利率（%）", "number"),
                TableField("spread", "利差（BP）", "number"),
                TableField("due", "到期年份", "year", required=True),
            ),
        ),
        TableKind(
            "firms",
            "龙头企业",
            (
                TableField(_NAME, "企业", required=True),
                TableField("product", "主要产品", required=True),
                TableField("revenue", "营业收入（亿元）", "number"),
                TableField("jobs", "职工（人）", "number"),
                TableField("year", "年份", "year", required=True),
            ),
        ),
        TableKind(
            "parks",
            "园区",
            (
                TableField(_NAME, "园区", required=True),
                TableField("level", "级别"),
                TableField("industry", "主导产业"),
                TableField("area", "面积（平方公里）", "number"),
                TableField("output", "工业总产值（亿元）", "number"),
                TableField("year", "年份", "year", required=True),
            ),
        ),
        TableKind(
            "projects",
            "重点项目",
            (
                TableField(_NAME, "项目", required=True),
                TableField("investment", "总投资（亿元）", "number", required=True),
                TableField("funding", "资金来源"),
                TableField("start", "开工年份", "year"),
                TableField("end", "完工年份", "year"),
            ),
        ),
        TableKind(
            "assets",
            "国有资产",
            (
                TableField(_NAME, "类别", required=True),
                TableField("value", "账面价值（亿元）", "number", required=True),
                TableField("year", "年份", "year", required=True),
            ),
        ),
        TableKind(
            "targets",
            "规划目标",
            (
                TableField(_NAME, "指标", required=True),
                TableField("unit", "单位", required=True),
                TableField("last_target", "上期目标", "number"),
                TableField("base", "基期值", "number", required=True),
                TableField("base_year", "基期年份", "year", required=True),
                TableField("target", "目标值", "number", required=True),
                TableField("target_year", "目标年份", "year", required=True),
                TableField("binding", "属性"),
            ),
        ),
        TableKind("peers", "对标县", (TableField(_NAME, "对标县", required=True), TableField("reason", "理由"))),
    )
}


def kind_of(key: str) -> TableKind:
    """Return a kind by key or by its Chinese name.

    Raises
    ------
    BadInputError
        If there is no such kind.
    """
    for kind in KINDS.values():
        if key in {kind.key, kind.name}:
            return kind
    listed = "、".join(f"{kind.key}（{kind.name}）" for kind in KINDS.values())
    raise BadInputError(
        tr(f"没有用户表 {key!r}。", f"There is no user table {key!r}."),
        tr(f"可用：{listed}。", f"Known: {', '.join(KINDS)}."),
    )
