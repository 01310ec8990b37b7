"""``bolang sweep``: solve levers in all counties, on this machine or on many."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.options import LangOption
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import language, tr

if TYPE_CHECKING:
    from bolang.economy.scenarios.sweep.run import Advance

HELP = tr(
    "逐县求解抓手，可随时中断、续算，可用多台机器。例：bolang sweep --only sea_rail --counties 义乌市,永康市 -o 结果.parquet",
    "Solve levers county by county; it may be stopped and resumed, and spread over machines. "
    "Example: bolang sweep --only sea_rail --counties 义乌市,永康市 -o effects.parquet",
)


def command(
    only: Annotated[
        str | None,
        typer.Option(
            "--only", help=tr("只算这些抓手，逗号分隔。", "Only these levers, comma-separated."), show_default=False
        ),
    ] = None,
    counties: Annotated[
        str | None,
        typer.Option(
            "--counties", help=tr("只算这些县，逗号分隔。", "Only these counties, comma-separated."), show_default=False
        ),
    ] = None,
    shard: Annotated[
        str, typer.Option("--shard", help=tr("只算第 i 份，共 n 份：i/n。", "Only part i of n: i/n."))
    ] = "1/1",
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder",
            help=tr("存放分片的目录；默认在缓存中。", "Folder of the shards; in the cache by default."),
            show_default=False,
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            help=tr("dask 调度器：tcp://主机:端口。", "A dask scheduler: tcp://host:port."),
            show_default=False,
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, help=tr("本机线程数。", "Threads on this machine."), show_default=False),
    ] = None,
    backend: Annotated[
        str,
        typer.Option(
            "--backend",
            help=tr("矩阵乘法：numpy 或 torch（有显卡则用）。", "Products by numpy or torch (a graphics card if any)."),
        ),
    ] = "numpy",
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help=tr("把表写入 Parquet 文件。", "Write the table to a Parquet file."),
            show_default=False,
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Solve, and say how far it has come."""
    from bolang.cli.page import written
    from bolang.economy.scenarios.sweep import sweep

    if lang:
        language(lang)
    done = sweep(
        _listed(only),
        _listed(counties),
        folder=folder,
        part=_part(shard),
        scheduler=scheduler,
        workers=workers,
        backend=backend,
        progress=_tell,
    )
    states = dict(done.frame.group_by("state").len().iter_rows())
    solved, rest = states.pop("solved", 0), sum(states.values())
    print(tr(f"已求解 {solved:,} 个情景，{rest:,} 个留空。", f"Solved {solved:,} scenarios; {rest:,} left empty."))
    if output is not None:
        done.write(output)
        written(output)


def _listed(names: str | None) -> list[str] | None:
    if names is None:
        return None
    return [name.strip() for name in names.replace("，", ",").split(",") if name.strip()]


def _part(text: str) -> tuple[int, int]:
    first, mark, every = text.partition("/")
    if mark and first.isascii() and first.isdigit() and every.isascii() and every.isdigit():
        return int(first), int(every)
    raise BadInputError(
        tr(f"--shard 写作 {text!r}，看不懂。", f"--shard {text!r} cannot be read."),
        tr("应为 i/n，如 2/8。", "Expected i/n, such as 2/8."),
    )


def _tell(at: Advance) -> None:
    import sys

    minutes = at.left / 60
    line = tr(
        f"{at.done}/{at.total} 块，每秒 {at.rate:.1f} 个情景，约余 {minutes:.0f} 分钟",
        f"{at.done}/{at.total} blocks, {at.rate:.1f} scenarios a second, about {minutes:.0f} minutes left",
    )
    end = "\r" if sys.stderr.isatty() else "\n"
    print(line, end=end, file=sys.stderr, flush=True)
