"""How an equilibrium grows with the number of counties, from 250 to all 2,853, each size in a process of its own."""

from __future__ import annotations

import numpy as np

from benchmarks.bench_economy import TOLERANCE, alone
from benchmarks.harness import Measurement

ABOUT = (
    "One counterfactual of a random economy of N places and 19 industries with four kernels, input links and scale economies, "
    f"to {TOLERANCE:g}, each size in a process of its own. The exponent is the slope of processor time over N in logs from the size "
    "before; a kernel product alone grows with the square of N."
)
PEERS: list[str] = []
PLACES = (250, 500, 1000, 2000, 2853)
INDUSTRIES = 19


def run(repeat: int) -> list[Measurement]:
    del repeat
    found, before = [], None
    for places in PLACES:
        result = alone(f"kernels-{places}-{INDUSTRIES}")
        note = "" if before is None else f"exponent {_slope(before, (places, result['processor'])):.2f}"
        task = f"{places} places, {INDUSTRIES} industries"
        found.append(Measurement(task, result["seconds"], result["processor"], result["peak_gib"], "", note))
        before = places, result["processor"]
    return found


def _slope(smaller: tuple[int, float], larger: tuple[int, float]) -> float:
    return float(np.log(larger[1] / smaller[1]) / np.log(larger[0] / smaller[0]))
