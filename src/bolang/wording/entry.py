"""One entry of a wording file: the same statement in every language, with named placeholders."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import LANGUAGES, Lang, Text, tr


@runtime_checkable
class Worded(Protocol):
    """Anything that reads differently in each language, such as a number with its unit."""

    @property
    def text(self) -> Text:
        """Return the words in every language."""
        ...


Value = Text | Worded | str | int | float
_FORMATTER = string.Formatter()


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement in every language.

    Attributes
    ----------
    key : str
        Name of the statement in its file.
    forms : mapping of language to str
        The templates.
    names : frozenset of str
        Placeholders, the same in every language.
    """

    key: str
    forms: Mapping[Lang, str]
    names: frozenset[str]

    @classmethod
    def from_forms(cls, key: str, forms: Mapping[Lang, str], where: str) -> Statement:
        """Check that every language is there and has the same placeholders.

        Raises
        ------
        BadInputError
            If a language is missing or placeholders differ.
        """
        found = {lang: placeholders(forms.get(lang, ""), f"{where} {key}") for lang in LANGUAGES}
        for lang in LANGUAGES:
            if lang not in forms:
                raise BadInputError(
                    tr(f"{where} {key} 缺少 {lang}。", f"{where} {key} has no {lang}."),
                    tr(f"请在 {key} 下加一行“{lang}: ……”。", f"Add a line '{lang}: ...' under {key}."),
                )
        union = frozenset[str]().union(*found.values())
        for lang, names in found.items():
            if names != union:
                raise BadInputError(
                    tr(
                        f"{where} {key} 的 {lang} 缺少另一语言有的占位符：{', '.join(sorted(union - names))}。",
                        f"{where} {key} in {lang} lacks placeholders of the other language: {', '.join(sorted(union - names))}.",
                    ),
                    tr("两种语言的占位符应相同。", "Give every language the same placeholders."),
                )
        return cls(key, dict(forms), union)

    def fill(self, values: Mapping[str, Value]) -> Text:
        """Put values into the statement.

        Raises
        ------
        KeyError
            If the names of the values are not those of the placeholders: a slip of the programmer, not of the reader.
        """
        if values.keys() != self.names:
            raise KeyError(f"{self.key} takes {sorted(self.names)}, got {sorted(values)}")
        zh, en = (self._in(lang, values) for lang in LANGUAGES)
        return Text(zh, en)

    def _in(self, lang: Lang, values: Mapping[str, Value]) -> str:
        return self.forms[lang].format_map({name: in_language(value, lang) for name, value in values.items()})


def in_language(value: Value, lang: Lang) -> str:
    """Return a value as it reads in a language; plain strings and numbers read the same in all."""
    if isinstance(value, str):
        return value
    if isinstance(value, Text):
        return value.in_(lang)
    return value.text.in_(lang) if isinstance(value, Worded) else str(value)


def placeholders(template: str, where: str) -> frozenset[str]:
    """Return the names in a template.

    Raises
    ------
    BadInputError
        If the braces do not match, or a placeholder has no plain name (formats belong to the number writer).
    """
    try:
        parts = list(_FORMATTER.parse(template))
    except ValueError as error:
        raise BadInputError(
            tr(f"{where}：花括号不成对（{error}）。", f"{where}: {error}."),
            tr("作为文字的花括号要写两次：{{ 或 }}。", "Write a brace that is meant as text twice: {{ or }}."),
        ) from None
    names = set()
    for _, name, form, conversion in parts:
        if name is None:
            continue
        if not name.isidentifier() or form or conversion:
            raise BadInputError(
                tr(
                    f"{where}：占位符 {{{name}}} 不是简单的名字。",
                    f"{where}: placeholder {{{name}}} is not a plain name.",
                ),
                tr("请用 {county} 这样的名字，不带格式。", "Use names such as {county}, without formats."),
            )
        names.add(name)
    return frozenset(names)
