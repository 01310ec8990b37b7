"""First-order effects: the equilibrium conditions linearised at the baseline, for many small shocks at once.

The linear map has the same structure as the full one (a few kernel products), so that gradients with respect to every
county's levers cost a fraction of as many full solutions, and are exact to first order.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from bolang.economy.core.acceleration import Anderson
from bolang.economy.core.arrays import Array, IntArray, by_place
from bolang.economy.core.border import Border
from bolang.economy.core.equilibrium import Economy
from bolang.economy.core.kernels import KernelTrade
from bolang.economy.core.migration import Closure
from bolang.foundation.errors import BadInputError, ConvergenceError
from bolang.foundation.text import tr


@dataclass(frozen=True, slots=True, eq=False)
class SmallShock:
    """Directions of change, in logs, for a batch of B shocks.

    Attributes
    ----------
    productivity : array broadcastable to (M, S, B)
        Of ``T``.
    outward : array broadcastable to (R, N, 1, B)
        Of closeness to foreign regions.
    departing, arriving : array broadcastable to (N, S, B)
        Of closeness on home routes.
    hub_worth : array broadcastable to (H, G, B)
        Of the worth of hubs.
    """

    productivity: Array = field(default_factory=lambda: np.zeros((1, 1, 1)))
    outward: Array = field(default_factory=lambda: np.zeros((1, 1, 1, 1)))
    departing: Array = field(default_factory=lambda: np.zeros((1, 1, 1)))
    arriving: Array = field(default_factory=lambda: np.zeros((1, 1, 1)))
    hub_worth: Array = field(default_factory=lambda: np.zeros((1, 1, 1)))


@dataclass(frozen=True, slots=True, eq=False)
class Gradient:
    """Log changes per unit of the shock; nominal values relative to world income.

    Attributes
    ----------
    wage, population, real_income : array (M, B)
    sales, price : array (M, S, B)
    """

    wage: Array
    population: Array
    real_income: Array
    sales: Array
    price: Array


class Tangent:
    """The linearised economy.

    Parameters
    ----------
    economy : Economy
        With kernel trade, without tariffs in the baseline.
    closure : {'fixed', 'province', 'national'}
    """

    def __init__(self, economy: Economy, closure: Closure = "fixed") -> None:
        trade = economy.trade
        if not isinstance(trade, KernelTrade):
            raise BadInputError("First-order effects need kernel trade.")
        self._economy, self._trade, self._n = economy, trade, trade.home
        self._dtype = economy.sales.dtype.type
        self._migration = None if closure == "fixed" else economy.migration[closure]
        spending = economy.spending_and_income(
            economy.income[:, None], economy.sales[..., None], economy.baseline_market
        )
        self._spending = spending[0][..., 0]
        self._level = trade.supply
        self._spread = self._spending / trade.phi
        elasticities = economy.elasticities
        self._theta, self._psi = elasticities.trade[:, :1], elasticities.scale[:, :1]
        self._kappa, self._delta = elasticities.migration[:1], elasticities.housing[:1]
        self._mu = elasticities.market_size[:1]
        self._out, self._in = _borders(trade)
        self._own = economy.sales.copy()
        if trade.hubs is not None:
            flows = economy.baseline_flows
            self._throughput = flows.throughput[..., 0]
            self._margins = trade.hubs.margin * self._throughput.sum(axis=1)
            np.add.at(self._own[:, trade.hubs.service], trade.hubs.places, -self._margins)
            self._sold = trade.hubs.worth * trade.hub_purchases[..., 0]
            self._faced = self._throughput / np.where(self._sold > 0, self._sold, 1)

    def solve(
        self, shock: SmallShock, scenarios: int, *, tolerance: float = 1e-10, iterations: int = 300, depth: int = 10
    ) -> Gradient:
        """Solve for the response to small shocks.

        Raises
        ------
        ConvergenceError
            If the iteration does not settle.
        """
        sizes = self._sizes()
        state = np.zeros((scenarios, int(np.cumsum(sizes)[-1])), self._dtype)
        accelerator = Anderson(depth)
        shock = SmallShock(*(np.asarray(getattr(shock, name), self._dtype) for name in SmallShock.__slots__))
        first = 0.0
        for _ in range(iterations):
            mapped = self._map(state, shock, scenarios)
            residual = mapped - state
            worst = float(np.abs(residual).max())
            if not np.isfinite(worst):
                break
            first = first or worst
            if worst <= tolerance * max(first, 1e-30):
                return self._gradient(mapped, scenarios)
            state = accelerator.step(state, self._precondition(residual, scenarios))
        raise ConvergenceError(
            tr(f"一阶效应未收敛：残差 {worst:.2g}。", f"First-order effects do not settle: residual {worst:.2g}.")
        )

    def _sizes(self) -> list[int]:
        places, sectors = self._economy.sales.shape
        hubs = 0 if self._trade.hubs is None else self._trade.hubs.count
        people = 0 if self._migration is None else self._n
        return [places, places * sectors, places * sectors, people, hubs]

    def _split(self, state: Array, count: int) -> tuple[Array, Array, Array, Array, Array]:
        places, sectors = self._economy.sales.shape
        wage, sales, price, people, size = np.split(state, np.cumsum(self._sizes())[:-1], axis=1)
        shape = (count, places, sectors)
        moved = np.zeros((places, count), state.dtype)
        if people.shape[1]:
            moved[: self._n] = people.T
        return (
            np.ascontiguousarray(wage.T),
            np.ascontiguousarray(sales.reshape(shape).transpose(1, 2, 0)),
            np.ascontiguousarray(price.reshape(shape).transpose(1, 2, 0)),
            moved,
            np.ascontiguousarray(size.T),
        )

    def _joined(self, wage: Array, sales: Array, price: Array, people: Array, size: Array) -> Array:
        flat = [part.transpose(2, 0, 1).reshape(part.shape[2], -1) for part in (sales, price)]
        moved = people[: self._n] if self._migration is not None else people[:0]
        return np.concatenate([wage.T, *flat, moved.T, size.T], axis=1)

    def _precondition(self, residual: Array, count: int) -> Array:
        wage, sales, price, people, size = self._split(residual, count)
        if self._economy.coarse is not None:
            wage, sales, price = self._economy.coarse.correct(wage, sales, price, 0.6)
        return self._joined(wage, sales, price, 0.6 * people, 0.6 * size)

    def _map(self, state: Array, shock: SmallShock, count: int) -> Array:
        """Derivative of the equilibrium map at the baseline, plus the shock."""
        economy, trade = self._economy, self._trade
        wage, sales, price, people, size = self._split(state, count)
        cost = economy.technology.log_cost(wage, price)
        supply = shock.productivity + self._theta * (self._psi * (sales - wage[:, None]) - cost)
        supply = np.broadcast_to(supply, (*economy.sales.shape, count))
        hub = self._hub_offer(supply, size, shock)
        index = self._index(supply, shock, hub) / trade.phi[..., None]
        new_price = -index / self._theta
        spent, final = self._demand(wage + people, sales)
        pull = spent - index
        received, margins, throughput = self._received(supply, pull, shock, hub)
        sold = economy.sales[..., None]
        new_sales = np.where(sold > 0, (received + margins) / np.where(sold > 0, sold, 1), 0)
        earned = economy.technology.labour_income(received + margins)
        new_wage = earned / economy.income[:, None] - people
        new_wage[economy.numeraires] = wage[economy.numeraires]
        income = self._real_income(final, people, new_price)
        new_people = self._settled(income)
        new_size = size if hub is None else throughput - hub[3]
        return self._joined(new_wage, new_sales, new_price, new_people, new_size)

    def _hub_offer(self, supply: Array, size: Array, shock: SmallShock) -> tuple[Array, Array, Array, Array] | None:
        """Log changes of hubs' rate (H, G, B), of what they buy, of their offer, and of the price of their services (H, B)."""
        trade = self._trade
        if trade.hubs is None:
            return None
        hubs, n = trade.hubs, self._n
        reach = supply[:n, hubs.goods] + _goods(shock.departing, hubs.goods)
        bought = hubs.purchases(self._level[:n, hubs.goods, None] * reach) / trade.hub_purchases
        bought = (
            bought + _goods(np.broadcast_to(shock.arriving, (n, *shock.arriving.shape[1:])), hubs.goods)[hubs.places]
        )
        service = -supply[hubs.places, hubs.service] / self._theta[hubs.service]
        rate = (
            shock.hub_worth
            + self._mu * size[:, None]
            - hubs.margin * (bought + self._theta[hubs.goods] * service[:, None])
        )
        return rate, bought, rate + bought, service

    def _index(
        self, supply: Array, shock: SmallShock, hub: tuple[Array, Array, Array, Array] | None
    ) -> Array:  # fmt: skip
        """Change of ``Phi`` in levels, (M, S, B)."""
        trade, n = self._trade, self._n
        leaving = self._level[:n, :, None] * (supply[:n] + shock.departing)
        home = np.empty(leaving.shape, leaving.dtype)
        base = np.empty((n, leaving.shape[1], 1), leaving.dtype)
        for kernel in trade.kernels:
            home[:, kernel.sectors] = kernel.times(leaving[:, kernel.sectors])
            if np.any(shock.arriving):
                base[:, kernel.sectors] = kernel.times(self._level[:n, kernel.sectors, None])
        if np.any(shock.arriving):
            home += base * shock.arriving
        foreign = self._level[n:, :, None] * supply[n:]
        home += self._in.to_places(foreign)[0]
        exported = self._out.from_places(self._level[:n, :, None] * supply[:n])
        if np.any(shock.outward):
            exported += self._outward_shift(shock)
        abroad = np.einsum("rqs,qsb->rsb", trade.abroad, foreign, optimize=True)
        total = np.concatenate([home, exported + abroad])
        if hub is not None and trade.hubs is not None:
            total[:, trade.hubs.goods] += self._hub_index(hub[2], shock)
        return total

    def _hub_index(self, offer: Array, shock: SmallShock) -> Array:
        """What hubs add to the change of ``Phi``, legs included, (M, G, B)."""
        hubs, n = self._trade.hubs, self._n
        assert hubs is not None
        leaving = _goods(np.broadcast_to(shock.departing, (n, *shock.departing.shape[1:])), hubs.goods)[hubs.places]
        home = hubs.offer(self._sold[..., None] * (offer + leaving))
        home[n:] = hubs.offer(self._sold[..., None] * offer)[n:]
        if np.any(shock.arriving):
            base = hubs.offer(self._sold[..., None])[:n]
            home[:n] += base * _goods(shock.arriving, hubs.goods)
        if np.any(shock.outward):
            shift = np.broadcast_to(shock.outward, (len(self._trade.outward), n, *shock.outward.shape[2:]))
            at_hubs = shift[:, hubs.places]
            home[n:] += np.einsum("grh,hg,rhgb->rgb", hubs.into[:, n:], self._sold, np.broadcast_to(
                at_hubs, (*at_hubs.shape[:2], len(hubs.goods), at_hubs.shape[3])), optimize=True)  # fmt: skip
        return home

    def _outward_shift(self, shock: SmallShock) -> Array:
        trade, n = self._trade, self._n
        flows = trade.outward * self._level[None, :n]
        shift = np.broadcast_to(shock.outward, (len(flows), n, 1, shock.outward.shape[3]))[:, :, 0]
        shifted: Array = np.einsum("rns,rnb->rsb", flows, shift, optimize=True)
        return shifted

    def _demand(self, income: Array, sales: Array) -> tuple[Array, Array]:
        """Log changes of spending (M, S, B) and of final spending (M, B)."""
        economy = self._economy
        base = economy.income[:, None]
        paid = economy.transfers[:, None]
        if economy.transfer_rule == "world":
            transfers = paid * ((base * income).sum(axis=0) / base.sum())
        elif economy.transfer_rule == "own":
            transfers = paid * income
        else:
            given = np.minimum(paid, 0) * income
            transfers = given + np.maximum(paid, 0) * (given.sum(axis=0) / np.minimum(paid, 0).sum())
        final = (base * income + transfers) / economy.final_spending[:, None]
        inputs = economy.technology.inputs(economy.sales[..., None] * sales)
        bought = inputs + by_place(economy.technology.final) * (economy.final_spending[:, None] * final)[:, None]
        known = self._spending > 0
        spent = np.where(known[..., None], bought / np.where(known, self._spending, 1)[..., None], 0)
        return spent, final

    def _received(
        self, supply: Array, pull: Array, shock: SmallShock, hub: tuple[Array, Array, Array, Array] | None
    ) -> tuple[Array, Array, Array]:
        """Changes in levels of own sales (M, S, B) and of hub margins (M, S, B), and log change of throughput (H, B)."""
        trade, n = self._trade, self._n
        moved = self._spread[..., None] * pull
        taken = np.empty(pull.shape, pull.dtype)
        base = np.zeros(pull.shape[:2], pull.dtype)
        reaching = moved[:n] + self._spread[:n, :, None] * shock.arriving
        for kernel in trade.kernels:
            taken[:n, kernel.sectors] = kernel.times_transposed(reaching[:, kernel.sectors])
            if np.any(shock.departing):
                base[:n, kernel.sectors] = kernel.times_transposed(self._spread[:n, kernel.sectors, None])[..., 0]
        taken[:n] += base[:n, :, None] * shock.departing
        taken[:n] += self._out.to_places(moved[n:])[0]
        if np.any(shock.outward):
            shift = np.broadcast_to(shock.outward, (len(trade.outward), n, 1, shock.outward.shape[3]))[:, :, 0]
            taken[:n] += np.einsum("rns,rs,rnb->nsb", trade.outward, self._spread[n:], shift, optimize=True)
        taken[n:] = self._in.from_places(moved[:n])
        taken[n:] += np.einsum("rqs,rsb->qsb", trade.abroad, moved[n:], optimize=True)
        received = taken * self._level[..., None] + self._own[..., None] * supply
        margins = np.zeros_like(received)
        if hub is None or trade.hubs is None:
            return received, margins, np.empty((0, pull.shape[2]))
        hubs, (rate, bought, _, _) = trade.hubs, hub
        faced = self._hub_demand(moved, shock) / np.where(self._faced > 0, self._faced, 1)[..., None]
        arriving = _goods(np.broadcast_to(shock.arriving, (n, *shock.arriving.shape[1:])), hubs.goods)[hubs.places]
        paid = (1 - hubs.margin) * hubs.worth * self._faced
        pulled = np.stack(
            [hubs.outof[g].T @ (paid[:, g, None] * (rate + faced + arriving)[:, g]) for g in range(len(hubs.goods))],
            axis=1,
        )
        through = np.stack([hubs.outof[g].T @ paid[:, g] for g in range(len(hubs.goods))], axis=1)
        pulled = pulled + through[..., None] * _goods(shock.departing, hubs.goods)
        received[:n, hubs.goods] += self._level[:n, hubs.goods, None] * pulled
        change = self._throughput[..., None] * (rate + bought + faced)
        total = self._throughput.sum(axis=1)
        np.add.at(margins[:, hubs.service], hubs.places, hubs.margin * change.sum(axis=1))
        throughput = np.where(total > 0, 1 / np.where(total > 0, total, 1), 0)[:, None] * change.sum(axis=1)
        return received, margins, throughput

    def _hub_demand(self, moved: Array, shock: SmallShock) -> Array:
        """Change of the demand that hubs face, levels, legs included, (H, G, B)."""
        hubs, n = self._trade.hubs, self._n
        assert hubs is not None
        parts = []
        for g, s in enumerate(hubs.goods):
            home = moved[:n, s] + self._spread[:n, s, None] * _goods(shock.arriving, hubs.goods)[:, min(g, 0)]
            change = hubs.into[g, :n].T @ home + hubs.into[g, n:].T @ moved[n:, s]
            leaving = np.broadcast_to(shock.departing, (n, *shock.departing.shape[1:]))
            at_hub = _goods(leaving, hubs.goods)[hubs.places][:, min(g, 0)]
            change = change + (hubs.into[g, :n].T @ self._spread[:n, s])[:, None] * at_hub
            if np.any(shock.outward):
                shift = np.broadcast_to(shock.outward, (len(self._trade.outward), n, 1, shock.outward.shape[3]))
                at_hubs = shift[:, hubs.places, 0]
                change = change + np.einsum(
                    "rh,r,rhb->hb", hubs.into[g, n:], self._spread[n:, s], at_hubs, optimize=True
                )
            parts.append(change)
        return np.stack(parts, axis=1)

    def _real_income(self, final: Array, people: Array, price: Array) -> Array:
        index = (by_place(self._economy.technology.final) * price).sum(axis=1)
        income: Array = final - people - (1 - self._delta) * index - self._delta * final
        return income

    def _settled(self, income: Array) -> Array:
        if self._migration is None:
            return np.zeros((0, income.shape[1]), income.dtype)
        kappa = np.broadcast_to(self._kappa, (income.shape[1],)).astype(self._dtype)
        return self._migration.slope(income[: self._n], kappa)

    def _gradient(self, state: Array, count: int) -> Gradient:
        wage, sales, price, people, _ = self._split(state, count)
        income = wage + people
        world = (self._economy.income[:, None] * income).sum(axis=0) / self._economy.income.sum()
        _, final = self._demand(income, sales)
        return Gradient(
            wage=wage - world,
            population=people,
            real_income=self._real_income(final, people, price),
            sales=sales - world,
            price=price - world,
        )


def _borders(trade: KernelTrade) -> tuple[Border, Border]:
    """Exports and imports as they are in the baseline."""
    dtype = trade.supply.dtype
    one, none = np.ones((1, 1, 1), dtype), np.zeros((1, 1, 1), dtype)
    nowhere, theta = np.empty(0, dtype=np.intp), np.ones((trade.shape[1], 1), dtype)
    inward = np.swapaxes(trade.inward, 0, 1)
    return Border(trade.outward, one, nowhere, none, theta, one), Border(inward, one, nowhere, none, theta, one)


def _goods(factor: Array, goods: IntArray) -> Array:
    """Keep the sectors that pass through hubs, or 1 where the factor is common to all."""
    return factor if factor.shape[1] == 1 else factor[:, goods]
