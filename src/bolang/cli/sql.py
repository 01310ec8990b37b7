"""``bolang sql``: a query over all tables."""

from __future__ import annotations

from typing import Annotated

from bolang.cli.options import argument, option
from bolang.cli.page import Delivery
from bolang.cli.paged import paged
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import same, tr
from bolang.wording import load

WORDS = load("cli_facts")
ROWS = 50


@paged
def command(
    query: Annotated[str, argument(same("SQL"), WORDS("sql.query"))],
    own: Annotated[
        list[str] | None, option("--file", said=WORDS("sql.file"), metavar=str(WORDS("sql.own.metavar")))
    ] = None,
    to: str | None = None,
    output: str | None = None,
) -> Delivery:
    """Show or save the result of a query."""
    from bolang.atlas import own_atlas
    from bolang.pages.frame import frame_page

    answer = own_atlas().sql(query, dict(_named(item) for item in own or ()))
    page = frame_page(answer, WORDS("sql.title"), top=None if to or output else ROWS)
    return Delivery(page, lambda: answer)


def _named(item: str) -> tuple[str, str]:
    name, sign, path = item.partition("=")
    if not sign:
        raise BadInputError(
            tr(f"--file {item} 缺少名称。", f"--file {item} lacks a name."),
            tr("应为 --file 名称=文件，如 --file own=own.csv。", "Write --file NAME=FILE, such as --file own=own.csv."),
        )
    return name, path
