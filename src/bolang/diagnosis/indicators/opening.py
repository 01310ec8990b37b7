"""转型与开放: does the county change, go online and sell abroad."""

from __future__ import annotations

from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.indicator import Values, dimension

OPENING_POLICIES = ("market_procurement", "cross_border_zone", "bonded_zone", "free_trade_zone")


def _taobao(e: Evidence) -> Values:
    return Values(now=e.taobao_per_100k(), year=e.atlas.vintage.taobao)


SPEC = dimension(
    "opening",
    {
        "exports_to_gdp": lambda e: e.exports_to_gdp(),
        "taobao_per_100k": _taobao,
        "opening_policies": lambda e: e.policies_in_place(OPENING_POLICIES),
        "information_lq": lambda e: e.quotient("I"),
        "structural_change": lambda e: Values(now=e.structural_change()),
        "total_shift": lambda e: Values(now=e.regional_shift_total()),
    },
)
