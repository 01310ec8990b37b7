"""Files that a form sent: each is read from a folder of its own, whatever its name says."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bolang.web.fields import Form

LONGEST_NAME = 120


def sent_files(form: Form) -> list[tuple[str, bytes]]:
    """Return the files of a form: the name that each was sent under, and its content."""
    return [item for item in form.get("files", []) if isinstance(item, tuple) and item[0]]


@contextmanager
def kept_for_reading(name: str, content: bytes) -> Iterator[Path]:
    """Keep a file in a folder of its own; only the end of its name is taken over, for what it says of county and year."""
    plain = "".join(c for c in Path(name.replace("\\", "/")).name if c.isprintable())[-LONGEST_NAME:] or "file"
    with tempfile.TemporaryDirectory(prefix="bolang-") as folder:
        path = Path(folder) / (plain.lstrip(".") or "file")
        path.write_bytes(content)
        yield path
