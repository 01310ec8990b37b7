"""The multimodal network: roads, railways, county seats, ports, border crossings and markets abroad in one graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bolang.foundation.text import Text
from bolang.space.modes import Mode

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Links:
    """Undirected links, one row each.

    Attributes
    ----------
    tail, head : int32 [m]
        Nodes at the ends.
    mode : uint8 [m]
        `Mode` of each link.
    km : float64 [m]
        Length along the way; straight access legs are already multiplied by the circuity of roads.
    usd : float64 [m]
        Ocean freight from Shanghai to the market of an ocean lane, US$ a TEU; zero on other links.
    extra_km : float64 [m]
        How much longer an ocean lane is than Shanghai's; zero on other links.
    changes : float64 [m]
        Changes of gauge on a railway abroad; zero on other links.
    factor, surcharge : float64 [m]
        What edits do to a link: its price and time times `factor`; `surcharge` yuan more for a TEU.
    closed : bool [m]
        Links that an edit has closed.
    repaired : bool [m]
        Links across a gap in the source, or ties of a port to a railway that the source does not draw.
    """

    tail: Ints
    head: Ints
    mode: NDArray[np.uint8]
    km: Floats
    usd: Floats
    extra_km: Floats
    changes: Floats
    factor: Floats
    surcharge: Floats
    closed: NDArray[np.bool_]
    repaired: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.tail)

    @classmethod
    def of(
        cls,
        tail: Sequence[int] | Ints,
        head: Sequence[int] | Ints,
        mode: Mode,
        km: Sequence[float] | Floats,
        **columns: Sequence[float] | Floats,
    ) -> Links:
        """Return links of one mode; columns that are left out have no effect."""
        count = len(tail)
        more = {name: np.zeros(count) for name in ("usd", "extra_km", "changes", "surcharge", "closed", "repaired")}
        more["factor"] = np.ones(count)
        more |= {name: np.asarray(values, dtype=np.float64) for name, values in columns.items()}
        return cls(
            np.asarray(tail, dtype=np.int32),
            np.asarray(head, dtype=np.int32),
            np.full(count, mode, dtype=np.uint8),
            np.asarray(km, dtype=np.float64),
            more["usd"],
            more["extra_km"],
            more["changes"],
            more["factor"],
            more["surcharge"],
            more["closed"].astype(bool),
            more["repaired"].astype(bool),
        )

    @classmethod
    def joined(cls, parts: Sequence[Links]) -> Links:
        """Put links one after another."""
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in cls.__dataclass_fields__))


@dataclass(frozen=True)
class Network:
    """Nodes and links of the multimodal network.

    Nodes are numbered roads first, then railways, then the hubs of the counties in code order, then gateways.

    Attributes
    ----------
    lon, lat : float32 [n]
        Positions of the nodes in degrees.
    links : Links
        Undirected links.
    units : int32 [N]
        Node of each county in code order.
    places : mapping of str to int
        Node of a gateway or market by its id; a port also has ``id/coastal`` and ``id/ocean``.
    markets : tuple of str
        Ids of the markets abroad, the columns of foreign costs.
    names : mapping of int to (str, str)
        Chinese and English names of the nodes that have one.
    rail_offset : int
        Number of the first railway node.
    """

    lon: NDArray[np.float32]
    lat: NDArray[np.float32]
    links: Links
    units: Ints
    places: dict[str, int]
    markets: tuple[str, ...]
    names: dict[int, tuple[str, str]] = field(repr=False)
    rail_offset: int = 0

    @property
    def size(self) -> int:
        """Number of nodes."""
        return len(self.lon)

    @cached_property
    def market_nodes(self) -> Ints:
        """Nodes of the markets, in the order of `markets`."""
        return np.array([self.places[market] for market in self.markets], dtype=np.int32)

    def with_links(self, links: Links) -> Network:
        """Return the network with further links appended."""
        return replace(self, links=Links.joined([self.links, links]))

    def with_node(self, lon: float, lat: float, name: tuple[str, str]) -> Network:
        """Return the network with a further node, numbered last."""
        return replace(
            self,
            lon=np.append(self.lon, np.float32(lon)),
            lat=np.append(self.lat, np.float32(lat)),
            names=self.names | {self.size: name},
        )

    def name(self, node: int) -> Text:
        """Return the name of a node that has one."""
        return Text(*self.names[node])

    def neighbours(self, node: int, *modes: Mode) -> list[tuple[int, int]]:
        """Return the other ends of a node's links of some modes, with the numbers of the links."""
        near = np.isin(self.links.mode, modes) & ((self.links.tail == node) | (self.links.head == node))
        found = np.flatnonzero(near)
        return [(int(self.links.tail[i] + self.links.head[i]) - node, int(i)) for i in found]
