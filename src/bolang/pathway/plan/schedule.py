"""What a plan costs the county's treasury year by year, and what residents would have to gain in return."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bolang.pathway.plan.account import Account

ENDS = (1, 2, 3, 4, 5, 10, 15)
"""Last years of the spans: the first five years one by one, then five at a time."""


@dataclass(frozen=True, slots=True)
class CashSpan:
    """A year of the plan, or the mean year of several; money in 亿元 at constant prices.

    Attributes
    ----------
    first, last : int
        Years from the start, the first year being 1.
    once, running : float
        What the treasury pays for building, and for running what is built.
    needed : float
        What residents would have to gain, all payers' costs counted, for the plan just to break even: it builds up, then
        fades as effects do.
    """

    first: int
    last: int
    once: float
    running: float
    needed: float

    @property
    def paid(self) -> float:
        """All that the treasury pays."""
        return self.once + self.running


def schedule(accounts: Iterable[Account]) -> tuple[CashSpan, ...]:
    """Add the accounts of measures up by span of years; empty where there is none."""
    listed = list(accounts)
    if not listed:
        return ()
    once = np.sum([found.once for found in listed], axis=0)
    running = np.sum([found.kept for found in listed], axis=0)
    needed = np.sum([found.needed * np.array(found.course) for found in listed], axis=0)
    spans, first = [], 1
    for last in (end for end in ENDS if end <= len(once)):
        years = slice(first - 1, last)
        spans.append(CashSpan(first, last, *(float(np.mean(values[years])) for values in (once, running, needed))))
        first = last + 1
    return tuple(spans)
