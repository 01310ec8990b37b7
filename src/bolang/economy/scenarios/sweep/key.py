"""What a swept number depends on, as one key: source, tables and parameters below it, the lever's card and the options.

The key is made of bytes of files, not of computed numbers: it is the same on every machine, and known at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import bolang
from bolang.atlas.store import table_path
from bolang.economy.levers.catalogue import Lever
from bolang.economy.scenarios.sweep.solving import CIRCLES, DEPTH, FLOOR, ITERATIONS, MEASURES, NAMED, RELATIVE

SOURCES = (
    "space",
    "economy/core",
    "economy/calibration",
    "economy/levers/countryside.py",
    "economy/levers/draws.py",
    "economy/levers/hub_opening.py",
    "economy/levers/mechanisms.py",
    "economy/levers/residents.py",
    "economy/levers/response.py",
    "economy/scenarios/circles.py",
    "economy/scenarios/fiscal.py",
    "economy/scenarios/outcomes.py",
    "economy/scenarios/sweep/solving.py",
)
"""Files and folders whose source makes the numbers."""
TABLES = (
    "abroad_distances",
    "access",
    "access_links",
    "census",
    "customs",
    "employment",
    "fixed_links",
    "gateways",
    "gdp",
    "io_2020",
    "io_sectors",
    "markets",
    "neighbours",
    "province_panel",
    "rail_edges",
    "rail_nodes",
    "report_2025",
    "road_edges",
    "road_nodes",
    "sea_distances",
    "taobao",
    "trade",
    "units",
    "yiwu_series",
)
"""Tables that the calibration reads; a test compares them with what it opens."""


@cache
def base_key() -> str:
    """Return the digest of all that every lever rests on."""
    root = Path(bolang.__file__).parent
    digest = hashlib.sha256()
    for name in SOURCES:
        for path in _files(root / name):
            digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    for table in TABLES:
        digest.update(f"{table}\0".encode())
        digest.update(table_path(table).read_bytes())
    return digest.hexdigest()[:24]


def _files(path: Path) -> Iterable[Path]:
    if path.is_file():
        return [path]
    return sorted(item for item in path.rglob("*") if item.suffix in (".py", ".yaml"))


def lever_key(lever: Lever) -> str:
    """Return the digest of what a lever's effects rest on: the model, how the lever enters it, and how it is solved."""
    options = (MEASURES, CIRCLES, NAMED, RELATIVE, FLOOR, ITERATIONS, DEPTH)
    parts = (base_key(), lever.key, lever.mechanism, lever.effect.centre, options)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]
