"""From what a user types to a county: names, full names, short names, codes, old names and old codes."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from bolang.atlas import store
from bolang.atlas.model import County
from bolang.atlas.spelling import alike, in_latin_letters, spelt
from bolang.foundation import checks
from bolang.foundation.errors import AmbiguousPlaceError, UnknownPlaceError
from bolang.foundation.names import Names
from bolang.foundation.text import Text, join, same, tr
from bolang.foundation.ways import way

SUFFIXES = ("自治县", "自治旗", "行政委员会", "特区", "林区", "新区", "区", "市", "县", "旗")
AREA_SUFFIXES = ("特别行政区", "自治区", "自治州", "地区", "盟", "省", "市")
PEOPLES = re.compile(
    "(..+?)(?:蒙古族?|回族|藏族|维吾尔族?|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族"
    "|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族?|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族"
    "|锡伯族?|普米族|塔吉克族?|怒族|鄂温克族|保安族|裕固族|独龙族|各族)+"
)
SUGGESTIONS = 5
LISTED = 12
"""Units of an area that an error names."""
_SAID = Names("bolang.atlas", "places")


def normalise(text: str) -> str:
    """Return the text without spaces and separators, full-width digits and letters made half-width."""
    return re.sub(r"[\s·・,，、/\\|>＞\-—_.。]+", "", unicodedata.normalize("NFKC", text))


def _asked(text: str) -> str:
    """Return a name that was asked for, bare of separators."""
    return normalise(checks.text(text, Text("县", "The county"), longest=checks.NAME))


def stem(name: str, suffixes: Sequence[str] = SUFFIXES) -> str:
    """Return a name without its kind and without the peoples of an autonomous unit; at least two characters stay.

    ``景宁畲族自治县`` becomes ``景宁``; ``沙县`` stays.
    """
    for suffix in suffixes:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            short = name.removesuffix(suffix)
            return _without_peoples(short) if suffix.startswith("自治") else short
    return name


def _without_peoples(name: str) -> str:
    match = PEOPLES.fullmatch(name)
    return match[1] if match else name


def _short_names(name: str) -> tuple[str, ...]:
    """Return the name without its kind, with and without its peoples: ``景宁畲族`` and ``景宁``."""
    kind = next((s for s in SUFFIXES if name.endswith(s)), "")
    bare = name.removesuffix(kind)
    return tuple(dict.fromkeys(short for short in (stem(name), bare) if len(short) >= 2))


def _everyday(name: str) -> str:
    """Return what people call an autonomous county: ``威宁县`` for ``威宁彝族回族苗族自治县``; nothing for other kinds."""
    kind = next((suffix for suffix in ("自治县", "自治旗") if name.endswith(suffix)), "")
    return f"{stem(name)}{kind[-1]}" if kind else ""


@dataclass(frozen=True, slots=True)
class _Match:
    county: County
    own_name: str
    former: str = ""
    """Earlier name, code and years, where it is by these that the unit was found."""

    def __str__(self) -> str:
        return (
            f"{self.county}{_SAID['former'].filled({'former': same(self.former)})}" if self.former else str(self.county)
        )


class Places:
    """The index of names and codes.

    Parameters
    ----------
    counties : sequence of County
        All units in the order of their codes.
    """

    def __init__(self, counties: Sequence[County]) -> None:
        self.counties = counties
        self.by_code = {county.code: county for county in counties}

    def find(self, text: str) -> County:
        """Return the one unit that a name or code means.

        Raises
        ------
        UnknownPlaceError
            If nothing matches; the hint lists the nearest names.
        AmbiguousPlaceError
            If several units match; the error lists them.
        """
        if isinstance(text, str) and text in self.by_code:
            return self.by_code[text]
        wanted = _asked(text)
        if not wanted:
            raise UnknownPlaceError(
                tr("县名为空。", "The name of the county is empty."),
                tr(
                    "请给出名称或六位代码，例如 义乌市 或 330782。",
                    "Give a name or a six-digit code, such as 义乌市 or 330782.",
                ),
            )
        matches = self._spelt(text) or self.matches(wanted)
        if len(matches) == 1:
            return matches[0].county
        if matches:
            raise AmbiguousPlaceError(
                tr(
                    f"“{text}”对应 {len(matches)} 个县级单位。", f"{text!r} may mean {len(matches)} county-level units."
                ),
                tr("请写明上级地名或代码：", "Name the prefecture too, or give the code: ")
                + tr("；", "; ").join(map(str, matches)),
                candidates=[m.county.full_name for m in matches],
            )
        self._refuse(text, wanted)
        raise AssertionError("unreachable")

    def candidates(self, text: str) -> list[County]:
        """Return every unit that a name or code may mean; empty if none."""
        wanted = _asked(text)
        return [match.county for match in self._spelt(text) or self.matches(wanted)] if wanted else []

    def _spelt(self, text: str) -> list[_Match]:
        return [_Match(county, "") for county in spelt(text, self.counties)] if in_latin_letters(text) else []

    def matches(self, wanted: str) -> list[_Match]:
        """Return the units that a normalised text means, best kind of match only."""
        if wanted.isdigit():
            return self._by_code(wanted)
        for index in self._indexes():
            found = [m for m in self._in_index(wanted, index) if m is not None]
            if found:
                return list({m.county.code: m for m in found}.values())
        return []

    def _by_code(self, digits: str) -> list[_Match]:
        code = digits[:6] if len(digits) in (9, 12) else digits
        if code in self.by_code:
            return [_Match(self.by_code[code], "")]
        return list({m.county.code: m for m in self._former_codes.get(code, ())}.values())

    def _indexes(self) -> Iterable[dict[str, list[_Match]]]:
        yield self._current_names
        yield self._current_stems
        yield self._former_names
        yield self._former_stems
        yield self._everyday_names

    @cached_property
    def _everyday_names(self) -> dict[str, list[_Match]]:
        return _grouped(_Match(c, name) for c in self.counties if (name := _everyday(c.name)))

    @cached_property
    def _current_names(self) -> dict[str, list[_Match]]:
        return _grouped(_Match(c, c.name) for c in self.counties)

    @cached_property
    def _current_stems(self) -> dict[str, list[_Match]]:
        return _grouped(_Match(c, short) for c in self.counties for short in _short_names(c.name))

    @cached_property
    def _former_codes(self) -> dict[str, list[_Match]]:
        found: dict[str, list[_Match]] = defaultdict(list)
        for code, match in self._former():
            found[code].append(match)
        return found

    @cached_property
    def _former_names(self) -> dict[str, list[_Match]]:
        return _grouped(match for _, match in self._former())

    @cached_property
    def _former_stems(self) -> dict[str, list[_Match]]:
        former = (match for _, match in self._former())
        return _grouped(_Match(m.county, short, m.former) for m in former for short in _short_names(m.own_name))

    def _former(self) -> Iterable[tuple[str, _Match]]:
        codes = store.load("unit_codes").select("code", "name", "unit", "relation", "since", "until")
        for code, name, unit, relation, since, until in codes.iter_rows():
            if relation != "current":
                span = f"{since or ''}—{until or ''}" if since else ""
                yield code, _Match(self.by_code[unit], name, f"{name} {code} {span}".rstrip())

    @cached_property
    def areas(self) -> dict[str, list[County]]:
        """Units by the names of their province and prefecture (not of undivided cities, which are units)."""
        found: dict[str, list[County]] = defaultdict(list)
        for county in self.counties:
            for area in {county.province, county.prefecture} - {county.name}:
                found[area].append(county)
        return found

    @cached_property
    def area_stems(self) -> frozenset[str]:
        """Short names of provinces and prefectures."""
        return frozenset(stem(area, AREA_SUFFIXES) for area in self.areas)

    def _in_index(self, wanted: str, index: dict[str, list[_Match]]) -> Iterable[_Match]:
        for start in range(len(wanted) - 1):
            prefix, own = wanted[:start], wanted[start:]
            if not prefix and self._names_an_area(own):
                continue
            for match in index.get(own, ()):
                if _agrees(prefix, match.county):
                    yield match

    def _names_an_area(self, name: str) -> bool:
        """Whether a name by itself means a prefecture or province: 长沙 is no 长沙县, 吉林市 no city of Jilin's."""
        if name in self._current_names:
            return False
        return name in self.areas or name in self.area_stems

    def nearest(self, text: str, count: int = SUGGESTIONS) -> list[County]:
        """Return the units whose names are nearest by edit distance."""
        if in_latin_letters(text):
            return alike(text, self.counties, count, edit_distance)
        wanted = normalise(text)

        def distance(county: County) -> tuple[float, str]:
            forms = {
                county.name,
                stem(county.name),
                county.full_name,
                stem(county.prefecture, AREA_SUFFIXES) + county.name,
            }
            return min(edit_distance(wanted, form) / max(len(wanted), len(form)) for form in forms), county.code

        near = [c for c in self.counties if set(wanted) & set(c.full_name)]
        return sorted(near, key=distance)[:count]

    def _refuse(self, text: str, wanted: str) -> None:
        area = next((a for a in self.areas if wanted in (a, stem(a, AREA_SUFFIXES)) or wanted.endswith(a)), None)
        digits = wanted[:6] if wanted.isdigit() else ""
        if digits.endswith("00"):
            area = next(
                (
                    c.province if digits == c.province_code else c.prefecture
                    for c in self.counties
                    if digits in (c.province_code, c.prefecture_code)
                ),
                None,
            )
        if area is not None:
            inside = self.areas[area]
            more = same("") if len(inside) <= LISTED else _SAID["more"]
            names = join((same(c.name) for c in inside[:LISTED]), "、", ", ") + more
            raise UnknownPlaceError(
                tr(
                    f"{area}是省级或地级单位，不是县级单位。",
                    f"{area} is a province or prefecture, not a county-level unit.",
                ),
                tr(f"请选择其下的一个：{names.zh}。", f"Choose one of its units: {names.en}."),
                candidates=[c.full_name for c in inside],
            )
        siblings = [c for c in self.counties if digits and c.code.startswith(digits[:4])]
        near = siblings[:SUGGESTIONS] if digits else self.nearest(wanted)
        listed = tr("；", "; ").join(map(str, near))
        raise UnknownPlaceError(
            tr(f"没有名为“{text}”的县级单位。", f"No county-level unit is called {text!r}."),
            tr(f"最接近的有：{listed}。", f"Nearest: {listed}.") if near else str(way("find")),
            candidates=[c.full_name for c in near],
        )


def _grouped(matches: Iterable[_Match]) -> dict[str, list[_Match]]:
    found: dict[str, list[_Match]] = defaultdict(list)
    for match in matches:
        found[match.own_name].append(match)
    return found


def _agrees(prefix: str, county: County) -> bool:
    """Whether a prefix names the province, the prefecture, or both, of a unit, in full or for short."""
    return prefix in _prefixes(county.province, county.prefecture)


@cache
def _prefixes(province: str, prefecture: str) -> frozenset[str]:
    first, second = ({"", area, *_area_stems(area)} for area in (province, prefecture))
    return frozenset(one + other for one in first for other in second)


def _area_stems(area: str) -> set[str]:
    short = stem(area, AREA_SUFFIXES)
    return {short, _without_peoples(short)}


def edit_distance(one: str, other: str) -> int:
    """Levenshtein distance: the fewest insertions, deletions and substitutions between two strings."""
    previous = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        current = [i]
        for j, b in enumerate(other, 1):
            current.append(min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b)))
        previous = current
    return previous[-1]
