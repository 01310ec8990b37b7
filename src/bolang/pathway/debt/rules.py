"""The lines that a county's debt may not cross, how far away each is, and which one binds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from bolang.foundation.parameters import load_parameters
from bolang.measures.fiscal import debt_band

Floats = NDArray[np.float64]
Band = Literal["green", "yellow", "orange", "red"]
Kind = Literal["warning", "restructuring", "quota"]
BANDS: tuple[Band, ...] = get_args(Band)


@dataclass(frozen=True, eq=False)
class Balance:
    """Public finances on arrays of one shape (one county, or paths by years), in 亿元; NaN where unknown.

    Attributes
    ----------
    gdp, resources, expenditure, fund_expenditure
        Output, 综合财力 (general budget, transfers and funds), and spending of the two budgets.
    debt, general_debt, special_debt
        Debt at the end of the year; the two parts are NaN where only the total is known.
    general_interest, special_interest
        Interest paid in the year.
    quota : ndarray
        Debt quota.
    rate : ndarray
        Interest on one more yuan of debt.
    """

    gdp: Floats
    resources: Floats
    expenditure: Floats
    fund_expenditure: Floats
    debt: Floats
    general_debt: Floats
    special_debt: Floats
    general_interest: Floats
    special_interest: Floats
    quota: Floats
    rate: Floats


@dataclass(frozen=True, slots=True)
class Rule:
    """One line.

    Attributes
    ----------
    key, source
        Name in code, document that draws the line.
    line : float
        Greatest permitted ratio.
    ratio, room : callable
        Ratio, and 亿元 of further debt up to the line (negative beyond it), on the arrays of a `Balance`.
    kind : {'warning', 'restructuring', 'quota'}
        Whether crossing means a warning grade, fiscal restructuring, or a breach of the quota.
    """

    key: str
    line: float
    kind: Kind
    source: str
    ratio: Callable[[Balance], Floats]
    room: Callable[[Balance], Floats]
    allowed: Callable[[Balance], Floats]


def rules() -> tuple[Rule, ...]:
    """Return the lines in force, with their values from the cited parameters of `bolang.measures`."""
    cited = load_parameters("bolang.measures")
    return (
        _stock_rule(
            "debt_rate",
            debt_rate_lines()["yellow"],
            base=lambda b: b.resources,
            source=cited["debt_rate_bands"].source,
        ),
        _interest_rule(
            "general_interest",
            interest=lambda b: b.general_interest,
            spending=lambda b: b.expenditure,
        ),
        _interest_rule(
            "special_interest",
            interest=lambda b: b.special_interest,
            spending=lambda b: b.fund_expenditure,
        ),
        _stock_rule(
            "quota",
            1.0,
            base=lambda b: b.quota,
            kind="quota",
            source="Budget Law of the PRC (2014), article 35, and 财预〔2015〕225号: debt stays within its quota",
        ),
    )


def debt_rate_lines() -> dict[str, float]:
    """Lower limits of the yellow, orange and red bands of the debt rate, as shares."""
    bands = load_parameters("bolang.measures")["debt_rate_bands"].value
    assert isinstance(bands, dict)
    return {str(name): float(line) / 100.0 for name, line in bands.items()}


def band(debt_rate: float) -> Band:
    """Band of a debt rate (a share, not a percentage); a line belongs to the band above it."""
    return BANDS[int(debt_band([100.0 * debt_rate])[0])]


def _stock_rule(
    key: str,
    line: float,
    *,
    base: Callable[[Balance], Floats],
    kind: Kind = "warning",
    source: str,
) -> Rule:
    return Rule(
        key,
        line,
        kind,
        source,
        ratio=lambda b: _divide(b.debt, base(b)),
        room=lambda b: line * base(b) - b.debt,
        allowed=lambda b: line * base(b),
    )


def _interest_rule(key: str, *, interest: Callable[[Balance], Floats], spending: Callable[[Balance], Floats]) -> Rule:
    cited = load_parameters("bolang.measures")["interest_burden_line"]
    line = cited.number / 100.0
    return Rule(
        key,
        line,
        "restructuring",
        cited.source,
        ratio=lambda b: _divide(interest(b), spending(b)),
        room=lambda b: _divide(line * spending(b) - interest(b), b.rate),
        allowed=lambda b: _divide(line * spending(b), b.rate),
    )


def _divide(top: Floats, bottom: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(bottom > 0, top / bottom, np.nan))
