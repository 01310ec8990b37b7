"""Counterfactuals: beside gegravity on its own kind of model, beside a dense solver, and the economy of all counties."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.dense_economy import solve_densely
from benchmarks.economy_stages import STAGES
from benchmarks.harness import Comparison, Measurement, compare
from bolang.economy.core.equilibrium import Economy, Shock
from bolang.economy.core.kernels import Kernel, KernelTrade
from bolang.economy.core.solver import Options, solve
from bolang.economy.core.technology import Elasticities, Technology
from bolang.economy.core.trade import DenseCosts, DenseTrade

ABOUT = (
    "Counterfactual equilibria. First one industry and 69 or 30 countries, the size that gegravity is made for; then random "
    "economies of N places and S industries with input links and scale economies beside a plain dense solver; then the "
    "calibrated economy of 2,853 counties, 12 foreign regions, 19 industries, market hubs and migration, each stage in a "
    "process of its own."
)
PEERS = ["gegravity", "pandas"]
ROOT = Path(__file__).parents[1]
PLACES, INDUSTRIES = (50, 100, 200, 400, 800), (5, 10, 19, 38, 76)
COMMON = (200, 19)
"""Places while industries vary, and industries while places vary."""
TOLERANCE = 1e-9


def run(repeat: int) -> list[Comparison | Measurement]:
    warnings.simplefilter("ignore")
    return [*_gravity(min(repeat, 3)), *_growth(min(repeat, 3)), *_counties()]


# --- the gravity model of gegravity ---------------------------------------------------------------------------------

SIGMA = 7.0
BETA = {"lndist": -0.791, "contiguity": 0.674, "border": -2.474}
"""Published estimates (Yotov, Piermartini, Monteiro and Larch 2016, chapter 2, application 1)."""
REMOVED = 0.1
RESCALE = 1000
"""The only scaling of outward resistances, of nine from 1e-4 to 1e4, with which the peer finds the right root throughout."""


@dataclass(frozen=True)
class _World:
    """Trade of some countries in 2006 and what it depends on, [exporter, importer]."""

    names: list[str]
    trade: np.ndarray
    costs: np.ndarray

    @classmethod
    def largest(cls, count: int) -> _World:
        stored = np.load(ROOT / "tests" / "reference" / "agtpa_trade_without_border.npz")
        rows = np.sort(np.argsort(-stored["trade"].sum(axis=1))[:count])
        parts = [stored[name][np.ix_(rows, rows)] for name in ("trade", "ln_distance", "contiguity", "border")]
        return cls([str(name) for name in stored["countries"][rows]], parts[0], np.stack(parts[1:], axis=-1))


def _gravity(repeat: int) -> list[Comparison]:
    try:
        import gegravity
    except ImportError:
        return []
    rows = []
    for count in (69, 30):
        world = _World.largest(count)
        rows.append(
            compare(
                f"borders 10 % weaker, {count} countries",
                "gegravity",
                partial(_ours, world),
                partial(_gegravity, gegravity, world, _table(world)),
                repeat=repeat,
                note="from costs, output and spending to changes of real GDP in per cent, whose difference is given; the peer's "
                f"root finder needs omr_rescale={RESCALE}, elsewhere it stops at a wrong root or with an error",
            )
        )
    return rows


def _ours(world: _World) -> np.ndarray:
    """Fit trade to costs, output and spending, then solve in changes."""
    closeness = np.exp(world.costs @ np.array(list(BETA.values())))
    output, spent = world.trade.sum(axis=1), world.trade.sum(axis=0)
    sent, moved = np.ones(len(output)), 1.0
    while moved > 1e-12:
        received = spent / (sent @ closeness)
        new = output / (closeness @ received)
        moved, sent = float(np.abs(new / sent - 1).max()), new
    fitted = sent[:, None] * closeness * received
    shares = (fitted / fitted.sum(axis=0)).T[:, :, None]
    economy = Economy(
        places=tuple(world.names),
        sectors=("goods",),
        technology=Technology(np.ones(1), np.zeros((1, 1)), np.ones(1)),
        elasticities=Elasticities.from_values(SIGMA - 1),
        trade=DenseTrade(shares, np.ones_like(shares)),
        sales=fitted.sum(axis=1)[:, None],
        transfers=spent - fitted.sum(axis=1),
        transfer_rule="own",
    )
    border = np.exp(REMOVED * BETA["border"] / (SIGMA - 1) * world.costs[..., 2].T)[:, :, None, None]
    found = solve(economy, Shock(costs=DenseCosts(iceberg=border)), options=Options(tolerance=TOLERANCE, damping=0.3))
    return np.asarray(100 * (found.wage[:, 0] / found.price[:, 0, 0] - 1))


def _table(world: _World) -> Any:
    import pandas as pd

    count = len(world.names)
    exporter, importer = (index.ravel() for index in np.indices((count, count)))
    names = np.array(world.names)
    columns = {name: world.costs[..., k].ravel() for k, name in enumerate(BETA)}
    return pd.DataFrame(
        {
            "exporter": names[exporter],
            "importer": names[importer],
            "year": "2006",
            "trade": world.trade.ravel(),
            "Y": world.trade.sum(axis=1)[exporter],
            "E": world.trade.sum(axis=0)[importer],
            **columns,
        }
    )


def _gegravity(package: Any, world: _World, table: Any) -> np.ndarray:
    import pandas as pd

    baseline = package.BaselineData(
        table,
        imp_var_name="importer",
        exp_var_name="exporter",
        year_var_name="year",
        trade_var_name="trade",
        expend_var_name="E",
        output_var_name="Y",
    )
    estimates = pd.DataFrame({"var": list(BETA), "beta": list(BETA.values()), "stderr": 0.1})
    costs = package.CostCoeffs(estimates=estimates, identifier_col="var", coeff_col="beta", stderr_col="stderr")
    with contextlib.redirect_stdout(io.StringIO()):
        model = package.OneSectorGE(
            baseline=baseline,
            cost_coeff_values=costs,
            cost_variables=list(BETA),
            year="2006",
            reference_importer="USA",
            sigma=SIGMA,
        )
        model.build_baseline(omr_rescale=RESCALE)
        changed = model.baseline_data.copy()
        changed["border"] *= 1 - REMOVED
        model.define_experiment(changed)
        model.simulate()
    return np.asarray(model.country_results["GDP change (percent)"].reindex(world.names), dtype=float)


# --- growth beside a dense solver -----------------------------------------------------------------------------------


def random_economy(places: int, sectors: int, seed: int = 0) -> Economy:
    """Draw an economy of places on a plane with four kernels, 1 region abroad, input links and scale economies."""
    rng = np.random.default_rng(seed)
    spot = rng.uniform(0, 3000, (places, 2))
    freight = 60 + 0.4 * np.hypot(*(spot[:, None] - spot).transpose(2, 0, 1))
    groups = np.array_split(np.arange(sectors), 4)
    kernels = tuple(
        Kernel(members, None if k == 3 else (freight / freight.mean()) ** -power)
        for k, (members, power) in enumerate(zip(groups, (1.2, 1.6, 3.0, 0.0), strict=True))
    )
    size = rng.lognormal(0, 0.8, places)
    supply = np.concatenate([size[:, None] * rng.uniform(0.3, 1, (places, sectors)), np.full((1, sectors), size.sum())])
    sea = rng.uniform(0.05, 0.2, (1, places, sectors))
    sea[..., groups[3]] = 0.0
    trade = KernelTrade(kernels, supply, sea, sea.transpose(1, 0, 2), np.ones((1, 1, sectors)))
    value_added = rng.uniform(0.3, 0.6, sectors)
    links = rng.uniform(0.1, 1, (sectors, sectors))
    links *= (1 - value_added) / links.sum(axis=0)
    technology = Technology(value_added, links, rng.dirichlet(np.full(sectors, 5.0)))
    final = np.append(size, 3 * size.sum())
    sales, elasticities = supply, Elasticities.from_values(4.0, 0.06, sectors=sectors)
    for _ in range(120):
        spending = technology.inputs(sales[..., None]) + technology.final[:, None] * final[:, None, None]
        under = trade.under(None, elasticities.trade)
        market = under.market(np.ones_like(spending), np.zeros((0, 1)), np.zeros((0, 1)))
        sales = under.flows(np.ones_like(spending), market, spending).sales[..., 0]
    income = technology.labour_income(sales[..., None])[:, 0]
    return Economy(
        places=tuple(f"place {i}" for i in range(places + 1)),
        sectors=tuple(f"industry {s}" for s in range(sectors)),
        technology=technology,
        elasticities=elasticities,
        trade=trade,
        sales=sales,
        transfers=final - income,
    )


def productivity_shock(economy: Economy) -> np.ndarray:
    """Every tenth place makes everything at a cost lower by 5 %."""
    shock = np.ones((*economy.sales.shape, 1))
    shock[::10] = 0.95**-4.0
    return shock


def _growth(repeat: int) -> list[Comparison]:
    rows = {}
    for places, sectors in sorted({*((n, COMMON[1]) for n in PLACES), *((COMMON[0], s) for s in INDUSTRIES)}):
        rows[places, sectors] = _beside_dense(places, sectors, repeat)
    by_places = [rows[n, COMMON[1]] for n in PLACES]
    by_sectors = [rows[COMMON[0], s] for s in INDUSTRIES]
    rows[PLACES[-1], COMMON[1]] = _with_exponents(by_places, PLACES, f"N, {COMMON[1]} industries")
    rows[COMMON[0], INDUSTRIES[-1]] = _with_exponents(by_sectors, INDUSTRIES, f"S, {COMMON[0]} places")
    return list(rows.values())


def _with_exponents(rows: Sequence[Comparison], sizes: Sequence[int], what: str) -> Comparison:
    """Return the last row, its note with the slopes of log time in log size."""
    ours, theirs = (
        np.polyfit(np.log(sizes), np.log([getattr(row, side) for row in rows]), 1)[0] for side in ("ours", "theirs")
    )
    grown = f"; over all sizes time grows with the power {ours:.1f} of {what}, the peer's with {theirs:.1f}"
    return replace(rows[-1], note=rows[-1].note + grown)


def _beside_dense(places: int, sectors: int, repeat: int) -> Comparison:
    economy = random_economy(places, sectors)
    shock = productivity_shock(economy)
    memory = [alone(f"{name}-{places}-{sectors}")["peak_gib"] for name in ("kernels", "dense")]
    steps = solve_densely(economy, shock[..., 0], tolerance=TOLERANCE)[1]
    return compare(
        f"N = {places}, S = {sectors}",
        "plain dense solver",
        partial(_kernels, economy, shock),
        lambda: solve_densely(economy, shock[..., 0], tolerance=TOLERANCE)[0],
        repeat=1 if places * places * sectors > 2e6 else repeat,
        note=f"{_iterations(economy, shock)} iterations against {steps}; peak memory of a process {memory[0]:.2f} against "
        f"{memory[1]:.2f} GiB; difference of real wages",
    )


def _kernels(economy: Economy, shock: np.ndarray) -> np.ndarray:
    found = solve(economy, Shock(productivity=shock), options=Options(tolerance=TOLERANCE))
    return _real_wage(economy, found.wage[:, 0], found.price[..., 0])


def _iterations(economy: Economy, shock: np.ndarray) -> int:
    return solve(economy, Shock(productivity=shock), options=Options(tolerance=TOLERANCE)).iterations


def _real_wage(economy: Economy, wage: np.ndarray, price: np.ndarray) -> np.ndarray:
    return np.asarray(wage / np.exp(np.log(price) @ economy.technology.final))


# --- the economy of all counties ------------------------------------------------------------------------------------


def _counties() -> list[Measurement]:
    found = []
    for name, (task, aim) in STAGES.items():
        result = alone(name)
        found.append(Measurement(task, result["seconds"], result["processor"], result["peak_gib"], aim, result["note"]))
    return found


def alone(stage: str) -> dict[str, Any]:
    """Run one stage in a fresh process, so that peak memory is its own."""
    program = f"from benchmarks.economy_stages import measure; measure({stage!r})"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
    )
    result: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return result
