"""Chinese names in English text: Kunshan, Suzhou, Jiangsu for 江苏省苏州市昆山市; Weining potatoes for 威宁洋芋."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from bolang.foundation.text import Text

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_WIDE = re.compile("、|（|）")
_NARROW = {"、": ", ", "（": " (", "）": ")"}


@cache
def _names() -> dict[str, str]:
    """Return the English spelling of every unit, prefecture and province (``pipeline/place_names.py``)."""
    return _table("place_names.tsv")


@cache
def _products() -> dict[str, str]:
    """Return the English of every product of the lists that has one (``pipeline/product_names.py``)."""
    return _table("product_names.tsv")


def _table(name: str) -> dict[str, str]:
    text = resources.files("bolang.atlas").joinpath(name).read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines())


@cache
def _longest() -> int:
    return max(map(len, _names()))


def romanize(text: str) -> str:
    """Spell the names of places and products in an English text; other Chinese, such as the title of a yearbook, stays.

    Parameters
    ----------
    text : str
        English text. A run of Chinese characters is replaced only if it is a product or consists of place names throughout;
        names that follow each other from the large to the small are turned round. Where no Chinese is left, its punctuation goes too.
    """
    if not _HAN.search(text):
        return text
    whole = _names().get(text) or _products().get(text)
    if whole is not None:
        return whole
    spelt = _HAN.sub(lambda run: _spelt(run[0]), text)
    return spelt if _HAN.search(spelt) else _WIDE.sub(lambda mark: _NARROW[mark[0]], spelt)


def _spelt(run: str) -> str:
    if run not in _names() and run in _products():
        return _products()[run]
    found: list[str] = []
    start = 0
    while start < len(run):
        for end in range(min(len(run), start + _longest()), start, -1):
            if run[start:end] in _names():
                found.append(_names()[run[start:end]])
                start = end
                break
        else:
            return run
    return ", ".join(reversed(found))


def place(name: str) -> Text:
    """Return a place name in both languages."""
    return Text(name, romanize(name))
