"""Debt in sentences: the answer, what is missing or estimated, what each case assumes."""

from __future__ import annotations

from collections.abc import Mapping

from bolang.foundation.text import Text, join
from bolang.foundation.units import number_text
from bolang.pages.risk.shocks import shock_text
from bolang.pathway.debt import DebtAssessment
from bolang.pathway.debt.assessment import DebtNote
from bolang.pathway.debt.position import FiscalPosition, item_name
from bolang.pathway.debt.stress import Outcome
from bolang.wording import load

WORDS = load("debt")
DIGITS = {"years": 0, "growth": 1}
"""Decimals of the figures of a case; those of single cases follow."""
CASE_DIGITS = {("growth", "points"): 1, ("rate", "points"): 2}


def answer(found: DebtAssessment) -> Text:
    """Say how near the lines are, and what stress does; or that debt is not published."""
    binding = found.binding
    if binding is None or binding.room is None:
        return WORDS("answer.unknown")
    parts = []
    rate = found.reading("debt_rate").ratio
    if rate is not None and found.band is not None:
        parts.append(WORDS("answer.rate", rate=number_text(rate * 100, 1), band=WORDS(f"band.{found.band}")))
    key = "answer.room" if binding.room >= 0 else "answer.beyond"
    parts.append(WORDS(key, line=WORDS(f"rule.{binding.rule.key}"), room=_yi(abs(binding.room))))
    if found.outcomes:
        tests, before = len(found.outcomes) - 1, found.outcomes[0].crossed
        broken = [test for test in found.newly_crossed if set(test.crossed) - set(before) - {"quota"}]
        if broken:
            cases = join([_broken(test, before) for test in broken], "；", "; ")
            parts.append(WORDS("answer.stress", tests=tests, count=len(broken), cases=cases))
        else:
            parts.append(WORDS("answer.stress.none", tests=tests))
        beyond = [test for test in found.newly_crossed if "quota" in set(test.crossed) - set(before)]
        if beyond:
            cases = join([case_text(test) for test in beyond], "、", ", ")
            parts.append(WORDS("answer.stress.quota", cases=cases))
    return join(parts)


def _broken(test: Outcome, before: Mapping[str, int]) -> Text:
    """Name a case with the lines that it alone crosses, and when."""
    lines = [crossed_text(key, year) for key, year in test.crossed.items() if key not in before and key != "quota"]
    return WORDS("answer.stress.case", case=case_text(test), lines=join(lines, "、", ", "))


def crossed_text(rule: str, year: int) -> Text:
    """Name a line with the year ahead in which it is crossed; of the quota say that its room is used up."""
    if year == 0:
        return WORDS("crossed.now", line=line_text(rule))
    return (
        WORDS("crossed.quota", year=year) if rule == "quota" else WORDS("crossed.year", line=line_text(rule), year=year)
    )


def _yi(value: float) -> Text:
    """Write 亿元 as each language counts: 100 million, or billion yuan."""
    return Text(number_text(value, 1), number_text(value / 10, 2))


def note_text(note: DebtNote, position: FiscalPosition) -> Text:
    """Say what is missing, estimated or of another year."""
    match note.kind:
        case "no_debt" | "no_borrowing":
            return WORDS(f"note.{note.kind}")
        case "interest":
            assert note.rate is not None
            return WORDS("note.interest", rate=number_text(100 * note.rate, 2))
        case "borrowing":
            assert note.amount is not None
            return WORDS("note.borrowing", amount=_yi(note.amount))
        case "other_years":
            named = [WORDS("note.item_of_year", item=item_name(i), year=position.years[i]) for i in note.items]
            return WORDS("note.other_years", items=join(named, "、", ", "))
    return WORDS(f"note.{note.kind}", items=join([item_name(item) for item in note.items], "、", ", "))


def line_text(rule: str) -> Text:
    """Name a line in short."""
    return WORDS(f"rule.{rule}.short")


def case_text(outcome: Outcome) -> Text:
    """Name a case: the baseline, a stress test, or a shock from outside."""
    if f"case.{outcome.key}" in WORDS:
        return WORDS(f"case.{outcome.key}")
    return shock_text(outcome.key, outcome.place)


def assumed_text(outcome: Outcome) -> Text:
    """Say what a case assumes."""
    if f"assumed.{outcome.key}" not in WORDS:
        return WORDS("assumed.trade", gdp=number_text(outcome.figures["gdp"], 2, signed=True))
    figures = {name: _figure(outcome.key, name, value) for name, value in outcome.figures.items()}
    return WORDS(f"assumed.{outcome.key}", **figures)


def _figure(case: str, name: str, value: float) -> str:
    return number_text(value, CASE_DIGITS.get((case, name), DIGITS.get(name, 0)))
