"""Integer weights of links: what a cargo pays and waits on each, for every shortest-path engine alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bolang.foundation.errors import ParameterError
from bolang.foundation.text import tr
from bolang.space.modes import Cargo, Mode, ModeSet, opened
from bolang.space.network import Links
from bolang.space.tariff import CLOSED, SCALE, Tariff

Floats = NDArray[np.float64]
Weights = NDArray[np.uint32]


@dataclass(frozen=True)
class Prices:
    """Priced links.

    Attributes
    ----------
    money : float64 [m]
        Yuan per tonne or TEU; infinite on links that the cargo or the set of modes cannot use.
    hours : float64 [m]
    weights : uint32 [m]
        Money plus the cost of time, in units of ``1 / scale`` yuan; `CLOSED` on links that cannot be used.
    scale : float
        Weight units in a yuan.
    """

    money: Floats
    hours: Floats
    weights: Weights
    scale: float


def price(links: Links, tariff: Tariff, cargo: Cargo, modes: ModeSet = "all") -> Prices:
    """Price every link for a cargo.

    ``weight = round((money + hours * value_of_an_hour) * scale)`` with
    ``money = factor * (fixed + per_km * km) + surcharge`` and ``hours = factor * (wait + km / speed)``. Weights are
    integers, so that every shortest-path engine gives the same answer to the last digit. Ocean lanes cost the index
    rate from Shanghai plus the marginal cost of the extra distance, times the level of the market.

    Parameters
    ----------
    links : Links
    tariff : Tariff
    cargo : {'general', 'container'}
    modes : {'road', 'rail', 'water', 'all'}
        Links of other modes are closed.

    Raises
    ------
    ParameterError
        If a link would cost more than the integers hold.
    """
    table = tariff.mode_prices(cargo)
    usable = np.isin(links.mode, sorted(opened(modes) & set(table))) & ~links.closed
    fixed, per_km, wait, pace = np.zeros((4, max(Mode) + 1))
    for mode, p in table.items():
        fixed[mode], per_km[mode], wait[mode], pace[mode] = p.fixed, p.per_km, p.hours, 1 / p.speed
    usd = np.maximum(links.usd + tariff["ocean_marginal"] * links.extra_km, 0) * tariff["ocean_scale"]
    money = links.factor * (fixed[links.mode] + per_km[links.mode] * links.km)
    money += usd * tariff["exchange_rate"] + links.changes * tariff["border_handling"]
    money += links.surcharge * (cargo == "container")
    hours = links.factor * (wait[links.mode] + pace[links.mode] * links.km) + links.changes * tariff["border_hours"]
    cost = np.rint((money + hours * tariff.hour(cargo)) * SCALE[cargo])
    if np.any(cost[usable] >= float(CLOSED)):
        raise ParameterError(tr("运价过高，超出可计算范围。", "A link costs more than can be computed with."))
    weights = np.full(len(links), CLOSED, dtype=np.uint32)
    weights[usable] = np.maximum(cost[usable], 1).astype(np.uint32)
    return Prices(np.where(usable, money, np.inf), np.where(usable, hours, np.inf), weights, SCALE[cargo])
