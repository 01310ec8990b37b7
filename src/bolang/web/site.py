"""Pages of chosen counties as files that open from a folder, without a server."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from bolang.foundation import files
from bolang.foundation.text import LANGUAGES, Lang, Text, speaking
from bolang.web.settings import Settings
from bolang.web.shell import WORDS

if TYPE_CHECKING:
    from bolang.atlas import County

TABS = ("", "/plan", "/debt")
HOW = ("/methods/diagnosis", "/methods/plan", "/methods/debt")
"""What numbers lead to that are computed."""
STATIC = ("site.css", "site.js", "icon.svg")
_LINK = re.compile(r'(href|src|action|hx-get)="(/[^"]*)"')
_NAV = re.compile(r"<nav\b.*?</nav>", re.DOTALL)
_NOWHERE = re.compile(r"<a\b(?![^>]*\shref=)[^>]*>.*?</a>", re.DOTALL)
"""An entry of the navigation that leads to nothing in the folder."""
_SERVED = re.compile(
    r'<form\b.*?</form>|<span class="tools">.*?</span>|<script src="[^"]*htmx[^"]*"[^>]*></script>', re.DOTALL
)


def export_site(
    counties: Sequence[County], folder: Path, lang: Lang, progress: Callable[[Text, float], None] | None = None
) -> tuple[Path, ...]:
    """Write the pages of counties, and of every figure that they show, into a folder: in both languages, each leading to the other.

    Parameters
    ----------
    counties : sequence of County
    folder : Path
        Made if it is not there; files of the same names are replaced.
    lang : {'zh', 'en'}
        Language of the first page, and of the files whose names end in no language.
    progress : callable, optional
        Told the county and the share that is done.

    Returns
    -------
    tuple of Path
        The files written.
    """
    ask = _Asker(lang)
    plain = ["/compare?c=" + ",".join(c.code for c in counties)] if 2 <= len(counties) <= 10 else []
    plain += ["/about", *HOW, *(f"/c/{county.code}{tab}" for county in counties for tab in TABS)]
    wanted = [f"{path}{'&' if '?' in path else '?'}lang={spoken}" for spoken in LANGUAGES for path in plain]
    pages: dict[str, str] = {}
    for position, path in enumerate(wanted):
        if progress:
            progress(Text(path, path), position / len(wanted))
        pages[path] = ask(path)
    codes = {county.code for county in counties}
    traces = {path for html in pages.values() for path in _traces(html) if path.split("/")[2] in codes}
    for path in sorted(traces):
        pages[path] = ask(path)
    return _write(pages, counties, folder, lang)


class _Asker:
    """Asks the pages of a server that listens nowhere."""

    def __init__(self, lang: Lang) -> None:
        import asyncio

        from bolang.web.app import create_app

        self.lang = lang
        self.settings = Settings(token=secrets.token_urlsafe(8))
        self.app = create_app(self.settings, warm=False)
        self.loop = asyncio.new_event_loop()

    def __call__(self, path: str) -> str:
        """Return a page as text; an error page raises."""
        return self.loop.run_until_complete(self._get(path))

    async def _get(self, path: str) -> str:
        plain, _, query = path.partition("?")
        parts: list[bytes] = []
        status = 0

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: object) -> None:
            nonlocal status
            assert isinstance(message, dict)
            status = message.get("status", status)
            parts.append(message.get("body", b""))

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": plain,
            "raw_path": plain.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [
                (b"host", f"127.0.0.1:{self.settings.port}".encode()),
                (b"cookie", f"bolang_lang={self.lang}".encode()),
            ],
            "client": ("127.0.0.1", 0),
            "server": ("127.0.0.1", self.settings.port),
        }
        await self.app(scope, receive, send)
        assert status == 200, (path, status)
        return b"".join(parts).decode()


def _traces(html: str) -> list[str]:
    found = re.findall(r'href="(/c/\d{6}/trace/[^"]+)"', html)
    return [path.replace("&amp;", "&") for path in found]


def file_of(path: str, lang: Lang | None = None) -> str:
    """Return the name of the file of an address; the language is no part of it if it is that of the first page."""
    place, _, query = path.partition("?")
    kept = [part for part in query.split("&") if part != f"lang={lang}"]
    return "-".join(re.findall(r"\w+", " ".join([place, *kept])) or ["index"]) + ".html"


def _write(pages: dict[str, str], counties: Sequence[County], folder: Path, lang: Lang) -> tuple[Path, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for path, html in pages.items():
        target = folder / file_of(path, lang)
        files.write(target, _still(html, pages, lang).encode())
        written.append(target)
    static = resources.files("bolang.web").joinpath("static")
    for name in STATIC:
        files.write(folder / name, static.joinpath(name).read_bytes())
        written.append(folder / name)
    for spoken in LANGUAGES:
        first = folder / file_of(f"/?lang={spoken}", lang)
        files.write(first, _index(counties, spoken, lang).encode())
        written.append(first)
    return tuple(written)


def _still(html: str, pages: dict[str, str], lang: Lang) -> str:
    """Make a page stand alone: links lead to files of the folder or nowhere, forms and downloads go."""
    html = _SERVED.sub("", html)

    def local(match: re.Match[str]) -> str:
        name, path = match[1], match[2].replace("&amp;", "&")
        if path.startswith("/static/"):
            return f'{name}="{path.rpartition("/")[2]}"'
        if path in pages or path.partition("?")[0] == "/":
            return f'{name}="{file_of(path, lang)}"'
        return ""

    return _NAV.sub(lambda found: _NOWHERE.sub("", found[0]), _LINK.sub(local, html))


def _index(counties: Sequence[County], lang: Lang, first: Lang) -> str:
    from bolang.atlas.romanize import place
    from bolang.web.shell import templates

    with speaking(lang):
        listed = [
            (
                file_of(f"/c/{county.code}?lang={lang}", first),
                place(county.full_name).in_(lang),
                " ".join([*place(county.full_name).forms, county.code]).lower(),
            )
            for county in counties
        ]
        other = next(known for known in LANGUAGES if known != lang)
        said = {key: WORDS(f"ui.{key}").in_(lang) for key in ("search", "name")}
        title = WORDS("ui.home.title").in_(lang)
        switch = (other, file_of(f"/?lang={other}", first))
        page = templates().get_template("site_index.html")
        return page.render(lang=lang, title=title, counties=listed, said=said, switch=switch)
