"""The parts of a route in words: means of transport, turning points, weaknesses of the data."""

from __future__ import annotations

from collections.abc import Iterable

from bolang.foundation.text import Text
from bolang.foundation.units import number_text
from bolang.space.modes import Family
from bolang.space.notes import Repaired, Weakness
from bolang.space.route import Stop
from bolang.wording import load

WORDS = load("route")


def means_text(means: Family) -> Text:
    """Name a means of transport."""
    return WORDS(f"means.{means.value}")


def carriers_text(carriers: Iterable[Family]) -> Text:
    """Name what carries the goods of a route, such as ``铁路＋海运``."""
    parts = [means_text(means) for means in carriers]
    return Text("＋".join(part.zh for part in parts), " + ".join(part.en.lower() for part in parts).capitalize())


def stop_text(stop: Stop) -> Text:
    """Name a turning point of a route."""
    if stop.name is None:
        return WORDS(f"stop.{stop.kind.value}")
    return WORDS(f"stop.{stop.kind.value}", name=stop.name)


def weakness_text(weakness: Weakness) -> Text:
    """Say what is weak in the data of a route."""
    if isinstance(weakness, Family):
        return WORDS(f"weak.{weakness.value}")
    if isinstance(weakness, Repaired):
        return WORDS("weak.repaired", km=number_text(weakness.km))
    return WORDS(
        "weak.curved",
        means=means_text(weakness.means),
        start=stop_text(weakness.start),
        end=stop_text(weakness.end),
        times=number_text(weakness.times, 1),
    )
