"""Files of a folder that were read before are not read again: what the rules made of them is kept in the user's cache."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from bolang.atlas import Atlas
from bolang.foundation.errors import BadInputError, BolangError
from bolang.foundation.store import stored
from bolang.foundation.text import default_language
from bolang.intake.blocks import SourceNote
from bolang.intake.disagreements import Check
from bolang.intake.importer import ParsedFile, parse
from bolang.intake.readings import FigureReading, Place, Unread
from bolang.intake.scope.grounds import Grounds
from bolang.intake.times import Time


def digest_of(path: Path) -> str:
    """Return the digest of a file, of any size, by which its content is known again."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


class FileReader:
    """Reads files one after another, those that it knows from the cache.

    Parameters
    ----------
    atlas : Atlas
        Recognises counties.
    """

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        listed = " ".join(f"{county.code}{county.full_name}" for county in atlas.counties)
        self.rules = f"{_rules()} {hashlib.sha256(listed.encode()).hexdigest()} {default_language()}"

    def parse(self, path: Path) -> ParsedFile:
        """Return what the rules make of a file, from the cache where the same content was read by the same rules.

        Its name counts, for it may tell county and year.

        Raises
        ------
        BadInputError
            If the file cannot be read; that is kept as well.
        OSError
            If the file cannot be opened.
        """
        digest = digest_of(path)
        found = json.loads(_kept(path, digest, self.atlas, self.rules)["json"].tobytes())
        if "error" in found:
            raise BadInputError(found["error"], found["hint"])
        return _revived(found, path.name, digest, self.atlas)


@stored("read-file", inputs=lambda path, digest, atlas, rules: (path.name, digest, rules))
def _kept(path: Path, digest: str, atlas: Atlas, rules: str) -> dict[str, np.ndarray]:
    try:
        content = _plain(parse(path, None, None, atlas))
    except BolangError as error:
        content = {"error": error.message, "hint": error.hint}
    return {"json": np.frombuffer(json.dumps(content, ensure_ascii=False).encode(), dtype=np.uint8)}


def _rules() -> str:
    """Return a digest of the rules of reading: every module and table of the intake."""
    digest = hashlib.sha256()
    for path in sorted(p for p in Path(__file__).parent.rglob("*") if p.suffix in (".py", ".yaml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _plain(parsed: ParsedFile) -> dict[str, Any]:
    return {
        "title": parsed.title,
        "code": parsed.county.code if parsed.county else "",
        "time": asdict(parsed.time),
        "rule": parsed.rule,
        "readings": [asdict(reading) for reading in parsed.readings],
        "unread": [asdict(item) for item in parsed.unread],
        "barriers": [[c.name, c.severity, c.key, dict(c.values)] for c in parsed.barriers],
        "notes": [[note.key, dict(note.values)] for note in parsed.notes],
    }


def _revived(found: Mapping[str, Any], name: str, digest: str, atlas: Atlas) -> ParsedFile:
    readings = tuple(_reading(entry) for entry in found["readings"])
    return ParsedFile(
        name,
        digest,
        found["title"],
        atlas.county(found["code"]) if found["code"] else None,
        Time(**found["time"]),
        found["rule"],
        readings,
        tuple(Unread(**{**entry, "place": Place(**entry["place"])}) for entry in found["unread"]),
        tuple(Check(each, severity, key, readings, values) for each, severity, key, values in found["barriers"]),
        tuple(SourceNote(key, values) for key, values in found["notes"]),
    )


def _reading(entry: Mapping[str, Any]) -> FigureReading:
    tuples = {name: tuple(entry[name]) for name in ("definition", "remarks")}
    return FigureReading(
        **{**entry, **tuples, "place": Place(**entry["place"]), "grounds": Grounds(**entry["grounds"])}
    )
