"""``python -m benchmarks.gravity_levels``: whose is the difference to gegravity? A third computation, in levels, decides.

One industry, borders that count for a tenth less, and three conventions of how incomes feed back into demand:

``held``
    every country's share of the world's output and of its spending stays what it was, while prices move;
``own``
    a country spends a fixed multiple of its income; what all spend and what all earn then differ by a little, and the market
    of the last country is left with the difference (the numeraire's market, as in `transfer_rule="own"` of the economy);
``scaled``
    as ``own``, with all spending scaled to all income, so that every market clears.

Nothing is shared with the package or the peer: resistances and prices are repeated, with damping, until nothing moves.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Literal

import numpy as np

from benchmarks import bench_economy
from benchmarks.bench_economy import BETA, REMOVED, SIGMA

RESULT = Path(__file__).parent / "results" / "gravity.md"
Convention = Literal["held", "own", "scaled"]
STILL = 1e-13


def real_output(trade: np.ndarray, costs: np.ndarray, convention: Convention) -> np.ndarray:
    """Change of real output of every country in per cent, [exporter, importer] in, (N,) out."""
    weaker = costs.copy()
    weaker[..., 2] *= 1 - REMOVED
    before, after = (np.exp(c @ np.array(list(BETA.values()))) for c in (costs, weaker))
    output, spent = trade.sum(axis=1), trade.sum(axis=0)
    able = _settled(lambda a: output / (before @ (spent / (before.T @ a))), np.ones(len(output)))
    multiple = spent / output

    def market(price: np.ndarray) -> np.ndarray:
        """What every country sells at these prices over what it earns."""
        supply = able * price ** (1 - SIGMA)
        earned = price * output
        paid = multiple * earned * (earned.sum() / (multiple * earned).sum() if convention == "scaled" else 1.0)
        gap = after @ (paid / (after.T @ supply)) * supply / earned
        if convention == "own":
            gap[-1] = 1.0
        return np.asarray(price * gap**0.1)

    if convention == "held":
        # Prices follow outward resistance alone: (p'/p)^(1-sigma) = (Pi/Pi')^(1-sigma) at the old shares.
        new = _settled(lambda a: output / (after @ (spent / (after.T @ a))), able)
        price, supply = (new / able) ** (1 / (1 - SIGMA)), new
    else:
        price = _settled(market, np.ones(len(output)))
        supply = able * price ** (1 - SIGMA)
    index = ((after.T @ supply) / (before.T @ able)) ** (1 / (1 - SIGMA))
    return np.asarray(100 * (price / index - 1))


def _settled(step, state: np.ndarray) -> np.ndarray:  # type: ignore[no-untyped-def]
    for _ in range(200_000):
        new = step(state)
        if np.abs(new / new[0] * state[0] / state - 1).max() < STILL:
            return np.asarray(new)
        state = new
    raise ArithmeticError("The repetition does not settle.")


def main() -> None:
    """Hold the package and, where it is installed, the peer against all three conventions."""
    warnings.simplefilter("ignore")
    lines = [
        "# The difference to gegravity",
        "",
        "Largest difference of the change of real output of a country, in percentage points, between a program and a third",
        "computation in levels under each convention (`python -m benchmarks.gravity_levels` says what each is).",
        "",
        "| countries | program | shares held | own multiple | scaled to clear |",
        "| ---: | --- | ---: | ---: | ---: |",
    ]
    for count in (69, 30):
        world = bench_economy._World.largest(count)
        found = {"bolang": bench_economy._ours(world)}
        try:
            import gegravity

            found["gegravity"] = bench_economy._gegravity(gegravity, world, bench_economy._table(world))
        except ImportError:
            pass
        third = [real_output(world.trade, world.costs, convention) for convention in ("held", "own", "scaled")]
        for name, changes in found.items():
            misses = " | ".join(f"{np.abs(changes - other).max():.1e}" for other in third)
            lines.append(f"| {count} | {name} | {misses} |")
    lines += [
        "",
        "Both programs solve what they set out to solve. gegravity holds every country's share of the world's output and spending",
        "at the baseline while it looks for prices; bolang lets incomes move demand. With deficits that are a fixed multiple of",
        "income there is no equilibrium in which every market clears; the last country's market (the rest of the world) is left",
        "short by about a hundredth, and `Solution.walras` says so. China's economy in bolang uses a rule that always adds up.",
    ]
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
