"""What a plan says: what to do, when, at what cost, for what gain, how surely, and what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from bolang.atlas.model import County
from bolang.foundation.text import Lang, Text
from bolang.pathway.debt import DebtAssessment
from bolang.pathway.plan.ceiling import Ceiling
from bolang.pathway.plan.choice import Choice
from bolang.pathway.plan.menu import Goal, Menu
from bolang.pathway.plan.options import Options, Terms

if TYPE_CHECKING:
    import polars as pl

    from bolang.pathway.neighbours import Neighbours
    from bolang.pathway.plan.check import ModelCheck
    from bolang.pathway.risk import CrossBorderRisk
    from bolang.pathway.types import CountyType

Reason = Literal["does_not_pay", "too_dear", "crowded_out", "no_evidence", "not_possible", "in_place"]


@dataclass(frozen=True, slots=True)
class Step:
    """One lever of the recommended plan.

    Attributes
    ----------
    lever, label : str, Text
    size : float
        In units of the lever's standard size.
    start : int
        Year of the start, 0 for now.
    years : float
        Years until the effect is complete.
    cost : float
        What the county pays in all, 亿元 (undiscounted, without contingency).
    benefit, low, high : float
        Present value of the gain: mean, 5 and 95 % over the draws, 亿元.
    pays : float
        Share of draws in which the lever alone is worth its cost.
    best : float
        Share of draws in which the best plan in hindsight contains the lever.
    evidence, condition : Text
        How good the evidence is, and what has to be given.
    firm : bool
        Whether the lever belongs to the best plan in so many draws that it counts as robust.
    """

    lever: str
    label: Text
    size: float
    start: int
    years: float
    cost: float
    benefit: float
    low: float
    high: float
    pays: float
    best: float
    evidence: Text
    condition: Text
    firm: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A lever that the plan does without.

    Attributes
    ----------
    lever, label : str, Text
    reason : {'does_not_pay', 'too_dear', 'crowded_out', 'no_evidence', 'not_possible', 'in_place'}
        Worth less than it costs; beyond budget and debt limit even alone; better things to do with the money; not offered
        because nobody has measured its effect; because the county lacks its condition; or because it has it already.
    worth : float
        Net present value of its best option alone, without interest, 亿元.
    pays : float
        Share of draws in which that option is worth its cost.
    best : float
        Share of draws in which the best plan in hindsight contains the lever.
    sentence : Text
    """

    lever: str
    label: Text
    reason: Reason
    worth: float
    pays: float
    best: float
    sentence: Text


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """A plan that came close.

    Attributes
    ----------
    steps : tuple of (str, float, int)
        Lever, size and start.
    worth : float
        Net present value, 亿元.
    behind : float
        How much less than the recommended plan, 亿元.
    better : float
        Share of draws in which it beats the recommended plan.
    sentence : Text
    """

    steps: tuple[tuple[str, float, int], ...]
    worth: float
    behind: float
    better: float
    sentence: Text


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a brief.

    Attributes
    ----------
    key : {'type', 'steps', 'certainty', 'left_out', 'money', 'neighbours', 'risk', 'check'}
    heading, text : Text
    """

    key: str
    heading: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Brief:
    """One page for those who decide: the top line first.

    Attributes
    ----------
    top_line : Text
    points : tuple of Point
        In the order of reading.
    figures : tuple of (Text, str)
        Label and value of the few numbers that matter.
    caveats : tuple of Text
    """

    top_line: Text
    points: tuple[Point, ...]
    figures: tuple[tuple[Text, Text], ...]
    caveats: tuple[Text, ...]


@dataclass(frozen=True, eq=False)
class Plan:
    """A plan for one county.

    Attributes
    ----------
    county : County
    goal : {'income', 'gdp', 'revenue'}
    budget : float
        Own money, 亿元.
    budget_is_illustration : bool
    ceiling : Ceiling
    steps : tuple of Step
        The recommended plan in order of time; empty if nothing pays.
    left_out : tuple of LeftOut
    runners_up : tuple of RunnerUp
    worth, low, high : float
        Net present value of the plan: mean, 5 and 95 %, 亿元.
    robust : tuple of float
        Net present value without the doubtful steps: mean, 5 and 95 %, 亿元.
    returns, outlay : float
        Present value of additional general budget revenue over the years of finance (expected), and of the cost, 亿元.
    choice : Choice
        The answer on arrays: debt path, price of debt, share of draws in which the plan holds.
    debt : DebtAssessment
        Public finances with the plan's debt.
    county_type, neighbours, risk
        Type and road, neighbours to join, cross-border risk.
    menu, options, terms
        What was chosen from, for reports and tests.
    notes : tuple of Text
    brief : Brief
    check : ModelCheck or None
        The recommended levers solved together in the model, with who gains and loses; None before that is done.
    """

    county: County
    goal: Goal
    budget: float
    budget_is_illustration: bool
    ceiling: Ceiling
    steps: tuple[Step, ...]
    left_out: tuple[LeftOut, ...]
    runners_up: tuple[RunnerUp, ...]
    worth: float
    low: float
    high: float
    robust: tuple[float, float, float]
    returns: float
    outlay: float
    choice: Choice
    debt: DebtAssessment
    county_type: CountyType | None
    neighbours: Neighbours | None
    risk: CrossBorderRisk | None
    menu: Menu
    options: Options
    terms: Terms
    notes: tuple[Text, ...]
    brief: Brief
    check: ModelCheck | None = None

    def with_check(self, check: ModelCheck | None) -> Plan:
        """Return the plan with the model's check, which becomes a point of the brief."""
        if check is None:
            return self
        points = (*self.brief.points, Point("check", Text("放回模型核对", "Checked in the model"), check.sentence))
        return replace(self, check=check, brief=replace(self.brief, points=points))

    @property
    def holds(self) -> float:
        """Share of draws in which no other combination of levers and sizes is better."""
        return self.choice.holds

    def to_frame(self, lang: Lang = "zh") -> pl.DataFrame:
        """Return all levers as rows: chosen ones with size, start, cost and gain, the others with the reason."""
        import polars as pl

        chosen = [
            {
                "lever": step.lever,
                "name": step.label.in_(lang),
                "chosen": True,
                "size": step.size,
                "start": step.start,
                "cost": step.cost,
                "benefit": step.benefit,
                "low": step.low,
                "high": step.high,
                "pays": step.pays,
                "best": step.best,
                "reason": "",
            }
            for step in self.steps
        ]
        others = [
            {
                "lever": left.lever,
                "name": left.label.in_(lang),
                "chosen": False,
                "size": None,
                "start": None,
                "cost": None,
                "benefit": None,
                "low": None,
                "high": None,
                "pays": left.pays,
                "best": left.best,
                "reason": left.sentence.in_(lang),
            }
            for left in self.left_out
        ]
        return pl.DataFrame(chosen + others, infer_schema_length=None)

    def explain(self, lang: Lang = "zh") -> str:
        """Return the one-page brief as plain text."""
        lines = [self.brief.top_line.in_(lang), ""]
        colon = "：" if lang == "zh" else ": "
        lines += [point.heading.in_(lang) + colon + point.text.in_(lang) for point in self.brief.points]
        lines += ["", *(f"- {caveat.in_(lang)}" for caveat in self.brief.caveats)]
        return "\n".join(lines)
