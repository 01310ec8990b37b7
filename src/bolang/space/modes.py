"""What a link of the multimodal network is, and which links a set of modes opens."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum, StrEnum
from typing import Literal, get_args

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr


class Mode(IntEnum):
    """Kind of a link."""

    ROAD = 0
    ACCESS = 1
    FERRY = 2
    RAIL = 3
    RAIL_FERRY = 4
    STATION = 5
    TERMINAL = 6
    SPUR = 7
    BORDER = 8
    QUAY = 9
    COASTAL = 10
    RIVER = 11
    OCEAN_QUAY = 12
    OCEAN = 13
    RAIL_ABROAD = 14
    ROAD_ABROAD = 15


Cargo = Literal["general", "container"]
"""A tonne of ordinary goods, or a loaded twenty-foot container (TEU)."""

ModeSet = Literal["road", "rail", "water", "land", "all"]
"""Road with ferries; road and rail; road and water; road and rail abroad too, without ships; everything."""

_ROAD = {Mode.ROAD, Mode.ACCESS, Mode.FERRY}
_RAIL = {Mode.RAIL, Mode.RAIL_FERRY, Mode.STATION, Mode.TERMINAL, Mode.BORDER, Mode.RAIL_ABROAD}
_WATER = {Mode.QUAY, Mode.COASTAL, Mode.RIVER}
_ABROAD = {Mode.OCEAN_QUAY, Mode.OCEAN, Mode.ROAD_ABROAD}

_SETS: dict[ModeSet, frozenset[Mode]] = {
    "road": frozenset(_ROAD | _ABROAD),
    "rail": frozenset(_ROAD | _RAIL | _ABROAD | {Mode.SPUR}),
    "water": frozenset(_ROAD | _WATER | _ABROAD),
    "land": frozenset(_ROAD | _RAIL | {Mode.SPUR, Mode.ROAD_ABROAD}),
    "all": frozenset(Mode),
}


def modes_named(name: str) -> ModeSet:
    """Check the name of a set of modes.

    Raises
    ------
    BadInputError
        If there is no such set.
    """
    known: tuple[ModeSet, ...] = get_args(ModeSet)
    for modes in known:
        if name == modes:
            return modes
    raise BadInputError(
        tr(f"没有运输方式组合 {name!r}。", f"No set of modes {name!r}."), tr("可用：", "Use ") + ", ".join(known) + "。"
    )


def opened(modes: ModeSet) -> frozenset[Mode]:
    """Return the kinds of links that a set of modes may use.

    Ocean lanes stay open in every set but ``land``: without them there is no foreign market to compare with. They are
    closed to general cargo by its prices.
    """
    return _SETS[modes]


def cargo_named(name: str) -> Cargo:
    """Check the name of a cargo.

    Raises
    ------
    BadInputError
        If it is neither ``general`` nor ``container``.
    """
    known: tuple[Cargo, ...] = get_args(Cargo)
    for cargo in known:
        if name == cargo:
            return cargo
    raise BadInputError(
        tr(f"没有货类 {name!r}。", f"No cargo {name!r}."), tr("可用：general、container。", "Use general or container.")
    )


class Family(StrEnum):
    """Means of transport as a reader counts them: links of one family in a row form one leg of a route."""

    ROAD = "road"
    FERRY = "ferry"
    RAIL = "rail"
    RAIL_TERMINAL = "rail_terminal"
    BERTH = "berth"
    COASTAL = "coastal"
    RIVER = "river"
    SEA = "sea"
    RAIL_ABROAD = "rail_abroad"
    ROAD_ABROAD = "road_abroad"


FAMILIES: dict[Mode, Family] = {
    Mode.ROAD: Family.ROAD,
    Mode.ACCESS: Family.ROAD,
    Mode.FERRY: Family.FERRY,
    Mode.RAIL: Family.RAIL,
    Mode.RAIL_FERRY: Family.RAIL,
    Mode.SPUR: Family.RAIL,
    Mode.BORDER: Family.RAIL,
    Mode.STATION: Family.RAIL_TERMINAL,
    Mode.TERMINAL: Family.RAIL_TERMINAL,
    Mode.QUAY: Family.BERTH,
    Mode.OCEAN_QUAY: Family.BERTH,
    Mode.COASTAL: Family.COASTAL,
    Mode.RIVER: Family.RIVER,
    Mode.OCEAN: Family.SEA,
    Mode.RAIL_ABROAD: Family.RAIL_ABROAD,
    Mode.ROAD_ABROAD: Family.ROAD_ABROAD,
}


def carriers(modes: Iterable[Mode]) -> tuple[Family, ...]:
    """Return what carries the goods of a route, in order, such as rail and sea; trucks to the railway go without saying."""
    carried = {Mode.RAIL, Mode.COASTAL, Mode.RIVER, Mode.OCEAN, Mode.RAIL_ABROAD, Mode.FERRY}
    present = dict.fromkeys(Mode.ROAD if mode == Mode.ACCESS else mode for mode in modes)
    if Mode.RAIL not in present:
        carried.add(Mode.ROAD)
    return tuple(FAMILIES[mode] for mode in present if mode in carried)
