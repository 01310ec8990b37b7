"""The national sweep: every lever in every county, solved exactly, in shards that any machine can make."""

from bolang.economy.scenarios.sweep.run import sweep
from bolang.economy.scenarios.sweep.table import Sweep, SweptEffect

__all__ = ["Sweep", "SweptEffect", "sweep"]
