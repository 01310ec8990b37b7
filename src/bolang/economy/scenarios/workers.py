"""Many solutions at once: one thread for each core, and no threads below them.

Linear algebra that spreads every product over all cores waits for the slowest core at each of them. On a machine that does
something else besides, short products then take many times their time. Solutions that do not depend on one another are
spread over the cores instead.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from typing import TypeVar

from threadpoolctl import ThreadpoolController

Item = TypeVar("Item")
Result = TypeVar("Result")


def workers() -> int:
    """Return the number of cores that this process may use."""
    available = getattr(os, "sched_getaffinity", None)
    return len(available(0)) if available else os.cpu_count() or 1


def spread(count: int, largest: int) -> list[slice]:
    """Cut a range into nearly equal parts for the workers, none longer than `largest`.

    Examples
    --------
    >>> [part.stop - part.start for part in spread(5, 3)]
    [3, 2]
    """
    parts = max(-(-count // largest), min(workers(), count))
    ends = [round(k * count / parts) for k in range(parts + 1)]
    return [slice(a, b) for a, b in pairwise(ends)]


def in_parallel(work: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """Return the results of independent work, in the order of the items."""
    with single_threaded_algebra(), ThreadPoolExecutor(workers()) as pool:
        return list(pool.map(work, items))


@contextmanager
def single_threaded_algebra() -> Iterator[None]:
    """Keep linear algebra to the thread that asks for it, for as long as the context lasts."""
    with _controller().limit(limits=1, user_api="blas"):
        yield


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()
