"""Ten years of public finances, one year and one number at a time; nothing shared with the package."""

from dataclasses import dataclass, field

NAMES = ("general", "special", "total")


@dataclass
class Path:
    """One number a year, the start first."""

    gdp: list[float] = field(default_factory=list)
    resources: list[float] = field(default_factory=list)
    expenditure: list[float] = field(default_factory=list)
    fund_expenditure: list[float] = field(default_factory=list)
    debt: list[float] = field(default_factory=list)
    general_debt: list[float] = field(default_factory=list)
    special_debt: list[float] = field(default_factory=list)
    general_interest: list[float] = field(default_factory=list)
    special_interest: list[float] = field(default_factory=list)
    quota: list[float] = field(default_factory=list)
    rate: list[float] = field(default_factory=list)


def _budgets(p, a, shock, years):
    """GDP, revenue, transfers, funds by year."""
    rows = [(p.gdp, p.revenue, p.transfers, p.fund_revenue)]
    gdp, reach, moved, land = p.gdp, p.revenue, p.transfers, p.fund_revenue
    for t in range(years):
        growth = a.growth[t] + (shock["growth"][t] if shock else 0.0)
        gdp *= 1 + growth
        reach *= 1 + a.buoyancy * growth
        moved *= 1 + a.transfer_growth
        land *= 1 + a.fund_growth
        lost = (shock["revenue"][t], shock["fund"][t]) if shock else (0.0, 0.0)
        rows.append((gdp, reach * (1 - lost[0]), moved, land * (1 - lost[1])))
    return rows


def _not_followed(shortfalls, lag):
    """What is short in a year, less what has been short in every one of the years before."""
    left = []
    for t, short in enumerate(shortfalls):
        before = shortfalls[t - lag : t] if t >= lag else []
        lasting = 0.0
        if before and all(x > 0 for x in before):
            lasting = min(before)
        elif before and all(x < 0 for x in before):
            lasting = max(before)
        left.append(short - lasting)
    return left


def _debt(a, name, start, current, issue, gap, years):
    """Debt and interest of one account."""
    m, due = a.remaining_years[name], (1 - a.refinanced) / a.remaining_years[name]
    debt, interest = [start], [current * start]
    rate, calm_debt, size = current, start, 1.0
    for t in range(years):
        size *= 1 + a.growth[t]
        new = a.new_debt.get(name, 0.0) * start * size
        more = new - due * calm_debt
        calm_debt += more
        rate += (issue[t] - rate) / m
        interest.append(rate * debt[-1])
        debt.append(max(debt[-1] + more + gap[t + 1], 0.0))
    return debt, interest


def projected(p, a, shock=None, plan=None, *, quota_growth):
    """Follow a county that publishes everything, whose debt is in two accounts."""
    years = len(a.growth)
    base, seen = _budgets(p, a, None, years), _budgets(p, a, shock, years)
    general_gap = _not_followed([b[1] - s[1] for b, s in zip(base, seen, strict=True)], a.adjustment_years)
    fund_gap = _not_followed([b[3] - s[3] for b, s in zip(base, seen, strict=True)], a.adjustment_years)
    gaps = {
        "general": [a.general_borrowed * x for x in general_gap],
        "special": [a.fund_borrowed * x for x in fund_gap],
    }
    issue = [a.issue_rate + (shock["rate"][t] if shock else 0.0) for t in range(years)]
    calm, nothing = [a.issue_rate] * years, [0.0] * (years + 1)
    out, accounts, planned = Path(), {}, [0.0] * (years + 1)
    for name, start, paid in (
        ("general", p.general_debt, p.general_interest),
        ("special", p.special_debt, p.special_interest),
    ):
        current = a.effective_rate if paid is None else paid / start
        accounts[name] = _debt(a, name, start, current, issue, gaps[name], years)
        quiet, _ = _debt(a, name, start, current, calm, nothing, years)
        planned = [x + d - start for x, d in zip(planned, quiet, strict=True)]
    for t in range(years + 1):
        before, now = base[t], seen[t]
        owed = 0.0 if plan is None or t == 0 else plan[t - 1]
        owed_before = 0.0 if plan is None or t < 2 else plan[t - 2]
        out.rate.append(issue[0] if t == 0 else issue[t - 1])
        out.gdp.append(now[0])
        out.resources.append(now[1] + now[2] + now[3])
        out.expenditure.append(p.expenditure * (before[1] + before[2]) / (base[0][1] + base[0][2]))
        kept = 1 - (1 - a.fund_borrowed) * (1 - now[3] / before[3])
        out.fund_expenditure.append(p.fund_expenditure * before[3] / base[0][3] * kept)
        out.general_debt.append(accounts["general"][0][t] + owed)
        out.special_debt.append(accounts["special"][0][t])
        out.debt.append(out.general_debt[-1] + out.special_debt[-1])
        out.general_interest.append(accounts["general"][1][t] + out.rate[t] * owed_before)
        out.special_interest.append(accounts["special"][1][t])
        out.quota.append(max(p.quota * (1 + quota_growth) ** t, p.quota + max(planned[t], 0.0)))
    return out
