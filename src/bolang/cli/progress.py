"""A progress bar for work that is done once and then cached; it goes to standard error, and away when done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bolang.cli.console import console_for
from bolang.foundation.progress import Progress
from bolang.foundation.text import Text
from bolang.foundation.units import number_text, power_text
from bolang.wording import load

WORDS = load("cli_progress")


@contextmanager
def bar(title: str) -> Iterator[Callable[[float], None]]:
    """Show a bar that follows a share of work between 0 and 1; nothing appears if the work never reports.

    Yields
    ------
    callable
        To be called with the share that is done.
    """
    from rich import progress as rich_progress

    console = console_for(stderr=True)
    columns = (
        rich_progress.TextColumn("{task.description}"),
        rich_progress.BarColumn(),
        rich_progress.TextColumn("{task.percentage:>3.0f}%"),
        rich_progress.TimeRemainingColumn(),
    )
    progress = rich_progress.Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
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
def model_status() -> Iterator[Progress]:
    """Show on standard error what the model is solving; nothing where it is not a terminal.

    Yields
    ------
    callable
        To be called with the stage and a number that is not shown.
    """
    console = console_for(stderr=True)
    working = str(WORDS("working"))
    with console.status(working) as status:
        yield lambda stage, _: status.update(f"{working} {_stage(stage)}")


@contextmanager
def stage_line() -> Iterator[Progress]:
    """Show stage and residual on one line of standard error while the model works.

    Yields
    ------
    callable
        To be called with the stage and a share of the work or a residual.
    """
    console = console_for(stderr=True)
    with console.status(str(WORDS("preparing"))) as status:

        def tell(stage: str, value: float) -> None:
            name: Text | str = _stage(stage)
            if value > 0:
                shown = f"{number_text(100 * value)}%" if stage == "freight" else power_text(value, 1)
                name = WORDS("stage.share" if stage == "freight" else "stage.residual", stage=name, value=shown)
            status.update(str(name))

        yield tell


def _stage(stage: str) -> Text | str:
    key = f"stage.of.{stage}"
    return WORDS(key) if key in WORDS else stage
