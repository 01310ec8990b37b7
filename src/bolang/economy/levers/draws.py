"""Draws of parameters and lever effects: the first column is central, the others are a Latin hypercube."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bolang.economy.core.arrays import Array
from bolang.economy.core.industries import GOODS, MARKET_SERVICES
from bolang.economy.core.technology import Elasticities
from bolang.economy.levers.catalogue import Lever
from bolang.foundation.parameters import ParameterFile

UNCERTAIN: tuple[str, ...] = (
    "trade_elasticity",
    "scale_manufacturing",
    "scale_services",
    "migration_elasticity",
    "housing_share",
    "hub_size_elasticity",
    "goods_value",
    "export_value",
)
"""Parameters that may differ by scenario without a new calibration."""


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Values by scenario.

    Attributes
    ----------
    parameters : mapping of name to array (B,)
    effects : array (levers, B)
    """

    parameters: Mapping[str, Array]
    effects: Array

    @property
    def count(self) -> int:
        """Number of scenarios B."""
        return len(self.parameters["trade_elasticity"])

    def elasticities(self, sectors: int) -> Elasticities:
        """Elasticities by scenario."""
        p, count = self.parameters, self.count
        scale = np.zeros((sectors, count))
        scale[GOODS] = p["scale_manufacturing"]
        scale[MARKET_SERVICES] = p["scale_services"]
        return Elasticities(
            trade=np.tile(p["trade_elasticity"], (sectors, 1)),
            scale=scale,
            migration=p["migration_elasticity"],
            housing=p["housing_share"],
            market_size=p["hub_size_elasticity"],
        )

    def joined(self, other: Draws) -> Draws:
        """Put the columns of another set of draws behind these."""
        return Draws(
            {name: np.concatenate([self.parameters[name], other.parameters[name]]) for name in UNCERTAIN},
            np.concatenate([self.effects, other.effects], axis=1),
        )


def central(cited: ParameterFile, levers: Sequence[tuple[Lever, float | None]], count: int = 1) -> Draws:
    """All parameters and effects at their central values, in `count` columns."""
    parameters = {name: np.full(count, cited.number(name)) for name in UNCERTAIN}
    effects = [np.full(count, lever.effect.centre if given is None else given) for lever, given in levers]
    return Draws(parameters, np.array(effects).reshape(len(levers), count))


def sample(cited: ParameterFile, levers: Sequence[tuple[Lever, float | None]], count: int, seed: int) -> Draws:
    """Draw parameters over their cited ranges and effects from their distributions.

    The central value of a parameter is its median, and density falls to zero at both ends of the range. An effect that
    the user set is not drawn.
    """
    from scipy.stats import qmc

    uniform = qmc.LatinHypercube(d=len(UNCERTAIN) + len(levers), rng=np.random.default_rng(seed)).random(count)
    parameters = {name: _spread(cited, name, uniform[:, i]) for i, name in enumerate(UNCERTAIN)}
    effects = np.empty((len(levers), count))
    for i, (lever, given) in enumerate(levers):
        effects[i] = lever.effect.quantile(uniform[:, len(UNCERTAIN) + i]) if given is None else given
    return Draws(parameters, effects)


def one_at_a_time(cited: ParameterFile, levers: Sequence[tuple[Lever, float | None]]) -> tuple[Draws, tuple[str, ...]]:
    """Columns in pairs: each parameter at the low and at the high end of its range, then each drawn effect at 5 and 95 %."""
    drawn = [i for i, (_, given) in enumerate(levers) if given is None]
    names = (*UNCERTAIN, *(levers[i][0].key for i in drawn))
    base = central(cited, levers, 2 * len(names))
    parameters = {name: values.copy() for name, values in base.parameters.items()}
    effects = base.effects.copy()
    for i, name in enumerate(UNCERTAIN):
        parameters[name][2 * i : 2 * i + 2] = _ends(cited, name)
    for j, i in enumerate(drawn):
        column = 2 * (len(UNCERTAIN) + j)
        effects[i, column : column + 2] = levers[i][0].effect.quantile(np.array([0.05, 0.95]))
    return Draws(parameters, effects), names


def _ends(cited: ParameterFile, name: str) -> tuple[float, float]:
    parameter = cited[name]
    return parameter.range or (parameter.number, parameter.number)


def _spread(cited: ParameterFile, name: str, probability: Array) -> Array:
    """Quantiles of two triangles back to back, each with half the mass and its peak at the central value."""
    centre, (low, high) = cited.number(name), _ends(cited, name)
    below = low + (centre - low) * np.sqrt(2 * np.minimum(probability, 0.5))
    above = high - (high - centre) * np.sqrt(2 * np.minimum(1 - probability, 0.5))
    return np.asarray(np.where(probability < 0.5, below, above))
