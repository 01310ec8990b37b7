"""贸工联动: do trade and industry feed each other."""

from __future__ import annotations

from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.indicator import Values, dimension


def _coupling(e: Evidence) -> Values:
    return Values(
        now=e.trade_industry_coupling(e.census),
        earlier=e.trade_industry_coupling(e.census_before),
        earlier_year=e.census_before,
    )


SPEC = dimension(
    "synergy",
    {
        "weaker_leg": lambda e: e.lower_quotient("CF"),
        "coupling": _coupling,
        "trade_shift": lambda e: Values(now=e.regional_shift("F")),
        "manufacturing_shift": lambda e: Values(now=e.regional_shift("C")),
    },
)
