"""The spatial equilibrium of all counties with market hubs: calibration, levers, scenarios, simulation."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bolang.economy.calibration.calibration import Calibration, calibrate
    from bolang.economy.levers.catalogue import Lever, lever
    from bolang.economy.scenarios.results import Effect, Simulation
    from bolang.economy.scenarios.scenario import LeverUse, Scenario, TradeShock, showcase, showcases
    from bolang.economy.scenarios.simulation import simulate

# Names are imported on first use: the core pulls in scipy.
_PUBLIC = {
    "Calibration": "bolang.economy.calibration.calibration",
    "calibrate": "bolang.economy.calibration.calibration",
    "simulate": "bolang.economy.scenarios.simulation",
    "Lever": "bolang.economy.levers.catalogue",
    "lever": "bolang.economy.levers.catalogue",
    "Effect": "bolang.economy.scenarios.results",
    "Simulation": "bolang.economy.scenarios.results",
    "LeverUse": "bolang.economy.scenarios.scenario",
    "Scenario": "bolang.economy.scenarios.scenario",
    "TradeShock": "bolang.economy.scenarios.scenario",
    "showcase": "bolang.economy.scenarios.scenario",
    "showcases": "bolang.economy.scenarios.scenario",
}

__all__ = [
    "Calibration",
    "Effect",
    "Lever",
    "LeverUse",
    "Scenario",
    "Simulation",
    "TradeShock",
    "calibrate",
    "lever",
    "showcase",
    "showcases",
    "simulate",
]


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'bolang.economy' has no attribute {name!r}")
