"""What the header of a column names: an indicator, one of its parts, a county, growth."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bolang.intake import phrases
from bolang.intake.cells import label_phrase
from bolang.intake.headers import header_readings
from bolang.intake.units import parse_unit
from bolang.intake.vocabulary import PhraseContext, TermMatch, vocabulary

Resolver = Callable[[str], str | None]
"""Turns a place name into a code; None if the name is not a county."""

_NEUTRAL = re.compile(
    r"同比|累计(?:值)?|现价|当年价|不变价|可比价|(?:期末|年末|年度?|绝对|实际)?(?:值|数)?|合计|总[计额量]|全[县市区]|本年|名义|人民币"
)
"""What a terminal adds to the name of an indicator without changing what it is."""


@dataclass(frozen=True)
class HeaderNames:
    """Reads the headers of one table, whose budget is `topic`."""

    topic: str
    resolver: Resolver

    def named(self, cells: Sequence[str]) -> tuple[tuple[TermMatch, ...], str, bool]:
        """Return the indicator that the cells of a column's header name, the county, and whether it is a growth rate."""
        growth = any(
            phrases.growth_before(phrases.BRACKETS.sub("", cell)) or re.search(r"同比|±", cell) for cell in cells
        )
        nested = self._nested(cells)
        if nested:
            return nested, "", growth
        for text in header_readings(cells):
            code, parts = self._place(text)
            if code is None:
                continue
            for position, part in enumerate(parts):
                phrase = label_phrase(part)[0]
                rate = phrases.growth_before(phrase)
                stem = phrases.strip_phrase(phrase[: rate.start]) if rate else phrase
                found = tuple(m for m in vocabulary().find(stem, PhraseContext(topic=self.topic)) if not m.contextual)
                narrowed = self._narrowed(found, parts[position + 1 :]) if found else ()
                if narrowed:
                    return narrowed, code, growth
                if found:
                    break
        return (), "", growth

    def _nested(self, cells: Sequence[str]) -> tuple[TermMatch, ...]:
        """Read a header of two levels: 2022年债务限额 over 一般债务 is the general part, over 合计 the total."""
        if len(cells) != 2:
            return ()
        upper = re.sub(r"(?:19|20)\d{2}年(?:度|末|底)?", "", cells[0])
        found = tuple(
            m for m in vocabulary().find(label_phrase(upper)[0], PhraseContext(topic=self.topic)) if not m.contextual
        )
        lower = label_phrase(cells[1])[0]
        if (
            not found
            or vocabulary().find(lower, PhraseContext())
            or parse_unit(cells[1])
            or phrases.growth_before(lower)
        ):
            return ()
        return self._narrowed(found, [cells[1]])

    def _narrowed(self, found: tuple[TermMatch, ...], qualifiers: Sequence[str]) -> tuple[TermMatch, ...]:
        """Follow the parts of a header behind its indicator: 债务余额:专项债务 is a part, GDP:同比 the same, 财政支出:教育 unknown."""
        for part in qualifiers:
            phrase = label_phrase(part)[0]
            if not phrase or _NEUTRAL.fullmatch(phrase) or phrases.growth_before(part):
                continue
            parents = frozenset(match.indicator.name for match in found)
            found = vocabulary().find(phrase, PhraseContext(parents, self.topic))
        return found

    def _place(self, text: str) -> tuple[str | None, list[str]]:
        """Split a header such as 义乌:GDP into a county's code and the rest; None for the code of another area."""
        parts = [part for part in re.split(r"[:：]", text) if part]
        if len(parts) < 2 or "单位" in parts[0]:
            return "", [text]
        codes = [self.resolver(part) for part in parts]
        found = next((code for code in reversed(codes) if code), None)
        rest = [part for part, code in zip(parts, codes, strict=True) if not code]
        indicators = [bool(vocabulary().find(label_phrase(part)[0])) for part in rest]
        if (
            found is None and any(indicators) and not indicators[0]
        ):  # 金华:GDP; a name that comes first stands before its parts
            return None, rest
        return found or "", rest
