"""What counties buy: inputs of their firms and final spending of their people and governments."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bolang.economy.calibration.national import NationalAccounts
from bolang.economy.core.arrays import Array, IntArray
from bolang.foundation.errors import ConvergenceError

LEAST_FINAL_SHARE = 0.02
"""Final use of a home-bound industry is at least this share of its output, so that no final demand is negative."""
ROUNDS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Spending:
    """Expenditure of counties by sector of the good.

    Attributes
    ----------
    total : array (N, S)
        Inputs and final spending.
    final_shares : array (N, S)
        Shares of the sectors in final spending.
    transfers : array (N,)
        Final spending less value added.
    sales : array (N, S)
        Output, with the home-bound industries adjusted where firms would use more than the county makes.
    """

    total: Array
    final_shares: Array
    transfers: Array
    sales: Array


def county_spending(
    value_added: Array,
    population: Array,
    nation: NationalAccounts,
    net_margins: Array,
    elasticity: float,
    at_home: IntArray,
) -> Spending:
    """Close every county's accounts and every national market.

    Industries of `at_home` are bought where they are produced: their final use is output less local inputs. The nation's
    final use of the others is spread over counties by ``population * (value added per head)^elasticity``. Spending beyond
    value added is the county's transfers, positive where public services exceed what the county could pay for.

    Parameters
    ----------
    value_added : array (N, S)
    population : array (N,)
    nation : NationalAccounts
        With hub margins moved to the goods.
    net_margins : array (S,)
        What buyers pay to hubs beyond what makers receive: positive for the goods, negative for the services.
    elasticity : float
    at_home : int array
    """
    gamma, links = nation.value_added_share, nation.input_shares
    home = np.zeros(len(gamma), dtype=bool)
    home[at_home] = True
    sales = value_added / gamma
    for _ in range(ROUNDS):
        inputs = sales @ links.T
        final = np.where(home, np.maximum(sales - inputs, LEAST_FINAL_SHARE * sales), 0.0)
        closed = np.where(home, inputs + final, sales)
        settled = np.abs(closed / np.where(sales > 0, sales, 1) - 1)[sales > 0].max() < 1e-14
        sales = closed
        if settled:
            break
    else:
        raise ConvergenceError("The accounts of the home-bound industries do not close.")
    available = sales.sum(axis=0) + nation.imports - nation.exports + net_margins - inputs.sum(axis=0)
    earned = sales @ gamma
    weight = population * (earned / population) ** elasticity
    final[:, ~home] = np.outer(weight / weight.sum(), available[~home])
    spent = final.sum(axis=1)
    return Spending(inputs + final, final / spent[:, None], spent - earned, sales)
