"""Debt: what is known, the lines, ten years ahead, and stress."""

from bolang.pathway.debt.assessment import DebtAssessment, RuleReading, assess, fiscal_ratios
from bolang.pathway.debt.outlook import Assumptions, OutlookShock, project
from bolang.pathway.debt.position import FiscalPosition
from bolang.pathway.debt.rules import Balance, Rule, band, rules
from bolang.pathway.debt.sources import county_assumptions, fiscal_position
from bolang.pathway.debt.stress import Fan, Outcome, Stress, fans, output_stress, standard_stresses

__all__ = [
    "Assumptions",
    "Balance",
    "DebtAssessment",
    "Fan",
    "FiscalPosition",
    "Outcome",
    "OutlookShock",
    "Rule",
    "RuleReading",
    "Stress",
    "assess",
    "band",
    "county_assumptions",
    "fans",
    "fiscal_position",
    "fiscal_ratios",
    "output_stress",
    "project",
    "rules",
    "standard_stresses",
]
