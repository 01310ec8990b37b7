"""Numbers written in Chinese characters: 三百二十亿元 is 320亿元, 百分之五点三 is 5.3%."""

from __future__ import annotations

import re

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_WHOLE = r"[零〇一二两三四五六七八九十百千]"
_TENTHS = r"(?:点[零〇一二三四五六七八九]{1,4})?"
_AMOUNT = re.compile(
    rf"(?<![第上下近数好几{_WHOLE[1:-1]}])(?P<number>(?={_WHOLE}{{0,10}}[十百千])[一二两三四五六七八九十]{_WHOLE}{{1,11}}{_TENTHS}|[一二两三四五六七八九]点[零〇一二三四五六七八九]{{1,4}})"
    r"(?=(?:万|亿|万亿)(?:元|美元|人|户|吨|千瓦时|平方米)?|(?:元|美元|人(?!大|次代)|户|家|吨)(?!以[上下]))"
)
_PERCENT = re.compile(rf"百分之(?P<number>{_WHOLE}{{1,6}}{_TENTHS})(?!百分)")


def in_figures(text: str) -> list[tuple[int, int, str]]:
    """Return the stretches of a text that are numbers in characters, with the figures for each."""
    found = [(m.start(), m.end(), f"{_value(m.group('number'))}%") for m in _PERCENT.finditer(text)]
    found += [(m.start("number"), m.end("number"), _value(m.group("number"))) for m in _AMOUNT.finditer(text)]
    return sorted(found)


def _value(number: str) -> str:
    whole, _, tenths = number.partition("点")
    total = digit = 0
    for character in whole:
        if character in _SCALES:
            total += (digit or 1) * _SCALES[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    text = str(total + digit)
    return f"{text}.{''.join(str(_DIGITS[c]) for c in tenths)}" if tenths else text
