"""The five county-town types of the 2022 policy, and the classes of population loss, for all units at once.

The policy: 中共中央办公厅、国务院办公厅《关于推进以县城为重要载体的城镇化建设的意见》, May 2022.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from bolang.atlas.industries import TOWN_SIGNALS
from bolang.atlas.model import INDUSTRIES
from bolang.foundation.parameters import load_parameters
from bolang.foundation.store import stored
from bolang.measures.specialization import location_quotient
from bolang.pathway.types.classify import triangular

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
TownType = Literal["near_metropolis", "specialised", "farm", "ecological", "losing"]
Function = Literal["manufacturing", "commerce", "tourism", "transport", "border"]
LossClass = Literal["none", "mild", "flagged", "severe"]

TOWN_TYPES: tuple[TownType, ...] = get_args(TownType)
FUNCTIONS: tuple[Function, ...] = get_args(Function)
LOSS_CLASSES: tuple[LossClass, ...] = get_args(LossClass)


@dataclass(frozen=True, eq=False)
class TownEvidence:
    """What the five types are read from, for all n units.

    Attributes
    ----------
    employment : ndarray, shape (n, 19)
        Sample counts by industry.
    metropolis_hours : ndarray, shape (n,)
        Hours by car to the nearest city above five million.
    density : ndarray, shape (n,)
        Residents a square kilometre.
    population_change : ndarray, shape (n,)
        Per cent from 2010 to 2020; NaN where boundaries moved.
    border : ndarray of bool, shape (n,)
        Whether the unit touches the land border.
    taobao : ndarray, shape (n,)
        Taobao villages, 0 where none is listed.
    nation : ndarray, shape (19,), optional
        Employment of the nation by industry, the reference of the quotients; by default the sum of the units.
    """

    employment: Floats
    metropolis_hours: Floats
    density: Floats
    population_change: Floats
    border: Bools
    taobao: Floats
    nation: Floats | None = None


@dataclass(frozen=True, eq=False)
class TownTypes:
    """Membership of all units in the five types.

    Attributes
    ----------
    probability : ndarray, shape (n, 5)
        In the order of `TOWN_TYPES`; types do not exclude each other.
    functions : ndarray, shape (n, 5)
        Probability of each special function, in the order of `FUNCTIONS`.
    loss : ndarray of int, shape (n,)
        Position in `LOSS_CLASSES`; -1 where boundaries moved.
    """

    probability: Floats
    functions: Floats
    loss: NDArray[np.int64]

    def of(self, index: int, least: float = 0.5) -> tuple[TownType, ...]:
        """Return the types of one unit that are at least as likely as `least`, in the policy's order."""
        return tuple(key for column, key in enumerate(TOWN_TYPES) if self.probability[index, column] >= least)

    def functions_of(self, index: int, least: float = 0.5) -> tuple[Function, ...]:
        """Return the special functions of one unit that are at least as likely as `least`."""
        return tuple(key for column, key in enumerate(FUNCTIONS) if self.functions[index, column] >= least)


def town_types(evidence: TownEvidence, draws: int = 512, seed: int = 0) -> TownTypes:
    """Read the five types of the policy on all units.

    Near a metropolis: within the cited driving time. Specialised: a location quotient from the cited threshold in
    manufacturing; in trade with a second signal (manufacturing, transport or Taobao villages); in hotels and catering
    with culture and sport; in transport; or the land border. Farm-product and ecological areas stand in for official
    lists that are not shipped: much farm employment on settled land, and thin settlement. Losing population: by the
    census. Probabilities integrate over sampling error and thresholds with draws common to all units.

    Parameters
    ----------
    evidence : TownEvidence
    draws : int
        A power of two.
    seed : int
    """
    drawn = _drawn(evidence, draws, seed)
    types, functions = drawn["types"].copy(), drawn["functions"].copy()
    loss = loss_class(evidence.population_change)
    types[:, 4] = np.where(loss < 0, np.nan, loss >= LOSS_CLASSES.index("flagged"))
    unknown = np.isnan(evidence.employment).any(axis=1)
    types[unknown, 1:3] = np.nan
    functions[unknown, :4] = np.nan
    types[np.isnan(evidence.metropolis_hours), 0] = np.nan
    return TownTypes(types, functions, loss)


@stored(
    "town-types",
    inputs=lambda evidence, draws, seed: (
        evidence.employment,
        evidence.metropolis_hours,
        evidence.density,
        evidence.border,
        evidence.taobao,
        evidence.nation,
        draws,
        seed,
    ),
)
def _drawn(evidence: TownEvidence, draws: int, seed: int) -> dict[str, Floats]:
    """Share of draws in which a unit has each type, ``types`` (n, 5), and each function, ``functions`` (n, 5)."""
    from scipy.special import ndtri
    from scipy.stats import qmc

    e = evidence.employment
    quotients, errors = location_quotient(e, evidence.nation), _errors(e)
    thresholds = load_parameters("bolang.pathway.types")
    points = np.clip(qmc.Sobol(13, rng=np.random.default_rng(seed)).random(draws), 1e-9, 1 - 1e-9)
    normal = ndtri(points[:, :7])
    special = triangular(thresholds["function_quotient"], points[:, 7])
    second = triangular(thresholds["second_signal_quotient"], points[:, 8])
    farm = triangular(thresholds["farm_quotient"], points[:, 9])
    thin = triangular(thresholds["ecological_density"], points[:, 10])
    near = load_parameters("bolang.space").number("metropolis_minutes") / 60.0
    time_error = thresholds.number("time_error")
    types = np.zeros((e.shape[0], len(TOWN_TYPES)))
    functions = np.zeros((e.shape[0], len(FUNCTIONS)))
    for draw in range(draws):
        seen = {
            section: quotients[:, INDUSTRIES.index(section)]
            * (1.0 + errors[:, INDUSTRIES.index(section)] * normal[draw, number])
            for number, section in enumerate(TOWN_SIGNALS)
        }
        workshop = (seen["C"] >= second[draw]) | (seen["G"] >= special[draw]) | (evidence.taobao > 0)
        found = np.column_stack(
            [
                seen["C"] >= special[draw],
                (seen["F"] >= special[draw]) & workshop,
                (seen["H"] >= special[draw]) & (seen["R"] >= second[draw]),
                seen["G"] >= special[draw],
                evidence.border,
            ]
        )
        settled = evidence.density >= thin[draw]
        functions += found
        types[:, 0] += evidence.metropolis_hours * (1.0 + time_error * normal[draw, 6]) <= near
        types[:, 1] += found.any(axis=1)
        types[:, 2] += (seen["A"] >= farm[draw]) & settled
        types[:, 3] += ~settled
    return {"types": types / draws, "functions": functions / draws}


def loss_class(change: Floats) -> NDArray[np.int64]:
    """Class of a population change in per cent, as a position in `LOSS_CLASSES`; -1 for NaN.

    A change on a limit belongs to the graver class.
    """
    limits = load_parameters("bolang.measures")["population_change_classes"].value
    assert isinstance(limits, dict)
    steps = [change <= float(limits[name]) for name in LOSS_CLASSES[1:]]
    return np.where(np.isnan(change), -1, np.sum(steps, axis=0)).astype(np.int64)


def _errors(employment: Floats) -> Floats:
    """Relative standard error of every location quotient, shape (n, 19)."""
    cited = load_parameters("bolang.measures")
    noise = cited.number("long_form_design_effect") * (1.0 - cited.number("long_form_fraction"))
    share = employment / employment.sum(axis=1, keepdims=True)
    return np.asarray(np.sqrt(noise * (1.0 - share) / np.maximum(employment, 0.5)))
