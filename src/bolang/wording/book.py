"""The wording of a page, and a house style that users lay over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Text, tr
from bolang.wording.entry import Statement, Value
from bolang.wording.source import read_entries

_STYLE: ContextVar[Mapping[str, Mapping[str, Statement]] | None] = ContextVar("wording_style", default=None)


@dataclass(frozen=True, slots=True)
class Words:
    """The statements of one page: ``words("headline", county=name)`` gives the text in every language."""

    page: str
    entries: Mapping[str, Statement]

    def __call__(self, key: str, **values: Value) -> Text:
        """Return a statement with its values; the user's house style wins over the built-in wording.

        Raises
        ------
        KeyError
            If the key or the names of the values are not those of the file: a slip of the programmer.
        """
        style = _STYLE.get()
        own = style.get(self.page, {}).get(key) if style else None
        return (own or self.entries[key]).fill(values)

    def __contains__(self, key: str) -> bool:
        return key in self.entries


@cache
def load(page: str) -> Words:
    """Return the wording of a page from ``wording/<page>.yaml``."""
    text = resources.files("bolang.wording").joinpath(f"{page}.yaml").read_text(encoding="utf-8")
    return Words(page, read_entries(text, f"wording/{page}.yaml"))


def pages() -> tuple[str, ...]:
    """Return the names of all pages that have a wording file."""
    folder = resources.files("bolang.wording")
    return tuple(sorted(item.name[:-5] for item in folder.iterdir() if item.name.endswith(".yaml")))


@contextmanager
def with_style(path: Path | None) -> Iterator[None]:
    """Lay a user's house style over the built-in wording while documents are written.

    Parameters
    ----------
    path : Path or None
        A YAML file ``page: {key: {zh: ..., en: ...}}`` with the statements to replace; None changes nothing.

    Raises
    ------
    BadInputError
        If the file is not valid: unknown page or key, other placeholders than the original; the line is named.
    """
    if path is None:
        yield
        return
    token = _STYLE.set(read_style(path))
    try:
        yield
    finally:
        _STYLE.reset(token)


def read_style(path: Path) -> Mapping[str, Mapping[str, Statement]]:
    """Read and check a house style."""
    from bolang.foundation.yaml_door import read_yaml_text
    from bolang.wording.source import read_pages

    text = read_yaml_text(path)
    return {page: _checked(page, entries, path) for page, entries in read_pages(text, path.name).items()}


def _checked(page: str, found: Mapping[str, tuple[Statement, int]], path: Path) -> Mapping[str, Statement]:
    if page not in pages():
        line = min((line for _, line in found.values()), default=1) - 1
        raise BadInputError(
            tr(
                f"{path.name} 第 {line} 行：没有页面 {page!r}；应为 {'、'.join(pages())} 之一。",
                f"{path.name}, line {line}: no page {page!r}; expected one of {', '.join(pages())}.",
            ),
            tr("页面名与 wording/ 中的文件名相同。", "Name the page as the file in wording/ is named."),
        )
    built_in = load(page).entries
    for key, (entry, line) in found.items():
        if key not in built_in:
            raise BadInputError(
                tr(
                    f"{path.name} 第 {line} 行：页面 {page} 没有语句 {key!r}。",
                    f"{path.name}, line {line}: page {page} has no statement {key!r}.",
                ),
                tr("请从内置的文字文件复制键名。", "Copy the key from the built-in wording file."),
            )
        if entry.names != built_in[key].names:
            raise BadInputError(
                tr(
                    f"{path.name} 第 {line} 行：{page}.{key} 的占位符应为 {_braced(built_in[key])}，得到 {_braced(entry)}。",
                    f"{path.name}, line {line}: {page}.{key} takes {_braced(built_in[key])}, got {_braced(entry)}.",
                ),
                tr("请保留内置语句的占位符。", "Keep the placeholders of the built-in statement."),
            )
    return {key: entry for key, (entry, _) in found.items()}


def _braced(entry: Statement) -> str:
    return "{" + ", ".join(sorted(entry.names)) + "}"
