"""Reports of many counties at once: one that fails does not stop the others, and a table says how each went."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bolang.diagnosis.desk import UNITS, DeskKey
from bolang.foundation import files
from bolang.foundation.errors import BadInputError, BolangError
from bolang.foundation.plain import cell_text
from bolang.foundation.text import tr
from bolang.intake.files.bounds import damaged, read_bytes
from bolang.intake.files.text import decode

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County
    from bolang.publish.county_report import Report

HEADS = frozenset({"county", "name", "code", "县", "县名", "单元", "代码", "区县"})
SHOWN: tuple[DeskKey, ...] = ("gdp", "fiscal_revenue", "self_sufficiency", "debt_balance")
_MOST = 3000


@dataclass(frozen=True, slots=True)
class BatchLine:
    """How one county went: what was asked, the unit found, the file, or the error."""

    asked: str
    name: str
    code: str
    file: str
    error: str
    figures: tuple[tuple[DeskKey, float, int], ...]


def read_names(path: Path) -> tuple[str, ...]:
    """Read the first column of a csv; a head is passed over.

    Raises
    ------
    BadInputError
        If the file cannot be read, is empty, or is too long.
    """
    text = decode(read_bytes(path), path.name)
    try:
        names = [row[0].strip() for row in csv.reader(text.splitlines()) if row and row[0].strip()]
    except csv.Error as error:
        raise damaged(path.name, "csv") from error
    if names and names[0].lower() in HEADS:
        names = names[1:]
    if not names or len(names) > _MOST:
        raise BadInputError(
            tr(
                f"{path.name} 应有 1 到 {_MOST} 个县，得到 {len(names)} 个。",
                f"{path.name} should name 1 to {_MOST} counties, got {len(names)}.",
            )
        )
    return tuple(dict.fromkeys(names))


def write_batch(
    names: Sequence[str],
    atlas: Atlas,
    make: Callable[[str], Report],
    save: Callable[[Report], Path],
    tell: Callable[[int, str], None],
) -> tuple[BatchLine, ...]:
    """Write the reports one after another.

    Parameters
    ----------
    names : sequence of str
    atlas : Atlas
    make : callable
        Makes the report of a name.
    save : callable
        Saves a report and returns its file.
    tell : callable
        Told the number done and the name at hand.
    """
    lines = []
    for done, name in enumerate(names):
        tell(done, name)
        county = None
        try:
            county = atlas.county(name)
            made = make(name)
            path = save(made)
        except BolangError as error:
            lines.append(_failed(name, county, str(error).splitlines()[0]))
            continue
        except Exception as error:  # whatever one county brings to light, the others are still written
            lines.append(_failed(name, county, f"{type(error).__name__}: {error}"))
            continue
        desk = made.context.desk
        found = ((key, desk.row(key).latest) for key in SHOWN)
        figures = tuple((key, round(cell.value, 2), cell.year) for key, cell in found if cell is not None)
        lines.append(BatchLine(name, county.full_name, county.code, path.name, "", figures))
    return tuple(lines)


def _failed(name: str, county: County | None, why: str) -> BatchLine:
    unit, code = ("", "") if county is None else (county.full_name, county.code)
    return BatchLine(name, unit, code, "", why, ())


def save_summary(lines: Sequence[BatchLine], path: Path) -> Path:
    """Write the table of a batch as csv: every figure with its year."""
    import io

    raw = io.StringIO()
    writer = csv.writer(raw)
    heads: list[Any] = ["asked", "unit", "code", "file", "error"]
    for key in SHOWN:
        heads += [f"{key} ({UNITS[key]})", f"{key}_year"]
    writer.writerow(heads)
    for line in lines:
        known = {key: (value, year) for key, value, year in line.figures}
        row: list[Any] = [cell_text(said) for said in (line.asked, line.name, line.code, line.file, line.error)]
        for key in SHOWN:
            row += list(known.get(key, ("", "")))
        writer.writerow(row)
    files.write(path, raw.getvalue().encode("utf-8-sig"))
    return path


def summary_path(folder: Path, day: date) -> Path:
    """Return where the table of a batch goes."""
    return folder / f"reports_{day.isoformat()}.csv"
