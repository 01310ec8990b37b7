"""Cells of tables: numbers, units in headers and labels, the noun phrase of a label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from bolang.intake import phrases
from bolang.intake.units import WrittenUnit, parse_unit

_NUMBER = re.compile(r"^[-+]?(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d{1,3})?%?$")
# Accountants write a loss in brackets; (1) and (2) number a list.
_BRACKETED = re.compile(r"^[(（](\d[\d,]*\.\d+|\d{1,3}(?:,\d{3})+|\d{3,})(%?)[)）](%?)$")
BLANK = frozenset({"", "-", "--", "—", "——", "…", "...", "·", "/", "\\", "N/A", "NA", "nan", "None", "不详", "无"})
_UNIT_LINE = re.compile(r"(?:计量)?单位(?:[：:]\s*|\s+|(?=[万亿元千百%人户家个]))(?P<units>[^()\n；]{1,40})")
_LATIN = re.compile(
    r"(?<![A-Za-z])(?!GDP|CPI)[A-Za-z][A-Za-z ,.'&()%/#=\-\d]*[A-Za-z.)]|(?<![A-Za-z])(?!GDP|CPI)[A-Za-z]{2,}"
)
_MARKER = re.compile(
    r"^(?:[#※△*\s]|其中|[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}(?:\.\d{1,2})*[、.\s)]|[①-⑳])+"
)


def number(cell: str) -> Decimal | None:
    """Return the number that a cell holds, thousands separators and % taken away; None if it holds none."""
    text = re.sub(r"^±(?=0(?:\.0+)?%?$)", "", cell.strip().replace("，", ","))
    bracketed = _BRACKETED.match(text)
    if bracketed:
        text = "-" + bracketed.group(1) + (bracketed.group(2) or bracketed.group(3))
    if text in BLANK or not _NUMBER.match(text):
        return None
    try:
        return Decimal(text.rstrip("%").replace(",", "").replace(" ", ""))
    except InvalidOperation:
        return None


def are_fractions(cells: Sequence[str]) -> bool:
    """Tell whether a column of growth rates holds fractions (0.029) that a sheet would show as per cent."""
    values = [(cell, found) for cell in cells for found in [number(cell)] if found is not None and "%" not in cell]
    if len(values) < 2 or any(abs(found) >= 1 for _, found in values):
        return False
    return any(len(cell.partition(".")[2].rstrip("0")) >= 3 for cell, _ in values)


def is_year(cell: str) -> bool:
    """Tell whether a cell holds a year and nothing else."""
    return re.fullmatch(r"(?:19|20)\d{2}", cell) is not None


def without_latin(text: str) -> str:
    """Drop the English half of a bilingual label; GDP and CPI stay."""
    return _LATIN.sub("", text) if re.search(r"[\u4e00-\u9fff]", text) else text


def label_phrase(label: str) -> tuple[str, tuple[WrittenUnit, ...]]:
    """Return the noun phrase of a label and the units that stand with it.

    ``#（一）地区生产总值（亿元）`` gives ``地区生产总值`` and 亿元.
    """
    units = units_in(label)
    text = without_latin(re.split(r"[:：]", label)[-1] or label)
    text = phrases.BRACKETS.sub("", _MARKER.sub("", text))
    for unit in units:
        text = text.removesuffix(unit.name)
    return phrases.strip_phrase(_MARKER.sub("", text)), units


def units_in(text: str) -> tuple[WrittenUnit, ...]:
    """Return the units in a header or label: in brackets, after 单位, or the whole cell."""
    pieces = [*re.findall(r"\(([^()]+)\)", text), *(found.group("units") for found in _UNIT_LINE.finditer(text)), text]
    units: list[WrittenUnit] = []
    for piece in pieces:
        for part in re.split(r"[、，,；;/\s]", piece.removeprefix("单位").lstrip("：:")):
            found = parse_unit(part) if part else None
            if found and found.name:
                units.append(found)
    trailing = re.search(r"(?:[\u4e00-\u9fff)])\s?((?:亿|万)(?:元|人|户|美元|人次|千瓦时|吨|平方米))$", text)
    found = parse_unit(trailing.group(1)) if trailing and not units else None
    return tuple(dict.fromkeys([*units, *([found] if found else [])]))


def stated_units(text: str) -> tuple[WrittenUnit, ...]:
    """Return the units that a caption states: 单位：亿元、%."""
    found = list(_UNIT_LINE.finditer(text))
    return units_in(f"({found[-1].group('units')})") if found else ()


def header_length(rows: Sequence[Sequence[str]]) -> int:
    """Return how many rows at the top hold no data: titles, units, names of columns."""
    for index, row in enumerate(rows):
        if any(number(cell) is not None and not is_year(cell) for cell in row):
            return index
    return len(rows)
