"""How a reader goes on from an error or a gap, in the medium that he reads in: a command, a place in the browser, a tool of an agent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

from bolang.foundation.names import Names
from bolang.foundation.text import Text

Medium = Literal["terminal", "browser", "agent"]
WAYS = Names("bolang.foundation", "ways")
_MEDIUM: ContextVar[Medium] = ContextVar("medium", default="terminal")


@contextmanager
def reading_in(medium: Medium) -> Iterator[None]:
    """Tell ways of a medium for one task: a server answers readers of pages, or agents."""
    token = _MEDIUM.set(medium)
    try:
        yield
    finally:
        _MEDIUM.reset(token)


def medium() -> Medium:
    """Return the medium that the reader of this task reads in."""
    return _MEDIUM.get()


def way(key: str) -> Text:
    """Return what a reader does next.

    Parameters
    ----------
    key : str
        What he wants: a name of the group ``ways`` of ``names.yaml`` without its medium.
    """
    return WAYS[f"{key}.{medium()}"]
