"""The shape of a table: its rectangle, its banners, the names of its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bolang.intake.blocks import FilledTable
from bolang.intake.cells import BLANK, label_phrase, number, without_latin
from bolang.intake.characters import clean, has_chinese
from bolang.intake.units import parse_unit
from bolang.intake.vocabulary import vocabulary

_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


@lru_cache(maxsize=1 << 15)
def _spelled(cell: str) -> str:
    return cell if _PLAIN.fullmatch(cell) else clean(cell.replace("\n", "")).text.strip()


def rectangle(grid: FilledTable) -> list[list[str]]:
    """Return the cleaned cells of a table, rows filled up to one width."""
    rows = [[_spelled(cell) for cell in row] for row in grid.rows]
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def is_banner(row: Sequence[str]) -> bool:
    """Tell whether a row is a title or a unit line, not a row of names of columns."""
    filled = set(filter(None, row))
    return len(filled) <= 1 and (not filled or bool(row[0]) or "单位" in next(iter(filled)))


def columns_of(header: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return for each column the distinct cells of its header, from the top."""
    width = len(header[0]) if header else 0
    return [list(dict.fromkeys(row[c] for row in header if row[c])) for c in range(width)]


_PLAIN_HEADER = re.compile(
    r"指标|情况|主要|综合|合计|总计|单位|频率|(?:19|20)\d{2}|^(?:年|季|月|本年|上年|全年|绝对数|总量)$"
)


def header_readings(cells: Sequence[str]) -> list[str]:
    """Return the ways to read a header of several rows: all of it, then its lowest cell that what stands above allows.

    城镇居民 over 人均可支配收入 is one name; 地区生产总值 over 第一产业 is two, of which the lower counts.
    """
    chinese = [cell for cell in map(without_latin, cells) if has_chinese(cell)]
    readings = ["".join(chinese)]
    for position in range(len(chinese) - 1, -1, -1):
        above = chinese[:position]
        if all(
            _PLAIN_HEADER.search(cell) or parse_unit(cell) or vocabulary().find(label_phrase(cell)[0]) for cell in above
        ):
            readings.append(chinese[position])
    return readings


def column_kind(cells: Sequence[str], header: str) -> str:
    """Tell what the cells below a header are: ``label``, ``number``, ``unit``, or nothing of use."""
    filled = [cell for cell in cells if cell not in BLANK]
    if not filled:
        return ""
    numbers = sum(number(cell) is not None for cell in filled)
    known = sum(parse_unit(cell) is not None for cell in filled if number(cell) is None)
    if known >= 0.6 * len(filled) or re.search(r"^(?:计量)?单位$", header):
        return "unit"
    if numbers >= 0.5 * len(filled):
        return "number"
    chinese = sum(has_chinese(cell) or bool(vocabulary().find(label_phrase(cell)[0])) for cell in filled)
    return "label" if chinese >= 0.5 * len(filled) and (len(set(filled)) > 1 or len(filled) == 1) else ""


def row_text(row: Sequence[str]) -> str:
    """Return the filled cells of a row in a line."""
    return " ".join(cell for cell in row if cell)
