"""Access of every county: the way to ports, airports, railways, capitals and metropolises, and market access."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, cast

import numpy as np
import polars as pl

from bolang.atlas.model import County
from bolang.measures import hansen_accessibility, harris_market_potential
from bolang.pathway.neighbours.cities import large_cities
from bolang.space.access import iceberg, theory_consistent
from bolang.space.engine import open_engine
from bolang.space.freight import internal_costs
from bolang.space.modes import Cargo, ModeSet
from bolang.space.system import TransportSystem
from bolang.space.tariff import CLOSED, parameters
from bolang.space.travel import Nearest, RoadTravel, car_table
from pipeline.build import Build, require

if TYPE_CHECKING:
    from bolang.atlas import Atlas

YEAR = 2020
MEANS: tuple[ModeSet, ...] = ("road", "rail", "water", "all")
"""Market access with road alone, with railways and no ships at home, with ships and no railways, and with everything."""

REACH_MINUTES = (60, 180)


class BuiltAtlas:
    """What the transport system asks of an atlas, answered from the tables that this run has written."""

    def __init__(self, build: Build) -> None:
        self.table = build.read
        units = build.read("units")
        names = [field.name for field in fields(County) if field.name in units.columns]
        self.counties = tuple(County(**row) for row in units.select(names).iter_rows(named=True))
        self.codes = tuple(county.code for county in self.counties)

    def column(self, table: str, name: str) -> np.ndarray:
        """Return one figure of 2020 for all units; missing values are zero."""
        values = self.table(table).filter(pl.col("year") == YEAR).group_by("code").agg(pl.col(name).max())
        joined = self.table("units").select("code").join(values, on="code", how="left", maintain_order="left")
        return joined[name].cast(pl.Float64).fill_null(0.0).to_numpy()


def build_access(build: Build) -> None:
    """Write `access`: one row a unit."""
    atlas = BuiltAtlas(build)
    system = TransportSystem.standard(cast("Atlas", atlas))
    columns: dict[str, object] = {"code": list(atlas.codes)}
    columns |= _ports(system) | _places(system, atlas) | _reach(system, atlas) | _market_access(build, system, atlas)
    frame = pl.DataFrame(columns)
    numbers = frame.select(pl.selectors.float())
    require(bool(np.isfinite(numbers.to_numpy()).all()), "an access figure is missing or infinite")
    yiwu = frame.filter(pl.col("code") == "330782").row(0, named=True)
    require(190 < yiwu["port_km"] < 220, f"Yiwu is {yiwu['port_km']} km from its port")
    build.write("access", frame)


def _rounded(values: np.ndarray, digits: int) -> np.ndarray:
    return np.round(np.asarray(values, dtype=np.float64), digits)


def _ports(system: TransportSystem) -> dict[str, object]:
    """Return the nearest seaport, the nearest with ocean services, and what a container to a berth there costs."""
    rows = {row["id"]: row for row in system.atlas.table("gateways").iter_rows(named=True)}
    seaports = sorted(name for name, row in rows.items() if row["kind"] == "seaport")
    deep = [name for name in seaports if rows[name]["deep_sea"]]
    travel = RoadTravel(system)
    by_km, node = travel.kilometres(), system.network.places
    any_port = travel.nearest(by_km, [node[name] for name in seaports])
    port = travel.nearest(by_km, [node[name] for name in deep])
    hours = travel.nearest(travel.hours("truck"), [node[name] for name in deep])
    berths = [node[name] for name in deep]
    road, best = _cost_to(system, "container", "road", berths), _cost_to(system, "container", "all", berths)
    return {
        "seaport": [seaports[i] for i in any_port.which],
        "seaport_km": _km(any_port),
        "port": [deep[i] for i in port.which],
        "port_km": _km(port),
        "port_hours": _rounded(hours.amount, 2),
        "port_cost_road": _rounded(road.min(axis=0), 0),
        "port_cheapest": [deep[i] for i in best.argmin(axis=0)],
        "port_cost": _rounded(best.min(axis=0), 0),
    }


def _places(system: TransportSystem, atlas: BuiltAtlas) -> dict[str, object]:
    """Return the nearest airport, freight station, container terminal, provincial capital and metropolis.

    Costs are those of a tonne by road, to the container terminal of a container by road, to cities of a tonne by the
    best means.
    """
    travel = RoadTravel(system)
    by_car, by_truck, by_km = travel.hours("car"), travel.hours("truck"), travel.kilometres()
    gateways = list(atlas.table("gateways").iter_rows(named=True))
    airports = [row["id"] for row in gateways if row["kind"] == "airport"]
    runways = [system.network.places[name] for name in airports]
    terminals = [row["code"] for row in gateways if row["kind"] == "rail_terminal"]
    unit = {code: int(node) for code, node in zip(atlas.codes, system.network.units, strict=True)}
    ties = set(atlas.table("access_links").filter(pl.col("layer") == "rail")["place"])
    stations = [unit[code] for code in atlas.codes if code in ties]
    yards = [unit[code] for code in terminals]
    capitals = _capitals(atlas)
    cities = _centres(atlas, parameters()["metropolises"].value)
    centres = [int(system.network.units[i]) for i in cities.values()]
    metropolis, metropolis_km = travel.nearest(by_car, centres), travel.nearest(by_km, centres)
    minutes = metropolis.amount * 60
    terminal = travel.nearest(by_truck, yards)
    airport = travel.nearest(by_car, runways)
    return {
        "airport": [airports[i].removeprefix("airport_") for i in airport.which],
        "airport_km": _km(travel.nearest(by_km, runways)),
        "airport_hours": _rounded(airport.amount, 2),
        "airport_cost": _rounded(_cost_to(system, "general", "road", runways).min(axis=0), 1),
        "station_km": _km(travel.nearest(by_km, stations)),
        "terminal": [terminals[i] for i in terminal.which],
        "terminal_km": _km(travel.nearest(by_km, yards)),
        "terminal_hours": _rounded(terminal.amount, 2),
        "terminal_cost": _rounded(_cost_to(system, "container", "road", yards).min(axis=0), 0),
        "capital_km": _own_capital(system, travel, by_km, capitals, 1),
        "capital_hours": _own_capital(system, travel, by_car, capitals, 2),
        "capital_cost": _capital_cost(system, capitals),
        "metropolis": [list(cities)[i] for i in metropolis.which],
        "metropolis_km": _km(metropolis_km),
        "metropolis_hours": _rounded(metropolis.amount, 2),
        "metropolis_cost": _rounded(_cost_to(system, "general", "all", centres).min(axis=0), 1),
        "metropolis_minutes": _rounded(minutes, 0),
        "near_metropolis": minutes <= parameters().number("metropolis_minutes"),
        **_core_city(system, travel, atlas),
    }


def _core_city(system: TransportSystem, travel: RoadTravel, atlas: BuiltAtlas) -> dict[str, object]:
    """Return the nearest core city, by car to the most densely settled unit; its own one for a district of a core city."""
    urban, population, proper = (atlas.column("census", name) for name in ("urban", "population", "city_proper"))
    cities = large_cities(atlas.counties, urban, population, proper)
    found = travel.nearest(travel.hours("car"), [int(system.network.units[city.centre]) for city in cities])
    return {
        "core_city": [cities[i].name for i in found.which],
        "core_city_hours": _rounded(found.amount, 2),
    }


def _cost_to(system: TransportSystem, cargo: Cargo, modes: ModeSet, places: list[int]) -> np.ndarray:
    """Return what a tonne or a container from every county to each place costs, yuan; nothing at the place itself."""
    prices = system.prices(cargo, modes)
    nodes = np.array(places, dtype=np.int32)
    table = open_engine(system.graph, prices.weights).table(nodes, system.network.units)
    costs = np.where(table < CLOSED, table / prices.scale + system.tariff.ends(cargo), np.inf)
    return np.where(nodes[:, None] == system.network.units[None, :], 0.0, costs)


def _capital_cost(system: TransportSystem, capitals: dict[str, int]) -> np.ndarray:
    provinces = list(capitals)
    nodes = [int(system.network.units[capitals[province]]) for province in provinces]
    costs = _cost_to(system, "general", "all", nodes)
    own = [provinces.index(county.province_code) for county in system.atlas.counties]
    return _rounded(costs[own, np.arange(len(own))], 1)


def _km(found: Nearest) -> np.ndarray:
    return _rounded(found.amount, 1)


def _centre(atlas: BuiltAtlas, rows: list[int]) -> int:
    """Return the most densely peopled unit, which stands for the centre of a city."""
    population = atlas.column("census", "population")
    return max(rows, key=lambda i: (population[i] / atlas.counties[i].area_km2, -i))


def _centres(atlas: BuiltAtlas, cities: object) -> dict[str, int]:
    """Return the central unit of each city."""
    centres = {}
    for city in cast("dict[str, float]", cities):
        rows = [c.index for c in atlas.counties if city in (c.prefecture, c.name)]
        require(bool(rows), f"no unit in {city}")
        centres[city] = _centre(atlas, rows)
    return centres


def _capitals(atlas: BuiltAtlas) -> dict[str, int]:
    """Return the central unit of the capital of each province: its prefecture 01, or the municipality itself."""
    capitals = {}
    for province in sorted({c.province_code for c in atlas.counties}):
        rows = [c.index for c in atlas.counties if c.prefecture_code in (f"{province[:2]}0100", f"{province[:2]}0000")]
        require(bool(rows), f"no capital in {province}")
        capitals[province] = _centre(atlas, rows)
    return capitals


def _own_capital(
    system: TransportSystem, travel: RoadTravel, network: object, capitals: dict[str, int], digits: int
) -> np.ndarray:
    """Return the way to the capital of one's own province."""
    result = np.full(len(system.atlas.counties), np.inf)
    for province, centre in capitals.items():
        own = np.array([c.province_code == province for c in system.atlas.counties])
        found = travel.nearest(network, [int(system.network.units[centre])])  # type: ignore[arg-type]
        result[own] = found.amount[own]
    return _rounded(result, digits)


def _reach(system: TransportSystem, atlas: BuiltAtlas) -> dict[str, object]:
    """Return how many people live within an hour and within three hours by car."""
    population = atlas.column("census", "population")
    minutes = car_table(system)
    return {
        f"population_{limit}_minutes": _rounded((minutes <= limit).astype(np.float32) @ population / 1e4, 1)
        for limit in REACH_MINUTES
    }


def _market_access(build: Build, system: TransportSystem, atlas: BuiltAtlas) -> dict[str, object]:
    """Return market access by three formulas: domestic by GDP of 2020 (100 million yuan), foreign by GDP in US$ bn."""
    mass = atlas.column("gdp", "gdp") / 1e4
    build.say(f"  units without GDP, counted as zero: {[c for c, m in zip(atlas.codes, mass, strict=True) if m == 0]}")
    internal = internal_costs(system).astype(np.float64)
    beta, theta = parameters().number("hansen_beta"), parameters().number("trade_elasticity")
    found: dict[str, object] = {}
    for modes in MEANS:
        prices = system.prices("general", modes)
        units = system.network.units
        table = open_engine(system.graph, prices.weights).table(units, units)
        cost = table / prices.scale + system.tariff.ends("general")
        np.fill_diagonal(cost, internal)
        found[f"harris_{modes}"] = _rounded(harris_market_potential(mass, cost, internal), 1)
        found[f"hansen_{modes}"] = _rounded(hansen_accessibility(mass, cost, parameter=beta), 0)
        consistent = theory_consistent(mass, iceberg(cost, system.tariff["goods_value"]), theta)
        found[f"market_access_{modes}"] = _rounded(consistent, 2)
    return found | _foreign_access(system, atlas)


def _foreign_access(system: TransportSystem, atlas: BuiltAtlas) -> dict[str, object]:
    """Return the same for the markets abroad, whose own access is not modelled: the first-order form of the theory."""
    size = dict(atlas.table("markets").select("id", "gdp_2020_busd").iter_rows())
    mass = np.array([size[market] for market in system.network.markets])
    payload, value = system.tariff["payload"], system.tariff["box_value"]
    beta, theta = parameters().number("hansen_beta_foreign"), parameters().number("trade_elasticity")
    found: dict[str, object] = {}
    for modes in MEANS:
        prices = system.prices("container", modes)
        table = open_engine(system.graph, prices.weights).table(system.network.market_nodes, system.network.units).T
        box = np.where(table < CLOSED, table / prices.scale + system.tariff.ends("container"), np.inf)
        cost = box / payload
        harris = hansen_accessibility(mass, cost, parameter=1.0, decay="power")
        found[f"foreign_harris_{modes}"] = _rounded(harris, 2)
        found[f"foreign_hansen_{modes}"] = _rounded(hansen_accessibility(mass, cost, parameter=beta), 1)
        found[f"foreign_market_access_{modes}"] = _rounded(iceberg(cost, value / payload) ** -theta @ mass, 1)
    return found
