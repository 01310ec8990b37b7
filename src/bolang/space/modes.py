"""What a link of the multimodal network is, and which links a set of modes opens."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Literal, get_args

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Text, tr


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


LABELS: dict[Mode, Text] = {
    Mode.ROAD: Text("公路", "Road"),
    Mode.ACCESS: Text("集散道路", "Access road"),
    Mode.FERRY: Text("汽车轮渡", "Ferry"),
    Mode.RAIL: Text("铁路", "Rail"),
    Mode.RAIL_FERRY: Text("火车轮渡", "Train ferry"),
    Mode.STATION: Text("铁路货运站装卸", "Rail freight station"),
    Mode.TERMINAL: Text("铁路集装箱站装卸", "Rail container terminal"),
    Mode.SPUR: Text("疏港铁路", "Port railway"),
    Mode.BORDER: Text("铁路口岸", "Rail border"),
    Mode.QUAY: Text("码头装卸（内贸）", "Berth (domestic)"),
    Mode.COASTAL: Text("沿海", "Coastal"),
    Mode.RIVER: Text("内河", "River"),
    Mode.OCEAN_QUAY: Text("码头装卸（外贸）", "Berth (foreign)"),
    Mode.OCEAN: Text("海运", "Sea"),
    Mode.RAIL_ABROAD: Text("境外铁路", "Rail abroad"),
    Mode.ROAD_ABROAD: Text("境外公路", "Road abroad"),
}

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


FAMILIES: tuple[tuple[Text, frozenset[Mode]], ...] = (
    (Text("公路", "Road"), frozenset({Mode.ROAD, Mode.ACCESS})),
    (Text("汽车轮渡", "Ferry"), frozenset({Mode.FERRY})),
    (Text("铁路", "Rail"), frozenset({Mode.RAIL, Mode.RAIL_FERRY, Mode.SPUR, Mode.BORDER})),
    (Text("铁路站装卸", "Rail terminal"), frozenset({Mode.STATION, Mode.TERMINAL})),
    (Text("码头装卸", "Berth"), frozenset({Mode.QUAY, Mode.OCEAN_QUAY})),
    (Text("沿海", "Coastal"), frozenset({Mode.COASTAL})),
    (Text("内河", "River"), frozenset({Mode.RIVER})),
    (Text("海运", "Sea"), frozenset({Mode.OCEAN})),
    (Text("境外铁路", "Rail abroad"), frozenset({Mode.RAIL_ABROAD})),
    (Text("境外公路", "Road abroad"), frozenset({Mode.ROAD_ABROAD})),
)
"""Links of one family in a row form one leg of a route."""


def family(mode: Mode) -> int:
    """Return the position of a kind of link in `FAMILIES`."""
    return next(index for index, (_, members) in enumerate(FAMILIES) if mode in members)


def label_of(modes: Iterable[Mode]) -> Text:
    """Name the means of transport of a route in order, such as ``铁路＋海运``; trucks to the railway go without saying."""
    carried = {Mode.RAIL, Mode.COASTAL, Mode.RIVER, Mode.OCEAN, Mode.RAIL_ABROAD, Mode.FERRY}
    present = dict.fromkeys(Mode.ROAD if mode == Mode.ACCESS else mode for mode in modes)
    if Mode.RAIL not in present:
        carried.add(Mode.ROAD)
    parts = [LABELS[mode] for mode in present if mode in carried]
    return Text("＋".join(part.zh for part in parts), " + ".join(part.en.lower() for part in parts).capitalize())
