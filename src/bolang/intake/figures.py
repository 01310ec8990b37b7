"""Find the figures of a sentence: a number, its unit, and where it stands. Dates, ranks and names are not figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bolang.intake.units import UNIT, WrittenUnit, parse_unit

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+(?![\d.]*[\d])|\d+)(?:\.\d+)?"
_FIGURE = re.compile(
    rf"(?:(?<![\d.A-Za-z+])|(?<=GDP)|(?<=CPI))(?P<sign>[-+](?=\d))?(?P<number>{_NUMBER})(?![\d.]*\d)(?![A-Za-z])(?P<about>多|余|来)?"
)
_RATIO = re.compile(r"(?<![\d.:])\d+(?:\.\d+)?(?::\d+(?:\.\d+)?){1,3}(?![\d.:]*\d)")
_RANGE = re.compile(
    r"(?<![\d.:])\d+(?:\.\d+)?(?P<unit>%|[万亿]?(?:元|人|户|吨)|[万亿])?\s*(?:[~—－-]|(?<![由从降增升到])至)\s*-?\d+(?:\.\d+)?(?:(?P=unit)|%|[万亿](?:元|人|户|吨)|个百分点)(?![\d:])"
)
"""5%-6%, 32万至33万人: between two numbers, and neither of them."""
_MALFORMED = re.compile(r"[\d,.]*\d[\d,.]*")

# Stretches that hold digits but no figure.
_NOT_FIGURES = re.compile(
    r"""
      \d{2,4}\s*[-~至]\s*\d{2,4}年                            # 2017-2021年
    | \d{1,4}年(?:\d{1,2}月(?:\d{1,2}日)?)?                   # 2023年, 2023年12月31日, 5年
    | \d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?
    | \d{1,2}\s*[-~至]\s*\d{1,2}(?:月份?|日|岁|周岁|年级)      # 1-5月
    | \d{1,2}(?:月份?|日|时(?!段)|周?岁)(?:\d{1,2}日)?
    | \d+(?:\.\d+)?\s*[-~至]\s*\d+(?:\.\d+)?(?:周?岁|天|小时)
    | 第\s*\d+ | 前\s*\d+\s*(?:位|名|强|列|个月) | \d+\s*强(?!度) | (?:列|居|排名?|位次|位居|位列)第?\s*\d+\s*(?:位|名)
    | \d+(?:\.\d+)?[%‰](?=人口|的?抽样|.{0,6}抽样)             # 5‰人口变动抽样调查
    | (?<![A-Za-z])(?!(?:GDP|CPI)\d)[A-Za-z]+\d[A-Za-z0-9.]* | \d+[A-Za-z]+
    | \d+(?:\.\d+)?(?:万|亿|千)?元(?:\(?含\)?|及)?(?:以[上下]|口径|起点)       # 2000万元以上
    | (?:上年|女性?|以上年|上年同期|同期|农村(?:居民)?)(?:同期)?(?:为|=)\s*100?(?![\d.%])
    | =\s*100(?![\d.])
    | [图表]\s*\d+ | 附表?\d+ | \d+号
    | (?<=“)\d+(?:\.\d+)?(?:[+·.]\d+)*(?=[^”\d]{0,4}”)
    | \d+[+]\d+(?:[+]\d+)*
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a sentence.

    Attributes
    ----------
    start, end : int
        Where it stands in the cleaned sentence, unit included.
    value : Decimal
        The number with its sign, in the unit printed.
    unit : WrittenUnit or None
        None if the unit is one that no indicator uses.
    unit_text : str
        The unit as printed; empty if there is none.
    printed : str
        Number and unit as printed.
    ratio : tuple of Decimal
        The terms of a ratio such as 3.1:45.2:51.7; empty for a plain number.
    approximate : bool
        True for 1200多万元 and the like.
    spaced : bool
        True if a space stands inside the number.
    """

    start: int
    end: int
    value: Decimal
    unit: WrittenUnit | None
    unit_text: str
    printed: str
    ratio: tuple[Decimal, ...] = ()
    approximate: bool = False
    spaced: bool = False

    @property
    def digit(self) -> Decimal:
        """One unit of the last digit printed."""
        return last_digit(self.value)


def last_digit(value: Decimal) -> Decimal:
    """Return one unit of the last digit of a number: 0.01 for 2.16."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


@dataclass(frozen=True, slots=True)
class Malformed:
    """Digits that form no number, such as 41.4.0."""

    start: int
    end: int
    printed: str


def find_figures(sentence: str) -> tuple[list[Numeral], list[Malformed]]:
    """Return the figures of a cleaned sentence in order, and the digits that form no number."""
    taken = bytearray(len(sentence))
    for match in _NOT_FIGURES.finditer(sentence):
        _take(taken, match.span())
    ranges = [match for match in _RANGE.finditer(sentence) if _free(match.span(), taken)]
    for match in ranges:
        _take(taken, match.span())
    figures = [_ratio(match) for match in _RATIO.finditer(sentence) if _free(match.span(), taken)]
    for figure in figures:
        _take(taken, (figure.start, figure.end))
    for match in _FIGURE.finditer(sentence):
        if _free(match.span(), taken):
            figure = _figure(sentence, match)
            figures.append(figure)
            _take(taken, (match.start(), figure.end))
    broken = [
        Malformed(*match.span(), match.group())
        for match in _MALFORMED.finditer(sentence)
        if _free(match.span(), taken) and not re.search(r"[A-Za-z]$", sentence[: match.start()])
    ]
    broken += [Malformed(*match.span(), match.group()) for match in ranges]
    return sorted(figures, key=lambda figure: figure.start), broken


def _take(taken: bytearray, span: tuple[int, int]) -> None:
    taken[span[0] : span[1]] = b"\1" * (span[1] - span[0])


def _free(span: tuple[int, int], taken: bytearray) -> bool:
    return 1 not in taken[span[0] : span[1]]


def _ratio(match: re.Match[str]) -> Numeral:
    terms = tuple(Decimal(term) for term in match.group().split(":"))
    return Numeral(match.start(), match.end(), terms[0], None, "", match.group(), ratio=terms)


def _figure(sentence: str, match: re.Match[str]) -> Numeral:
    number = match.group("number")
    end = match.end()
    rest = sentence[end:]
    printed_unit, unit = "", parse_unit("")
    found = UNIT.match(rest.lstrip(" "))
    if found:
        spaces = len(rest) - len(rest.lstrip(" "))
        printed_unit = found.group()
        per = found.group("per")
        unit = parse_unit(found.group().removesuffix("/人")) if per in (None, "/人") else None
        end += spaces + found.end()
    scale = re.match(r"(?:万亿|亿|万|千)(?=[多余]?(?:元|美元|人|户))", rest) if not found else None
    if scale:  # 1.2亿多元
        tail = UNIT.match(rest[scale.end() + 1 :])
        if tail:
            printed_unit = scale.group() + tail.group()
            unit = parse_unit(printed_unit)
            end = match.end() + scale.end() + 1 + tail.end()
    sign = "-" if match.group("sign") == "-" else ""
    value = Decimal(sign + number.replace(",", "").replace(" ", ""))
    after = sentence[end : end + 1]
    return Numeral(
        match.start(),
        end,
        value,
        unit,
        printed_unit,
        sentence[match.start() : end],
        approximate=bool(match.group("about") or scale) or after in ("多", "余"),
        spaced=" " in number,
    )


def groups(sentence: str, figures: list[Numeral]) -> list[list[Numeral]]:
    """Join figures that form one list: 2.16和1.66个百分点; a unit printed once holds for the whole list."""
    listed: list[list[Numeral]] = []
    for figure in figures:
        if listed and not figure.ratio and not listed[-1][-1].ratio:
            between = sentence[listed[-1][-1].end : figure.start]
            alike = not listed[-1][-1].unit_text or listed[-1][-1].unit_text == figure.unit_text
            percent = listed[-1][-1].unit_text == figure.unit_text == "%"
            joined = r"[:：]|[、，]?\s*(?:和|与|及|以及)?\s*" if percent else r"[、，]?\s*(?:和|与|及|以及)?\s*"
            steady = (
                figure.printed.endswith(("持平", "番", "番多")) and "，" in between
            )  # 失业率4.1%，与上年持平: a remark on the one before
            if re.fullmatch(joined, between) and between.strip() and alike and not steady:
                listed[-1].append(figure)
                continue
        listed.append([figure])
    return [_with_one_unit(group) for group in listed]


def _with_one_unit(group: list[Numeral]) -> list[Numeral]:
    last = group[-1]
    if len(group) == 1 or not last.unit_text:
        return group
    return [
        figure
        if figure.unit_text
        else Numeral(
            figure.start,
            figure.end,
            figure.value,
            last.unit,
            last.unit_text,
            figure.printed + last.unit_text,
            approximate=figure.approximate,
            spaced=figure.spaced,
        )
        for figure in group
    ]
