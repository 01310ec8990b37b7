"""A county's debt, assessed: ratios, lines, the binding one, ten years ahead, stress; or what public figures allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Lang
from bolang.foundation.voice import spoken
from bolang.measures.fiscal import land_dependence, self_sufficiency, tax_share
from bolang.pathway.debt.dynamics import stabilising_balance
from bolang.pathway.debt.outlook import Assumptions, project
from bolang.pathway.debt.position import ITEMS, FiscalPosition
from bolang.pathway.debt.rules import Balance, Band, Rule, band, rules
from bolang.pathway.debt.stress import Fan, Outcome, Stress, fans, outcome, standard_stresses

Floats = NDArray[np.float64]

NEEDS: dict[str, tuple[str, ...]] = {
    "debt_rate": ("debt", "revenue", "transfers", "fund_revenue"),
    "general_interest": ("general_debt", "special_debt", "expenditure"),
    "special_interest": ("general_debt", "special_debt", "fund_expenditure"),
    "quota": ("debt", "quota"),
}
"""Items that each rule needs."""
_STRESS_NEEDS = {"growth": "gdp", "revenue": "revenue", "land": "fund_revenue"}


@dataclass(frozen=True, slots=True)
class RuleReading:
    """One line, read on one county.

    Attributes
    ----------
    rule : Rule
    ratio : float or None
        Today's ratio (a share).
    room : float or None
        亿元 of further debt up to the line; negative beyond it.
    allowed : float or None
        亿元 of debt at the line, which needs no debt figure.
    missing : tuple of str
        Items that are not known.
    estimated : bool
        Whether interest was put in at the national average rate.
    """

    rule: Rule
    ratio: float | None
    room: float | None
    allowed: float | None
    missing: tuple[str, ...]
    estimated: bool


@dataclass(frozen=True, slots=True)
class DebtNote:
    """What is missing, estimated or of another year.

    Attributes
    ----------
    kind : {'no_debt', 'no_borrowing', 'borrowing', 'missing', 'interest', 'estimated', 'other_years'}
    items : tuple of str
        Items that it is about.
    rate : float or None
        The interest rate that was put in, as a share.
    amount : float or None
        亿元 borrowed in the last year beyond what fell due, which the baseline repeats.
    """

    kind: Literal["no_debt", "no_borrowing", "borrowing", "missing", "interest", "estimated", "other_years"]
    items: tuple[str, ...] = ()
    rate: float | None = None
    amount: float | None = None


@dataclass(frozen=True, eq=False)
class DebtAssessment:
    """What can be said of a county's debt.

    Attributes
    ----------
    position : FiscalPosition
    ratios : mapping
        ``self_sufficiency``, ``tax_share``, ``land_dependence`` (of land revenue where published, otherwise of
        government funds) as shares, where they can be computed.
    readings : tuple of RuleReading
        Every line, computed or not.
    band : {'green', 'yellow', 'orange', 'red'} or None
        Band of the debt rate.
    binding : RuleReading or None
        The line with the least room, None without debt figures.
    tightest : RuleReading or None
        The line that allows the least debt by public figures.
    stabilising : float or None
        Balance before interest, as a share of GDP, that holds debt to GDP constant.
    outcomes : tuple of Outcome
        Baseline first, then the stress tests; empty without debt figures.
    fans : mapping from rule key to Fan
    assumptions : Assumptions
    growth_deviation : float
        Standard deviation of nominal growth used in stress and fans.
    notes : tuple of DebtNote
        What is missing or estimated.
    """

    position: FiscalPosition
    ratios: Mapping[str, float]
    readings: tuple[RuleReading, ...]
    band: Band | None
    binding: RuleReading | None
    tightest: RuleReading | None
    stabilising: float | None
    outcomes: tuple[Outcome, ...]
    fans: Mapping[str, Fan]
    assumptions: Assumptions
    growth_deviation: float
    notes: tuple[DebtNote, ...]

    @property
    def room(self) -> float | None:
        """亿元 of further debt before the binding line; None where debt is unknown."""
        return None if self.binding is None else self.binding.room

    @property
    def newly_crossed(self) -> tuple[Outcome, ...]:
        """Stress tests that cross a line which the baseline keeps."""
        if not self.outcomes:
            return ()
        baseline, *tests = self.outcomes
        return tuple(test for test in tests if set(test.crossed) - set(baseline.crossed))

    def explain(self, lang: Lang = "zh") -> str:
        """Return the answer and what is missing or estimated as plain text."""
        return spoken("debt", self, lang)

    def reading(self, key: str) -> RuleReading:
        """Return the reading of one rule."""
        return next(r for r in self.readings if r.rule.key == key)


def assess(
    position: FiscalPosition,
    assumptions: Assumptions | None = None,
    growth_deviation: float | None = None,
    *,
    stresses: Sequence[Stress] = (),
    plan_debt: Floats | None = None,
    draws: int = 2000,
    seed: int = 0,
) -> DebtAssessment:
    """Assess debt; nothing that is unknown is filled in, except interest at the cited national average (marked).

    Parameters
    ----------
    position : FiscalPosition
    assumptions : Assumptions, optional
        By default the cited parameters.
    growth_deviation : float, optional
        Standard deviation of the county's nominal growth; by default the cited one.
    stresses : sequence of Stress
        Further stress tests, such as trade shocks from the model.
    plan_debt : ndarray, shape (T,), optional
        Debt that a plan would owe at the end of each year.
    draws, seed : int
        For the fan charts.
    """
    ahead = assumptions or Assumptions.from_parameters()
    deviation = (
        load_parameters("bolang.pathway.debt").number("growth_deviation")
        if growth_deviation is None
        else growth_deviation
    )
    ahead = _continue_borrowing(position, ahead)
    balance = project(position, ahead)
    readings = tuple(_read(rule, position, balance, ahead) for rule in rules())
    with_room = [r for r in readings if r.room is not None]
    with_line = [r for r in readings if r.allowed is not None]
    debt_rate = next(r.ratio for r in readings if r.rule.key == "debt_rate")
    known = position.total_debt is not None
    outcomes = _outcomes(position, ahead, deviation, stresses, plan_debt) if known else ()
    binding = min(with_room, key=lambda r: r.room or 0.0, default=None)
    tightest = min(with_line, key=lambda r: r.allowed or 0.0, default=None)
    return DebtAssessment(
        position=position,
        ratios=fiscal_ratios(position),
        readings=readings,
        band=None if debt_rate is None else band(debt_rate),
        binding=binding,
        tightest=tightest,
        stabilising=_stabilising(position, ahead),
        outcomes=outcomes,
        fans=fans(position, ahead, deviation, plan_debt, draws=draws, seed=seed) if known else {},
        assumptions=ahead,
        growth_deviation=deviation,
        notes=_notes(position, ahead, readings),
    )


def fiscal_ratios(position: FiscalPosition) -> dict[str, float]:
    """Self-sufficiency, tax share and land dependence, as shares, where both sides are known and of one year."""
    land = "fund_revenue" if position.land_revenue is None else "land_revenue"

    def beside(name: str) -> list[float]:
        same_year = position.year_of(name) == position.year_of("revenue")
        return [position.value(name) if same_year else float("nan")]

    revenue = [position.value("revenue")]
    found = {
        "self_sufficiency": self_sufficiency(revenue, beside("expenditure")),
        "tax_share": tax_share(beside("tax"), revenue),
        "land_dependence": land_dependence(beside(land), revenue),
    }
    return {name: float(value[0]) for name, value in found.items() if np.isfinite(value[0])}


def _continue_borrowing(position: FiscalPosition, assumptions: Assumptions) -> Assumptions:
    """Without a borrowing plan, go on as in the last year where the year before is known; otherwise borrow nothing."""
    total = position.total_debt
    if assumptions.new_debt or total is None or not total or position.debt_before is None:
        return assumptions
    repaid = (1.0 - assumptions.refinanced) / assumptions.remaining_years["total"] * position.debt_before
    share = max(total - position.debt_before + repaid, 0.0) / total
    return replace(assumptions, new_debt=dict.fromkeys(("general", "special", "total"), share))


def _read(rule: Rule, position: FiscalPosition, balance: Balance, assumptions: Assumptions) -> RuleReading:
    def now(values: Floats) -> float | None:
        first = float(np.asarray(values)[..., 0])
        return first if np.isfinite(first) else None

    stock = replace(balance, rate=np.full_like(balance.rate, assumptions.effective_rate))
    missing = tuple(
        name for name in NEEDS[rule.key] if (position.total_debt if name == "debt" else getattr(position, name)) is None
    )
    interest = {"general_interest": position.general_interest, "special_interest": position.special_interest}
    return RuleReading(
        rule=rule,
        ratio=now(rule.ratio(balance)),
        room=now(rule.room(balance)),
        allowed=now(rule.allowed(stock)),
        missing=missing,
        estimated=rule.key in interest and interest[rule.key] is None,
    )


def _outcomes(
    position: FiscalPosition,
    assumptions: Assumptions,
    deviation: float,
    stresses: Sequence[Stress],
    plan_debt: Floats | None,
) -> tuple[Outcome, ...]:
    able = [
        stress
        for stress in standard_stresses(assumptions, deviation)
        if stress.key not in _STRESS_NEEDS or getattr(position, _STRESS_NEEDS[stress.key]) is not None
    ]
    return tuple(outcome(position, assumptions, stress, plan_debt) for stress in (None, *able, *stresses))


def _stabilising(position: FiscalPosition, assumptions: Assumptions) -> float | None:
    if position.total_debt is None or not position.gdp:
        return None
    ratio = position.total_debt / position.gdp
    return float(stabilising_balance(ratio, assumptions.effective_rate, assumptions.growth.mean()))


def _notes(position: FiscalPosition, assumptions: Assumptions, readings: Sequence[RuleReading]) -> tuple[DebtNote, ...]:
    notes = []
    if position.total_debt is None:
        notes.append(DebtNote("no_debt"))
    elif not assumptions.new_debt:
        notes.append(DebtNote("no_borrowing"))
    elif position.debt_before is not None and assumptions.new_debt.get("total", 0.0) > 0:
        notes.append(DebtNote("borrowing", amount=assumptions.new_debt["total"] * position.total_debt))
    absent = sorted({name for reading in readings for name in reading.missing}, key=ITEMS.index)
    if absent:
        notes.append(DebtNote("missing", tuple(absent)))
    if any(reading.estimated and reading.ratio is not None for reading in readings):
        notes.append(DebtNote("interest", rate=assumptions.effective_rate))
    if position.estimated:
        notes.append(DebtNote("estimated", position.estimated))
    old = {name: year for name, year in position.years.items() if year != position.year}
    if old:
        notes.append(DebtNote("other_years", tuple(old)))
    return tuple(notes)
