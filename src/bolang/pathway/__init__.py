"""Which road fits, what to do with a limited budget, and what can go wrong."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bolang.pathway.cross_border import cross_border_risk
    from bolang.pathway.plan.result import Plan
    from bolang.pathway.shared import advise_neighbours
    from bolang.pathway.types import CountyType, National

# Names are imported on first use: the planner pulls in the model.
_PUBLIC = {
    "CountyType": "types",
    "National": "types",
    "Plan": "plan.recommend",
    "advise_neighbours": "shared",
    "cross_border_risk": "cross_border",
}

__all__ = ["CountyType", "National", "Plan", "advise_neighbours", "cross_border_risk"]


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(import_module(f"bolang.pathway.{_PUBLIC[name]}"), name)
    raise AttributeError(f"module 'bolang.pathway' has no attribute {name!r}")
