"""Of which year the census, the accounts and the debt are: read off the tables, so that a newer one needs no change of code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bolang.atlas import store


@dataclass(frozen=True, slots=True)
class Vintage:
    """The years that the shipped facts describe.

    Attributes
    ----------
    census, census_before : int
        The latest population census and the one before.
    accounts : int
        Newest year for which most units have a published budget.
    debt : int
        Year of final debt figures that most units with any have.
    taobao : int
        Year of the latest list of Taobao villages by county.
    """

    census: int
    census_before: int
    accounts: int
    debt: int
    taobao: int


@cache
def censuses() -> tuple[int, ...]:
    """Return the years of the population censuses with employment by industry, the earliest first."""
    return tuple(sorted(store.load("employment")["year"].unique().to_list()))


def read_vintage(units: int) -> Vintage:
    """Read the years off the tables.

    Parameters
    ----------
    units : int
        Number of county-level units.
    """
    import polars as pl

    budgets = store.load("accounts").drop_nulls("fiscal_revenue").group_by("year").len()
    debts = store.load("debt").filter(pl.col("stage") == "final").group_by("year").len()
    return Vintage(
        census=censuses()[-1],
        census_before=censuses()[-2],
        accounts=max(budgets.filter(pl.col("len") > units / 2)["year"].to_list()),
        debt=int(debts.sort("len", "year")["year"][-1]),
        taobao=int(store.load("taobao")["year"].to_numpy().max()),
    )
