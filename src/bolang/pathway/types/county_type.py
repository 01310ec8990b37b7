"""The type of one county, in words, and of all counties as a table for maps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from bolang.atlas.model import County
from bolang.foundation.text import Lang
from bolang.foundation.voice import spoken
from bolang.pathway.types.borders import Crossing, changes
from bolang.pathway.types.classify import Classification, classify
from bolang.pathway.types.evidence import access_values, population_change, town_evidence
from bolang.pathway.types.parts import AXES, BASES, Axis
from bolang.pathway.types.roads import CELLS, Cell, Road
from bolang.pathway.types.special_roads import Situation, road_of, situation
from bolang.pathway.types.town_types import (
    FUNCTIONS,
    LOSS_CLASSES,
    TOWN_TYPES,
    Function,
    LossClass,
    TownType,
    TownTypes,
    town_types,
)

if TYPE_CHECKING:
    import polars as pl

    from bolang.atlas import Atlas


LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Shares of factories and of the services they buy in local jobs over those of the nation, and what either must reach."""

    factories: float
    services: float
    factories_needed: float
    services_needed: float


@dataclass(frozen=True, eq=False)
class CountyType:
    """The type of one county.

    Attributes
    ----------
    county : County
    cell : str or None
        One of `CELLS`; None where the county cannot be classified.
    probability : mapping
        Probability of each type of the report.
    index, margin : mapping
        Index (0-100) of each axis and points above its line.
    changes : tuple of Crossing
        Single changes that would alter the type, nearest line first.
    town_types : mapping
        Probability of each type of the 2022 policy.
    functions : tuple of str
        Special functions that are more likely than not.
    is_county_town : bool
        False for city districts, which the policy does not address.
    population_change : float or None
        Per cent, 2010 to 2020; None where boundaries moved.
    loss : str or None
    situation : str or None
        What sets the county apart from its type.
    shortfall : Shortfall or None
        Where industry ranks above its line and is yet not complete.
    """

    county: County
    cell: Cell | None
    probability: Mapping[Cell, float]
    index: Mapping[Axis, float]
    margin: Mapping[Axis, float]
    changes: tuple[Crossing, ...]
    town_types: Mapping[TownType, float]
    functions: tuple[Function, ...]
    is_county_town: bool
    population_change: float | None
    loss: LossClass | None
    situation: Situation | None = None
    shortfall: Shortfall | None = None

    @property
    def likely_town_types(self) -> tuple[TownType, ...]:
        """Types of the 2022 policy that are more likely than not."""
        return tuple(kind for kind, share in self.town_types.items() if share >= LIKELY)

    @property
    def nearest_line(self) -> Axis:
        """The axis whose line is nearest."""
        return min(self.margin, key=lambda axis: abs(self.margin[axis]))

    def explain(self, lang: Lang = "zh") -> str:
        """Return the type, how sure it is and what would change it as plain text."""
        return spoken("types", self, lang)

    @property
    def road(self) -> Road | None:
        """The road of the type, or that of what sets the county apart from it."""
        return None if self.cell is None else road_of(self.cell, self.situation)


class National:
    """Types of all units, computed once.

    Parameters
    ----------
    atlas : Atlas
    seed : int
        Of the draws behind the probabilities.
    """

    def __init__(self, atlas: Atlas, seed: int = 0) -> None:
        self.atlas = atlas
        self.seed = seed

    @cached_property
    def report_types(self) -> Classification:
        """The source report's types."""
        year = self.atlas.vintage.census
        nation = self.atlas.national_employment(year)
        return classify(self.atlas.employment(year), access_values(self.atlas), seed=self.seed, nation=nation)

    @cached_property
    def town_types(self) -> TownTypes:
        """The five types of the 2022 policy."""
        return town_types(town_evidence(self.atlas), seed=self.seed)

    @cached_property
    def _population_change(self) -> np.ndarray:
        return population_change(self.atlas)

    def of(self, county: County) -> CountyType:
        """Return the type of one county."""
        found, towns, i = self.report_types, self.town_types, county.index
        cell = CELLS[found.cell[i]] if found.cell[i] >= 0 else None
        probability = dict(zip(CELLS, found.probability[i].tolist(), strict=True))
        margin: dict[Axis, float] = dict(zip(AXES, found.margin[i].tolist(), strict=True))
        change = float(self._population_change[i])
        loss = LOSS_CLASSES[towns.loss[i]] if towns.loss[i] >= 0 else None
        moves = changes(found, i)
        apart = None if cell is None else situation(self.atlas, county, cell)
        return CountyType(
            county=county,
            cell=cell,
            probability=probability,
            index=dict(zip(AXES, found.index[i].tolist(), strict=True)),
            margin=margin,
            changes=moves,
            town_types=dict(zip(TOWN_TYPES, towns.probability[i].tolist(), strict=True)),
            functions=towns.functions_of(i),
            is_county_town=county.kind != "district",
            population_change=None if np.isnan(change) else change,
            loss=loss,
            situation=apart,
            shortfall=_shortfall(found, i),
        )

    def frame(self) -> pl.DataFrame:
        """Return types, probabilities and flags of all units, one row a unit, for maps and spreadsheets."""
        import polars as pl

        found, towns = self.report_types, self.town_types
        counties = self.atlas.counties
        columns: dict[str, object] = {
            "code": [c.code for c in counties],
            "name": [c.full_name for c in counties],
            "kind": [c.kind for c in counties],
            "type": [CELLS[k] if k >= 0 else None for k in found.cell],
            "certainty": found.probability.max(axis=1),
        }
        columns |= {f"p_{cell}": found.probability[:, number] for number, cell in enumerate(CELLS)}
        for number, axis in enumerate(AXES):
            columns |= {f"{axis}_index": found.index[:, number], f"{axis}_margin": found.margin[:, number]}
        columns |= {f"p_{key}": towns.probability[:, number] for number, key in enumerate(TOWN_TYPES)}
        columns |= {f"p_{key}": towns.functions[:, number] for number, key in enumerate(FUNCTIONS)}
        columns["population_change"] = self._population_change
        columns["loss"] = [LOSS_CLASSES[k] if k >= 0 else None for k in towns.loss]
        return pl.DataFrame(columns)

    def counts(self) -> dict[str, dict[str, int]]:
        """Count units by type: all units, and county towns (without city districts); policy types overlap."""
        town = np.array([c.kind != "district" for c in self.atlas.counties])
        found, policy = self.report_types, self.town_types
        result = {}
        for scope, mask in (("all", np.ones(town.size, bool)), ("county_towns", town)):
            counted: dict[str, int] = {
                cell: int((found.cell[mask] == number).sum()) for number, cell in enumerate(CELLS)
            }
            likely = np.nan_to_num(policy.probability[mask]) >= 0.5
            counted |= {key: int(likely[:, number].sum()) for number, key in enumerate(TOWN_TYPES)}
            counted["unclassified"] = int((found.cell[mask] < 0).sum())
            result[scope] = counted
        return result


def _shortfall(found: Classification, index: int) -> Shortfall | None:
    """Return why a rank above the line is no complete industry; None where it is one, or ranks below."""
    if found.cell[index] < 0 or found.carried[index] >= 0.0 or found.index[index, 0] < found.lines[0]:
        return None
    factories, services = (float(found.values[index, number]) for number in BASES)
    return Shortfall(factories, services, float(found.floors[0]), float(found.floors[1]))
