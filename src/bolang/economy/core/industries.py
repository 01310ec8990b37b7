"""Groups of the 19 industries that the model treats alike."""

from __future__ import annotations

import numpy as np

from bolang.atlas import INDUSTRIES
from bolang.economy.core.arrays import IntArray


def positions(letters: str) -> IntArray:
    """Positions of industries, given by their letters, on every industry axis."""
    return np.array([INDUSTRIES.index(letter) for letter in letters], dtype=np.intp)


MANUFACTURING = positions("C")
"""Trades over the longest distances and through hubs."""
BULK = positions("ABDFGIJLM")
"""Agriculture, mining, energy and the services that are sold to other places."""
LOCAL_SERVICES = positions("HKNOR")
"""Sold within reach of a short trip."""
AT_HOME = positions("EPQS")
"""Construction and public services: consumed where they are produced."""
MARKET_SERVICES = positions("FGHIJLM")
"""Services with economies of scale."""
WHOLESALE = INDUSTRIES.index("F")
GOODS = INDUSTRIES.index("C")
TRADED_GOODS = positions("ABC")
MINING = INDUSTRIES.index("B")
SECONDARY = positions("BCDE")
"""Mining, manufacturing, energy and construction: the secondary sector of the accounts."""
