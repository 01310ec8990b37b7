"""``bolang cache``: what is kept of earlier computations, and clearing it."""

from __future__ import annotations

from datetime import datetime

import typer

from bolang.foundation.text import tr

HELP = tr(
    "查看或清空缓存（算过的模型结果；清空只会变慢，不会改变结果）。例：bolang cache show；bolang cache clear",
    "Show or clear the cache of earlier computations; clearing it costs time, never results. Example: bolang cache show",
)

group = typer.Typer(help=HELP, no_args_is_help=True)


@group.command("show", help=tr("列出缓存的位置、大小与各项。", "List the place, the size and the entries."))
def show() -> None:
    """Print the entries, those used last first."""
    from bolang.foundation import store
    from bolang.foundation.places import cache_place

    entries = store.entries()
    total = sum(entry.size for entry in entries) / 1e6
    typer.echo(tr(f"位置：{cache_place()}", f"Place: {cache_place()}"))
    typer.echo(
        tr(
            f"{len(entries)} 项，{total:,.0f} MB（上限 {store.limit() / 1e6:,.0f} MB，可用 BOLANG_CACHE_LIMIT 设定）",
            f"{len(entries)} entries, {total:,.0f} MB (at most {store.limit() / 1e6:,.0f} MB; BOLANG_CACHE_LIMIT sets it)",
        )
    )
    for entry in entries:
        used = datetime.fromtimestamp(entry.used).strftime("%Y-%m-%d %H:%M")
        typer.echo(f"  {entry.size / 1e6:8.1f} MB  {used}  {entry.name}")


@group.command("clear", help=tr("清空缓存。", "Remove every entry."))
def clear() -> None:
    """Remove every entry."""
    from bolang.foundation import store

    gone = store.clear()
    typer.echo(tr(f"已清除 {gone} 项。", f"{gone} entries removed."))
