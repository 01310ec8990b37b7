"""Reads the optimiser's answer: steps in order of time, levers left out and why, runners-up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, join
from bolang.pathway.plan.choice import Alternative, Choice, evaluate
from bolang.pathway.plan.menu import Menu
from bolang.pathway.plan.options import Options
from bolang.pathway.plan.problem import Problem
from bolang.pathway.plan.result import LeftOut, Reason, RunnerUp, Step

Floats = NDArray[np.float64]


def read_steps(menu: Menu, options: Options, choice: Choice) -> tuple[Step, ...]:
    """List the levers of the recommended plan, earliest first, and of those of a year the robust ones first."""
    firm = load_parameters("bolang.pathway.plan").number("firm_share")
    steps = []
    for option in choice.plan.options.tolist():
        lever = menu.levers[options.lever[option]]
        gain = options.benefit[:, option]
        low, high = np.quantile(gain, [0.05, 0.95])
        steps.append(
            Step(
                lever=lever.key,
                label=lever.label,
                size=float(menu.sizes[options.size[option]]),
                start=int(options.start[option]),
                years=lever.years,
                cost=float(options.cost[option].sum()),
                benefit=float(gain.mean()),
                low=float(low),
                high=float(high),
                pays=float((gain > lever.cost_factor * options.outlay[option]).mean()),
                best=float(choice.inclusion[options.lever[option]]),
                evidence=lever.evidence,
                condition=lever.condition,
                firm=bool(choice.inclusion[options.lever[option]] >= firm),
            )
        )
    return tuple(sorted(steps, key=lambda step: (step.start, not step.firm, -step.benefit, step.lever)))


def read_robust(
    menu: Menu, options: Options, problem: Problem, choice: Choice, steps: Sequence[Step]
) -> tuple[float, float, float]:
    """Value the plan without its doubtful steps: mean, 5 and 95 % of the net present value over the draws."""
    firm = {step.lever for step in steps if step.firm}
    taken = np.zeros(problem.options, dtype=bool)
    for option in choice.plan.options.tolist():
        taken[option] = menu.levers[options.lever[option]].key in firm
    worth = evaluate(problem, taken).worth
    low, high = np.quantile(worth, [0.05, 0.95])
    return float(worth.mean()), float(low), float(high)


def read_left_out(menu: Menu, options: Options, problem: Problem, choice: Choice) -> tuple[LeftOut, ...]:
    """Say of every lever that was not taken why not, the most nearly worthwhile first."""
    taken = set(options.lever[choice.plan.options].tolist())
    found = [
        _left_out(menu, options, problem, choice, number)
        for number in range(len(menu.levers))
        if number not in taken and (options.lever == number).any()
    ]
    return tuple(sorted(found, key=lambda left: (-left.worth, left.lever)))


def _left_out(menu: Menu, options: Options, problem: Problem, choice: Choice, number: int) -> LeftOut:
    rows = np.flatnonzero(options.lever == number)
    values = problem.value.mean(axis=0)
    best = int(rows[np.argmax(values[rows])])
    worth = float(values[best])
    lever = menu.levers[number]
    pays = float((options.benefit[:, best] > lever.cost_factor * options.outlay[best]).mean())
    affordable = [row for row in rows if choice.alone[row] > 0 and _fits(problem, int(row))]
    reason: Reason = "does_not_pay" if worth <= 0 else "crowded_out" if affordable else "too_dear"
    gain, cost = float(options.benefit[:, best].mean()), float(options.outlay[best])
    sentence = _reason_text(lever.label, reason, (gain, cost, pays))
    return LeftOut(lever.key, lever.label, reason, worth, pays, float(choice.inclusion[number]), sentence)


def _fits(problem: Problem, option: int) -> bool:
    taken = np.zeros(problem.options, dtype=bool)
    taken[option] = True
    return bool((evaluate(problem, taken).debt <= problem.debt_limit + 1e-9).all())


def _reason_text(label: Text, reason: Reason, figures_of: tuple[float, float, float]) -> Text:
    gain, cost, pays = figures_of
    figures = Text(
        f"效益现值{gain:.2f}亿元，成本现值{cost:.2f}亿元，{pays * 100:.0f}%的抽样中划算",
        f"gain {gain / 10:.3f}, cost {cost / 10:.3f} billion yuan in present value; it pays in {pays * 100:.0f} % of draws",
    )
    verdicts = {
        "does_not_pay": Text("不划算", "does not pay"),
        "too_dear": Text("划算，但预算与债务上限容不下", "would pay, but fits neither budget nor debt limit"),
        "crowded_out": Text("单独划算，但同样的钱另有更好的用处", "would pay alone, but the money does more elsewhere"),
    }
    verdict = verdicts[reason]
    return Text(f"{label.zh}{verdict.zh}（{figures.zh}）。", f"{label.en} {verdict.en} ({figures.en}).")


def read_runners_up(menu: Menu, options: Options, choice: Choice) -> tuple[RunnerUp, ...]:
    """Describe the next best plans."""
    return tuple(_runner_up(menu, options, choice, rival) for rival in choice.runners_up)


def _runner_up(menu: Menu, options: Options, choice: Choice, rival: Alternative) -> RunnerUp:
    steps = tuple(
        (menu.levers[options.lever[o]].key, float(menu.sizes[options.size[o]]), int(options.start[o]))
        for o in rival.options.tolist()
    )
    behind = choice.plan.mean - rival.mean
    better = float((rival.worth > choice.plan.worth + 1e-9).mean())
    change = _difference(menu, options, choice.plan, rival)
    return RunnerUp(
        steps,
        rival.mean,
        behind,
        better,
        change
        + Text(
            f"：净现值少{behind:.2f}亿元，{better * 100:.0f}%的抽样中更好。",
            f": {behind / 10:.3f} billion yuan less in net present value, better in {better * 100:.0f} % of draws.",
        ),
    )


def _difference(menu: Menu, options: Options, plan: Alternative, rival: Alternative) -> Text:
    """Say how a plan departs from the recommended one in levers and sizes."""
    ours, theirs = (
        {int(options.lever[o]): float(menu.sizes[options.size[o]]) for o in p.options} for p in (plan, rival)
    )
    parts = []
    for number in sorted(set(ours) | set(theirs)):
        label = menu.levers[number].label
        if number not in theirs:
            parts.append(Text(f"不做{label.zh}", f"without {label.en}"))
        elif number not in ours:
            size = theirs[number]
            half = Text("", "") if size == menu.sizes[-1] else Text(f"（力度{size:g}）", f" (size {size:g})")
            parts.append(Text(f"加上{label.zh}", f"with {label.en}") + half)
        elif ours[number] != theirs[number]:
            size = theirs[number]
            parts.append(Text(f"{label.zh}力度改为{size:g}", f"{label.en} at size {size:g}"))
    return join(parts, "、", ", ")
