"""A digest of the source that makes a value: its own layer and the layers below."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

MAKERS = (
    "foundation",
    "atlas",
    "space",
    "measures",
    "diagnosis",
    "economy/core",
    "economy/calibration",
    "economy/levers",
    "economy/scenarios",
    "pathway",
    "validation",
)
"""Folders whose source makes numbers that are stored, each resting on those before it. Wording and pages make none."""
SUFFIXES = (".py", ".yaml")


@cache
def source_digest(module: str) -> str:
    """Return the digest of the folder of a module and of all folders that it may rest on.

    A module outside `MAKERS` (a script, a test) stands for itself and rests on all of them.
    """
    root = Path(__file__).parent.parent
    place = module.removeprefix("bolang.").replace(".", "/")
    position = next((i for i, name in enumerate(MAKERS) if f"{place}/".startswith(f"{name}/")), None)
    digest = hashlib.sha256()
    for name in MAKERS if position is None else MAKERS[: position + 1]:
        digest.update(_folder_digest(root / name).encode())
    if position is None:
        digest.update(_own_source(module))
    return digest.hexdigest()[:24]


def _own_source(module: str) -> bytes:
    try:
        spec = find_spec(module)
    except (ValueError, ImportError):
        return module.encode()
    origin = Path(spec.origin) if spec and spec.origin else None
    return origin.read_bytes() if origin and origin.is_file() else module.encode()


@cache
def _folder_digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in SUFFIXES):
        digest.update(str(path.relative_to(folder)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
