"""Cross-border risk: exposure, concentration, port dependence, shocks and early warning."""

from bolang.pathway.risk.assess import CrossBorderRisk, PortUse, ShockEffect, assess_risk
from bolang.pathway.risk.exposure import Exposure, Industry, Market, ModelledExports, concentration, county_exposure
from bolang.pathway.risk.warning import LEVEL_TEXT, Signal

__all__ = [
    "LEVEL_TEXT",
    "CrossBorderRisk",
    "Exposure",
    "Industry",
    "Market",
    "ModelledExports",
    "PortUse",
    "ShockEffect",
    "Signal",
    "assess_risk",
    "concentration",
    "county_exposure",
]
