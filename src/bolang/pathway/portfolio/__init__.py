"""Choosing levers, sizes and timing under a budget and a debt limit."""

from bolang.pathway.portfolio.choice import Alternative, Choice, choose, evaluate
from bolang.pathway.portfolio.enumeration import enumerate_plans
from bolang.pathway.portfolio.finance import debt_path, interest_cost
from bolang.pathway.portfolio.problem import Problem
from bolang.pathway.portfolio.program import best_plan, relaxed_debt_price

__all__ = [
    "Alternative",
    "Choice",
    "Problem",
    "best_plan",
    "choose",
    "debt_path",
    "enumerate_plans",
    "evaluate",
    "interest_cost",
    "relaxed_debt_price",
]
