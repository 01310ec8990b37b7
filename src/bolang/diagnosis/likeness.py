"""The features by which counties are compared, in four blocks."""

from __future__ import annotations

import numpy as np

from bolang.diagnosis.evidence import Array, Evidence, percent
from bolang.diagnosis.peers import Likeness, standardise


def build_likeness(evidence: Evidence) -> Likeness:
    """Collect the standardised features of all units.

    Structure is the square root of the 19 employment shares (Hellinger distance, left on its own scale); size is
    population and area; income is GDP per head, schooling and cars; location is density and the travel
    times to an ocean port and to a city above five million. All but structure are centred on the median and scaled by the interquartile range.
    """
    e = evidence.employment(evidence.census)
    shares = e / e.sum(axis=1, keepdims=True)
    population = evidence.column("population", evidence.census)
    income = evidence.gdp_per_head(evidence.census)
    cars = percent(evidence.column("housing_car", evidence.census), evidence.column("housing_sample", evidence.census))
    density = population / evidence.area
    hours = [evidence.access(name) for name in ("port_hours", "metropolis_minutes")]
    blocks = {
        "structure": np.sqrt(shares),
        "size": standardise(np.log(np.column_stack([population, evidence.area]))),
        "income": standardise(
            np.column_stack([_log(income), evidence.column("mean_schooling", evidence.census), cars])
        ),
        "location": standardise(np.column_stack([np.log(density), *(_log(h) for h in hours)])),
    }
    revenue, spending = (evidence.accounts(name) for name in ("fiscal_revenue", "fiscal_expenditure"))
    per_head = 1e4 * revenue / population
    fiscal = np.column_stack([_log(per_head), percent(revenue, spending), _log(1e4 * spending / population)])
    return Likeness(
        blocks=blocks,
        fiscal=standardise(fiscal),
        revenue_per_head=per_head,
        manufacturing_share=100.0 * shares[:, evidence.industry("C")],
        population=population,
        income=income,
        hours_to_port=hours[0],
    )


def _log(values: Array) -> Array:
    return np.log(values, out=np.full(len(values), np.nan), where=np.nan_to_num(values) > 0)
