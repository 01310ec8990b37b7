"""Coupling coordination degree (耦合协调度) of two or more subsystems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from bolang.foundation.doors import door, one_of
from bolang.foundation.errors import BadInputError
from bolang.foundation.names import Names
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, tr
from bolang.measures._arrays import FloatArray, IntArray, divide, table, unknown_choice, vector

CouplingForm = Literal["standard", "wang2021"]

LEVELS = (
    "extreme_imbalance",
    "serious_imbalance",
    "moderate_imbalance",
    "slight_imbalance",
    "near_imbalance",
    "bare_coordination",
    "primary_coordination",
    "intermediate_coordination",
    "good_coordination",
    "quality_coordination",
)
"""The ten levels of coordination; `LEVEL_NAMES` has their names."""
LEVEL_NAMES: Mapping[str, Text] = Names("bolang.measures", "levels")


@dataclass(frozen=True, slots=True)
class CouplingCoordination:
    """Coupling, development and coordination of every unit; show all three, since C alone clusters near one.

    Attributes
    ----------
    coupling : ndarray, shape (n,)
        C, in [0, 1].
    development : ndarray, shape (n,)
        T, the weighted mean of the subsystems, in [0, 1].
    coordination : ndarray, shape (n,)
        ``D = sqrt(C T)``, in [0, 1].
    level : ndarray of int, shape (n,)
        Position in `LEVELS`; -1 where a subsystem is missing.
    """

    coupling: FloatArray
    development: FloatArray
    coordination: FloatArray
    level: IntArray


@door(form=one_of(("standard", "wang2021")))
def coupling_coordination(
    subsystems: ArrayLike, weights: ArrayLike | None = None, *, form: CouplingForm = "standard"
) -> CouplingCoordination:
    """Coupling coordination degree of n units with m subsystems.

    ``standard``: ``C = m (prod u)^(1/m) / sum u``. Without the factor m, a common slip, C never passes 1/m.
    ``wang2021``: ``C = sqrt((1 - mean_{i>j} |u_i - u_j|) (prod_i u_i / max u)^(1/(m-1)))``, which spreads C over
    [0, 1]. In both, ``T = sum a u`` and ``D = sqrt(C T)``.

    Parameters
    ----------
    subsystems : array_like, shape (n, m)
        Scores of the subsystems in [0, 1]; a row with NaN gives NaN. C is 0 where a subsystem is 0, NaN where all are.
    weights : array_like, shape (m,), optional
        Weights a of the subsystems in T; equal by default.
    form : {'standard', 'wang2021'}
        See above.

    Returns
    -------
    CouplingCoordination

    Raises
    ------
    BadInputError
        If a score lies outside [0, 1] or there are fewer than two subsystems.

    References
    ----------
    廖重斌 (1999), 热带地理 19(2), 171-177.
    王淑佳等 (2021), 国内耦合协调度模型的误区及修正, 自然资源学报 36(3), 793-810.
    """
    u = table(subsystems, "subsystems")
    m = u.shape[1]
    if m < 2 or (u > 1.0).any():
        raise BadInputError(
            tr(
                "子系统至少两个,得分应在 0 与 1 之间。",
                "There should be at least two subsystems with scores between 0 and 1.",
            )
        )
    a = np.full(m, 1.0 / m) if weights is None else vector(weights, "weights", m, complete=True)
    if form == "standard":
        # Scaled by the row's largest score, so that tiny scores do not underflow in the product.
        ratio = divide(u, u.max(axis=1, keepdims=True))
        coupling = m * np.prod(ratio, axis=1) ** (1.0 / m) / ratio.sum(axis=1)
    elif form == "wang2021":
        ordered = np.sort(u, axis=1)
        steps = 2.0 * np.arange(m) - m + 1.0
        mean_gap = ordered @ steps / (m * (m - 1) / 2.0)
        ratio = divide(ordered[:, :-1], ordered[:, -1:])
        coupling = np.sqrt((1.0 - mean_gap) * np.prod(ratio, axis=1) ** (1.0 / (m - 1)))
    else:
        raise unknown_choice("form", form, ("standard", "wang2021"))
    coupling = np.minimum(coupling, 1.0)
    development = u @ (a / a.sum())
    coordination = np.sqrt(coupling * development)
    return CouplingCoordination(coupling, development, coordination, coordination_level(coordination))


def coordination_level(coordination: ArrayLike) -> IntArray:
    """Place degrees of coordination among the ten `LEVELS`; a degree on a limit belongs to the lower level.

    Parameters
    ----------
    coordination : array_like, shape (n,)
        Degrees in [0, 1].

    Returns
    -------
    ndarray of int, shape (n,)
        0 (极度失调) to 9 (优质协调); -1 for NaN.
    """
    d = vector(coordination, "coordination")
    limits = load_parameters("bolang.measures")["coupling_levels"].value
    return np.where(np.isnan(d), -1, np.searchsorted(np.asarray(limits, dtype=np.float64), d, side="left"))
