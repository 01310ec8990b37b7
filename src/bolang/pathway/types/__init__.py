"""Types of counties: the source report's four, the policy's five, and population loss."""

from bolang.pathway.types.borders import Crossing, changes
from bolang.pathway.types.classify import Classification, classify
from bolang.pathway.types.county_type import CountyType, National
from bolang.pathway.types.parts import AXES, PARTS
from bolang.pathway.types.roads import CELLS, ROADS, Road
from bolang.pathway.types.town_types import (
    FUNCTIONS,
    LOSS_CLASSES,
    TOWN_TYPES,
    TownEvidence,
    TownTypes,
    town_types,
)

__all__ = [
    "AXES",
    "CELLS",
    "FUNCTIONS",
    "LOSS_CLASSES",
    "PARTS",
    "ROADS",
    "TOWN_TYPES",
    "Classification",
    "CountyType",
    "Crossing",
    "National",
    "Road",
    "TownEvidence",
    "TownTypes",
    "changes",
    "classify",
    "town_types",
]
