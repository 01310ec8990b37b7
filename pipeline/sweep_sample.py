"""``python -m pipeline.sweep_sample``: solve sets of parameters in the sample of each swept lever, and write the table that ships."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import polars as pl

from bolang.atlas import Atlas
from bolang.economy.levers.catalogue import levers
from bolang.economy.scenarios.sweep import Sweep, shards
from bolang.economy.scenarios.sweep.engines import by_threads
from bolang.economy.scenarios.sweep.intervals import SHIPPED
from bolang.economy.scenarios.sweep.sampled import SampledBlock, read_sampled, sampled_blocks, sampled_work
from bolang.economy.scenarios.workers import workers as cores


def solve_sample(folder: Path, chosen: list[str], *, backend: str, threads: int, atlas: Atlas) -> list[SampledBlock]:
    """Solve what is missing of some levers, and return all their blocks.

    Parameters
    ----------
    folder : Path
        Where rows are kept.
    chosen : list of str
    backend : {'numpy', 'torch'}
    threads : int
    atlas : Atlas
    """
    swept = Sweep.shipped()
    listed = [block for key in chosen for block in sampled_blocks(swept, levers()[key], atlas)]
    missing = [block for block in listed if not (folder / block.name).is_file()]
    if missing:
        folder.mkdir(parents=True, exist_ok=True)
        work, started = sampled_work(atlas, backend), time.monotonic()
        for done, (block, content) in enumerate(by_threads(work, missing, threads), 1):
            shards.write(folder, block, content)
            print(f"{done}/{len(missing)} counties, {time.monotonic() - started:.0f} s", file=sys.stderr)
    return listed


def main() -> None:
    """Read the arguments and build the table."""
    swept = [lever.key for lever in Sweep.shipped().levers]
    parser = argparse.ArgumentParser(prog="python -m pipeline.sweep_sample", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="folder of the rows; a second run resumes")
    parser.add_argument(
        "--only", nargs="*", default=swept, choices=swept, help="levers; all that were swept by default"
    )
    parser.add_argument("--backend", choices=("numpy", "torch"), default="numpy")
    parser.add_argument("--threads", type=int, default=cores())
    asked = parser.parse_args()
    atlas = Atlas(workspace=False)
    listed = solve_sample(asked.folder, asked.only, backend=asked.backend, threads=asked.threads, atlas=atlas)
    frame: pl.DataFrame = read_sampled(asked.folder, listed)
    frame.write_parquet(SHIPPED, compression="zstd", compression_level=19, statistics=False)
    print(f"{frame.height} of {len(listed)} counties in the table")


if __name__ == "__main__":
    main()
