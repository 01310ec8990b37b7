"""Which neighbours to join, in which industries, and which links are missing."""

from bolang.pathway.neighbours.advice import Cluster, MissingLink, Neighbours, Opportunity, Surroundings
from bolang.pathway.neighbours.cities import City, Pull, core_cities, pulls

__all__ = [
    "City",
    "Cluster",
    "MissingLink",
    "Neighbours",
    "Opportunity",
    "Pull",
    "Surroundings",
    "core_cities",
    "pulls",
]
