"""Chains by input and output: what a place buys from outside, and which links a county lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.atlas.model import INDUSTRIES
from bolang.economy.calibration.observations import NATIONAL_TABLE, table_year
from bolang.measures.linkages import technical_coefficients
from bolang.measures.regional_coefficients import regional_coefficients

if TYPE_CHECKING:
    from bolang.atlas import Atlas

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class NationalTable:
    """The national table on the 19 industries.

    Attributes
    ----------
    coefficients : ndarray, shape (19, 19)
        Domestic inputs over the output of the user.
    output : ndarray, shape (19,)
        Gross output, 亿元.
    employment : ndarray, shape (19,)
        Sample counts of the nation.
    year : int
        Of the table; 0 for one made by hand.
    """

    coefficients: Floats
    output: Floats
    employment: Floats
    year: int = 0

    @classmethod
    def from_atlas(cls, atlas: Atlas) -> NationalTable:
        """Read the table nearest to the latest census, and that census."""
        import polars as pl

        census = atlas.vintage.census
        year = table_year(census)
        table = atlas.table(f"{NATIONAL_TABLE}{year}")
        industries = list(INDUSTRIES)
        columns = table.select(industries).to_numpy()
        output = columns.sum(axis=0)  # domestic and imported inputs and value added
        flows = table.filter(pl.col("origin") == "domestic").select(industries).to_numpy()
        employment = np.nansum(atlas.employment(census), axis=0)
        return cls(technical_coefficients(flows, output), output / 1e4, employment, year)

    def output_of(self, employment: Floats) -> Floats:
        """Estimate output by industry, 亿元, at national output per worker; shape as `employment`."""
        return np.asarray(employment / self.employment * self.output)


@dataclass(frozen=True, eq=False)
class Purchases:
    """What a place buys by product and industry, estimated, in 亿元.

    Attributes
    ----------
    needed : ndarray, shape (19, 19)
        Domestic inputs of product i that industry j uses.
    outside : ndarray, shape (19, 19)
        The part that local industries cannot supply (FLQ).
    """

    needed: Floats
    outside: Floats

    @property
    def bought_outside(self) -> Floats:
        """Purchases from outside by product, shape (19,)."""
        return np.asarray(self.outside.sum(axis=1))

    def missing(self, industry: int) -> tuple[Floats, Floats]:
        """Return need and locally missing share of one industry's inputs, both by product, shape (19,)."""
        need = self.needed[:, industry]
        share = np.divide(self.outside[:, industry], need, out=np.zeros(need.size), where=need > 0)
        return need, share


def purchases(table: NationalTable, employment: Floats) -> Purchases:
    """Estimate a place's purchases from its employment by industry, shape (19,)."""
    nation = table.employment
    local = regional_coefficients(table.coefficients, employment[None], nation, method="flq")[0]
    output = table.output_of(employment)
    return Purchases(table.coefficients * output, np.maximum(table.coefficients - local, 0.0) * output)
