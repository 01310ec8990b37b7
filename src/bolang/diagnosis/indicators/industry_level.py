"""产业层次: does the county live from industries that pay, and from skills."""

from __future__ import annotations

from bolang.atlas.industries import MODERN_SERVICES
from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.indicator import Values, dimension

_COLLEGE = tuple(f"education_{level}_{sex}" for level in ("college", "bachelor") for sex in ("male", "female"))


def _gdp_per_head(e: Evidence) -> Values:
    return Values(
        now=e.gdp_per_head(e.census),
        earlier=e.gdp_per_head(e.census_before),
        earlier_year=e.census_before,
        estimated=e.gdp_estimated(e.census),
    )


def _complexity(e: Evidence) -> Values:
    return Values(now=e.complexity(e.census), earlier=e.complexity(e.census_before), earlier_year=e.census_before)


SPEC = dimension(
    "industry_level",
    {
        "gdp_per_head": _gdp_per_head,
        "manufacturing_lq": lambda e: e.quotient("C"),
        "modern_services_share": lambda e: e.industry_share(MODERN_SERVICES),
        "farm_share": lambda e: e.industry_share("A"),
        "college_share": lambda e: e.census_share(_COLLEGE, "population"),
        "professional_share": lambda e: e.occupation_share("occupation_professionals"),
        "complexity": _complexity,
    },
)
