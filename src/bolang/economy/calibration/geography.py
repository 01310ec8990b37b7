"""Freight costs turned into the kernels of trade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bolang.economy.core.arrays import Array
from bolang.economy.core.industries import AT_HOME, BULK, LOCAL_SERVICES, MANUFACTURING
from bolang.economy.core.kernels import Kernel

if TYPE_CHECKING:
    from bolang.atlas import Atlas

EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True, eq=False)
class Geography:
    """Costs of moving a tonne, in yuan.

    Attributes
    ----------
    home : array (N, N)
        Between counties by the best means, the cost inside a county on the diagonal.
    abroad : array (R, N)
        From counties to foreign regions.
    slope : float
        Elasticity of `home` to distance over pairs 20 to 2,500 km apart.
    """

    home: Array
    abroad: Array
    slope: float

    def exponent(self, distance_elasticity: float) -> float:
        """Turn a distance elasticity into the exponent on freight cost."""
        return distance_elasticity / self.slope

    def closeness(self, distance_elasticity: float) -> Array:
        """``(F / mean F)^-exponent`` between home places, (N, N)."""
        powered: Array = self.home / self.home.mean()
        np.log(powered, out=powered)
        powered *= -self.exponent(distance_elasticity)
        np.exp(powered, out=powered)
        return powered

    def closeness_abroad(self, distance_elasticity: float) -> Array:
        """The same to foreign regions, (R, N)."""
        result: Array = (self.abroad / self.home.mean()) ** -self.exponent(distance_elasticity)
        return result


def kernels(geography: Geography, *, goods: float, bulk: float, services: float) -> tuple[Kernel, ...]:
    """Return the kernels of the four groups of industries for their distance elasticities."""
    return (
        Kernel(MANUFACTURING, geography.closeness(goods)),
        Kernel(BULK, geography.closeness(bulk)),
        Kernel(LOCAL_SERVICES, geography.closeness(services)),
        Kernel(AT_HOME, None),
    )


def great_circle(lon: Array, lat: Array) -> Array:
    """Distances in km between all places given in degrees, (N, N)."""
    x, y = np.radians(lon), np.radians(lat)
    upright = np.stack([np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)], axis=1)
    angle: Array = upright @ upright.T
    np.clip(angle, -1, 1, out=angle)
    np.arccos(angle, out=angle)
    angle *= EARTH_KM
    return angle


def distance_slope(home: Array, distance: Array, *, near: float = 20, far: float = 2500) -> float:
    """Elasticity of freight cost to distance, by least squares in logs over the pairs between `near` and `far` km."""
    pairs = (distance > near) & (distance < far)
    x, y = np.log(distance[pairs]), np.log(home[pairs])
    x -= x.mean()
    return float((x @ y) / (x @ x))


def from_freight(
    atlas: Atlas, home: Array, abroad_by_market: Array, markets: list[list[int]], weight: Array
) -> Geography:
    """Build from the tables of `bolang.space`.

    Parameters
    ----------
    atlas : Atlas
    home : array (N, N)
        Costs with the internal ones on the diagonal.
    abroad_by_market : array (N, markets)
        Costs to each market; infinite where no way leads.
    markets : list of list of int
        Columns of `abroad_by_market` that make up each region.
    weight : array (markets,)
        Size of the markets, for the mean over those of a region.
    """
    lon = np.array([county.lon for county in atlas.counties])
    lat = np.array([county.lat for county in atlas.counties])
    home = home.astype(float)
    rows = []
    for members in markets:
        closeness = weight[members] / abroad_by_market[:, members].astype(float)
        rows.append(weight[members].sum() / closeness.sum(axis=1))
    return Geography(home, np.stack(rows), distance_slope(home, great_circle(lon, lat)))
