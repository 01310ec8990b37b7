"""What a lever costs a county of a given size: costs are stated for the county of median size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bolang.economy.levers.catalogue import Lever
from bolang.economy.levers.conditions import conditions

if TYPE_CHECKING:
    from bolang.economy.calibration.calibration import Calibration


def relative_size(calibration: Calibration, county: int) -> float:
    """Value added of a county over that of the median county, in the calibrated economy."""
    income = calibration.economy.income[: calibration.home]
    return float(income[county] / np.median(income))


def cost_factor(lever: Lever, size: float) -> float:
    """Factor on a lever's cost in a county of a relative size: ``size ** cost_scale``.

    The market platform is stated for a market of given size, not for the county that builds it.
    """
    return 1.0 if lever.mechanism == "hub" else float(size ** conditions().number("cost_scale"))
