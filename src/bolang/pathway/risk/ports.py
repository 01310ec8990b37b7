"""Which gateways a county's exports leave by on the cheapest routes, and what the closure of the first one costs."""

from __future__ import annotations

from collections.abc import Mapping

from bolang.atlas.model import County
from bolang.foundation.text import Text
from bolang.pathway.risk.assess import PortUse
from bolang.space import TransportSystem
from bolang.space.edits import CloseGateway
from bolang.space.ends import End, place_end
from bolang.space.engine import PathEngine, open_engine
from bolang.space.route import route_of
from bolang.space.tariff import CLOSED


def port_use(system: TransportSystem, county: County, markets: Mapping[str, float]) -> PortUse | None:
    """Route a container to every market on the cheapest way, and again with the first gateway closed.

    Parameters
    ----------
    system : TransportSystem
    county : County
    markets : mapping
        Share of exports by market of the table of markets (id), adding to one.

    Returns
    -------
    PortUse or None
        None where no market can be reached, such as from an island without a ferry.
    """
    engine, origin = _engine(system), place_end(system, county.code)
    names = {row["id"]: row["name_en"] for row in system.atlas.table("markets").iter_rows(named=True)}
    ends = {market: place_end(system, names[market]) for market in markets}
    costs, gates = {}, {}
    for market, end in ends.items():
        cost, gate = _way(system, engine, origin, end)
        if gate is not None:
            costs[market], gates[market] = cost, gate
    if not gates:
        return None
    reached = sum(markets[market] for market in gates)
    shares: dict[str, float] = {}
    for market, gate in gates.items():
        shares[gate.key] = shares.get(gate.key, 0.0) + markets[market] / reached
    labels = {gate.key: gate for gate in gates.values()}
    ranked = sorted(shares.items(), key=lambda item: (-item[1], item[0]))
    first = labels[ranked[0][0]]
    return PortUse(
        gateways=tuple((labels[name], share) for name, share in ranked),
        first=first,
        detour=_detour(
            system, origin, first, {m: ends[m] for m in gates if gates[m].key == first.key}, (markets, costs)
        ),
    )


def _detour(
    system: TransportSystem,
    origin: End,
    closed: Text,
    ends: Mapping[str, End],
    known: tuple[Mapping[str, float], Mapping[str, int]],
) -> float:
    """Per cent by which freight over all markets becomes dearer; markets that are cut off keep their cost."""
    markets, costs = known
    after = system.edited([CloseGateway(closed.key)])
    engine = _engine(after)
    total = sum(markets[market] * cost for market, cost in costs.items())
    extra = 0.0
    for market, end in ends.items():
        cost, gate = _way(after, engine, origin, end)
        if gate is not None:
            extra += markets[market] * (cost - costs[market])
    return 100.0 * extra / total


def _engine(system: TransportSystem) -> PathEngine:
    return open_engine(system.graph, system.prices("container").weights, "scipy")


def _way(system: TransportSystem, engine: PathEngine, origin: End, end: End) -> tuple[int, Text | None]:
    """Cost of the cheapest way, and the last gateway on it; no gateway where there is no way."""
    cost, links = engine.path(origin.node, end.node)
    if cost == CLOSED or not len(links):
        return cost, None
    route = route_of(system, system.prices("container"), "container", (origin, end), links)
    return cost, route.gateways[-1] if route.gateways else None
