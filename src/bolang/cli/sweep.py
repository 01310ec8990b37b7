"""``bolang sweep``: solve levers in all counties, on this machine or on many."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from bolang.cli.options import LangOption, option
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import language, tr
from bolang.foundation.units import number_text
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.economy.scenarios.sweep.run import Advance

WORDS = load("cli_road")


def command(
    only: Annotated[str | None, option("--only", said=WORDS("sweep.only"))] = None,
    counties: Annotated[str | None, option("--counties", said=WORDS("sweep.counties"))] = None,
    shard: Annotated[str, option("--shard", said=WORDS("sweep.shard"), shown=True)] = "1/1",
    folder: Annotated[Path | None, option("--folder", said=WORDS("sweep.folder"))] = None,
    scheduler: Annotated[str | None, option("--scheduler", said=WORDS("sweep.scheduler"))] = None,
    workers: Annotated[int | None, option("--workers", said=WORDS("sweep.workers"), min=1)] = None,
    backend: Annotated[str, option("--backend", said=WORDS("sweep.backend"), shown=True)] = "numpy",
    output: Annotated[Path | None, option("-o", "--output", said=WORDS("sweep.output"))] = None,
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
    print(WORDS("sweep.solved", solved=number_text(solved), rest=number_text(rest)))
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

    rate, minutes = number_text(at.rate, 1), number_text(at.left / 60)
    line = WORDS("sweep.progress", done=at.done, total=at.total, rate=rate, minutes=minutes)
    end = "\r" if sys.stderr.isatty() else "\n"
    print(line, end=end, file=sys.stderr, flush=True)
