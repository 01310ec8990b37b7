"""Writing one report or many, and what the terminal says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bolang.foundation import files
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Lang, Text, same, tr
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.atlas import Atlas
    from bolang.diagnosis.diagnostician import Diagnostician
    from bolang.document.model import Style
    from bolang.publish import Report
    from bolang.publish.batch import BatchLine


WORDS = load("cli_progress")


KINDS = {
    (False, "analyst"): ("县域经济报告", "county_report"),
    (False, "plan"): ("规划底稿", "plan"),
    (False, "official"): ("情况报告", "official_report"),
    (True, "analyst"): ("简报", "brief"),
    (True, "plan"): ("简报", "brief"),
    (True, "official"): ("情况简报", "official_brief"),
}
"""Names of files by whether it is a brief, and by style: no kind overwrites another."""


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked of the command."""

    form: str
    lang: Lang
    style: Style
    sections: tuple[str, ...] | None
    brief: bool
    wording: Path | None
    peers: str
    budget: float | None
    authors: Text | None
    day: date


def write_one(atlas: Atlas, name: str, out: Path | None, order: Order) -> None:
    """Write the report of one county and say so in at most ten lines."""
    from bolang.cli.console import console_for
    from bolang.pages.report.terminal import lines

    county = atlas.county(name)
    target = file_of(out, county.name, order)
    files.check_writable(target)
    console = console_for()
    with console.status("") as status:
        made = _make(atlas, name, order, None, lambda step: status.update(step.in_(order.lang) + " …"))
        status.update(WORDS("report.setting").in_(order.lang) + " …")
        made.save(target, order.lang, order.style)
    for line in lines(made.context, str(target), name):
        console.print(line.in_(order.lang), markup=False, highlight=False)


def write_many(atlas: Atlas, names: Path, out: Path | None, order: Order) -> None:
    """Write the reports of a list into a folder, with a table of how each went."""
    from bolang.cli.console import console_for
    from bolang.cli.progress import bar
    from bolang.diagnosis.diagnostician import Diagnostician
    from bolang.publish.batch import read_names, save_summary, summary_path, write_batch

    listed = read_names(names)
    folder = out or Path()
    if folder.exists() and not files.is_folder(folder):
        raise BadInputError(tr(f"{folder} 不是文件夹。", f"{folder} is no folder."))
    folder.mkdir(parents=True, exist_ok=True)
    doctor = Diagnostician(atlas)

    def save(made: Report) -> Path:
        target = file_of(folder, made.county.full_name, order)
        made.save(target, order.lang, order.style)
        return target

    with bar(WORDS("report.writing").in_(order.lang)) as tell:
        found = write_batch(
            listed,
            atlas,
            lambda name: _make(atlas, name, order, doctor, lambda _: None),
            save,
            lambda done, _: tell(done / len(listed)),
        )
    console = console_for()
    path = save_summary(found, summary_path(folder, order.day))
    for line in _summary(found, path):
        console.print(line.in_(order.lang), markup=False, highlight=False)


def _summary(found: tuple[BatchLine, ...], path: Path) -> list[Text]:
    failed = [line for line in found if line.error]
    made = WORDS("report.batch.written", count=len(found) - len(failed), failed=len(failed), path=str(path))
    return [made, *(same(f"✗ {line.asked}: {line.error}") for line in failed[:8])]


def _make(
    atlas: Atlas, name: str, order: Order, doctor: Diagnostician | None, progress: Callable[[Text], None]
) -> Report:
    from bolang.publish import report

    return report(
        name,
        atlas,
        diagnostician=doctor,
        day=order.day,
        authors=order.authors,
        peer_group=order.peers,
        budget=order.budget,
        sections=order.sections,
        kind="brief" if order.brief else "plan" if order.style == "plan" else "full",
        wording=order.wording,
        progress=progress,
    )


def file_of(out: Path | None, county: str, order: Order) -> Path:
    """Return the file to write: the one named, or the report's own name in the folder named."""
    from bolang.atlas.romanize import romanize

    kind = KINDS[order.brief, order.style]
    own = f"{county}_{kind[0]}.{order.form}"
    if order.lang == "en":
        own = f"{romanize(county).replace(', ', '_').replace(' ', '_')}_{kind[1]}.{order.form}"
    if out is None:
        return Path(own)
    if files.is_folder(out):
        return out / own
    return out if out.suffix else out.with_name(f"{out.name}.{order.form}")
