"""``bolang mcp``: the results for agents, over standard input and output."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr

HELP = tr(
    "供智能体调用（MCP，标准输入输出）：查县、查数、比较、排名、规划、模拟、写报告。例：bolang mcp --folder 报告",
    "For agents (MCP over standard input and output): counties, figures, comparison, ranking, plan, simulation, report. "
    "Example: bolang mcp --folder reports",
)


def command(
    folder: Annotated[
        Path, typer.Option("--folder", help=tr("报告写到哪个文件夹。", "Folder that reports are written into."))
    ] = Path(),
    http: Annotated[
        int | None,
        typer.Option(
            "--http",
            min=1024,
            max=65535,
            help=tr(
                "不用标准输入输出，改在本机这个端口的 /mcp 上应答。",
                "Answer at /mcp on this port of this machine instead of standard input and output.",
            ),
            show_default=False,
        ),
    ] = None,
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
