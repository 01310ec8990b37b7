"""The indicators that intake knows, and the words by which bulletins and budget reports call them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from pydantic import BaseModel, ConfigDict, Field

from bolang.foundation.errors import ParameterError, UnknownIndicatorError
from bolang.foundation.names import Names
from bolang.foundation.parameters import Label
from bolang.foundation.text import Text
from bolang.intake.scope.parent import sector_of
from bolang.intake.units import WrittenUnit, unit

DERIVED = {"_growth": "%", "_share": "%", "_contribution": "%", "_pull": "百分点"}
"""Indicators that every indicator of the vocabulary brings along: suffix and unit."""
_NAMED = Names("bolang.intake", "derived")


class _Within(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    names: tuple[str, ...]
    parent: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    label: Label
    unit: str
    names: tuple[str, ...] = ()
    within: tuple[_Within, ...] = ()
    never_under: tuple[str, ...] = ()
    resets: bool = False
    growth: str = Field(pattern="^(real|nominal|none)$")
    source: str


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    date: str
    sources: Mapping[str, str]
    expand: Mapping[str, str]
    indicators: Mapping[str, _Entry]


@dataclass(frozen=True, slots=True)
class Term:
    """One indicator of the vocabulary.

    Attributes
    ----------
    name : str
        Name in the catalogue, such as ``fiscal_revenue``.
    label : Text
        Name for readers.
    unit : WrittenUnit
        Unit in which the figure is kept.
    growth : str
        What a growth rate means when the text does not say: ``real``, ``nominal`` or ``none``.
    source : str
        Where the indicator is defined.
    """

    name: str
    label: Text
    unit: WrittenUnit
    growth: str
    source: str


@dataclass(frozen=True, slots=True)
class PhraseContext:
    """What stands around a noun phrase: the indicators it may be a part of, those it is a part of, and the budget."""

    parents: frozenset[str] = frozenset()
    topic: str = "none"
    nested: frozenset[str] = frozenset()
    head: str = ""


@dataclass(frozen=True, slots=True)
class TermMatch:
    """An indicator that a noun phrase may name; `contextual` if only its surroundings say so."""

    indicator: Term
    contextual: bool


class Vocabulary:
    """All indicators, found by name or by the words of a text."""

    def __init__(self, file: _File) -> None:
        self.date = file.date
        self.indicators: dict[str, Term] = {}
        self._names: list[tuple[str, re.Pattern[str]]] = []
        self._within: list[tuple[str, _Within, re.Pattern[str]]] = []
        for name, entry in file.indicators.items():
            label = entry.label.text
            source = file.sources[entry.source]
            self.indicators[name] = Term(name, label, unit(entry.unit), entry.growth, source)
            if entry.names:
                self._names.append((name, _pattern(entry.names, file.expand)))
            self._within.extend((name, rule, _pattern(rule.names, file.expand)) for rule in entry.within)
        self._never = {
            name: frozenset(entry.never_under) for name, entry in file.indicators.items() if entry.never_under
        }
        named = {parent for _, rule, _ in self._within for parent in rule.parent}
        self.parents = frozenset(named | {name for name, entry in file.indicators.items() if entry.resets})
        self._cached = lru_cache(maxsize=4096)(self._find)

    def __getitem__(self, name: str) -> Term:
        """Return an indicator, or one derived from it (its growth, its share), by name."""
        if name in self.indicators:
            return self.indicators[name]
        for suffix, unit_name in DERIVED.items():
            base = self.indicators.get(name.removesuffix(suffix)) if name.endswith(suffix) else None
            if base:
                label = _NAMED[suffix].filled({"base": base.label.lowered})
                return Term(name, label, unit(unit_name), "none", base.source)
        raise UnknownIndicatorError(f"The vocabulary has no indicator {name!r}.", "See docs/intake.md.")

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        return name in self.indicators or any(
            name.endswith(suffix) and name.removesuffix(suffix) in self.indicators for suffix in DERIVED
        )

    def find(self, phrase: str, context: PhraseContext = PhraseContext()) -> tuple[TermMatch, ...]:
        """Return the indicators that a whole noun phrase names: own names first, contextual ones only without them."""
        return self._cached(phrase, context)

    def _find(self, phrase: str, context: PhraseContext) -> tuple[TermMatch, ...]:
        sector = sector_of(phrase, context.head)
        if sector is not None:
            return (TermMatch(self.indicators[sector], True),) if sector else ()
        own = tuple(
            TermMatch(self.indicators[name], False)
            for name, pattern in self._names
            if pattern.fullmatch(phrase) and not self._never.get(name, frozenset()) & context.nested
        )
        if own:
            return own
        return tuple(
            TermMatch(self.indicators[name], True)
            for name, rule, pattern in self._within
            if _applies(rule, context) and pattern.fullmatch(phrase)
        )

    def mentions(self, text: str) -> bool:
        """Tell whether an own name of some indicator stands anywhere in a text."""
        return any(pattern.search(text) for _, pattern in self._names)


def _applies(rule: _Within, context: PhraseContext) -> bool:
    if rule.parent and not context.parents.intersection(rule.parent):
        return False
    return not rule.topic or context.topic in rule.topic


def _pattern(names: tuple[str, ...], expand: Mapping[str, str]) -> re.Pattern[str]:
    joined = "|".join(names)
    for key, fragment in expand.items():
        joined = joined.replace("{" + key + "}", fragment)
    return re.compile(joined)


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary that the package ships."""
    import yaml

    text = resources.files("bolang.intake").joinpath("vocabulary.yaml").read_text(encoding="utf-8")
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return Vocabulary(_File.model_validate(yaml.load(text, Loader=loader)))
    except ValueError as error:
        raise ParameterError(f"The vocabulary of intake is not valid: {error}") from error
