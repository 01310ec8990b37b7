"""Run a sweep: what is missing is solved, what is there is kept, and one table comes out."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bolang.atlas import Atlas, an_atlas
from bolang.economy.levers.catalogue import Lever, lever, levers
from bolang.economy.scenarios.running import calibrated
from bolang.economy.scenarios.sweep import shards
from bolang.economy.scenarios.sweep.blocks import Block, blocks
from bolang.economy.scenarios.sweep.engines import Work, by_dask, by_threads, on_worker
from bolang.economy.scenarios.sweep.solving import Workshop
from bolang.economy.scenarios.sweep.table import Sweep
from bolang.economy.scenarios.workers import single_threaded_algebra
from bolang.economy.scenarios.workers import workers as cores
from bolang.foundation import checks, doors
from bolang.foundation.errors import BadInputError
from bolang.foundation.places import cache_place
from bolang.foundation.text import Text, tr

if TYPE_CHECKING:
    from bolang.atlas import County


@dataclass(frozen=True, slots=True)
class Advance:
    """How far a sweep has come.

    Attributes
    ----------
    done, total : int
        Blocks, those found in the folder included.
    rate : float
        Scenarios a second since the start.
    left : float
        Seconds that the rest takes at this rate.
    """

    done: int
    total: int
    rate: float
    left: float


def _part(value: Any, what: Text) -> object:
    """Expect two whole numbers."""
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise checks.wrong(what, value, Text("应为 (i, n)。", "It must be (i, n)."))
    return [checks.count(number, what, low=1) for number in value]


@doors.door(
    levers=doors.names,
    counties=doors.a(Collection, called=Text("县的列表", "a list of counties")),
    atlas=an_atlas,
    folder=doors.path,
    part=_part,
    workers=doors.whole(1),
)
def sweep(
    levers: Sequence[str] | None = None,
    counties: Collection[County | str] | None = None,
    *,
    atlas: Atlas | None = None,
    folder: str | Path | None = None,
    part: tuple[int, int] = (1, 1),
    scheduler: str | None = None,
    workers: int | None = None,
    backend: str = "numpy",
    progress: Callable[[Advance], None] | None = None,
) -> Sweep:
    """Solve levers in counties, one at a time in each, and return the table of effects.

    Parameters
    ----------
    levers : sequence of str, optional
        All by default.
    counties : collection of County or str, optional
        All by default.
    atlas : Atlas, optional
    folder : path, optional
        Where shards are kept and looked for; a folder of the user's cache by default.
    part : (i, n)
        Only the i-th of n parts; the folders of all parts put together make the whole.
    scheduler : str, optional
        Address of a dask scheduler whose workers do the blocks.
    workers : int, optional
        Threads on this machine; its cores by default.
    backend : {'numpy', 'torch'}
        What multiplies.
    progress : callable, optional
        Receives an `Advance` after each block.

    Raises
    ------
    BadInputError
        If a lever, a county or the part is unknown.
    SchedulerError
        If the scheduler cannot be reached or goes away.
    """
    facts = atlas or Atlas()
    chosen = _levers(levers)
    rows = None if counties is None else [facts.county(c).index for c in counties]
    first, every = part
    if not 1 <= first <= every:
        raise BadInputError(
            tr(f"分片 {first}/{every} 不成立。", f"There is no part {first}/{every}."),
            tr("应为 i/n，1 ≤ i ≤ n。", "Expected i/n with 1 <= i <= n."),
        )
    listed = blocks(facts.codes, chosen, counties=rows, part=part)
    home = Path(folder) if folder else cache_place() / "sweep"
    home.mkdir(parents=True, exist_ok=True)
    missing = [block for block in listed if shards.read(home, block) is None]
    _solve(facts, missing, len(listed), home, scheduler, workers or cores(), backend, progress)
    return Sweep.from_shards(home, listed)


def _levers(names: Sequence[str] | None) -> list[Lever]:
    return list(levers().values()) if names is None else [lever(name) for name in names]


def _solve(
    facts: Atlas,
    missing: Sequence[Block],
    total: int,
    home: Path,
    scheduler: str | None,
    workers: int,
    backend: str,
    progress: Callable[[Advance], None] | None,
) -> None:
    if not missing:
        return
    done, solved = (
        (by_dask(on_worker, missing, scheduler), 0)
        if scheduler
        else (by_threads(work_of(facts, backend), missing, workers), 0)
    )
    started, ready = time.monotonic(), total - len(missing)
    left = sum(len(block.counties) for block in missing)
    for block, content in done:
        shards.write(home, block, content)
        solved += len(block.counties)
        ready += 1
        if progress is not None:
            rate = solved / max(time.monotonic() - started, 1e-9)
            progress(Advance(ready, total, rate, (left - solved) / rate))


def opened(atlas: Atlas, backend: str = "numpy") -> Workshop:
    """Open the calibration and its products by one algebra thread, as blocks are solved.

    Two threads add in another order, and the bytes of threads and workers would differ.
    """
    with single_threaded_algebra():
        return Workshop.open(calibrated(atlas), backend)


def work_of(atlas: Atlas | None = None, backend: str = "numpy") -> Work:
    """Return what does a block, over a calibration that is opened now."""
    facts = atlas or Atlas()
    shop = opened(facts, backend)
    codes = tuple(facts.codes)

    def work(block: Block) -> bytes:
        return shards.content_of(shards.frame_of(block, shop.solve(block.lever, block.counties), codes))

    return work
