"""The national sweep: every lever in every county, solved exactly, in shards that any machine can make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bolang.economy.scenarios.sweep.table import Sweep, SweptEffect

if TYPE_CHECKING:
    from bolang.economy.scenarios.sweep.run import sweep

__all__ = ["Sweep", "SweptEffect", "sweep"]


def __getattr__(name: str) -> Any:
    """Import what solves on first use: the table answers without the model."""
    if name == "sweep":
        from bolang.economy.scenarios.sweep.run import sweep

        return sweep
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
