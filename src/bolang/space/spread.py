"""How far the uncertain prices, speeds and waiting times move the cost of a route, and which way stays the cheapest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from bolang.space.network import Links
from bolang.space.pricing import price
from bolang.space.route import Route
from bolang.space.system import TransportSystem
from bolang.space.tariff import Tariff, parameters

DRAWS = 400
HELD = ("rail_box_base", "rail_box_rate", "access_circuity")
"""Not drawn: the discount on the container tariff is calibrated to it and covers its range; lengths stay as they are."""

INSIDE = (10.0, 90.0)
"""Percentiles of the draws between which a range lies."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Spread:
    """What the ranges of the parameters mean for one route.

    Attributes
    ----------
    cost, money, hours : (float, float)
        Tenth and ninetieth percentile of the draws.
    cheapest : float
        Share of the draws in which no other listed route costs less.
    """

    cost: tuple[float, float]
    money: tuple[float, float]
    hours: tuple[float, float]
    cheapest: float


def route_spreads(
    system: TransportSystem, routes: Sequence[Route], *, draws: int = DRAWS, seed: int = 0
) -> tuple[Spread, ...]:
    """Price routes again with parameters drawn from their ranges.

    Every parameter with a range is drawn independently from the triangular distribution over its logarithm, with the
    mode at the central value; what an edit changed is scaled alike. The ways themselves stay as they are.

    Parameters
    ----------
    system : TransportSystem
        The system in which the routes were found.
    routes : sequence of Route
        Of one cargo.
    draws, seed : int

    Returns
    -------
    tuple of Spread
        In the order of the routes.
    """
    cargo = routes[0].cargo
    used = np.unique(np.concatenate([route.links for route in routes]))
    on_way = [np.searchsorted(used, route.links) for route in routes]
    links = _some(system.network.links, used)
    money, hours = np.empty((2, draws, len(routes)))
    value = np.empty((draws, 1))
    for row, tariff in enumerate(_drawn(system.tariff, draws, seed)):
        prices = price(links, tariff, cargo)
        money[row] = [prices.money[way].sum() + tariff.ends(cargo) for way in on_way]
        hours[row] = [prices.hours[way].sum() for way in on_way]
        value[row] = tariff.hour(cargo)
    cost = money + hours * value
    best = cost <= cost.min(axis=1, keepdims=True)
    return tuple(
        Spread(_inside(cost[:, i]), _inside(money[:, i]), _inside(hours[:, i]), float(best[:, i].mean()))
        for i in range(len(routes))
    )


def _inside(values: Floats) -> tuple[float, float]:
    low, high = np.percentile(values, INSIDE)
    return float(low), float(high)


def _some(links: Links, rows: NDArray[np.int64]) -> Links:
    return replace(links, **{name: getattr(links, name)[rows] for name in links.__dataclass_fields__})


def _drawn(tariff: Tariff, draws: int, seed: int) -> list[Tariff]:
    rng = np.random.default_rng(seed)
    factor = {
        name: _factors(rng, parameter.range, parameter.number, draws)
        for name, parameter in parameters().parameters.items()
        if parameter.range is not None and name not in HELD
    }
    return [
        Tariff(MappingProxyType({k: v * factor[k][row] if k in factor else v for k, v in tariff.values.items()}))
        for row in range(draws)
    ]


def _factors(rng: np.random.Generator, bounds: tuple[float, float], mode: float, draws: int) -> Floats:
    """Draw a parameter over its central value: in logarithms, as ranges of prices are ratios, where none is zero."""
    low, high = bounds
    if low > 0:
        return np.asarray(np.exp(rng.triangular(np.log(low), np.log(mode), np.log(high), draws)) / mode)
    return np.asarray(rng.triangular(low, mode, high, draws) / mode)
