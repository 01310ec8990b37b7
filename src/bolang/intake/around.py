"""The words around a figure that say what kind of figure it is: a bound, an approximation, a target, steady growth."""

from __future__ import annotations

import re
from decimal import Decimal

from bolang.intake import phrases
from bolang.intake.figures import Numeral
from bolang.intake.readings import Reason
from bolang.intake.units import unit
from bolang.intake.vocabulary import vocabulary


def growth_definition(stated: tuple[str, ...], ordinary: str) -> tuple[str, ...]:
    """Keep what defines a growth rate; 可比价 and 实际 say nothing new of an indicator that grows in real terms."""
    drop = {"按常住人口计算", "本外币", "人民币", "最终核实数", "预计执行数", "不含农户"}
    if ordinary == "real":
        drop |= {"实际", "同口径"}
    if ordinary == "nominal":
        drop |= {"名义", "可比价"}
    return tuple(part for part in stated if part not in drop)


def reason_after(after: str) -> Reason | None:
    """Return why a figure is none of the county's own if the words behind it say so: …的目标, 与…相比."""
    if re.match(r"的?(?:目标|预期|控制目标)", after):
        return "target"
    return "comparison" if re.match(r"相比|相较", after) else None


def is_bound(before: str, after: str) -> bool:
    """Tell whether a figure is only a limit that the true one keeps: 控制在3%以内, 不超过, 低于."""
    kept = (
        re.search(r"(?:控制在|不超过|不高于|低于|小于|少于|不低于|高于|保持在)[^，。；\d]{0,14}$", before) is not None
    )
    return (
        re.match(r"(?:以内|之内|以下|内(?=[，。；]|$))", after) is not None
        or (
            kept
            and re.search(r"控制在|不超过|不高于|小于|不低于", before) is not None
            and after.startswith(("以", "左右"))
        )
        or re.search(r"(?:不超过|不高于|不低于)$", before) is not None
    )


def is_about(before: str, after: str) -> bool:
    """Tell whether the words around a figure make it a bound or an approximation."""
    bound = re.search(r"(?:约|近|超过?|突破|逾|不足|不低于|[迈跨跃站登踏](?:上|入|过|越)|冲破|越过|首超)了?$", before)
    return bound is not None or after.startswith(
        ("以内", "之内", "以上", "以下", "左右", "上下", "台阶", "大关", "关口", "门槛")
    )


def is_fiscal(name: str) -> bool:
    """Tell whether an indicator is one of the budget or of debt."""
    source = vocabulary()[name].source
    return "政府收支分类" in source or "债务" in source


def doubled(sentence: str) -> list[Numeral]:
    """Return 翻一番 and 翻两番 as growth of 100 and of 300 per cent."""
    return [
        Numeral(
            match.start(),
            match.end(),
            Decimal(300 if match["times"] in ("两", "2") else 100),
            unit("%"),
            "%",
            match.group(),
            approximate=bool(match["about"] or match["again"] or match["more"]),
        )
        for match in phrases.DOUBLED.finditer(sentence)
    ]


def steady(sentence: str) -> list[Numeral]:
    """Return 持平 as growth of zero."""
    return [
        Numeral(
            match.start(), match.end(), Decimal(0), unit("%"), "%", match.group(), approximate="基本" in match.group()
        )
        for match in phrases.STEADY.finditer(sentence)
        if not re.search(r"(?:增速|增幅|降幅|比重|占比|率)[^，；。]{0,4}$", sentence[: match.start()])
    ]
