"""Counties by their names in Latin letters: Yiwu, caoxian, Chaoyang District, Beijing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

from bolang.atlas.model import County
from bolang.atlas.romanize import romanize

KINDS = re.compile(r" (?:Autonomous |New )?(?:County|District|Banner)$")
PINYIN = {"新区": "xinqu", "县": "xian", "区": "qu", "市": "shi", "旗": "qi"}
"""How the end of a name is spelt by those who type pinyin."""
FEWEST = 2
"""Letters of a name."""


def letters(text: str) -> str:
    """Return the letters and digits of a text, small, without accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if sign.isascii() and sign.isalnum())


def in_latin_letters(text: str) -> bool:
    """Whether a name is written in Latin letters."""
    return text.isascii() and len(letters(text)) >= FEWEST and not any(sign.isdigit() for sign in text)


def spelt(text: str, counties: Iterable[County]) -> list[County]:
    """Return the units that a name in Latin letters means, alone or with its prefecture or province behind it.

    Parameters
    ----------
    text : str
        ``Yiwu``, ``yiwushi``, ``Cao County``, ``caoxian``, ``Chaoyang District, Beijing``.
    counties : iterable of County

    Returns
    -------
    list of County
        Those whose English name it is; if none, those that are called so for short or in pinyin.
    """
    wanted = letters(text)
    whole: list[County] = []
    short: list[County] = []
    for county in counties:
        areas = _areas(county.prefecture, county.province)
        full, *others = _own(county.name)
        if _is(wanted, full, areas):
            whole.append(county)
        elif any(_is(wanted, form, areas) for form in others):
            short.append(county)
    return whole or short


def alike(text: str, counties: Iterable[County], count: int, distance: Callable[[str, str], int]) -> list[County]:
    """Return the units whose spellings are nearest to a name, at most a third of its letters away."""
    wanted = letters(text)
    most = max(1, len(wanted) // 3)
    found = []
    for county in counties:
        forms = [form for form in _own(county.name) if abs(len(form) - len(wanted)) <= most]
        far = min((distance(wanted, form) for form in forms), default=most + 1)
        if far <= most:
            found.append((far, county.code, county))
    return [county for *_, county in sorted(found, key=lambda item: item[:2])[:count]]


def _is(wanted: str, own: str, areas: frozenset[str]) -> bool:
    return wanted.startswith(own) and wanted[len(own) :] in areas


@cache
def _own(name: str) -> tuple[str, ...]:
    """Return the spellings of a name: the English one, and those without its kind or with its kind in pinyin."""
    english = romanize(name)
    bare = letters(KINDS.sub("", english))
    kind = next((spelling for end, spelling in PINYIN.items() if name.endswith(end)), "")
    return letters(english), bare, bare + kind, bare + "city" * name.endswith("市")


@cache
def _areas(prefecture: str, province: str) -> frozenset[str]:
    """Return what may follow a name: its prefecture, its province, or both; or nothing."""
    first, second = letters(romanize(prefecture)), letters(romanize(province))
    return frozenset({"", first, second, first + second})
