"""Names of sources in both languages: English where the catalogue or the list beside this file has it, the original in brackets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from bolang.atlas.catalogue import source_titles
from bolang.atlas.romanize import romanize
from bolang.foundation.text import Text, join, same
from bolang.pages.report.say import wide
from bolang.wording import load

WORDS = load("report_sources")
_HAN = re.compile("[\u4e00-\u9fff]")
_WEB = re.compile(r"https?://([^/]+)(/.*)?")
_BETWEEN = "；"


def source_name(source: str) -> Text:
    """Return a source, or several joined, in both languages.

    Parameters
    ----------
    source : str
        As a fact carries it: the title of a source of the catalogue in either language, a list or report by its Chinese name, or the
        address of a page.
    """
    whole = _known().get(_bare(source))
    return whole or join([_one(part.strip()) for part in re.split("；|; ", source)], _BETWEEN, "; ")


def _one(source: str) -> Text:
    found = _known().get(_bare(source))
    if found is not None:
        return found
    page = _WEB.fullmatch(source)
    if page is not None:
        host = page[1].removeprefix("www.")
        return WORDS("page", host=host, address=source)
    return Text(wide(source), romanize(source)) if _HAN.search(source) else same(source)


def _bare(source: str) -> str:
    return source.replace(" ", "")


def _titled(source: str, said: str | Mapping[str, str]) -> Text:
    """Return a title of the list: its English with the original in brackets, or both languages as they stand there."""
    if isinstance(said, str):
        return Text(wide(source), f"{said[:1].upper()}{said[1:]} ({wide(source)})")
    original = f" ({said['zh']})" if _HAN.search(source) else ""
    return Text(said["zh"], said["en"][:1].upper() + said["en"][1:] + original)


@cache
def _known() -> Mapping[str, Text]:
    import yaml

    text = resources.files(__package__).joinpath("source_titles.yaml").read_text(encoding="utf-8")
    found = {_bare(source): _titled(source, said) for source, said in yaml.safe_load(text).items()}
    for title in source_titles().values():
        both = Text(title.zh, title.en if title.zh == title.en else f"{title.en} ({title.zh})")
        found |= {_bare(title.zh): both, _bare(title.en): both}
    return found
