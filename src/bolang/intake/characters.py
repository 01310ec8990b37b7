"""One spelling for text that comes in many: full and half width, odd points and colons, footnote marks, stray spaces."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from bolang.intake.numerals import in_figures

_DROPPED = set("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f")
_SPACES = set("\u00a0\u3000\u2002\u2003\u2009\u202f\t \u2005\u2006")
_MINUS = set("－—–−﹣‒")
_POINTS = set("·•・．｡﹒")
_COLONS = set("∶︰:：")
_TILDES = set("～∼〜﹏~")
_PUNCTUATION = {
    ";": "；",
    "；": "；",
    "?": "？",
    "？": "？",
    "!": "！",
    "！": "！",
    "（": "(",
    "）": ")",
    "﹙": "(",
    "﹚": ")",
}
_THOUSAND = re.compile(r"[0-9０-９]{3}(?![0-9０-９])")
_GAP = re.compile(" +")
_CJK = re.compile(r"[\u4e00-\u9fff]")
# A footnote mark follows a word: [1], 〔2〕, ［3］, 【4】, (注1), ①, ², never a document number such as 〔2016〕88号.
_FOOTNOTE = re.compile(
    r"(?<=[\u4e00-\u9fff)”》%\w])(?:[\[〔［【]\s*(?:注)?\d{1,2}\s*[\]〕］】](?!号)|[(（]注\d{0,2}[)）]|[①-⑳]|[⁰¹²³⁴-⁹]+)"
)


@dataclass(frozen=True, slots=True)
class CleanLine:
    """A cleaned line and, for every character of it, the position in the line it came from."""

    text: str
    raw: str
    positions: tuple[int, ...]

    def quote(self, start: int, end: int) -> str:
        """Return the original wording of a stretch of the cleaned text."""
        if start >= end:
            return ""
        return self.raw[self.positions[start] : self.positions[end - 1] + 1].strip()


_PASSES = 4


def clean(raw: str) -> CleanLine:
    """Bring a line to one spelling; see the module's name for what that covers.

    What a colon or a point is depends on its neighbours, and those change when a stray space or a footnote mark goes:
    the line is read again until nothing changes.
    """
    line = _cleaned_once(raw)
    for _ in range(_PASSES):
        if line.text == raw:
            break
        again = _cleaned_once(line.text)
        if again.text == line.text:
            break
        line = CleanLine(again.text, line.raw, tuple(line.positions[position] for position in again.positions))
    return line


def _cleaned_once(raw: str) -> CleanLine:
    raw = _blank_footnotes(raw)
    traditional = is_traditional(raw)
    characters: list[str] = []
    positions: list[int] = []
    for position, character in enumerate(raw):
        mapped = _map(raw, position, character)
        if traditional and mapped == character:
            mapped = _simplified(character)
        if mapped:
            characters.append(mapped)
            positions.append(position)
    return _without_spaces(*_with_figures(characters, positions), raw)


def _with_figures(characters: list[str], positions: list[int]) -> tuple[list[str], list[int]]:
    """Write numbers in Chinese characters as figures; each figure points at the number it came from."""
    spelled = in_figures("".join(characters)) if all(len(c) == 1 for c in characters) else []
    for start, end, figures in reversed(spelled):
        characters[start:end] = list(figures)
        positions[start:end] = [*[positions[start]] * (len(figures) - 1), positions[end - 1]]
    return characters, positions


# Characters that only a text in traditional script has, and that hardly any line of a bulletin does without.
_TRADITIONAL = re.compile(
    r"[億萬國縣區產業經濟發統計總額為與長農財鎮鄉稅資貿實際較條餘減項進內戶質漲價幣險個規範財務債專報顧議決執運關開門辦標業]"
)
_BOTH = frozenset("业济计际内财镇乡")


def is_traditional(line: str) -> bool:
    """Tell whether a line is in traditional script."""
    return any(match.group() not in _BOTH for match in _TRADITIONAL.finditer(line))


@cache
def _simplified(character: str) -> str:
    """Return one character in simplified script."""
    converted: str = _converter().convert(character)
    return converted if len(converted) == 1 else character


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def _blank_footnotes(raw: str) -> str:
    return _FOOTNOTE.sub(lambda mark: "\u200b" * len(mark.group()), raw)


def _map(raw: str, position: int, character: str) -> str:
    if character in _DROPPED:
        return ""
    if character in _SPACES:
        return " "
    before = raw[position - 1] if position else ""
    after = raw[position + 1] if position + 1 < len(raw) else ""
    between_digits = _is_digit(before) and _is_digit(after)
    if character in _MINUS:
        return "-" if _is_digit(after) and before not in _MINUS else "—"
    if character in _POINTS:
        return "." if between_digits else "·"
    if character in _COLONS:
        return ":" if _is_digit(before) and _is_digit(after) else "："
    if character in _TILDES:
        return "~"
    if character in ",，﹐":
        return "," if between_digits and _THOUSAND.match(raw, position + 1) else "，"
    if character in _PUNCTUATION:
        return _PUNCTUATION[character]
    if character in "％﹪":
        return "%"
    if "\uff01" <= character <= "\uff5e":
        return unicodedata.normalize("NFKC", character)
    # Compatibility ideographs and Kangxi radicals, which PDF fonts produce for ordinary characters.
    if "\u2e80" <= character <= "\u2fdf" or "\uf900" <= character <= "\ufaff":
        return unicodedata.normalize("NFKC", character)
    return character


def _is_digit(character: str) -> bool:
    return character != "" and character in "0123456789０１２３４５６７８９"


def _without_spaces(characters: list[str], positions: list[int], raw: str) -> CleanLine:
    """Drop the spaces that carry nothing: beside Chinese characters and punctuation."""
    text = "".join(characters)
    keep = [True] * len(text)
    for gap in _GAP.finditer(text):
        left, right = text[gap.start() - 1 : gap.start()], text[gap.end() : gap.end() + 1]
        inside_number = left.isdigit() and (right.isdigit() or right == "-")
        latin = left.isascii() and left.isalnum() and right.isascii() and right.isalnum()
        for position in range(gap.start(), gap.end()):
            keep[position] = (inside_number or latin) and position == gap.start()
    return CleanLine(
        "".join(c for c, kept in zip(text, keep, strict=True) if kept),
        raw,
        tuple(p for p, kept in zip(positions, keep, strict=True) if kept),
    )


def has_chinese(text: str) -> bool:
    """Tell whether a text holds a Chinese character."""
    return _CJK.search(text) is not None
