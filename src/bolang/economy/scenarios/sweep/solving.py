"""One block of the sweep: a lever pulled in each of some counties, one scenario a county, solved side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from bolang.economy.core.acceleration import Anderson
from bolang.economy.core.arrays import Array
from bolang.economy.core.differences import DifferenceProducts
from bolang.economy.core.equilibrium import Economy, Shock
from bolang.economy.core.solver import LONGEST_STEP, Evaluation, Solution, System
from bolang.economy.core.technology import Elasticities
from bolang.economy.levers.catalogue import Lever
from bolang.economy.levers.draws import UNCERTAIN, Draws, central
from bolang.economy.levers.hub_opening import hub_position
from bolang.economy.levers.mechanisms import ShockBuilder
from bolang.economy.levers.response import STEP, elasticity_of
from bolang.economy.scenarios.circles import circles
from bolang.economy.scenarios.outcomes import Outcomes, outcomes
from bolang.economy.scenarios.workers import single_threaded_algebra

if TYPE_CHECKING:
    from bolang.economy.calibration.calibration import Calibration

State = Literal["solved", "not_settled", "not_finite", "needs_market"]
MEASURES = ("gdp", "real_income", "employment", "manufacturing", "wholesale", "exports", "revenue")
"""Measures that the sweep keeps."""
CIRCLES = ("county", "neighbours", "province", "nation")
NAMED = 3
"""Gainers, and losers, that are kept by name, each."""
RELATIVE = 3e-4
"""A column is solved when its residual is this share of the first one."""
FLOOR = 1e-11
ITERATIONS = 80
DEPTH = 4


@dataclass(frozen=True, slots=True, eq=False)
class SolvedBlock:
    """What a block found, one row a county.

    Attributes
    ----------
    states : tuple of {"solved", "not_settled", "not_finite", "needs_market"}
    effect : array (B, M, C)
        Relative changes; NaN where nothing was solved.
    residual : array (B,)
        Largest miss of any equilibrium condition, in logs; NaN where nothing was solved.
    first : array (B,)
        The same before the first step.
    iterations : int
    gainers, losers : int array (B, NAMED)
        Rows of the other counties whose GDP gains, or loses, most; -1 where there is none.
    gained, lost : array (B, NAMED)
        Their changes of GDP, 万元.
    """

    states: tuple[State, ...]
    effect: Array
    residual: Array
    first: Array
    iterations: int
    gainers: Array
    gained: Array
    losers: Array
    lost: Array


@dataclass(frozen=True, slots=True, eq=False)
class Workshop:
    """What all blocks share: the calibration and its products."""

    calibration: Calibration
    products: DifferenceProducts

    @classmethod
    def open(cls, calibration: Calibration, backend: str = "numpy") -> Workshop:
        """Prepare the products once."""
        return cls(calibration, DifferenceProducts.of(calibration.economy, calibration.flows, backend))

    def solve(self, lever: Lever, counties: Sequence[int]) -> SolvedBlock:
        """Solve a block; columns that do not settle stay empty."""
        needs = lever.mechanism == "hub_border"
        able = [not needs or hub_position(self.calibration.economy, c) is not None for c in counties]
        rows = [r for r, ok in enumerate(able) if ok]
        block = _empty(len(counties))
        states: list[State] = ["solved" if ok else "needs_market" for ok in able]
        found = None
        if rows:
            with single_threaded_algebra():
                found = self._solved(lever, [counties[r] for r in rows])
            self._write(block, rows, [counties[r] for r in rows], found)
            for r, done in zip(rows, found.done, strict=True):
                states[r] = _state(done, block["residual"][r])
        return SolvedBlock(
            states=tuple(states),
            iterations=0 if found is None else found.iterations,
            **block,
        )

    def solve_drawn(self, lever: Lever, county: int, draws: Draws) -> SolvedBlock:
        """Solve one county under several sets of parameters and sizes, one row a set.

        Parameters
        ----------
        lever : Lever
        county : int
        draws : Draws
            Its `effects` have one row: the size of the lever in each set.
        """
        counties = [county] * draws.count
        if lever.mechanism == "hub_border" and hub_position(self.calibration.economy, county) is None:
            missing: State = "needs_market"
            return SolvedBlock(states=(missing,) * draws.count, iterations=0, **_empty(draws.count))
        block = _empty(draws.count)
        with single_threaded_algebra():
            own = lever.mechanism == "own_gdp"
            builder = ShockBuilder(self.calibration, draws, {county: self._responses(counties, draws)} if own else {})
            builder.lever(lever.mechanism, county, draws.effects[0])
            found = self._settle(builder.economy, builder.build(), draws)
        self._write(block, range(draws.count), counties, found)
        states = [_state(done, miss) for done, miss in zip(found.done, block["residual"], strict=True)]
        return SolvedBlock(states=tuple(states), iterations=found.iterations, **block)

    def _solved(self, lever: Lever, counties: Sequence[int]) -> _Settled:
        draws = self._draws(len(counties))
        responses: dict[int, float | Array] = {}
        if lever.mechanism == "own_gdp":
            responses = dict(zip(counties, self._responses(counties, draws).tolist(), strict=True))
        builder = ShockBuilder(self.calibration, draws, responses)
        for j, county in enumerate(counties):
            builder.lever(lever.mechanism, county, lever.effect.centre * (np.arange(len(counties)) == j))
        shock = builder.build()
        return self._settle(builder.economy, shock, draws)

    def _responses(self, counties: Sequence[int], draws: Draws) -> Array:
        """What productivity does to each county's own GDP, as `own_gdp_response` has it, one column a county, (B,)."""
        economy = self.calibration.economy
        trade = draws.elasticities(len(economy.sectors)).trade
        productivity = np.ones((*economy.sales.shape, len(counties)))
        for j, county in enumerate(counties):
            productivity[county, :, j] = np.exp(STEP * trade[:, j])
        found = self._settle(economy, Shock(productivity=productivity), draws)
        return np.array([elasticity_of(found.solution, c, j) for j, c in enumerate(counties)])

    def _draws(self, count: int) -> Draws:
        one = central(self.calibration.parameters, [])
        return Draws({name: np.repeat(one.parameters[name], count) for name in UNCERTAIN}, np.empty((0, count)))

    def _settle(self, economy: Economy, shock: Shock, draws: Draws) -> _Settled:
        elasticities = draws.elasticities(len(economy.sectors))
        return settle(self.products.into(economy), shock, elasticities, draws.count)

    def _write(self, block: dict[str, Array], rows: Sequence[int], counties: Sequence[int], found: _Settled) -> None:
        done = outcomes(self.calibration, found.economy, found.solution)
        change = done.after["gdp"] - done.before["gdp"][:, None]
        for j, (r, county) in enumerate(zip(rows, counties, strict=True)):
            block["residual"][r], block["first"][r] = found.residual[j], found.first[j]
            if found.done[j]:
                block["effect"][r] = _effects(self.calibration, done, county, j)
                _name(block, r, change[:, j], county)


@dataclass(frozen=True, slots=True, eq=False)
class _Settled:
    economy: Economy
    solution: Solution
    done: Array
    residual: Array
    first: Array
    iterations: int


def settle(economy: Economy, shock: Shock, elasticities: Elasticities, count: int) -> _Settled:
    """Iterate until every column is solved to its own tolerance, or none that is left can be.

    Other than `bolang.economy.core.solver.solve`, a column that fails does not take the others with it.
    """
    system = System(economy, shock, "national", elasticities, count)
    state, accelerator = system.start(), Anderson(DEPTH, np.float32)
    alive = np.ones(count, dtype=bool)
    first = np.zeros(count)
    for iteration in range(1, ITERATIONS + 1):
        with np.errstate(all="ignore"):
            evaluated: Evaluation = system.evaluate(state)
            residual = evaluated.state - state
        worst = np.abs(residual).max(axis=1)
        alive &= np.isfinite(worst)
        residual[~alive], state[~alive] = 0.0, 0.0
        if iteration == 1:
            first = worst.copy()
        done = alive & (worst <= np.maximum(RELATIVE * first, FLOOR))
        if done[alive].all():
            break
        step = np.clip(system.precondition(residual, 0.6), -LONGEST_STEP, LONGEST_STEP)
        state = accelerator.step(state, step)
    return _Settled(economy, system.solution(evaluated, iteration), done, worst, first, iteration)


def _state(done: bool, residual: float) -> State:
    return "solved" if done else "not_settled" if np.isfinite(residual) else "not_finite"


def _empty(count: int) -> dict[str, Array]:
    named = (count, NAMED)
    return {
        "effect": np.full((count, len(MEASURES), len(CIRCLES)), np.nan),
        "residual": np.full(count, np.nan),
        "first": np.full(count, np.nan),
        "gainers": np.full(named, -1.0),
        "gained": np.full(named, np.nan),
        "losers": np.full(named, -1.0),
        "lost": np.full(named, np.nan),
    }


def _effects(calibration: Calibration, done: Outcomes, county: int, column: int) -> Array:
    rows = circles(calibration.atlas, county)
    found = np.full((len(MEASURES), len(CIRCLES)), np.nan)
    one = Outcomes(done.before, {m: done.after[m][:, column : column + 1] for m in done.after})
    for c, circle in enumerate(CIRCLES):
        if len(rows[circle]):
            found[:, c] = [float(one.change(m, rows[circle])[0]) for m in MEASURES]
    return found


def _name(block: dict[str, Array], row: int, change: Array, county: int) -> None:
    """Keep the counties, other than the one that acts, that gain and lose most."""
    others = change.copy()
    others[county] = 0.0
    order = np.argsort(others, kind="stable")
    for k in range(NAMED):
        if others[order[-1 - k]] > 0:
            block["gainers"][row, k], block["gained"][row, k] = order[-1 - k], others[order[-1 - k]]
        if others[order[k]] < 0:
            block["losers"][row, k], block["lost"][row, k] = order[k], others[order[k]]
