"""``bolang where``: in which counties a lever does most."""

from __future__ import annotations

from typing import Annotated, Any

from bolang.cli.options import Province, Top, argument, flag, option
from bolang.cli.page import Delivery
from bolang.cli.paged import paged
from bolang.wording import load

WORDS = load("cli_road")


@paged
def command(
    lever: Annotated[str, argument(WORDS("where.lever.metavar"), WORDS("where.lever"))],
    measure: Annotated[str | None, option("--measure", said=WORDS("where.measure"))] = None,
    circle: Annotated[str | None, option("--circle", said=WORDS("where.circle"))] = None,
    province: Province = None,
    top: Top = 20,
    everyone: Annotated[bool, flag("--all", said=WORDS("where.all"))] = False,
    to: str | None = None,
    output: str | None = None,
) -> Delivery:
    """Show where a lever does most; a file holds all ranks."""
    from bolang.atlas import own_atlas
    from bolang.economy.scenarios.sweep import Sweep
    from bolang.economy.scenarios.sweep.intervals import Intervals
    from bolang.pages.where import ranks, where_page

    swept, atlas = Sweep.shipped(), own_atlas()
    asked: dict[str, Any] = {"measure": measure, "circle": circle, "province": province}
    shown, ends = None if output or to else top, Intervals.shipped()
    mapped = shown is None
    page = where_page(swept, atlas, lever, **asked, top=shown, everyone=everyone, intervals=ends, mapped=mapped)
    return Delivery(page, lambda: ranks(swept, atlas, lever, **asked))
