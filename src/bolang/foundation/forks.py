"""Forked processes: a copy made after the data were used has the locks of threads that it does not have.

Polars and DuckDB run threads; a child forked after their first use waits for them for ever. Children are told so instead.
Those started anew (``spawn``, ``forkserver``), and those forked before bolang was used, work.
"""

from __future__ import annotations

import os

from bolang.foundation.errors import BolangError
from bolang.foundation.text import tr


class ForkedError(BolangError):
    """The process was forked from one that had used bolang already."""


class _State:
    used = False
    stranded = False


def _in_child() -> None:
    _State.stranded = _State.used


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)


def in_use() -> None:
    """Note that threads are about to be used here, or refuse where they would never answer.

    Raises
    ------
    ForkedError
        In a process that was forked after its parent had used bolang.
    """
    if _State.stranded:
        raise ForkedError(
            tr(
                "此进程由已使用 bolang 的进程复制（fork）而来，计算会永远等待。",
                "This process was forked from one that had used bolang; it would wait for ever.",
            ),
            tr(
                '请用 multiprocessing.get_context("spawn") 启动子进程，或在首次使用 bolang 之前复制。',
                'Start children with multiprocessing.get_context("spawn"), or fork before the first use of bolang.',
            ),
        )
    _State.used = True
