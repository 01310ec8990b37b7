"""bolang (拨浪): county economies of China, measured and simulated.

>>> import bolang as bl
>>> yiwu = bl.Atlas().county("义乌市")
>>> print(bl.diagnose(yiwu).explain("en"))  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# Names are imported on first use, so that the command line answers at once.
_PUBLIC = {
    "Atlas": "bolang.atlas",
    "County": "bolang.atlas",
    "Fact": "bolang.atlas",
    "diagnose": "bolang.diagnosis",
    "Diagnosis": "bolang.diagnosis",
    "Diagnostician": "bolang.diagnosis",
    "Scenario": "bolang.economy",
    "Simulation": "bolang.economy",
    "simulate": "bolang.economy",
    "Sweep": "bolang.economy.scenarios.sweep",
    "sweep": "bolang.economy.scenarios.sweep",
    "Plan": "bolang.pathway.plan.result",
    "plan": "bolang.pathway.plan.recommend",
    "Report": "bolang.publish",
    "report": "bolang.publish",
    "BolangError": "bolang.foundation.errors",
}

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County, Fact
    from bolang.diagnosis import Diagnosis, Diagnostician, diagnose
    from bolang.economy import Scenario, Simulation, simulate
    from bolang.economy.scenarios.sweep import Sweep, sweep
    from bolang.foundation.errors import BolangError
    from bolang.pathway.plan.recommend import plan
    from bolang.pathway.plan.result import Plan
    from bolang.publish import Report, report

__all__ = [
    "Atlas",
    "BolangError",
    "County",
    "Diagnosis",
    "Diagnostician",
    "Fact",
    "Plan",
    "Report",
    "Scenario",
    "Simulation",
    "Sweep",
    "__version__",
    "diagnose",
    "plan",
    "report",
    "simulate",
    "sweep",
]


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'bolang' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
