"""营商环境与要素吸引: do people and firms come and stay.

No authority publishes a measure of the business environment for every county. These indicators are its
outcomes, people vote with their feet, and what the treasury and the banks can carry. The verdict says so.
"""

from __future__ import annotations

from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.indicator import Values, dimension

_YOUNG = tuple(f"{sex}_{start}_{start + 4}" for start in (20, 25, 30, 35) for sex in ("male", "female"))


def _population_change(e: Evidence) -> Values:
    return Values(now=e.change("population"))


SPEC = dimension(
    "attraction",
    {
        "migrant_share": lambda e: e.census_share(
            ("migrants_within_province", "migrants_other_province"), "population"
        ),
        "other_province_share": lambda e: e.census_share(("migrants_other_province",), "population"),
        "population_change": _population_change,
        "young_share": lambda e: e.census_share(_YOUNG, "population"),
        "business_services_lq": lambda e: e.quotient("L"),
        "self_sufficiency": lambda e: e.latest_ratio("fiscal_revenue", "fiscal_expenditure"),
        "loans_to_gdp": lambda e: e.latest_ratio("loans", "gdp"),
        "debt_to_gdp": lambda e: e.latest_ratio("debt_balance", "gdp"),
    },
)
