"""商贸流通: do goods pass through the county, and how far is it from ports and markets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.indicator import Values, dimension


def _market_potential(e: Evidence) -> Values:
    potential = e.modelled_access("harris_all")
    return replace(potential, now=100.0 * potential.now / np.median(potential.now))


SPEC = dimension(
    "circulation",
    {
        "wholesale_retail_lq": lambda e: e.quotient("F"),
        "transport_lq": lambda e: e.quotient("G"),
        "port_cost": lambda e: e.modelled_access("port_cost"),
        "terminal_hours": lambda e: e.modelled_access("terminal_hours"),
        "metropolis_minutes": lambda e: e.modelled_access("metropolis_minutes"),
        "market_potential": _market_potential,
    },
)
