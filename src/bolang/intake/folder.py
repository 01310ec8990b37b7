"""Many files at once: a folder read file by file, reviewed in one table, saved in steps, taken up again where it stopped."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bolang.atlas import Atlas, own_atlas
from bolang.foundation.errors import BadInputError, BolangError
from bolang.foundation.files import is_file
from bolang.foundation.text import tr
from bolang.intake.importer import Import, checked
from bolang.intake.kept import FileReader, digest_of
from bolang.intake.knowledge import Known
from bolang.intake.review import review_of
from bolang.intake.workspace import Addition, Batch, Workspace

if TYPE_CHECKING:
    import polars as pl

SUFFIXES = frozenset(
    {".xlsx", ".csv", ".tsv", ".txt", ".htm", ".html", ".docx", ".pdf", ".xls", ".ods", ".odt", ".rtf", ".md"}
)
_AT_ONCE = 25
"""Files saved in one step: what a stop in the middle can lose."""

EntryState = Literal["ready", "empty", "done", "failed"]
Progress = Callable[[int, int, str], None]
"""Told before every file: its number, how many there are, its name."""


@dataclass(frozen=True, slots=True)
class FolderEntry:
    """One file of a folder: what it is of, how many figures it gave, or why it cannot be read.

    Attributes
    ----------
    state : {'ready', 'empty', 'done', 'failed'}
        To be saved; nothing to save; in the workspace already; not readable.
    error : str
        What was wrong with it and what to do, if it failed.
    """

    file: str
    state: EntryState
    county: str = ""
    code: str = ""
    year: int = 0
    period: str = "year"
    accepted: int = 0
    held: int = 0
    unread: int = 0
    error: str = ""
    found: Import | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class FolderReview:
    """All files of a folder, read and not yet saved."""

    folder: str
    entries: tuple[FolderEntry, ...]

    @property
    def ready(self) -> tuple[FolderEntry, ...]:
        """The files that have something to save."""
        return tuple(entry for entry in self.entries if entry.state == "ready")

    def to_frame(self) -> pl.DataFrame:
        """Return the figures of all files as a frame: the file, then the columns of `Review.to_frame`."""
        import polars as pl

        frames = [
            review_of(entry.found).to_frame().select(pl.lit(entry.file).alias("file"), pl.all())
            for entry in self.entries
            if entry.found is not None and entry.found.readings
        ]
        return pl.concat(frames, how="vertical_relaxed") if frames else pl.DataFrame()

    def save(self, workspace: Workspace | None = None, doubtful: bool = False) -> list[Batch]:
        """Save every file that is ready, each as an import of its own, some at a time.

        A stop in the middle loses at most the last step; reading the folder again takes up where it stopped.
        """
        target = workspace or Workspace()
        chosen = [entry.found for entry in self.entries if entry.found is not None and _has(entry, doubtful)]
        batches: list[Batch] = []
        for start in range(0, len(chosen), _AT_ONCE):
            batches += target.add_all([_addition(found, doubtful) for found in chosen[start : start + _AT_ONCE]])
        return batches


def read_folder(
    folder: str | Path,
    atlas: Atlas | None = None,
    workspace: Workspace | None = None,
    progress: Progress | None = None,
) -> FolderReview:
    """Read every file of a folder and of those in it; files that the workspace holds already are passed over.

    Parameters
    ----------
    folder : str or Path
    atlas : Atlas, optional
        Used to recognise counties and to compare with what is known.
    workspace : Workspace, optional
        Where files imported before are looked up; the user's own by default.
    progress : callable, optional
        Told before every file.

    Raises
    ------
    BadInputError
        If there is no such folder, or no file in it that can be imported.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise BadInputError(
            tr(f"没有文件夹 {folder.name}。", f"There is no folder {folder.name}."),
            tr("请检查路径。", "Check the path."),
        )
    paths = list(_files(folder))
    if not paths:
        raise BadInputError(
            tr(
                f"文件夹 {folder.name} 里没有可导入的文件。",
                f"The folder {folder.name} holds no file that can be imported.",
            ),
            tr(
                "可导入：xlsx、csv、txt、html、docx、pdf 等。",
                "Files that can be imported: xlsx, csv, txt, html, docx, pdf and others.",
            ),
        )
    atlas = atlas or own_atlas()
    known, reader = Known(atlas), FileReader(atlas)
    done = {batch.sha256 for batch in (workspace or Workspace()).batches()}
    entries = []
    for number, path in enumerate(paths, 1):
        name = path.relative_to(folder).as_posix()
        if progress:
            progress(number, len(paths), name)
        entries.append(_entry(path, name, reader, known, done))
    return FolderReview(folder.name, tuple(entries))


def _files(folder: Path) -> Iterator[Path]:
    # A folder may change while it is walked, and hold folders that nobody may read.
    for path in sorted(Path(place, name) for place, _, names in os.walk(folder) for name in names):
        if path.suffix.lower() in SUFFIXES and not path.name.startswith(("~$", ".")) and is_file(path):
            yield path


def _entry(path: Path, name: str, reader: FileReader, known: Known, done: set[str]) -> FolderEntry:
    try:
        if digest_of(path) in done:
            return FolderEntry(name, "done")
        found = checked(reader.parse(path), known)
    except BolangError as error:
        return FolderEntry(name, "failed", error=f"{error.message} {error.hint}".strip())
    except OSError as error:
        return FolderEntry(name, "failed", error=str(error))
    accepted, held = len(found.accepted), len(found.doubtful)
    return FolderEntry(
        name,
        "ready" if accepted else "empty",
        found.county.full_name if found.county else "",
        found.county.code if found.county else "",
        found.time.year,
        found.time.period,
        accepted,
        held,
        len(found.unread),
        found=found,
    )


def _has(entry: FolderEntry, doubtful: bool) -> bool:
    return entry.state == "ready" or (doubtful and entry.held > 0)


def _addition(found: Import, doubtful: bool) -> Addition:
    return found.addition(found.readings if doubtful else found.accepted)
