"""How much debt a plan may owe in each year: the user's limit and the official lines, whichever is lower."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Text, tr
from bolang.pathway.debt import DebtAssessment, rules

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Ceiling:
    """Debt limit of a plan.

    Attributes
    ----------
    limit : ndarray, shape (Y,)
        Greatest debt for the plan at the end of each year, 亿元.
    given : float or None
        The user's limit.
    binding : tuple of str
        In each year what sets the limit: ``given``, ``none`` or the key of a rule.
    note : Text
        How the limit came about.
    """

    limit: Floats
    given: float | None
    binding: tuple[str, ...]
    note: Text


def debt_ceiling(assessment: DebtAssessment, given: float | None, years: int) -> Ceiling:
    """Set the debt limit of a plan.

    With known debt every line's room along the baseline counts, and so does the user's limit if there is one. Without
    debt figures the user's limit is taken as it stands, and without both the plan may not borrow.

    Raises
    ------
    BadInputError
        If the limit is negative.
    """
    check_limit(given)
    if not assessment.outcomes:
        return _without_figures(given, years)
    balance = assessment.outcomes[0].balance
    rooms = {rule.key: rule.room(balance)[1 : years + 1] for rule in rules()}
    known = {key: room for key, room in rooms.items() if not np.isnan(room).any()}
    if given is not None:
        known["given"] = np.full(years, given)
    keys = list(known)
    stacked = np.array([known[key] for key in keys]).reshape(len(keys), years)
    lowest = stacked.argmin(axis=0) if keys else np.zeros(years, int)
    limit = np.maximum(stacked.min(axis=0), 0.0) if keys else np.zeros(years)
    binding = tuple(keys[k] for k in lowest) if keys else ("none",) * years
    first = binding[0]
    labels = {rule.key: rule.label for rule in rules()}
    by = labels.get(first, Text("给定上限", "the limit given"))
    least = float(limit.min())
    return Ceiling(
        limit,
        given,
        binding,
        Text(
            f"方案新增债务逐年不超过各条线的剩余空间与给定上限；首年由“{by.zh}”决定，十年中最紧的一年为{least:.1f}亿元。",
            f"Debt for the plan stays within every line's room and the limit given; in the first year {by.en} decides, in the "
            f"tightest year the limit is {least / 10:.2f} billion yuan.",
        ),
    )


def check_limit(given: float | None) -> None:
    """Refuse a debt limit that is negative or no number.

    Raises
    ------
    BadInputError
    """
    if given is not None and not (np.isfinite(given) and given >= 0):
        raise BadInputError(
            tr(
                f"债务上限应为非负数（亿元），收到 {given}。",
                f"The debt limit should be 0 or more (亿元), got {given}.",
            ),
            tr("不举债请给 0。", "Give 0 to plan without debt."),
        )


def _without_figures(given: float | None, years: int) -> Ceiling:
    if given is None:
        return Ceiling(
            np.zeros(years),
            None,
            ("none",) * years,
            Text(
                "没有债务数据，也没有给出债务上限：方案按不新增债务计算。",
                "Neither debt figures nor a limit are given: the plan does without debt.",
            ),
        )
    return Ceiling(
        np.full(years, given),
        given,
        ("given",) * years,
        Text(
            f"没有债务数据，无法核对各条线：债务上限按给定的{given:.1f}亿元计算。",
            f"Without debt figures the lines cannot be checked: the limit of {given / 10:.2f} billion yuan is taken as given.",
        ),
    )
