"""What the worker process does: reports, simulations, batches; it tells how far it is and leaves files in a folder."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bolang.foundation.errors import BolangError
from bolang.foundation.progress import Progress
from bolang.foundation.text import Lang, language, same, speaking
from bolang.foundation.ways import reading_in
from bolang.web.results import Result, keep, keep_page

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from bolang.atlas import Atlas
    from bolang.atlas.opened import OpenAtlases

REPORTS, SUMMARY = "reports.zip", "summary.csv"
BEHIND_PAGES = 10
"""How much the worker steps back where a page wants the processor."""


def serve(pipe: Connection) -> None:
    """Do one piece of work after another until the other side goes away."""

    def tell(stage: str, value: float = 0.0) -> None:
        pipe.send(("progress", (stage, float(value))))

    if hasattr(os, "nice"):
        os.nice(BEHIND_PAGES)
    while True:
        try:
            kind, arguments = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        try:
            with speaking(language(arguments["lang"])), reading_in("browser"):
                done = TASKS[kind](arguments, tell)
            pipe.send(("done", done))
        except BolangError as error:
            pipe.send(("failed", (error.message, error.hint)))
        except Exception as error:
            pipe.send(("failed", (f"{type(error).__name__}: {error}", "")))


@cache
def _open() -> OpenAtlases:
    from bolang.atlas.opened import OpenAtlases

    return OpenAtlases()


def _atlas(arguments: Mapping[str, Any]) -> Atlas:
    return _open().of(Path(arguments["workspace"]))


def _report(arguments: Mapping[str, Any], tell: Progress) -> Result:
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
    folder, forms = Path(arguments["folder"]), arguments["forms"]

    def files() -> Iterator[tuple[str, bytes]]:
        for done, form in enumerate(forms):
            tell(form, done / (len(forms) + 1))
            yield f"{county.name}.{form}", found.to_bytes(form, written, arguments["style"])

    names = keep(folder, files())
    tell("page", len(forms) / (len(forms) + 1))
    keep_page(found.document, written, folder, arguments["prefix"], frozenset(atlas.codes))
    return Result(found.document.title.in_(written), names)


def _simulate(arguments: Mapping[str, Any], tell: Progress) -> Result:
    from bolang.economy import simulate
    from bolang.pages.simulate import simulate_page
    from bolang.pages.simulate.comparison import ScenarioColumn
    from bolang.web.scenarios import AskedScenario

    atlas = _atlas(arguments)
    scenario = AskedScenario.from_text(arguments["scenario"]).scenario(atlas.county(arguments["code"]))
    found = simulate(scenario, atlas, progress=tell)
    document = simulate_page(found)
    return Result(document.title.in_(arguments["lang"]), (), document, ScenarioColumn.from_simulation(found))


def _batch(arguments: Mapping[str, Any], tell: Progress) -> Result:
    from bolang.diagnosis import Diagnostician
    from bolang.publish import Report, report
    from bolang.publish.batch import save_summary, write_batch
    from bolang.web.batches import batch_page

    lang: Lang = arguments["language"]
    atlas = _atlas(arguments)
    diagnostician = Diagnostician(atlas)
    names = arguments["names"]
    kept = Path(arguments["folder"])
    kept.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="bolang-") as folder,
        zipfile.ZipFile(kept / REPORTS, "w", zipfile.ZIP_DEFLATED) as archive,
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
        summary = save_summary(lines, Path(folder) / SUMMARY).read_bytes()
    return Result("", (REPORTS, *keep(kept, [(SUMMARY, summary)])), batch_page(lines))


TASKS: Mapping[str, Callable[[Mapping[str, Any], Progress], Result]] = {
    "report": _report,
    "simulate": _simulate,
    "batch": _batch,
}
