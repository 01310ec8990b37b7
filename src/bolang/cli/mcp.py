"""``bolang mcp``: the results for agents, over standard input and output."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bolang.cli.options import option
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.wording import load

WORDS = load("cli_county")


def command(
    folder: Annotated[Path, option("--folder", said=WORDS("mcp.folder"), shown=True)] = Path(),
    http: Annotated[int | None, option("--http", said=WORDS("mcp.http"), min=1024, max=65535)] = None,
) -> None:
    """Serve until the client goes away."""
    try:
        from bolang.mcp.server import create_server, serve_http
    except ImportError as error:
        raise BadInputError(
            tr(f"缺少 {error.name}。", f"{error.name} is missing."),
            tr("请运行 pip install 'bolang[mcp]'。", "Run pip install 'bolang[mcp]'."),
        ) from None
    if not folder.is_dir():
        raise BadInputError(
            tr(f"没有文件夹 {folder}。", f"There is no folder {folder}."), tr("请先建立它。", "Make it first.")
        )
    server = create_server(folder)
    if http is None:
        server.run("stdio")
    else:
        typer.echo(f"http://127.0.0.1:{http}/mcp")
        serve_http(server, http)
