"""Ten years of public finances on arrays: the baseline, and paths under shocks held against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bolang.atlas.provenance import NOTHING
from bolang.foundation.errors import BadInputError
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, tr
from bolang.pathway.debt.dynamics import accumulate, repriced_rate, servicing_balance
from bolang.pathway.debt.position import FiscalPosition
from bolang.pathway.debt.rules import Balance

Floats = NDArray[np.float64]
YEARS = 10


@dataclass(frozen=True, eq=False)
class Assumptions:
    """How public finances move without shocks; arrays have one entry a year.

    Attributes
    ----------
    growth : ndarray, shape (T,)
        Nominal growth of GDP.
    buoyancy : float
        Elasticity of general budget revenue to GDP.
    transfer_growth, fund_growth : float
        Yearly growth of transfers and of government-fund revenue.
    issue_rate, effective_rate : float
        Rate of new issues, and of the stock at the start.
    new_debt : mapping
        Net new borrowing of each account as a share of its debt at the start, growing with GDP.
    general_borrowed, fund_borrowed : float
        Shares of a shortfall in either budget that have to be financed.
    adjustment_years : int
        Years after which spending follows a shortfall that lasts.
    refinanced : float
        Share of maturing principal that is refinanced.
    remaining_years : mapping
        Average remaining maturity of each account.
    growth_source : Text
        Where the growth path comes from.
    """

    growth: Floats
    buoyancy: float
    transfer_growth: float
    fund_growth: float
    issue_rate: float
    effective_rate: float
    new_debt: Mapping[str, float]
    general_borrowed: float
    fund_borrowed: float
    adjustment_years: int
    refinanced: float
    remaining_years: Mapping[str, float]
    growth_source: Text

    @property
    def years(self) -> int:
        """Number of years ahead."""
        return int(self.growth.size)

    @classmethod
    def from_parameters(
        cls, growth: float | None = None, growth_source: Text = NOTHING, years: int = YEARS, **changes: float
    ) -> Assumptions:
        """Take the cited parameters, with a growth rate and single values replaced where given.

        Raises
        ------
        BadInputError
            If a name is unknown or growth is -100 % or less.
        """
        cited = load_parameters("bolang.pathway.debt")
        rate = cited.number("nominal_growth") if growth is None else growth
        if not -1 < rate < 1:
            raise BadInputError(
                tr(
                    f"名义增长率应在-100%与100%之间，收到 {rate * 100:g}%。",
                    f"Nominal growth lies between -100 and 100 %, got {rate * 100:g} %.",
                )
            )
        remaining = cited["remaining_years"].value
        assert isinstance(remaining, dict)
        base = cls(
            growth=np.full(years, rate),
            buoyancy=cited.number("revenue_buoyancy"),
            transfer_growth=cited.number("transfer_growth"),
            fund_growth=cited.number("fund_growth"),
            issue_rate=cited.number("issue_rate"),
            effective_rate=cited.number("effective_rate"),
            new_debt={},
            general_borrowed=cited.number("general_shortfall_borrowed"),
            fund_borrowed=cited.number("fund_shortfall_borrowed"),
            adjustment_years=int(cited.number("adjustment_years")),
            refinanced=cited.number("refinanced_share"),
            remaining_years={str(name): float(number) for name, number in remaining.items()},
            growth_source=growth_source if growth is not None else cited["nominal_growth"].basis,
        )
        unknown = sorted(set(changes) - set(cls.__dataclass_fields__))
        if unknown:
            raise BadInputError(f"No assumption named {', '.join(unknown)}.")
        return replace(base, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, eq=False)
class OutlookShock:
    """Departures from the assumptions, on arrays of shape (..., T).

    Attributes
    ----------
    growth : ndarray
        Percentage points (as shares) added to nominal growth.
    revenue, fund : ndarray
        Share by which general budget or fund revenue lies below what growth implies.
    rate : ndarray
        Added to the issue rate.
    """

    growth: Floats
    revenue: Floats
    fund: Floats
    rate: Floats

    @classmethod
    def none(cls, years: int) -> OutlookShock:
        """Return no shock at all."""
        return cls(*(np.zeros(years) for _ in range(4)))

    def scaled(self, share: float) -> OutlookShock:
        """Return a share of every shock."""
        return OutlookShock(self.growth * share, self.revenue * share, self.fund * share, self.rate * share)

    def with_(self, other: OutlookShock) -> OutlookShock:
        """Return both shocks together."""
        return OutlookShock(
            self.growth + other.growth, self.revenue + other.revenue, self.fund + other.fund, self.rate + other.rate
        )


@dataclass(frozen=True, eq=False)
class _FiscalFlows:
    gdp: Floats
    revenue: Floats
    transfers: Floats
    fund: Floats


@dataclass(frozen=True, eq=False)
class _Spending:
    general: Floats
    fund: Floats


def project(
    position: FiscalPosition,
    assumptions: Assumptions,
    shock: OutlookShock | None = None,
    plan_debt: Floats | None = None,
) -> Balance:
    """Follow public finances over the years, under a shock where one is given.

    Without shock the county pays its interest and the part of maturing principal that is not refinanced, and borrows
    what `assumptions.new_debt` says. Under a shock planned spending stays until the shortfall has lasted
    ``adjustment_years``: until then the shortfall of revenue (``general_borrowed`` and ``fund_borrowed`` of it) adds to
    debt. Interest is never borrowed: by article 35 of the budget law debt pays for capital, not for running costs, so that
    dearer interest shows in the interest lines and squeezes other spending.

    Parameters
    ----------
    position : FiscalPosition
        The start; unknown items stay NaN throughout, and what depends on them as well.
    assumptions : Assumptions
    shock : OutlookShock, optional
        Arrays of shape (..., T).
    plan_debt : ndarray, shape (T,), optional
        Debt that a plan owes beside, counted as general debt.

    Returns
    -------
    Balance
        Arrays of shape (..., T + 1); the first entry is the start.
    """
    base, hit = _flows(position, assumptions, OutlookShock.none(assumptions.years)), None
    if shock is not None:
        hit = _flows(position, assumptions, shock)
    seen = hit or base
    lag = assumptions.adjustment_years
    general_gap = unadjusted(_known(base.revenue - seen.revenue), lag) * assumptions.general_borrowed
    fund_gap = unadjusted(_known(base.fund - seen.fund), lag) * assumptions.fund_borrowed
    issue = assumptions.issue_rate + (np.zeros(assumptions.years) if shock is None else shock.rate)
    accounts = _accounts(position)
    debts: dict[str, Floats] = {}
    interests: dict[str, Floats] = {}
    for name, start in accounts.items():
        gap = {"general": general_gap, "special": fund_gap, "total": general_gap + fund_gap}[name]
        rate = _effective_rate(name, start, position, assumptions)
        debts[name], interests[name] = _account(assumptions, name, (start, rate), issue=issue, gap=gap)
    if not accounts:
        debts["total"] = np.full(assumptions.years + 1, np.nan)
    fund_lost = 1.0 - np.divide(seen.fund, base.fund, out=np.ones_like(seen.fund), where=base.fund > 0)
    spending = _Spending(
        general=_spending(position, base) + np.zeros_like(seen.revenue),
        fund=position.value("fund_expenditure") * _ratio(base.fund) * (1 - (1 - assumptions.fund_borrowed) * fund_lost),
    )
    balance = _balance(seen, spending, debts, interests, issue)
    balance = replace(balance, quota=_quota(position, assumptions, accounts))
    return balance if plan_debt is None else _with_plan(balance, np.concatenate([[0.0], plan_debt]))


def _quota(position: FiscalPosition, assumptions: Assumptions, accounts: Mapping[str, float]) -> Floats:
    """Quota in each year: it is raised from above every year, and at least by what is borrowed as planned."""
    years = assumptions.years
    calm, no_gap = np.full(years, assumptions.issue_rate), np.zeros(years + 1)
    planned = np.zeros(years + 1)
    for name, start in accounts.items():
        rate = _effective_rate(name, start, position, assumptions)
        debt, _ = _account(assumptions, name, (start, rate), issue=calm, gap=no_gap)
        planned += debt - start
    raised = (1.0 + load_parameters("bolang.pathway.debt").number("quota_growth")) ** np.arange(years + 1)
    quota: Floats = np.maximum(position.value("quota") * raised, position.value("quota") + np.maximum(planned, 0.0))
    return quota


def unadjusted(shortfall: Floats, lag: int) -> Floats:
    """Part of a shortfall that spending has not followed yet, shape (..., T + 1) as given.

    Spending follows what has lasted for `lag` years: the smallest shortfall of these years, or the smallest gain.
    """
    gap = shortfall.copy()
    for year in range(lag, shortfall.shape[-1]):
        window = shortfall[..., year - lag : year]
        lasting = np.maximum(window.min(axis=-1), 0.0) + np.minimum(window.max(axis=-1), 0.0)
        gap[..., year] -= lasting
    return gap


def _accounts(position: FiscalPosition) -> dict[str, float]:
    if position.general_debt is not None and position.special_debt is not None:
        return {"general": position.general_debt, "special": position.special_debt}
    return {} if position.total_debt is None else {"total": position.total_debt}


def _flows(position: FiscalPosition, assumptions: Assumptions, shock: OutlookShock) -> _FiscalFlows:
    growth = assumptions.growth + shock.growth
    gdp = position.value("gdp") * _index(growth)
    reference = _index(assumptions.buoyancy * growth)
    fund = position.value("fund_revenue") * _index(np.full(assumptions.years, assumptions.fund_growth))
    return _FiscalFlows(
        gdp=gdp,
        revenue=position.value("revenue") * reference * _from_second(1.0 - shock.revenue),
        transfers=position.value("transfers") * _index(np.full(assumptions.years, assumptions.transfer_growth)),
        fund=fund * _from_second(1.0 - shock.fund),
    )


def _account(
    assumptions: Assumptions, name: str, start: tuple[float, float], *, issue: Floats, gap: Floats
) -> tuple[Floats, Floats]:
    """Debt and interest of one account, shape (..., T + 1) both; `start` holds its debt and effective rate today."""
    debt_now, current = start
    years = assumptions.remaining_years[name]
    calm = repriced_rate(current, np.full(assumptions.years, assumptions.issue_rate), years)
    new = assumptions.new_debt.get(name, 0.0) * debt_now * _index(assumptions.growth)[1:]
    planned = servicing_balance(debt_now, calm, new, years, assumptions.refinanced)
    rate = repriced_rate(current, issue, years)
    quiet = accumulate(debt_now, calm, planned)
    debt = accumulate(debt_now, np.zeros_like(rate), -np.diff(quiet) - gap[..., 1:])
    now = np.full((*debt.shape[:-1], 1), current * debt_now)
    interest = np.concatenate([now, np.broadcast_to(rate, debt[..., :-1].shape) * debt[..., :-1]], axis=-1)
    return debt, interest


def _effective_rate(name: str, start: float, position: FiscalPosition, assumptions: Assumptions) -> float:
    paid = {"general": position.general_interest, "special": position.special_interest}.get(name)
    return assumptions.effective_rate if paid is None or start <= 0 else paid / start


def _balance(
    seen: _FiscalFlows, spending: _Spending, debts: Mapping[str, Floats], interests: Mapping[str, Floats], issue: Floats
) -> Balance:
    unknown = np.full(seen.gdp.shape[-1], np.nan)
    return Balance(
        gdp=seen.gdp,
        resources=seen.revenue + seen.transfers + seen.fund,
        expenditure=spending.general,
        fund_expenditure=spending.fund,
        debt=sum(debts.values(), np.zeros(unknown.size)),
        general_debt=debts.get("general", unknown),
        special_debt=debts.get("special", unknown),
        general_interest=interests.get("general", unknown),
        special_interest=interests.get("special", unknown),
        quota=unknown,
        rate=np.concatenate([issue[..., :1], issue], axis=-1),
    )


def _with_plan(balance: Balance, plan: Floats) -> Balance:
    """Add a plan's debt as general debt, charged at the issue rate a year later."""
    owed_before = np.concatenate([[0.0], plan[:-1]])
    return replace(
        balance,
        debt=balance.debt + plan,
        general_debt=balance.general_debt + plan,
        general_interest=balance.general_interest + balance.rate * owed_before,
    )


def _spending(position: FiscalPosition, base: _FiscalFlows) -> Floats:
    """General expenditure keeps pace with the revenue and transfers of the baseline; with revenue alone if need be."""
    means = base.revenue + base.transfers
    if np.isnan(means).all():
        means = base.revenue
    return position.value("expenditure") * _ratio(means)


def _ratio(path: Floats) -> Floats:
    """Path over its start; flat where the start is unknown or zero."""
    start = path[..., :1]
    if np.isnan(start).all() or (start == 0).all():
        return np.ones_like(path)
    return np.asarray(path / start)


def _index(growth: Floats) -> Floats:
    return _from_second(np.asarray(np.cumprod(1.0 + growth, axis=-1), dtype=float))


def _from_second(path: Floats) -> Floats:
    return np.concatenate([np.ones((*path.shape[:-1], 1)), path], axis=-1)


def _known(path: Floats) -> Floats:
    """Let an unknown budget add no shortfall; `assess` leaves out the stresses that would need it."""
    return np.asarray(np.where(np.isnan(path), 0.0, path))
