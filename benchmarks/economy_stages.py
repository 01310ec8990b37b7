"""Stages of the economy of all counties, each to be timed in a process of its own."""

from __future__ import annotations

import json
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

Result = tuple[float, str]

STAGES: dict[str, tuple[str, str]] = {
    "calibration": ("calibration, first time", "30 s"),
    "opening": ("calibration, from the cache", ""),
    "counterfactual": ("one counterfactual, float64", "5 s, 3 GiB"),
    "batch": ("16 draws in one batch, float32", "0.5 s a draw"),
    "spillovers-fixed": ("a lever in every county on every county, no migration", "60 s"),
    "spillovers-national": ("a lever in every county on every county, migration", "60 s"),
    "page": ("whole simulation: central case, parts, 16 draws", ""),
}
"""Task and aim of each stage."""


def measure(stage: str) -> None:
    """Run a stage and print seconds, peak memory of the process in GiB and a note as JSON."""
    name, _, rest = stage.partition("-")
    if name in ("kernels", "dense"):
        places, sectors = (int(part) for part in rest.split("-"))
        seconds, note = _random(name, places, sectors)
    else:
        seconds, note = _RUNS[stage]()
    print(json.dumps({"seconds": seconds, "processor": _PROCESSOR[-1], "peak_gib": _peak_gib(), "note": note}))


def _peak_gib() -> float:
    """Peak memory of this program; the usage that the system reports would include the parent's before the start."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 2**20
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


_PROCESSOR: list[float] = []
"""Processor seconds of what was timed last."""


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start, used = time.perf_counter(), time.process_time()
    done = work()
    _PROCESSOR.append(time.process_time() - used)
    return time.perf_counter() - start, done


def _random(name: str, places: int, sectors: int) -> Result:
    from benchmarks.bench_economy import TOLERANCE, productivity_shock, random_economy
    from benchmarks.dense_economy import solve_densely
    from bolang.economy.core.equilibrium import Shock
    from bolang.economy.core.solver import Options, solve

    economy = random_economy(places, sectors)
    shock = productivity_shock(economy)
    if name == "dense":
        return _timed(lambda: solve_densely(economy, shock[..., 0], tolerance=TOLERANCE))[0], ""
    return _timed(lambda: solve(economy, Shock(productivity=shock), options=Options(tolerance=TOLERANCE)))[0], ""


def _first() -> Result:
    """Calibrate with an empty cache; the tables of freight costs, which belong to `space`, are there."""
    from bolang.atlas import Atlas
    from bolang.economy import calibrate
    from bolang.foundation import store
    from bolang.space import freight_costs

    atlas = Atlas()
    freight_costs(atlas)
    known = store.location()
    empty = Path(tempfile.mkdtemp())
    try:
        for path in known.iterdir():
            if path.is_file() and not path.name.startswith("economy"):
                shutil.copy(path, empty)
        os.environ["BOLANG_CACHE"] = str(empty)
        seconds, found = _timed(lambda: calibrate(atlas))
    finally:
        shutil.rmtree(empty)
    return (
        seconds,
        f"largest relative miss of any target {found.fitted.residual:.0e} after {found.fitted.iterations} steps",
    )


def _opening() -> Result:
    from bolang.atlas import Atlas
    from bolang.economy import calibrate

    calibrate(Atlas())
    return _timed(lambda: calibrate(Atlas()).economy)[0], "facts, freight tables and fitted terms read, kernels built"


def _prepared() -> Any:
    """Return the calibration with everything that is computed once: migration table, coarse step, baseline flows."""
    from bolang.atlas import Atlas
    from bolang.economy.scenarios.running import calibrated

    calibration = calibrated(Atlas())
    for economy in (calibration.economy, calibration.single):
        assert economy.coarse is not None
        assert economy.baseline_flows is not None
        economy.migration["national"].slope(np.zeros((calibration.home, 1), economy.sales.dtype), np.ones(1))
    return calibration


def _tariff() -> Any:
    from bolang.economy import Scenario

    return Scenario("330782", shocks=[{"kind": "tariff", "region": "north_america", "change": 0.25}])


def _counterfactual() -> Result:
    from bolang.economy.core.solver import solve
    from bolang.economy.levers.draws import central
    from bolang.economy.scenarios.running import CENTRAL, _assemble

    calibration, scenario = _prepared(), _tariff()
    economy, shock, elasticities = _assemble(calibration, scenario, (), central(calibration.parameters, []))

    def work() -> Any:
        return solve(economy, shock, closure="national", elasticities=elasticities, options=CENTRAL)

    seconds, found = _timed(work)
    return seconds, (
        f"a tariff of 25 % by North America with hubs, scale economies and national migration: {found.iterations} iterations, "
        f"market-clearing residual {float(found.residual[0]):.0e}"
    )


def _batch() -> Result:
    """Draws side by side in single precision, and the difference of some of them from double precision."""
    from bolang.economy.core.solver import solve
    from bolang.economy.levers.draws import Draws, sample
    from bolang.economy.scenarios.outcomes import outcomes
    from bolang.economy.scenarios.running import CENTRAL, _assemble, _sweep

    calibration, scenario = _prepared(), _tariff()
    county = calibration.atlas.county("330782").index
    draws = sample(calibration.parameters, [], 16, 0)
    seconds, swept = _timed(lambda: _sweep(calibration, scenario, (), draws, county, lambda stage, value: None))
    gap, size = 0.0, 0.0
    for b in (0, 15):
        one = Draws({name: v[b : b + 1] for name, v in draws.parameters.items()}, draws.effects[:, b : b + 1])
        economy, shock, elasticities = _assemble(calibration, scenario, (), one)
        found = solve(economy, shock, closure="national", elasticities=elasticities, options=CENTRAL)
        exact = outcomes(calibration, economy, found).by_county("gdp")[:, 0]
        gap = max(gap, float(np.abs(swept.outcomes.by_county("gdp")[:, b] - exact).max()))
        size = max(size, float(np.abs(exact).max()))
    return seconds, (
        f"{seconds / 16:.2f} s a draw; changes of county GDP differ from float64 by at most {100 * gap:.4f} percentage points, where "
        f"the largest change is {100 * size:.2f} %"
    )


def _spillovers(closure: str) -> Result:
    from bolang.economy.scenarios import spillovers

    calibration = _prepared()
    known, empty = os.environ.get("BOLANG_CACHE"), tempfile.mkdtemp()
    os.environ["BOLANG_CACHE"] = empty
    try:
        seconds, found = _timed(lambda: spillovers.spillovers(calibration, "manufacturing", closure))  # type: ignore[arg-type]
    finally:
        shutil.rmtree(empty)
        if known is None:
            del os.environ["BOLANG_CACHE"]
        else:
            os.environ["BOLANG_CACHE"] = known
    return seconds, f"{found.gdp.size:,} elasticities of GDP and as many of real income"


def _page() -> Result:
    from bolang.economy import simulate

    calibration = _prepared()
    seconds, _ = _timed(lambda: simulate(_tariff(), calibration.atlas))
    return seconds, "what bolang simulate does after opening the calibration"


_RUNS: dict[str, Callable[[], Result]] = {
    "calibration": _first,
    "opening": _opening,
    "counterfactual": _counterfactual,
    "batch": _batch,
    "spillovers-fixed": lambda: _spillovers("fixed"),
    "spillovers-national": lambda: _spillovers("national"),
    "page": _page,
}
