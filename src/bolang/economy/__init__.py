"""The spatial equilibrium of all counties with market hubs: calibration, levers, scenarios, simulation."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bolang.economy.calibration import Calibration, calibrate
    from bolang.economy.describe import simulate
    from bolang.economy.effects import LeverEffects
    from bolang.economy.lever_catalogue import Lever, lever, levers
    from bolang.economy.results import Effect, Simulation
    from bolang.economy.scenario import LeverUse, Scenario, TradeShock, showcase, showcases
    from bolang.economy.scenario_section import ScenarioSection, section

# Names are imported on first use: the core pulls in scipy.
_PUBLIC = {
    "Calibration": "calibration",
    "calibrate": "calibration",
    "simulate": "describe",
    "Lever": "lever_catalogue",
    "lever": "lever_catalogue",
    "levers": "lever_catalogue",
    "Effect": "results",
    "Simulation": "results",
    "LeverUse": "scenario",
    "Scenario": "scenario",
    "TradeShock": "scenario",
    "ScenarioSection": "scenario_section",
    "section": "scenario_section",
    "LeverEffects": "effects",
    "showcase": "scenario",
    "showcases": "scenario",
}

__all__ = [
    "Calibration",
    "Effect",
    "Lever",
    "LeverEffects",
    "LeverUse",
    "Scenario",
    "ScenarioSection",
    "Simulation",
    "TradeShock",
    "calibrate",
    "lever",
    "levers",
    "section",
    "showcase",
    "showcases",
    "simulate",
]


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(import_module(f"bolang.economy.{_PUBLIC[name]}"), name)
    raise AttributeError(f"module 'bolang.economy' has no attribute {name!r}")
