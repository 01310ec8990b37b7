"""Intervals of swept effects: solved in the sampled counties, elsewhere the central effect scaled, with the error of that known."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
import polars as pl

from bolang.economy.core.arrays import Array
from bolang.economy.levers.catalogue import levers
from bolang.economy.scenarios.sweep.sampled import SCHEMA, sample_key
from bolang.economy.scenarios.sweep.table import Sweep

SHIPPED = Path(__file__).parent / "sampled.parquet"
FEWEST = 8
"""Sampled counties below which nothing is scaled."""


@dataclass(frozen=True, slots=True)
class EffectInterval:
    """Where 90 % of the sets of parameters and sizes put an effect.

    Attributes
    ----------
    low, high : float
    solved : bool
        Whether this county was solved under all sets; otherwise its central effect was scaled.
    """

    low: float
    high: float
    solved: bool


@dataclass(frozen=True, slots=True)
class Scaling:
    """How the central effect of a lever becomes an interval where it was not solved.

    Attributes
    ----------
    low, high : float
        Multiples of the central effect: medians over the sampled strata.
    counties : int
        Sampled strata.
    error, worst_tenth : float
        Miss of the farther end as a share of the interval's width, with the county itself left out: its median, and its 90th
        percentile.
    """

    low: float
    high: float
    counties: int
    error: float
    worst_tenth: float


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """Intervals beside a table of swept effects.

    Attributes
    ----------
    swept : Sweep
    frame : DataFrame
        Rows as in `bolang.economy.scenarios.sweep.sampled.SCHEMA`.
    """

    swept: Sweep
    frame: pl.DataFrame
    _scalings: dict[tuple[str, str], Scaling | None] = field(default_factory=dict, init=False, repr=False)
    _solved: dict[tuple[str, str], dict[str, tuple[float, float]]] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def shipped(cls) -> Intervals:
        """Return those that come with the package, without levers whose model or sizes have changed since."""
        return _shipped(Sweep.shipped())

    def of(self, lever: str, county: str, central: float, result: str = "gdp_county") -> EffectInterval | None:
        """Return the interval of one effect; None where the lever was not sampled.

        Parameters
        ----------
        lever, county : str
            Key, and code.
        central : float
            The swept effect.
        result : str
            Measure and circle, as a column of the sweep.
        """
        own = self._ends(lever, result).get(county)
        if own is not None:
            return EffectInterval(*own, solved=True)
        found = self.scaling(lever, result)
        if found is None:
            return None
        low, high = sorted((found.low * central, found.high * central))
        return EffectInterval(low, high, solved=False)

    def _ends(self, lever: str, result: str) -> dict[str, tuple[float, float]]:
        """Return the intervals of the counties in which a lever was solved under all sets; looked up once."""
        if (lever, result) not in self._solved:
            rows = self.frame.filter(pl.col("lever") == lever).select("county", f"{result}_low", f"{result}_high")
            self._solved[lever, result] = {code: (low, high) for code, low, high in rows.drop_nulls().iter_rows()}
        return self._solved[lever, result]

    def scaling(self, lever: str, result: str = "gdp_county") -> Scaling | None:
        """Return how a lever's effects are scaled, and how well that does in the strata; None with too few of them."""
        if (lever, result) not in self._scalings:
            self._scalings[lever, result] = self._scaled(lever, result)
        return self._scalings[lever, result]

    def _scaled(self, lever: str, result: str) -> Scaling | None:
        rows = self.frame.filter((pl.col("lever") == lever) & (pl.col("group") == "stratum")).join(
            self.swept.frame.select("lever", "county", central=pl.col(result)), on=["lever", "county"]
        )
        given = rows.select("central", f"{result}_low", f"{result}_high").drop_nulls().to_numpy().astype(float)
        given = given[np.abs(given[:, 0]) > 0]
        return _scaling(given[:, 0], given[:, 1:]) if len(given) >= FEWEST else None


def _scaling(central: Array, ends: Array) -> Scaling:
    """Scale by the median multiples, and try that on each county with the others."""
    multiples = np.sort(ends / central[:, None], axis=1)
    low, high = np.median(multiples, axis=0)
    misses = []
    for j, own in enumerate(multiples):
        guess = np.median(np.delete(multiples, j, axis=0), axis=0)
        width = own[1] - own[0]
        misses.append(np.abs(guess - own).max() / width if width > 0 else 0.0)
    return Scaling(float(low), float(high), len(central), float(np.median(misses)), float(np.quantile(misses, 0.9)))


@lru_cache(maxsize=1)
def _shipped(swept: Sweep) -> Intervals:
    if not SHIPPED.is_file():
        return Intervals(swept, pl.DataFrame(schema=SCHEMA))
    current = [sample_key(item) for item in levers().values()]
    return Intervals(swept, pl.read_parquet(SHIPPED).filter(pl.col("key").is_in(current)))
