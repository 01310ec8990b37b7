"""The four shortcomings and three advantages of the source report, one file each."""

from bolang.diagnosis.indicator import DimensionSpec
from bolang.diagnosis.indicators import (
    attraction,
    circulation,
    clustering,
    industry_level,
    layout,
    opening,
    synergy,
)

DIMENSIONS: tuple[DimensionSpec, ...] = (
    industry_level.SPEC,
    layout.SPEC,
    clustering.SPEC,
    circulation.SPEC,
    attraction.SPEC,
    synergy.SPEC,
    opening.SPEC,
)
