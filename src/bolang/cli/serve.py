"""``bolang serve``: the pages in a browser, on this machine alone."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Annotated

import typer

from bolang.cli.options import LangOption, argument, flag, option
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import language, tr
from bolang.wording import load

WORDS = load("cli_county")
SAID = load("cli_progress")

PATIENCE = 5
"""Seconds that open pages are given when the server ends."""


def command(
    name: Annotated[str | None, argument(WORDS("serve.name.metavar"), WORDS("serve.name"))] = None,
    port: Annotated[int, option("--port", said=WORDS("serve.port"), shown=True, min=1024, max=65535)] = 8377,
    workspace: Annotated[list[str] | None, option("--workspace", said=WORDS("serve.workspace"))] = None,
    host: Annotated[list[str] | None, option("--behind", said=WORDS("serve.behind"))] = None,
    browser: Annotated[bool, flag("--browser/--no-browser", said=WORDS("serve.browser"))] = True,
    lang: LangOption = None,
) -> None:
    """Start the server and open the browser."""
    if lang:
        language(lang)
    named = dict(_pair(item) for item in workspace or ())
    try:
        import uvicorn

        from bolang.web import Settings, create_app
    except ImportError as error:
        raise BadInputError(
            tr(f"网页界面需要 {error.name}，尚未安装。", f"The pages in a browser need {error.name}."),
            tr("请运行 pip install 'bolang[web]'。", "Run pip install 'bolang[web]'."),
        ) from None
    settings = Settings(port, tuple(host or ()), named)
    _check_free(port)
    path = "/"
    if name:
        from bolang.atlas import own_atlas

        path = f"/c/{own_atlas().county(name).code}"
    address = f"http://127.0.0.1:{port}{path}" + (f"?lang={lang}" if lang else "")
    typer.echo(str(SAID("serve.open", address=address)))
    if browser:
        _open_soon(address)
    uvicorn.run(
        create_app(settings),
        host="127.0.0.1",
        port=port,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=PATIENCE,
    )


def _pair(item: str) -> tuple[str, Path]:
    name, equals, path = item.partition("=")
    if not equals or not path:
        raise BadInputError(
            tr(f"工作区应写作 名称=文件，得到 {item!r}。", f"A workspace is given as NAME=FILE, got {item!r}."),
            tr("例：--workspace team=团队.duckdb", "Example: --workspace team=team.duckdb"),
        )
    return name, Path(path)


def _check_free(port: int) -> None:
    """Refuse a port on which something listens, before a browser is sent to it."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise BadInputError(
                tr(f"端口 {port} 已被占用。", f"Something listens on port {port} already."),
                tr(
                    f"bolang 可能已经在运行：看 http://127.0.0.1:{port}/；或用 --port 换一个端口。",
                    f"bolang may run already: see http://127.0.0.1:{port}/; or give another --port.",
                ),
            )


def _open_soon(address: str) -> None:
    """Open the browser when the server answers."""
    import threading
    import webbrowser

    timer = threading.Timer(1.0, webbrowser.open, args=(address,))
    timer.daemon = True
    timer.start()
