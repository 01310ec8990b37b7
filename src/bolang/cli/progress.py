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
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
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
