"""What the answers of one atlas share: its network, its surroundings and its types, built once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bolang.atlas.kept import kept
from bolang.pathway.neighbours import Neighbours, Surroundings
from bolang.pathway.types import National

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from bolang.atlas import Atlas, County
    from bolang.space import TransportSystem


@kept
def surroundings(atlas: Atlas) -> Surroundings:
    """Return what the advice on neighbours is read from."""
    return Surroundings(atlas)


@kept
def national(atlas: Atlas) -> National:
    """Return the types of all units."""
    return National(atlas)


def advise_neighbours(atlas: Atlas, county: County, system: TransportSystem | None = None) -> Neighbours:
    """Advise a county on the neighbours to join, by drives on the road network.

    Parameters
    ----------
    atlas : Atlas
    county : County
    system : TransportSystem, optional
        A network with planned links; the standard one by default.
    """
    from scipy.sparse.csgraph import dijkstra

    from bolang.space.ends import place_end

    used = system or _standard(atlas)
    roads = _standard_roads(atlas) if system is None else _roads(used)
    hours = dijkstra(roads, indices=[place_end(used, county.code).node])[0]
    return surroundings(atlas).advise(county, hours[used.network.units])


@kept
def _standard_roads(atlas: Atlas) -> csr_matrix:
    """Return the road network weighted by hours: the same for all counties."""
    return _roads(_standard(atlas))


def _standard(atlas: Atlas) -> TransportSystem:
    from bolang.space import TransportSystem as Network

    return Network.standard(atlas)


def _roads(system: TransportSystem) -> csr_matrix:
    from bolang.space.travel import RoadTravel

    return RoadTravel(system).hours("car")
