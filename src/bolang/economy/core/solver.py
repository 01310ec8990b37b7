"""The equilibrium in changes: wages, prices, sales, people and hubs that clear every market, for many scenarios at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bolang.economy.core.acceleration import Anderson
from bolang.economy.core.arrays import Array, by_place, cast
from bolang.economy.core.equilibrium import Economy, Shock
from bolang.economy.core.migration import Closure
from bolang.economy.core.technology import Elasticities
from bolang.economy.core.trade import Exports, Flows, Market
from bolang.foundation.errors import BadInputError, ConvergenceError
from bolang.foundation.progress import IterationDone
from bolang.foundation.text import tr

LONGEST_STEP = 1.0
"""Largest plain step in logs; far from the solution a longer one can leave the region where the map makes sense."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to iterate.

    Attributes
    ----------
    tolerance : float
        Largest admissible relative change of wages, prices, sales and people, and market-clearing residual.
    relative : float
        Tolerance as a share of the first residual, where that is larger than `tolerance`: sweeps of small and large
        shocks need no more digits of the large ones.
    iterations : int
        Where to give up.
    depth : int
        Memory of the acceleration.
    damping : float
        Share of the wage (and population) residual that a plain step takes.
    """

    tolerance: float = 1e-9
    relative: float = 0.0
    iterations: int = 500
    depth: int = 12
    damping: float = 0.6


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """An equilibrium relative to the baseline; nominal values are in units of world income.

    Attributes
    ----------
    wage, population, final_spending, real_income : array (M, B)
        Changes (new over old). Real income is per head, housing included, amenities excluded.
    price, sales, labour : array (M, S, B)
        Changes; labour is employment by sector in efficiency units.
    spending : array (M, S, B)
        Expenditure, levels.
    throughput : array (H, G, B)
        Value that passes through each hub, levels.
    exports : Exports
        Sales abroad by home place and by hub, levels.
    welfare : array (N, B)
        Change of expected welfare of the people from each home place.
    iterations : int
    residual : array (B,)
        Largest market-clearing residual, relative.
    walras : array (B,)
        Relative residual of the labour market of the numeraire (the last place, or all foreign regions together), which the
        solver leaves unsolved.
    closure : {'fixed', 'province', 'national'}
    """

    wage: Array
    population: Array
    final_spending: Array
    real_income: Array
    price: Array
    sales: Array
    labour: Array
    spending: Array
    throughput: Array
    exports: Exports
    welfare: Array
    iterations: int
    residual: Array
    walras: Array
    closure: Closure

    def scenario(self, b: int) -> Solution:
        """Return one scenario of a batch, keeping a last axis of length one."""
        fields = ("wage", "population", "final_spending", "real_income", "price", "sales", "labour", "spending")
        cut = {name: getattr(self, name)[..., b : b + 1] for name in (*fields, "throughput", "welfare")}
        exports = Exports(self.exports.direct[..., b : b + 1], self.exports.via_hubs[..., b : b + 1])
        return replace(self, **cut, exports=exports, residual=self.residual[b : b + 1], walras=self.walras[b : b + 1])


def solve(
    economy: Economy,
    shock: Shock,
    *,
    closure: Closure = "fixed",
    elasticities: Elasticities | None = None,
    scenarios: int = 1,
    options: Options = Options(),
    start: Array | None = None,
    progress: IterationDone | None = None,
) -> Solution:
    """Solve for the equilibrium after a shock, for `scenarios` columns at once.

    Parameters
    ----------
    economy : Economy
    shock : Shock
    closure : {'fixed', 'province', 'national'}
        Who may move.
    elasticities : Elasticities, optional
        Parameters of this solve, by scenario; the economy's if left out.
    scenarios : int
        B, the length of the last axis of whatever varies by scenario.
    options : Options
    start : array (B, D), optional
        State to begin from; the baseline if left out. See `bolang.economy.core.uniqueness`.
    progress : callable, optional
        Receives iteration and residual.

    Raises
    ------
    ConvergenceError
        If an iterate is not finite or the iterations run out; it names the place and the sector.
    """
    system = System(economy, shock, closure, elasticities or economy.elasticities, scenarios)
    state = system.start() if start is None else start.astype(system.start().dtype)
    accelerator = Anderson(options.depth)
    tolerance = options.tolerance
    for iteration in range(1, options.iterations + 1):
        evaluated = system.evaluate(state)
        residual = evaluated.state - state
        worst = float(np.abs(residual).max())
        if not np.isfinite(worst):
            raise system.lost(residual, iteration)
        if progress is not None:
            progress(iteration, worst)
        if iteration == 1:
            tolerance = max(tolerance, options.relative * worst)
        if worst <= tolerance:
            return system.solution(evaluated, iteration)
        step = system.precondition(residual, options.damping)
        state = accelerator.step(state, np.clip(step, -LONGEST_STEP, LONGEST_STEP))
    raise system.lost(residual, options.iterations)


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """One pass through all equilibrium conditions."""

    state: Array
    log_wage: Array
    log_price: Array
    log_sales: Array
    log_people: Array
    log_income: Array
    log_welfare: Array
    final: Array
    supply: Array
    market: Market
    spending: Array
    flows: Flows
    labour_gap: Array


class System:
    """The equilibrium conditions as a map of a state onto itself.

    The state of a scenario is (log wage, log sales, log price, log people, log hub size) relative to the baseline.
    """

    def __init__(
        self, economy: Economy, shock: Shock, closure: Closure, elasticities: Elasticities, scenarios: int
    ) -> None:
        self._dtype = economy.sales.dtype.type
        shock, elasticities = cast(shock, self._dtype), cast(elasticities, self._dtype)
        self.economy, self.shock, self.elasticities, self.scenarios = economy, shock, elasticities, scenarios
        self.closure: Closure = closure
        if closure != "fixed" and closure not in economy.migration:
            raise BadInputError(f"This economy has no data for the closure {closure!r}.")
        self._migration = economy.migration.get(closure) if closure != "fixed" else None
        self._trade = economy.trade.under(shock.costs, elasticities.trade)
        self._log_productivity = np.log(shock.productivity)
        places, sectors = economy.sales.shape
        self._home = shock_home(economy)
        hubs = len(economy.trade.hub_places)
        people = self._home if self._migration is not None else 0
        self._cuts = np.cumsum([places, places * sectors, places * sectors, people, hubs])
        self._active = (economy.sales > 0)[..., None]
        self._sold = np.where(economy.sales > 0, economy.sales, 1.0)[..., None]
        self._reference = _reference_throughput(economy)

    def start(self) -> Array:
        """Return the baseline as the first state, (B, D)."""
        return np.zeros((self.scenarios, int(self._cuts[-1])), dtype=self._dtype)

    def precondition(self, residual: Array, damping: float) -> Array:
        """Turn a residual into a step: a Newton step on blocks of places, less for what feeds back strongly."""
        wage, sales, price, people, size = self._unpack(residual)
        if self.economy.coarse is None:
            wage = damping * wage
        else:
            wage, sales, price = self.economy.coarse.correct(wage, sales, price, damping)
        moved = people[: self._home] if self._migration is not None else people[:0]
        return self._pack(wage, sales, price, damping * moved, damping * size)

    def evaluate(self, state: Array) -> Evaluation:
        """Compute every market at a state; a fixed point is an equilibrium."""
        economy, technology = self.economy, self.economy.technology
        log_wage, log_sales, log_price, log_people, log_size = self._unpack(state)
        theta = self.elasticities.trade
        log_cost = technology.log_cost(log_wage, log_price)
        log_labour = np.where(self._active, log_sales - log_wage[:, None], 0.0)
        log_supply = self._log_productivity + theta * (self.elasticities.scale * log_labour - log_cost)
        supply = np.exp(log_supply)
        # Wholesale services are sold at their price, which falls with productivity and scale, not only with input costs.
        wholesale = economy.trade.service_sector
        service = -log_supply[economy.trade.hub_places, wholesale] / theta[wholesale]
        market = self._trade.market(supply, service, self.elasticities.market_size * log_size)
        new_price = -np.log(market.index) / theta
        income = economy.income[:, None] * np.exp(log_wage + log_people)
        sales = economy.sales[..., None] * np.exp(log_sales)
        spending, final = economy.spending_and_income(income, sales, market, self.shock.transfers)
        flows = self._trade.flows(supply, market, spending)
        new_sales = np.where(self._active, np.log(np.where(self._active, flows.sales / self._sold, 1.0)), 0.0)
        earned = technology.labour_income(flows.sales)
        given = economy.numeraires
        earned[given], income[given] = earned[given].sum(axis=0), income[given].sum(axis=0)
        gap = np.log(earned / income)
        new_wage = log_wage + gap
        new_wage[given] = log_wage[given]
        log_income = self._real_income(final, log_people, new_price)
        new_people, welfare = self._settle(log_income)
        new_size = self._sizes(flows, service, log_size)
        new = self._pack(new_wage, new_sales, new_price, new_people, new_size)
        return Evaluation(
            state=new,
            log_wage=log_wage,
            log_price=new_price,
            log_sales=new_sales,
            log_people=log_people,
            log_income=log_income,
            log_welfare=welfare,
            final=final,
            supply=supply,
            market=market,
            spending=spending,
            flows=flows,
            labour_gap=gap,
        )

    def solution(self, at: Evaluation, iterations: int) -> Solution:
        """Read the results off a fixed point, in units of world income."""
        economy = self.economy
        world = (economy.income[:, None] * np.exp(at.log_wage + at.log_people)).sum(axis=0) / economy.income.sum()
        goods = np.abs(at.state[:, self._cuts[0] : self._cuts[1]] - self._flat(at.log_sales)).max(axis=1)
        exports = self._trade.exports(at.supply, at.market, at.spending)
        residual = np.maximum(goods, np.abs(at.labour_gap).max(axis=0))
        return Solution(
            wage=np.exp(at.log_wage) / world,
            population=np.exp(at.log_people),
            final_spending=at.final / economy.final_spending[:, None] / world,
            real_income=np.exp(at.log_income),
            price=np.exp(at.log_price) / world,
            sales=np.exp(at.log_sales) / world,
            labour=np.exp(np.where(self._active, at.log_sales - at.log_wage[:, None], 0.0)),
            spending=at.spending / world,
            throughput=at.flows.throughput / world,
            exports=Exports(exports.direct / world, exports.via_hubs / world),
            welfare=np.exp(at.log_welfare),
            iterations=iterations,
            residual=residual,
            walras=at.labour_gap[-1],
            closure=self.closure,
        )

    def lost(self, residual: Array, iteration: int) -> ConvergenceError:
        """Return the error that names the place and the sector with the largest residual."""
        economy = self.economy
        bad = np.where(np.isfinite(residual), np.abs(residual), np.inf)
        scenario, component = np.unravel_index(int(bad.argmax()), bad.shape)
        block = int(np.searchsorted(self._cuts, component, side="right"))
        offset = int(component) - (int(self._cuts[block - 1]) if block else 0)
        sectors = len(economy.sectors)
        zh_kind, en_kind = _BLOCKS[block]
        if block in (1, 2):
            where = f"{economy.places[offset // sectors]} / {economy.sectors[offset % sectors]}"
        elif block == 4:
            where = economy.places[int(economy.trade.hub_places[offset])]
        else:
            where = economy.places[offset]
        size = float(bad[scenario, component])
        return ConvergenceError(
            tr(
                f"均衡求解未收敛：第 {iteration} 次迭代时，{where} 的{zh_kind}残差为 {size:.3g}（情景 {scenario + 1}）。",
                f"No equilibrium: after {iteration} iterations the {en_kind} of {where} misses by {size:.3g} "
                f"(scenario {scenario + 1}).",
            ),
            tr(
                "请检查该处的冲击是否过大，或减小规模经济参数、增加迭代次数。",
                "Check whether the shock there is too large, weaken scale economies, or allow more iterations.",
            ),
        )

    def _real_income(self, final: Array, log_people: Array, log_price: Array) -> Array:
        """``v = e / (P^(1-delta) (E / H)^delta)``: income per head over goods prices and rents."""
        economy, delta = self.economy, self.elasticities.housing
        log_final = np.log(final / economy.final_spending[:, None])
        log_index = (by_place(economy.technology.final) * log_price).sum(axis=1)
        housing = np.zeros_like(log_final)
        housing[: self._home] += np.log(self.shock.housing)
        return np.asarray(log_final - log_people - (1 - delta) * log_index - delta * (log_final - housing))

    def _settle(self, log_income: Array) -> tuple[Array, Array]:
        attraction = log_income[: self._home] + np.log(self.shock.amenity)
        if self._migration is None:
            return np.empty((0, self.scenarios), self._dtype), attraction
        kappa = np.broadcast_to(self.elasticities.migration, (self.scenarios,))
        return self._migration.settle(attraction, kappa)

    def _sizes(self, flows: Flows, log_service_price: Array, log_size: Array) -> Array:
        """Volume of trade of each hub relative to its reference, deflated by its own wholesale services."""
        volume = flows.throughput.sum(axis=1)
        if not len(volume):
            return log_size
        alive = volume > 0
        ratio = np.where(alive, volume, 1.0) / self._reference[:, None]
        return np.where(alive, np.log(ratio) - log_service_price, 0.0)

    def _unpack(self, state: Array) -> tuple[Array, Array, Array, Array, Array]:
        places, sectors = self.economy.sales.shape
        wage, sales, price, people, size = np.split(state, self._cuts[:-1], axis=1)
        shape = (self.scenarios, places, sectors)
        log_people = np.zeros((places, self.scenarios), dtype=state.dtype)
        if people.shape[1]:
            log_people[: self._home] = people.T
        return (
            np.ascontiguousarray(wage.T),
            np.ascontiguousarray(sales.reshape(shape).transpose(1, 2, 0)),
            np.ascontiguousarray(price.reshape(shape).transpose(1, 2, 0)),
            log_people,
            np.ascontiguousarray(size.T),
        )

    def _flat(self, values: Array) -> Array:
        return values.transpose(2, 0, 1).reshape(self.scenarios, -1)

    def _pack(self, wage: Array, sales: Array, price: Array, people: Array, size: Array) -> Array:
        return np.concatenate([wage.T, self._flat(sales), self._flat(price), people.T, size.T], axis=1)


_BLOCKS = (
    ("工资", "wage"),
    ("销售额", "sales"),
    ("价格", "price"),
    ("人口", "population"),
    ("市场规模", "market size"),
)


def shock_home(economy: Economy) -> int:
    """Number of home places: those that people may move between."""
    return int(getattr(economy.trade, "home", len(economy.places)))


def _reference_throughput(economy: Economy) -> Array:
    hubs = getattr(economy.trade, "hubs", None)
    return np.ones(0) if hubs is None else np.asarray(hubs.reference)
