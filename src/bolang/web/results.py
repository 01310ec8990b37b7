"""What a job gave: files in a folder of its own, so that the memory of the server does not grow with what was asked of it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bolang.foundation.text import Lang
from bolang.web.parts import every_part

if TYPE_CHECKING:
    from bolang.document.model import Document
    from bolang.pages.simulate.comparison import ScenarioColumn

PAGE = "page"
"""File that holds the page of a result whose figures cannot be drawn again in another process."""
PARTS = "parts"
"""Folder of its single tables and figures."""


@dataclass(frozen=True)
class Result:
    """What a job gave.

    Attributes
    ----------
    files : tuple of str
        Names of the files in the folder of the job.
    document : Document or None
        The page, where it can be rendered in any language and format.
    column : ScenarioColumn or None
        What is compared of a scenario.
    """

    title: str
    files: tuple[str, ...] = ()
    document: Document | None = None
    column: ScenarioColumn | None = None


def keep(folder: Path, files: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
    """Write files into a folder, one after another, and return their names."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for name, content in files:
        (folder / name).write_bytes(content)
        names.append(name)
    return tuple(names)


def keep_page(document: Document, lang: Lang, folder: Path, prefix: str, codes: Container[str]) -> None:
    """Write a page, and every table and figure of it alone, into the folder of a job.

    Parameters
    ----------
    document : Document
    lang : {'zh', 'en'}
    folder : Path
        Named after the job, as its address is.
    prefix : str
        What addresses of the room begin with.
    codes : container of str
        Units whose figures have a page of their own.
    """
    from bolang.render.html import render_fragment
    from bolang.web.shell import tools_html

    def link(trace: Mapping[str, Any]) -> str:
        if not trace["facts"]:
            return ""
        code, indicator, year = trace["facts"][0]
        if code not in codes:
            return ""
        return f"{prefix}/c/{code}/trace/{indicator}?year={year}"

    def tools(block: Mapping[str, Any]) -> str:
        return tools_html(document, block, lang, lambda item, form: f"{prefix}/jobs/{folder.name}/part/{item}.{form}")

    keep(folder, [(PAGE, render_fragment(document, lang, link=link, tools=tools).encode())])
    keep(folder / PARTS, every_part(document, lang))
