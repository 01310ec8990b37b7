"""All-pairs freight costs between counties, and from counties to the markets abroad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.foundation.errors import BolangError
from bolang.foundation.progress import ShareDone
from bolang.foundation.store import stored
from bolang.foundation.text import tr
from bolang.space.engine import EngineName, Table
from bolang.space.incremental import Pairs, updated_table
from bolang.space.modes import Cargo, Mode, ModeSet
from bolang.space.system import Edit, TransportSystem
from bolang.space.tariff import CLOSED, SCALE

if TYPE_CHECKING:
    from bolang.atlas import Atlas

Costs = NDArray[np.float32]

TABLES: dict[str, tuple[Cargo, ModeSet]] = {
    "road": ("general", "road"),
    "multimodal": ("general", "all"),
    "foreign": ("container", "all"),
}
"""Which cargo and modes each table of costs is computed for."""

SHARE_OF_WORK = {"road": 0.5, "multimodal": 0.48, "foreign": 0.02}


@dataclass(frozen=True)
class FreightCosts:
    """Generalised freight costs: money plus the cost of time, in yuan a tonne.

    Attributes
    ----------
    road, multimodal : float32 [N, N]
        From county to county by road (with ferries) and by the best means; symmetric; loading and unloading included;
        zero on the diagonal.
    foreign : float32 [N, R]
        From county to market abroad by the best means, goods in containers; yuan a TEU over the load of a container.
    internal : float32 [N]
        Inside a county: loading, unloading and the road over the mean distance in a disc of its area,
        ``(2/3) sqrt(area / pi)`` times the circuity of roads.
    units : tuple of str
        Codes of the counties, the order of the rows.
    regions : tuple of str
        Ids of the markets abroad, the order of the columns of `foreign`.
    system : str
        Key of the network and the tariff that the costs come from.
    edits : tuple of Edit
        What was changed in them.
    """

    road: Costs
    multimodal: Costs
    foreign: Costs
    internal: Costs
    units: tuple[str, ...]
    regions: tuple[str, ...]
    system: str
    edits: tuple[Edit, ...]

    def with_internal(self, which: str = "multimodal") -> Costs:
        """Return a copy of ``road`` or ``multimodal`` with the internal cost on the diagonal."""
        filled: Costs = getattr(self, which).copy()
        np.fill_diagonal(filled, self.internal)
        return filled


def freight_costs(
    atlas: Atlas, edits: Sequence[Edit] = (), *, engine: EngineName = "auto", progress: ShareDone | None = None
) -> FreightCosts:
    """Return freight costs between all counties and to all markets abroad.

    The first call computes the tables (15 seconds of one core with pyroutingkit, 33 without) and stores them in the
    user's cache, keyed by the network and the tariff. Edits are worked out from the stored tables: only what they
    change is computed again. Peak memory is about 0.5 GB.

    Parameters
    ----------
    atlas : Atlas
    edits : sequence of Edit
        Changes of the network or of prices; see `bolang.space.edits`.
    engine : {'auto', 'cch', 'scipy'}
    progress : callable, optional
        Receives the share of the work that is done.

    Raises
    ------
    BolangError
        If an edit leaves a county without any way to the others.
    """
    return costs_of(TransportSystem.standard(atlas).edited(edits), engine=engine, progress=progress)


def costs_of(
    system: TransportSystem, *, engine: EngineName = "auto", progress: ShareDone | None = None
) -> FreightCosts:
    """Return the freight costs of a transport system; see `freight_costs`."""
    tables = cost_tables(system, engine, progress)
    return FreightCosts(
        road=_domestic(system, tables["road"]),
        multimodal=_domestic(system, tables["multimodal"]),
        foreign=_foreign(system, tables["foreign"]),
        internal=internal_costs(system),
        units=system.atlas.codes,
        regions=system.network.markets,
        system=system.key,
        edits=system.edits,
    )


def cost_tables(
    system: TransportSystem, engine: EngineName = "auto", progress: ShareDone | None = None
) -> dict[str, Table]:
    """Return the integer cost tables of a system, from the cache, from the tables before its edits, or computed.

    Tables of systems without edits are kept, one system at a time, and must not be written to.
    """
    if system.before is None:
        if system.key not in _KEPT:
            _KEPT.clear()
            _KEPT[system.key] = _computed(system, engine, progress)
        return _KEPT[system.key]
    known = cost_tables(system.before, engine, progress)
    return {name: _updated(system.before, system, name, known[name], engine) for name in TABLES}


_KEPT: dict[str, dict[str, Table]] = {}


def _targets(system: TransportSystem, name: str) -> NDArray[np.int32]:
    return system.network.market_nodes if name == "foreign" else system.network.units


@stored("freight", inputs=lambda system, engine, progress: (system.key,))
def _computed(system: TransportSystem, engine: EngineName, progress: ShareDone | None) -> dict[str, Table]:
    tables, done = {}, 0.0
    for name, (cargo, modes) in TABLES.items():
        paths = system.weighted(cargo, modes, engine).open()
        share, start = SHARE_OF_WORK[name], done

        def tell(part: float, share: float = share, start: float = start) -> None:
            if progress:
                progress(start + share * part)

        tables[name] = paths.table(system.network.units, _targets(system, name), tell)
        done += share
    return tables


def _updated(before: TransportSystem, after: TransportSystem, name: str, known: Table, engine: EngineName) -> Table:
    cargo, modes = TABLES[name]
    old, new = (system.weighted(cargo, modes, engine) for system in (before, after))
    targets = before.network.units if name != "foreign" else before.network.market_nodes
    return updated_table(old, new, Pairs(before.network.units, targets), known)


def _domestic(system: TransportSystem, table: Table) -> Costs:
    """Turn weights into yuan a tonne, and add loading and unloading between different counties."""
    _require_connected(system, table)
    costs = (table / np.float32(SCALE["general"])).astype(np.float32)
    costs += np.float32(system.tariff.ends("general"))
    np.fill_diagonal(costs, 0.0)
    return costs


def _foreign(system: TransportSystem, table: Table) -> Costs:
    """Turn weights into yuan a tonne of containerised goods; a market that no way leads to costs infinitely much."""
    costs = np.where(table < CLOSED, table / SCALE["container"] + system.tariff.ends("container"), np.inf)
    return (costs / system.tariff["payload"]).astype(np.float32)


def internal_costs(system: TransportSystem) -> Costs:
    """Return the cost of moving a tonne inside each county."""
    tariff, road = system.tariff, system.tariff.mode_prices("general")
    area = np.array([county.area_km2 for county in system.atlas.counties])
    km = tariff["access_circuity"] * 2 / 3 * np.sqrt(area / np.pi)
    lane = road[Mode.ACCESS]
    costs = tariff.ends("general") + km * (lane.per_km + tariff.hour("general") / lane.speed)
    return np.asarray(costs, dtype=np.float32)


def _require_connected(system: TransportSystem, table: Table) -> None:
    cut_off = np.flatnonzero((table == CLOSED).sum(axis=1) > len(table) // 2)
    if len(cut_off):
        names = "、".join(system.atlas.counties[i].full_name for i in cut_off[:5])
        raise BolangError(
            tr(
                f"改动后有{len(cut_off)}个县与全国断开：{names}。",
                f"The edits cut {len(cut_off)} counties off: {names}.",
            ),
            tr("请保留至少一条通路。", "Keep at least one way open."),
        )
