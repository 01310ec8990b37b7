"""What the worker process does: reports, simulations, batches; it tells how far it is and sends back files."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bolang.foundation.errors import BolangError
from bolang.foundation.text import Lang, language, same, speaking

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from bolang.atlas import Atlas
    from bolang.document.model import Document
    from bolang.pages.simulate.comparison import ScenarioColumn

Tell = Callable[[str, float], None]


@dataclass(frozen=True)
class Result:
    """What a job gave: a page, and files by name.

    Attributes
    ----------
    html : str
        The page, where its figures cannot be drawn again in another process.
    document : Document or None
        The page, where it can be rendered in any language and format.
    column : ScenarioColumn or None
        What is compared of a scenario.
    """

    title: str
    html: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    document: Document | None = None
    column: ScenarioColumn | None = None


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
    author = arguments["author"]
    found = report(
        county,
        atlas,
        sections=arguments["sections"] or None,
        kind=arguments["kind"],
        budget=arguments["budget"],
        authors=same(author) if author else None,
        progress=lambda text: tell(text.in_(lang), 0.0),
    )
    written: Lang = arguments["language"]
    files = {}
    for done, form in enumerate(arguments["forms"]):
        tell(form, done / len(arguments["forms"]))
        files[f"{county.name}.{form}"] = found.to_bytes(form, written, arguments["style"])
    return _result(found.document, {**arguments, "lang": written}, files)


def _simulate(arguments: Mapping[str, Any], tell: Tell) -> Result:
    from bolang.economy import simulate
    from bolang.pages.simulate import simulate_page
    from bolang.pages.simulate.comparison import ScenarioColumn
    from bolang.web.scenarios import AskedScenario

    atlas = _atlas(arguments)
    scenario = AskedScenario.from_text(arguments["scenario"]).scenario(atlas.county(arguments["code"]))
    found = simulate(scenario, atlas, progress=tell)
    document = simulate_page(found)
    return Result(document.title.in_(arguments["lang"]), "", {}, document, ScenarioColumn.from_simulation(found))


def _batch(arguments: Mapping[str, Any], tell: Tell) -> Result:
    from bolang.diagnosis import Diagnostician
    from bolang.publish import Report, report
    from bolang.publish.batch import save_summary, write_batch
    from bolang.web.batches import batch_page

    lang: Lang = arguments["language"]
    atlas = _atlas(arguments)
    diagnostician = Diagnostician(atlas)
    names = arguments["names"]
    packed = io.BytesIO()
    with (
        tempfile.TemporaryDirectory(prefix="bolang-") as folder,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):

        def save(made: Report) -> Path:
            name = f"{made.county.code}-{made.county.name}.{arguments['form']}"
            archive.writestr(name, made.to_bytes(arguments["form"], lang))
            return Path(name)

        lines = write_batch(
            names,
            atlas,
            lambda name: report(atlas.county(name), atlas, diagnostician=diagnostician),
            save,
            lambda done, name: tell(atlas.county(name).name, done / len(names)),
        )
        summary = save_summary(lines, Path(folder) / "summary.csv").read_bytes()
    files = {"reports.zip": packed.getvalue(), "summary.csv": summary}
    return Result("", "", files, batch_page(lines))


TASKS: Mapping[str, Callable[[Mapping[str, Any], Tell], Result]] = {
    "report": _report,
    "simulate": _simulate,
    "batch": _batch,
}
