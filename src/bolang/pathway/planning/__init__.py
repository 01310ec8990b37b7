"""Plans: levers, sizes and timing for one county under its budget and debt limit."""

from bolang.pathway.planning.ceiling import Ceiling, debt_ceiling
from bolang.pathway.planning.make import Setting, make_plan
from bolang.pathway.planning.menu import GOAL_TEXT, Goal, Lever, Menu
from bolang.pathway.planning.options import Options, Terms, build_options, build_problem
from bolang.pathway.planning.result import Brief, LeftOut, Plan, RunnerUp, Step

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
