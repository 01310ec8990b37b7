"""Who does the blocks: the threads of this machine, or the workers of a dask scheduler. Both give the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import cache
from typing import Any

from bolang.economy.scenarios.sweep.blocks import Block
from bolang.foundation.errors import BolangError
from bolang.foundation.text import tr

Work = Callable[[Block], bytes]
Done = Iterator[tuple[Block, bytes]]


class SchedulerError(BolangError):
    """The scheduler cannot be reached, or went away."""


def by_threads(work: Work, todo: Sequence[Block], workers: int) -> Done:
    """Do blocks in threads over one calibration; what is not begun when the caller stops is not begun at all.

    Parameters
    ----------
    work : callable
    todo : sequence of Block
    workers : int
    """
    waiting = iter(todo)
    running: dict[Future[bytes], Block] = {}
    pool = ThreadPoolExecutor(workers)
    try:
        for block in waiting:
            running[pool.submit(work, block)] = block
            if len(running) < workers:
                continue
            yield from _finished(running)
        while running:
            yield from _finished(running)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _finished(running: dict[Future[bytes], Block]) -> Done:
    ready, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in ready:
        yield running.pop(future), future.result()


def by_dask(work: Work, todo: Sequence[Block], scheduler: str) -> Done:
    """Do blocks on the workers of a scheduler, which does again what a lost worker had begun.

    Parameters
    ----------
    work : callable
        Travels to the workers; `on_worker` opens the calibration there once.
    todo : sequence of Block
    scheduler : str
        Address, ``tcp://host:port``.

    Raises
    ------
    SchedulerError
        If it cannot be reached or goes away; blocks that were yielded before are the caller's.
    """
    client = _client(scheduler)
    import distributed

    as_completed: Any = distributed.as_completed

    try:
        named = {client.submit(work, block, key=f"bolang-{block.name}", pure=True): block for block in todo}
        for future in as_completed(list(named)):
            if future.status == "lost" or future.cancelled():
                raise _gone(scheduler)
            yield named[future], future.result()
    except (OSError, TimeoutError) as error:
        raise _gone(scheduler) from error
    finally:
        client.close(timeout=2)


def _client(scheduler: str) -> Any:
    try:
        import distributed
    except ImportError as error:
        raise SchedulerError(
            tr("没有安装 dask.distributed。", "dask.distributed is not installed."),
            tr('请运行 pip install "bolang[cluster]"。', 'Run pip install "bolang[cluster]".'),
        ) from error
    try:
        client: Any = distributed.Client
        return client(scheduler, timeout=10)
    except (OSError, TimeoutError, ValueError) as error:
        raise SchedulerError(
            tr(f"连不上调度器 {scheduler}。", f"No scheduler answers at {scheduler}."),
            tr(
                "应为 tcp://主机:端口；先运行 dask scheduler。",
                "Expected tcp://host:port; start one by: dask scheduler",
            ),
        ) from error


def _gone(scheduler: str) -> SchedulerError:
    return SchedulerError(
        tr(f"与调度器 {scheduler} 的连接中断。", f"The scheduler at {scheduler} went away."),
        tr("已完成的分片都已保存；再次运行同一命令即可续算。", "Finished shards are kept; the same command resumes."),
    )


def on_worker(block: Block) -> bytes:
    """Do a block in a process that opens the calibration by itself, from its own store, once."""
    return _work_here()(block)


@cache
def _work_here() -> Work:
    from bolang.economy.scenarios.sweep.run import work_of

    return work_of()
