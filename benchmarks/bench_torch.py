"""The sweep's products on torch: on a graphics card where there is one, otherwise on the processor, beside numpy."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from benchmarks.harness import Comparison, compare
from bolang.atlas import Atlas
from bolang.economy.core.arrays import Array
from bolang.economy.core.differences import backend_of
from bolang.economy.levers.catalogue import levers
from bolang.economy.scenarios.running import calibrated
from bolang.economy.scenarios.sweep.solving import Workshop
from bolang.economy.scenarios.workers import single_threaded_algebra

ABOUT = (
    "The national sweep with numpy (one algebra thread, as a sweep runs) and with torch: one kernel product of 2,853 counties "
    "alone, and whole blocks of 24 counties solved to the sweep's tolerance, effects of all measures in all circles compared."
)
PEERS = ["torch"]
LEVERS = ("sea_rail", "entry_reform")
COUNTIES = 24
SECTORS = 19


def run(repeat: int) -> list[Comparison]:
    try:
        import torch
    except ImportError:
        return []
    name = (
        torch.cuda.get_device_name(0) if torch.cuda.is_available() else f"processor, {torch.get_num_threads()} threads"
    )
    peer = f"torch {torch.__version__} ({name})"
    atlas = Atlas(workspace=False)
    calibration = calibrated(atlas)
    shops = {backend: Workshop.open(calibration, backend) for backend in ("numpy", "torch")}
    rows = np.linspace(0, len(atlas.codes) - 1, COUNTIES).astype(int).tolist()
    done = [_product(peer, repeat)]
    for key in LEVERS:
        solved = {backend: partial(_effects, shop, key, rows) for backend, shop in shops.items()}
        done.append(
            compare(
                f"{key}: {COUNTIES} counties solved",
                peer,
                solved["numpy"],
                solved["torch"],
                repeat=repeat,
                note="difference: of relative effects, all measures and circles",
            )
        )
    return done


def _effects(shop: Workshop, key: str, rows: list[int]) -> Array:
    found = shop.solve(levers()[key], rows)
    assert set(found.states) == {"solved"}
    return found.effect


def _product(peer: str, repeat: int) -> Comparison:
    """One product of a kernel with all sectors of all scenarios, there and back."""
    rng = np.random.default_rng(0)
    places = 2853
    matrix, columns = rng.random((places, places)), rng.normal(0, 1e-3, (places, SECTORS * COUNTIES)).astype(np.float32)
    ours, theirs = (_once(backend, matrix, columns) for backend in ("numpy", "torch"))
    return compare(f"kernel product, {places} x {places} x {SECTORS * COUNTIES}", peer, ours, theirs, repeat=repeat)


def _once(backend: str, matrix: Array, columns: Array) -> Callable[[], Array]:
    hold, product, _ = backend_of(backend)
    held = hold(matrix)

    def once() -> Array:
        with single_threaded_algebra():
            return product(held, columns)

    return once
