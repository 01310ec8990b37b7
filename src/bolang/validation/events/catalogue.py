"""The natural experiments: who was treated when, by which outcome it is judged, and what the model pulls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import polars as pl
import yaml

from bolang.atlas.history import history

if TYPE_CHECKING:
    from bolang.atlas import Atlas


@dataclass(frozen=True, slots=True)
class Event:
    """One natural experiment.

    Attributes
    ----------
    key : str
    treated : mapping
        Where places and years come from: ``units`` with ``year``, ``policy``, ``change`` or ``table``.
    outcome : str
        Key of the panel.
    before, after : tuple of int
        First and last year of the two windows, relative to the year of the event.
    years : tuple of int
        Years of events that the panel can judge.
    least : int
        Years of a window that must have a figure.
    lever : str or None
        What the model pulls; None where it has no mechanism.
    source : str
    """

    key: str
    treated: Mapping[str, Any]
    outcome: str
    before: tuple[int, int]
    after: tuple[int, int]
    years: tuple[int, int]
    least: int
    lever: str | None
    source: str


@dataclass(frozen=True, slots=True)
class EventCatalogue:
    """All events, with the number of placebos and the seed they are drawn with."""

    events: tuple[Event, ...]
    placebos: int
    seed: int


@cache
def event_catalogue() -> EventCatalogue:
    """Read the shipped list."""
    text = resources.files("bolang.validation.events").joinpath("events.yaml").read_text(encoding="utf-8")
    content = yaml.safe_load(text)
    return EventCatalogue(
        events=tuple(_event(key, fields) for key, fields in content["events"].items()),
        placebos=int(content["placebos"]),
        seed=int(content["seed"]),
    )


def _event(key: str, fields: Mapping[str, Any]) -> Event:
    treated = fields["treated"]
    only = treated.get("year")
    return Event(
        key=key,
        treated=treated,
        outcome=fields["outcome"],
        before=(fields["before"][0], fields["before"][1]),
        after=(fields["after"][0], fields["after"][1]),
        years=(only or fields["first"], only or fields["last"]),
        least=int(fields.get("least", 2)),
        lever=fields["lever"],
        source=fields["source"],
    )


def treated_years(event: Event, atlas: Atlas) -> dict[int, int]:
    """Return the first year of the event by county row, whether or not the panel can judge it."""
    if "units" in event.treated:
        return {atlas.codes.index(code): int(event.treated["year"]) for code in event.treated["units"]}
    if "change" in event.treated:
        return _changed(atlas, str(event.treated["change"]))
    if "policy" in event.treated:
        rows = atlas.table("policies").filter(pl.col("policy") == event.treated["policy"]).select("code", "year")
    else:
        rows = atlas.table(str(event.treated["table"])).select("code", "year")
    return _first(atlas, [(str(code), year) for code, year in rows.iter_rows() if year is not None])


def _first(atlas: Atlas, dated: list[tuple[str, int]]) -> dict[int, int]:
    """Earliest year by county; rows of a prefecture or province hold for its counties."""
    found: dict[int, int] = {}
    for area, year in sorted(dated, key=lambda pair: -pair[1]):
        stem = area[:2] if area.endswith("0000") else area[:4] if area.endswith("00") else area
        found |= {i: int(year) for i, code in enumerate(atlas.codes) if code.startswith(stem)}
    return found


def _changed(atlas: Atlas, what: str) -> dict[int, int]:
    """Counties that are districts today and were not before; the last such change of each."""
    return {
        county.index: change.year
        for county in atlas.counties
        if county.kind == "district"
        for change in history(county)
        if change.what == what
    }
