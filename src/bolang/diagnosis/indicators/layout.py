"""空间布局: are people and jobs gathered, or scattered."""

from __future__ import annotations

from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.indicator import Values, dimension


def _neighbour_density(e: Evidence) -> Values:
    return Values(
        now=e.neighbour_mean(e.nonfarm_density(e.census)),
        earlier=e.neighbour_mean(e.nonfarm_density(e.census_before)),
        earlier_year=e.census_before,
    )


SPEC = dimension(
    "layout",
    {
        "urban_share": lambda e: e.census_share(("urban",), "population"),
        "nonfarm_density": lambda e: Values(
            e.nonfarm_density(e.census), earlier=e.nonfarm_density(e.census_before), earlier_year=e.census_before
        ),
        "within_county_movers": lambda e: e.census_share(("migrants_within_county",), "population"),
        "neighbour_density": _neighbour_density,
    },
)
