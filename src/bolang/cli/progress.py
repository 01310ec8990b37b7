"""A progress bar for work that is done once and then cached; it goes to standard error, and away when done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def bar(title: str) -> Iterator[Callable[[float], None]]:
    """Show a bar that follows a share of work between 0 and 1; nothing appears if the work never reports.

    Yields
    ------
    callable
        To be called with the share that is done.
    """
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from bolang.cli.console import console_for

    console = console_for(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeRemainingColumn(),
    )
    progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    task = None

    def tell(share: float) -> None:
        nonlocal task
        if task is None:
            progress.start()
            task = progress.add_task(title, total=1.0)
        progress.update(task, completed=share)

    try:
        yield tell
    finally:
        progress.stop()


@contextmanager
def model_status() -> Iterator[Callable[[str, float], None]]:
    """Show on standard error what the model is solving; nothing where it is not a terminal.

    Yields
    ------
    callable
        To be called with the stage and a number that is not shown.
    """
    from bolang.cli.console import console_for
    from bolang.foundation.text import tr

    console = console_for(stderr=True)
    stages = {
        "risk": tr("口岸与冲击", "ports and shocks"),
        "check": tr("放回模型核对", "checking in the model"),
    }
    working = tr(
        "求解全国县域模型（首次约一两分钟，之后读缓存）",
        "Solving the model of all counties (a minute or two, then cached)",
    )
    with console.status(working) as status:
        yield lambda stage, _: status.update(f"{working} {stages.get(stage, stage)}")
