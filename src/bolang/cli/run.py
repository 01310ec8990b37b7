"""The entry point: turns bolang's errors into one line and exit code 2."""

from __future__ import annotations

import os
import sys

from bolang.errors import BolangError


def main() -> None:
    """Run the command line; a traceback reaches the user only with ``--debug``."""
    debug = "--debug" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    _take_language(arguments)
    try:
        from bolang.cli.app import app

        app(args=arguments, prog_name="bolang")
    except BolangError as error:
        if debug:
            raise
        _complain(error.message, error.hint)
    except BrokenPipeError:
        # The reader (head, less) has gone: end quietly, without Python's own complaint at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        from bolang.text import tr

        _complain(tr("已中断，未写出任何文件。", "Interrupted; nothing was written."), "", code=130)
    except Exception as error:
        if debug:
            raise
        from bolang.text import tr

        _complain(
            tr(
                f"程序内部错误（{type(error).__name__}：{error}）。",
                f"Internal error ({type(error).__name__}: {error}).",
            ),
            tr("请加 --debug 重新运行，并附输出报告问题。", "Run again with --debug and report the output."),
            code=1,
        )


def _take_language(arguments: list[str]) -> None:
    """Let ``--lang`` govern help and messages too: it must be known before the commands are built."""
    for position, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            os.environ["BOLANG_LANG"] = argument.removeprefix("--lang=")
        elif argument == "--lang" and position + 1 < len(arguments):
            os.environ["BOLANG_LANG"] = arguments[position + 1]


def _complain(message: str, hint: str, code: int = 2) -> None:
    from rich.console import Console

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    console.print("[bold red]✗[/] ", end="")
    console.print(message, markup=False, end=" " if hint else "\n")
    if hint:
        console.print(hint, markup=False, style="cyan")
    sys.exit(code)
