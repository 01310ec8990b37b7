"""What carrying a tonne or a container over each kind of link costs, in money and hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from bolang.foundation.errors import ParameterError
from bolang.foundation.parameters import ParameterFile, load_parameters
from bolang.foundation.text import tr
from bolang.space.modes import Cargo, Mode

CLOSED = np.uint32(2**31 - 1)
"""Weight of a link that may not be used; also the cost between nodes that no path joins."""

SCALE: dict[Cargo, float] = {"general": 1e4, "container": 1e3}
"""Integer weights are ten-thousandths of a yuan a tonne, or thousandths of a yuan a container."""


def parameters() -> ParameterFile:
    """Return the cited parameters of freight transport."""
    return load_parameters("bolang.space")


@dataclass(frozen=True)
class ModePrice:
    """Price of one kind of link: ``fixed + per_km km`` yuan and ``hours + km / speed`` hours."""

    fixed: float = 0.0
    per_km: float = 0.0
    hours: float = 0.0
    speed: float = np.inf


@dataclass(frozen=True)
class Tariff:
    """The parameters in force.

    Attributes
    ----------
    values : mapping of str to float
        Every numeric parameter of ``bolang.space`` by name.
    """

    values: Mapping[str, float]

    @classmethod
    def standard(cls) -> Tariff:
        """Return the central values of the parameter file."""
        listed = parameters().parameters
        return cls(MappingProxyType({k: p.number for k, p in listed.items() if isinstance(p.value, int | float)}))

    def changed(self, name: str, value: float) -> Tariff:
        """Return the tariff with one parameter set.

        Raises
        ------
        ParameterError
            If no parameter has this name, or the value is negative or not a number.
        """
        if name not in self.values:
            raise ParameterError(
                tr(f"没有运输参数 {name!r}。", f"There is no transport parameter {name!r}."),
                tr("可用参数：", "Parameters: ") + ", ".join(sorted(self.values)),
            )
        if not np.isfinite(value) or value < 0:
            raise ParameterError(tr(f"参数 {name} 不能取 {value}。", f"Parameter {name} cannot be {value}."))
        return Tariff(MappingProxyType({**self.values, name: float(value)}))

    def __getitem__(self, name: str) -> float:
        return self.values[name]

    def hour(self, cargo: Cargo) -> float:
        """Return what an hour in transit costs: yuan per tonne-hour or per TEU-hour."""
        worth = self["goods_value"] if cargo == "general" else self["box_value"]
        return worth * self["time_cost"] / 100 / 24

    def ends(self, cargo: Cargo) -> float:
        """Return what loading and unloading at the two ends of a trip cost, yuan per tonne or TEU."""
        return 2 * self["road_handling"] if cargo == "general" else self["truck_box_fixed"]

    def mode_prices(self, cargo: Cargo) -> dict[Mode, ModePrice]:
        """Return the price of every kind of link that this cargo may use."""
        return _general(self) if cargo == "general" else _container(self)


def _general(t: Tariff) -> dict[Mode, ModePrice]:
    road, rail = t["road_rate"], t["rail_rate"] + t["rail_fund"]
    station = ModePrice(t["rail_base"] / 2 + t["rail_handling"], road, t["rail_terminal_hours"], t["access_speed"])
    port_track = ModePrice(t["rail_base"] / 2 + t["rail_handling"], rail, t["rail_terminal_hours"], t["rail_speed"])
    return {
        Mode.ROAD: ModePrice(0, road, 0, t["truck_speed"]),
        Mode.ACCESS: ModePrice(0, road, 0, t["access_speed"]),
        Mode.FERRY: ModePrice(t["ferry_fixed"], t["ferry_rate"], t["ferry_hours"], t["coastal_speed"]),
        Mode.RAIL: ModePrice(0, rail, 0, t["rail_speed"]),
        Mode.RAIL_FERRY: ModePrice(0, rail, t["ferry_hours"], t["coastal_speed"]),
        Mode.STATION: station,
        Mode.TERMINAL: station,
        Mode.SPUR: port_track,
        Mode.QUAY: ModePrice(t["port_handling"], 0, t["coastal_port_hours"]),
        Mode.COASTAL: ModePrice(0, t["coastal_rate"], 0, t["coastal_speed"]),
        Mode.RIVER: ModePrice(0, t["river_rate"], 0, t["river_speed"]),
    }


def _container(t: Tariff) -> dict[Mode, ModePrice]:
    road = t["truck_box_rate"]
    rail = t["rail_box_rate"] * (1 - t["rail_box_discount"])
    base = t["rail_box_base"] * (1 - t["rail_box_discount"]) / 2
    hours = t["rail_box_hours"]
    ferry = t["payload"] * t["ferry_fixed"], t["payload"] * t["ferry_rate"]
    return {
        Mode.ROAD: ModePrice(0, road, 0, t["truck_speed"]),
        Mode.ACCESS: ModePrice(0, road, 0, t["access_speed"]),
        Mode.FERRY: ModePrice(*ferry, t["ferry_hours"], t["coastal_speed"]),
        Mode.RAIL: ModePrice(0, rail, 0, t["rail_speed"]),
        Mode.RAIL_FERRY: ModePrice(0, rail, t["ferry_hours"], t["coastal_speed"]),
        Mode.TERMINAL: ModePrice(base + t["rail_box_handling"], road, hours, t["access_speed"]),
        Mode.SPUR: ModePrice(base + t["rail_box_handling"], rail, hours, t["rail_speed"]),
        Mode.BORDER: ModePrice(base, rail, 0, t["rail_speed"]),
        Mode.QUAY: ModePrice(t["domestic_port_box"], 0, t["coastal_port_hours"]),
        Mode.COASTAL: ModePrice(0, t["coastal_box_rate"], 0, t["coastal_speed"]),
        Mode.RIVER: ModePrice(0, t["river_box_rate"], 0, t["river_speed"]),
        Mode.OCEAN_QUAY: ModePrice(t["terminal_handling"], 0, t["ocean_port_hours"]),
        Mode.OCEAN: ModePrice(0, 0, 0, t["ocean_speed"]),
        Mode.RAIL_ABROAD: ModePrice(0, t["abroad_rail_rate"], 0, t["abroad_rail_speed"]),
        Mode.ROAD_ABROAD: ModePrice(0, t["abroad_road_rate"], 0, t["truck_speed"]),
    }
