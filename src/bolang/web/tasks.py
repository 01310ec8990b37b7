"""What the worker process does: reports, simulations, batches; it tells how far it is and sends back files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bolang.foundation.errors import BolangError
from bolang.foundation.text import Lang, language, speaking

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from bolang.atlas import Atlas
    from bolang.document.model import Document

Tell = Callable[[str, float], None]


@dataclass(frozen=True)
class Result:
    """What a job gave: a page, and files by name."""

    title: str
    html: str
    files: Mapping[str, bytes] = field(default_factory=dict)


def serve(pipe: Connection) -> None:
    """Do one piece of work after another until the other side goes away."""

    def tell(stage: str, value: float = 0.0) -> None:
        pipe.send(("progress", (stage, float(value))))

    while True:
        try:
            kind, arguments = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        try:
            with speaking(language(arguments["lang"])):
                done = TASKS[kind](arguments, tell)
            pipe.send(("done", done))
        except BolangError as error:
            pipe.send(("failed", (error.message, error.hint)))
        except Exception as error:
            pipe.send(("failed", (f"{type(error).__name__}: {error}", "")))


@lru_cache(maxsize=2)
def _opened(path: str, _stamp: int) -> Atlas:
    from bolang.atlas import Atlas

    return Atlas(path if _stamp else False)


def _atlas(arguments: Mapping[str, Any]) -> Atlas:
    path = Path(arguments["workspace"])
    return _opened(str(path), path.stat().st_mtime_ns if path.is_file() else 0)


def _result(document: Document, arguments: Mapping[str, Any], files: Mapping[str, bytes]) -> Result:
    from bolang.render.html import render_fragment

    lang: Lang = arguments["lang"]
    prefix = arguments["prefix"]

    def link(trace: Mapping[str, Any]) -> str:
        if not trace["facts"]:
            return ""
        code, indicator, year = trace["facts"][0]
        return f"{prefix}/c/{code}/trace/{indicator}?year={year}"

    return Result(document.title.in_(lang), render_fragment(document, lang, link=link), files)


def _report(arguments: Mapping[str, Any], tell: Tell) -> Result:
    from bolang.publish import report

    lang: Lang = arguments["lang"]
    atlas = _atlas(arguments)
    county = atlas.county(arguments["code"])
    sections = arguments.get("sections") or None
    found = report(county, atlas, sections=sections, progress=lambda text: tell(text.in_(lang), 0.0))
    files = {}
    for form in arguments["forms"]:
        tell(form, 0.0)
        files[f"{county.name}.{form}"] = found.to_bytes(form, lang, arguments.get("style", "analyst"))
    return _result(found.document, arguments, files)


def _simulate(arguments: Mapping[str, Any], tell: Tell) -> Result:
    from bolang.economy import Scenario, simulate
    from bolang.pages.simulate import simulate_page
    from bolang.render.formats import render

    lang: Lang = arguments["lang"]
    atlas = _atlas(arguments)
    county = atlas.county(arguments["code"])
    scenario = Scenario(
        county,
        levers=[{"lever": key, "scale": scale} for key, scale in arguments["levers"]],
        shocks=[dict(shock) for shock in arguments["shocks"]],
        closure=arguments["closure"],
        draws=arguments["draws"],
    )
    document = simulate_page(simulate(scenario, atlas, progress=tell))
    files = {f"{county.name}.{form}": render(document, form, lang) for form in ("xlsx", "docx")}
    return _result(document, arguments, files)


def _batch(arguments: Mapping[str, Any], tell: Tell) -> Result:
    from bolang.diagnosis import Diagnostician
    from bolang.pages.show import compare_page
    from bolang.publish import report

    lang: Lang = arguments["lang"]
    atlas = _atlas(arguments)
    counties = [atlas.county(name) for name in arguments["names"]]
    diagnostician = Diagnostician(atlas)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, county in enumerate(counties):
            tell(county.name, done / len(counties))
            content = report(county, atlas, diagnostician=diagnostician).to_bytes("docx", lang)
            archive.writestr(f"{county.code}-{county.name}.docx", content)
    document = compare_page(counties)
    return _result(document, arguments, {"reports.zip": packed.getvalue()})


TASKS: Mapping[str, Callable[[Mapping[str, Any], Tell], Result]] = {
    "report": _report,
    "simulate": _simulate,
    "batch": _batch,
}
