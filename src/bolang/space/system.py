"""The transport system of the country, as it is or as edits leave it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from bolang.atlas.kept import kept
from bolang.foundation.store import content_key
from bolang.space.assembly import load_network
from bolang.space.engine import EngineName, Graph
from bolang.space.incremental import Weighted
from bolang.space.modes import Cargo, ModeSet
from bolang.space.network import Network
from bolang.space.pricing import Prices, price
from bolang.space.tariff import Tariff

if TYPE_CHECKING:
    from bolang.atlas import Atlas


class Edit(Protocol):
    """A change of the network or of its prices."""

    def apply(self, system: TransportSystem) -> TransportSystem:
        """Return the system with the change made."""


@dataclass(frozen=True)
class TransportSystem:
    """Network and tariff, and the atlas that names their places.

    Attributes
    ----------
    atlas : Atlas
    network : Network
    tariff : Tariff
    edits : tuple of Edit
        The changes that were made, in order.
    before : TransportSystem or None
        The system before the edits, if there are any.
    """

    atlas: Atlas
    network: Network
    tariff: Tariff
    edits: tuple[Edit, ...] = ()
    before: TransportSystem | None = None

    @classmethod
    def standard(cls, atlas: Atlas, tariff: Tariff | None = None) -> TransportSystem:
        """Return the shipped network with the central values of the tariff, or with the tariff given.

        The one with the central values is assembled once for an atlas and kept.
        """
        if tariff is not None:
            return cls(atlas, load_network(atlas, tariff["access_circuity"]), tariff)
        return _standard(atlas)

    def edited(self, edits: Iterable[Edit]) -> TransportSystem:
        """Return the system with further edits made, in order."""
        system = self
        for edit in edits:
            changed = edit.apply(system)
            start = system if system.before is None else system.before
            system = replace(changed, edits=(*system.edits, edit), before=start)
        return system

    @cached_property
    def graph(self) -> Graph:
        """Nodes and links without their prices."""
        links = self.network.links
        return Graph(links.tail, links.head, self.network.lon, self.network.lat)

    def prices(self, cargo: Cargo, modes: ModeSet = "all") -> Prices:
        """Price all links for a cargo; see `bolang.space.pricing.price`."""
        return price(self.network.links, self.tariff, cargo, modes)

    @cached_property
    def _weighted(self) -> dict[tuple[Cargo, ModeSet, EngineName], Weighted]:
        return {}

    def weighted(self, cargo: Cargo, modes: ModeSet = "all", engine: EngineName = "auto") -> Weighted:
        """Return the graph with the weights of a cargo; prepared shortest paths are kept with it."""
        wanted = cargo, modes, engine
        if wanted not in self._weighted:
            self._weighted[wanted] = Weighted(self.graph, self.prices(cargo, modes).weights, engine)
        return self._weighted[wanted]

    @cached_property
    def key(self) -> str:
        """Digest of everything that costs depend on."""
        columns = [getattr(self.network.links, name) for name in self.network.links.__dataclass_fields__]
        return content_key(self.graph.key, *columns, sorted(self.tariff.values.items()))


@kept
def _standard(atlas: Atlas) -> TransportSystem:
    return TransportSystem.standard(atlas, Tariff.standard())
