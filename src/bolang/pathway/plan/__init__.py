"""Plans: levers, sizes and timing for one county under its budget and debt limit."""

from bolang.pathway.plan.ceiling import Ceiling, debt_ceiling
from bolang.pathway.plan.make import Setting, make_plan
from bolang.pathway.plan.menu import GOAL_TEXT, Goal, Lever, Menu
from bolang.pathway.plan.options import Options, Terms, build_options, build_problem
from bolang.pathway.plan.result import Brief, LeftOut, Plan, RunnerUp, Step

__all__ = [
    "GOAL_TEXT",
    "Brief",
    "Ceiling",
    "Goal",
    "LeftOut",
    "Lever",
    "Menu",
    "Options",
    "Plan",
    "RunnerUp",
    "Setting",
    "Step",
    "Terms",
    "build_options",
    "build_problem",
    "debt_ceiling",
    "make_plan",
]
