"""产业集聚: has the county clusters of its own, and does it lie in one."""

from __future__ import annotations

from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.indicator import Values, dimension


def _surplus(e: Evidence) -> Values:
    return Values(now=e.basic_share(e.census), earlier=e.basic_share(e.census_before), earlier_year=e.census_before)


def _neighbour_quotient(e: Evidence) -> Values:
    return Values(
        now=e.neighbour_mean(e.quotients(e.census)[:, e.industry("C")]),
        earlier=e.neighbour_mean(e.quotients(e.census_before)[:, e.industry("C")]),
        earlier_year=e.census_before,
    )


SPEC = dimension(
    "clustering",
    {
        "basic_share": _surplus,
        "manufacturing_scale": lambda e: Values(
            e.national_share("C", e.census),
            earlier=e.national_share("C", e.census_before),
            earlier_year=e.census_before,
        ),
        "neighbour_manufacturing_lq": _neighbour_quotient,
        "best_quotient": lambda e: e.higher_quotient("CF"),
    },
)
