"""The type of one county, in words, and of all counties as a table for maps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from bolang.atlas.model import County
from bolang.foundation.text import Text, join
from bolang.pathway.types.borders import Crossing, changes
from bolang.pathway.types.classify import Classification, classify
from bolang.pathway.types.evidence import access_values, population_change, town_evidence
from bolang.pathway.types.parts import AXES, AXIS_TEXT, BASES, Axis
from bolang.pathway.types.roads import CELLS, ROADS, Cell, Road
from bolang.pathway.types.special_roads import Situation, road_of, situation
from bolang.pathway.types.town_types import (
    FUNCTIONS,
    LOSS_CLASSES,
    LOSS_TEXT,
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
    headline, border : Text
        The finding; how sure it is and what would change it.
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
    headline: Text
    border: Text
    situation: Situation | None = None

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
            headline=_headline(
                county, None if cell is None else road_of(cell, apart), probability, towns, (loss, change)
            ),
            border=_border(cell, probability, margin, moves) + _base(found, i),
            situation=apart,
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


def _headline(
    county: County,
    road: Road | None,
    probability: Mapping[Cell, float],
    towns: TownTypes,
    loss: tuple[LossClass | None, float],
) -> Text:
    if road is None:
        return Text(f"{county.name}资料不足，无法分类。", f"{county.name} cannot be classified: data are missing.")
    cell = road.key
    sure = probability[cell] >= 0.5
    parts = [
        Text(
            f"{county.name}{'属' if sure else '处于几类之间，最接近'}“{road.label.zh}”型（概率"
            f"{_percent(probability[cell])}%），适合的路径是{road.road.zh}。",
            f"{county.english} is {'of the type' if sure else 'between types, nearest to'} “{road.label.en}” "
            f"({_percent(probability[cell])} % likely); the road that fits: {road.road.en}.",
        )
    ]
    if county.kind != "district":
        types = towns.of(county.index)
        names = [
            TOWN_TYPES[key] + _functions_text(towns, county.index) if key == "specialised" else TOWN_TYPES[key]
            for key in types
        ]
        if names:
            listed = join(names, "、", "; ")
            parts.append(Text("按2022年县城分类：", "By the county-town policy of 2022: ") + listed + Text("。", "."))
    kind, change = loss
    if kind not in (None, "none"):
        parts.append(
            Text(
                f"2010—2020年人口{change:+.1f}%（{LOSS_TEXT[kind].zh}）。",
                f"Population {change:+.1f} % from 2010 to 2020 ({LOSS_TEXT[kind].en}).",
            )
        )
    return join(parts)


def _percent(share: float) -> str:
    """Write a share in per cent; thresholds are drawn from a range, so nothing is ever certain."""
    return ">99" if share > 0.995 else f"{share * 100:.0f}"


def _functions_text(towns: TownTypes, index: int) -> Text:
    functions = [FUNCTIONS[key] for key in towns.functions_of(index)]
    return Text("（", " (") + join(functions, "、", ", ") + Text("）", ")") if functions else Text("", "")


def _base(found: Classification, index: int) -> Text:
    """Say why a rank above the line is no complete industry."""
    if found.cell[index] < 0 or found.carried[index] >= 0.0 or found.index[index, 0] < found.lines[0]:
        return Text("", "")
    factories, services = (found.values[index, number] for number in BASES)
    return Text(
        f"就业份额上，制造业只有全国的{factories:.2f}倍、流通与生产性服务业{services:.2f}倍，齐全至少要{found.floors[0]:g}倍或{found.floors[1]:g}倍。",
        f" Factories employ {factories:.2f} times the nation's share and the services they buy {services:.2f} times: "
        f"a complete industry has {found.floors[0]:g} or {found.floors[1]:g}.",
    )


def _border(
    cell: Cell | None, probability: Mapping[Cell, float], margin: Mapping[Axis, float], moves: tuple[Crossing, ...]
) -> Text:
    if cell is None:
        return Text("", "")
    nearest = min(margin, key=lambda axis: abs(margin[axis]))
    points = margin[nearest]
    parts = [
        Text(
            f"{AXIS_TEXT[nearest].zh}指数{'高于' if points >= 0 else '低于'}门槛{abs(points):.0f}分，是最近的边界。",
            f"The nearest line is {AXIS_TEXT[nearest].en}, {abs(points):.0f} points "
            f"{'above' if points >= 0 else 'below'} it.",
        )
    ]
    second = max((c for c in probability if c != cell), key=lambda c: probability[c])
    if probability[second] >= 0.1:
        parts.append(
            Text(
                f"也可能属“{ROADS[second].label.zh}”型（{_percent(probability[second])}%）。",
                f"It may also be “{ROADS[second].label.en}” ({_percent(probability[second])} %).",
            )
        )
    near = [move for move in moves if move.axis == nearest]
    parts.extend(move.sentence for move in near[:1])
    if not near:
        parts.append(
            Text("单独改变任何一项都不足以跨过这条线。", "No single part could carry the county across this line.")
        )
    return join(parts)
