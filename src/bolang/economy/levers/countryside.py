"""How far rural e-commerce has left to reach in a county: what the trial found, for whom, and who is served already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bolang.economy.calibration.calibration import parameters

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County


@dataclass(frozen=True, slots=True)
class Countryside:
    """What decides how much e-commerce has left to bring.

    Attributes
    ----------
    rural : float
        Rural share of residents, 0 to 1.
    remoteness : float
        Share of all counties that are nearer to a large city, 0 to 1.
    taobao : float
        Taobao villages of the latest list.
    """

    rural: float
    remoteness: float
    taobao: float

    @property
    def reach(self) -> float:
        """Share of residents' income that is saved where retail prices of newly reached households fall by one.

        ``retail share of spending * rural share of income * villages not reached``, where the villages not reached are the
        national share times twice the remoteness (one on average), over one plus the Taobao villages. It falls with
        urbanity and Taobao villages, and grows with remoteness.
        """
        cited = parameters()
        ratio = cited.number("rural_income") / cited.number("urban_income")
        rural_income = self.rural * ratio / (self.rural * ratio + 1.0 - self.rural)
        missing = (1.0 - cited.number("parcels_delivered")) * 2.0 * self.remoteness / (1.0 + self.taobao)
        return cited.number("retail_share") * rural_income * missing


def countryside(atlas: Atlas, county: County) -> Countryside:
    """Return rural share, remoteness and Taobao villages of a county."""
    census = atlas.vintage.census
    rural = 1.0 - float(atlas.column("urban_share", census)[county.index]) / 100.0
    hours = atlas.column("metropolis_hours", census)
    own = hours[county.index]
    nearer = 1.0 if np.isnan(own) else float(np.mean(hours[np.isfinite(hours)] < own))
    villages = atlas.latest(county, "taobao_villages")
    return Countryside(rural, nearer, 0.0 if villages is None else villages.value)
