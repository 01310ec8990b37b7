"""The spatial equilibrium of all counties with market hubs: calibration, levers, scenarios, simulation."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bolang.economy.backtest_exports import exports_backtest
    from bolang.economy.backtest_growth import growth_backtest
    from bolang.economy.calibration import Calibration, calibrate
    from bolang.economy.calibration_report import CalibrationReport
    from bolang.economy.describe import simulate
    from bolang.economy.effects import LeverEffects
    from bolang.economy.lever_catalogue import Lever, lever, levers
    from bolang.economy.replay import replay_yiwu
    from bolang.economy.results import Effect, Simulation
    from bolang.economy.scenario import LeverUse, Scenario, TradeShock, showcase, showcases
    from bolang.economy.scenario_section import ScenarioSection, section

# Names are imported on first use: the core pulls in scipy.
_PUBLIC = {
    "Calibration": "calibration",
    "CalibrationReport": "calibration_report",
    "calibrate": "calibration",
    "exports_backtest": "backtest_exports",
    "growth_backtest": "backtest_growth",
    "replay_yiwu": "replay",
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
    "CalibrationReport",
    "Effect",
    "Lever",
    "LeverEffects",
    "LeverUse",
    "Scenario",
    "ScenarioSection",
    "Simulation",
    "TradeShock",
    "calibrate",
    "exports_backtest",
    "growth_backtest",
    "lever",
    "levers",
    "replay_yiwu",
    "section",
    "showcase",
    "showcases",
    "simulate",
]


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(import_module(f"bolang.economy.{_PUBLIC[name]}"), name)
    raise AttributeError(f"module 'bolang.economy' has no attribute {name!r}")
