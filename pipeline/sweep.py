"""``python -m pipeline.sweep``: solve every lever in every county again, and write the table that ships.

Only levers that were tried in all counties go into the table: what is missing is absent, never filled.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bolang.atlas import Atlas
from bolang.economy.levers.catalogue import Lever, levers
from bolang.economy.scenarios.sweep import Sweep, shards, sweep
from bolang.economy.scenarios.sweep.blocks import blocks
from bolang.economy.scenarios.sweep.run import Advance
from bolang.economy.scenarios.sweep.table import SHIPPED


def build_table(folder: Path, chosen: list[Lever], *, solve: bool = True, target: Path = SHIPPED) -> tuple[str, ...]:
    """Solve what is missing, write the table, and return the levers in it.

    Parameters
    ----------
    folder : Path
        Where shards are kept.
    chosen : list of Lever
    solve : bool
        False only puts together what is there.
    target : Path
    """
    atlas = Atlas()
    if solve:
        for item in chosen:
            sweep([item.key], atlas=atlas, folder=folder, progress=_tell)
    listed = {item.key: blocks(atlas.codes, [item]) for item in chosen}
    whole = [key for key, some in listed.items() if all(shards.read(folder, block) is not None for block in some)]
    if whole:
        Sweep.from_shards(folder, [block for key in whole for block in listed[key]]).write(target)
    return tuple(whole)


def _tell(at: Advance) -> None:
    print(f"{at.done}/{at.total} blocks, {at.rate:.1f} a second, {at.left / 60:.0f} minutes left", file=sys.stderr)


def main() -> None:
    """Read the arguments and build the table."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.sweep", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="folder of the shards; a second run resumes")
    parser.add_argument("--only", nargs="*", default=list(levers()), help="levers; all by default")
    parser.add_argument("--ready", action="store_true", help="solve nothing, put together what is there")
    asked = parser.parse_args()
    written = build_table(asked.folder, [levers()[key] for key in asked.only], solve=not asked.ready)
    print("in the table:", ", ".join(written) or "nothing is complete yet")


if __name__ == "__main__":
    main()
