"""Cross-border risk: exposure, concentration, port dependence, shocks and early warning."""

from bolang.pathway.risk.assess import CrossBorderRisk, PortUse, ShockEffect, assess_risk
from bolang.pathway.risk.exposure import (
    ExportMarket,
    Exposure,
    Industry,
    ModelledExports,
    concentration,
    county_exposure,
)
from bolang.pathway.risk.warning import Signal

__all__ = [
    "CrossBorderRisk",
    "ExportMarket",
    "Exposure",
    "Industry",
    "ModelledExports",
    "PortUse",
    "ShockEffect",
    "Signal",
    "assess_risk",
    "concentration",
    "county_exposure",
]
