"""Text in Chinese and English side by side, so that the two cannot drift apart."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal, get_args

from bolang.foundation.errors import BadInputError

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = get_args(Lang)
_SPOKEN: ContextVar[Lang | None] = ContextVar("spoken", default=None)


@dataclass(frozen=True, slots=True)
class Text:
    """One statement in both languages.

    Parameters
    ----------
    zh, en : str
        The same statement in Chinese and in English.
    """

    zh: str
    en: str

    def in_(self, lang: Lang) -> str:
        """Return the statement in one language."""
        return self.zh if lang == "zh" else self.en

    def filled(self, values: Mapping[str, Text]) -> Text:
        """Return a statement with values set in for its ``{named}`` places, each language from its own."""
        return Text(
            self.zh.format(**{name: value.zh for name, value in values.items()}),
            self.en.format(**{name: value.en for name, value in values.items()}),
        )

    @property
    def forms(self) -> tuple[str, str]:
        """Both languages: what a name is looked up by, and what a table keeps of it."""
        return self.zh, self.en

    @property
    def key(self) -> str:
        """The Chinese form, by which lists and look-ups know a place that has no code."""
        return self.zh

    @property
    def lowered(self) -> Text:
        """The statement as it stands inside a sentence; an abbreviation keeps its capitals."""
        return self if self.en[1:2].isupper() else Text(self.zh, self.en[:1].lower() + self.en[1:])

    @property
    def bare(self) -> Text:
        """The statement without what it adds in brackets."""
        return Text(self.zh.partition("（")[0], self.en.partition(" (")[0])

    def called(self, name: str) -> bool:
        """Whether a name is this text in either language, capitals or not."""
        return name.strip().casefold() in (self.zh.casefold(), self.en.casefold())

    def mentions(self, word: str) -> bool:
        """Whether the statement holds a word that a reader looks for, in either language, capitals or not."""
        wanted = word.casefold()
        return any(wanted in form.casefold() for form in self.forms)

    def __add__(self, other: Text) -> Text:
        return Text(self.zh + other.zh, self.en + other.en)

    def __str__(self) -> str:
        return self.in_(default_language())


def same(text: str) -> Text:
    """Return a text that reads the same in both languages, such as a code or a symbol."""
    return Text(text, text)


def join(parts: Iterable[Text], zh: str = "", en: str = " ") -> Text:
    """Join texts with a separator for each language."""
    listed = list(parts)
    return Text(zh.join(p.zh for p in listed), en.join(p.en for p in listed))


def last_and(items: Iterable[Text]) -> str:
    """Return the English word before the last name of a list; a comma stands before it where a name holds its own "and"."""
    return ", and " if any(" and " in item.en for item in items) else " and "


def default_language() -> Lang:
    """Return the language of the interface: that of `speaking`, else ``BOLANG_LANG`` if set, otherwise Chinese."""
    return _SPOKEN.get() or language(os.environ.get("BOLANG_LANG") or "zh")


@contextmanager
def speaking(lang: Lang) -> Iterator[None]:
    """Make a language that of the interface for one task: a server answers each reader in his own."""
    token = _SPOKEN.set(lang)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def language(name: str) -> Lang:
    """Check the name of a language.

    Raises
    ------
    BadInputError
        If the name is neither ``zh`` nor ``en``.
    """
    for lang in LANGUAGES:
        if name.lower() == lang:
            return lang
    raise BadInputError(f"Unknown language {name!r}: expected zh or en.", "Set --lang or BOLANG_LANG to zh or en.")


def tr(zh: str, en: str) -> str:
    """Return the statement in the language of the interface (for terminal output and errors)."""
    return zh if default_language() == "zh" else en
