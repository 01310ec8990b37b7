"""The entry point: turns bolang's errors into one line and exit code 2."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from typing import Any, NoReturn

from bolang.foundation.errors import BolangError
from bolang.foundation.streams import abandon_output, make_lenient

INTERRUPTED = 130
_OUTPUT_FAILS = (errno.ENOSPC, errno.EIO, errno.EBADF, errno.EDQUOT)
USAGE = {
    "No such option: ": "没有选项 ",
    "No such command ": "没有命令 ",
    "Missing argument ": "缺少参数 ",
    "Missing option ": "缺少选项 ",
    "Invalid value for ": "数值不合要求 ",
    "Got unexpected extra argument(s) ": "多出的参数 ",
    "Input should be a valid integer, unable to parse string as an integer": "应为整数",
    "Input should be a valid number, unable to parse string as a number": "应为数字",
    "Possible options: ": "相近的选项：",
    "Did you mean ": "是否指 ",
}
"""The parser's own words, in Chinese; what is not listed stays as the parser says it."""


def main() -> None:
    """Run the command line; a traceback reaches the user only with ``--debug``."""
    debug = "--debug" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    _take_language(arguments)
    make_lenient()
    try:
        if not {"--help", "--version"} & set(arguments):
            _prepare()
        from bolang.cli.app import app

        code = app(args=arguments, prog_name="bolang", standalone_mode=False)
        if code == INTERRUPTED:  # the parser turns Ctrl-C into its exit code
            raise KeyboardInterrupt
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except BolangError as error:
        if debug:
            raise
        _complain(error.message, error.hint)
    except BrokenPipeError:
        # The reader (head, less) has gone: end quietly, without Python's own complaint at exit.
        abandon_output()
        sys.exit(0)
    except KeyboardInterrupt:
        from bolang.foundation.text import tr

        _complain(tr("已中断，未写出任何文件。", "Interrupted; nothing was written."), "", code=INTERRUPTED)
    except MemoryError:
        from bolang.foundation.text import tr

        _complain(
            tr("内存不足，未完成。", "There was not enough memory to finish."),
            tr("需要约 2 GB 可用内存。", "About 2 GB of free memory are needed."),
        )
    except Exception as error:
        if isinstance(error, OSError) and error.filename is None and error.errno in _OUTPUT_FAILS:
            _complain_of_output(error)
        if hasattr(error, "format_message"):  # a usage error of the command parser, whose classes are private
            _complain_of_usage(error)
        if debug:
            raise
        from bolang.foundation.text import tr

        _complain(
            tr(
                f"程序内部错误（{type(error).__name__}：{error}）。",
                f"Internal error ({type(error).__name__}: {error}).",
            ),
            tr("请加 --debug 重新运行，并附输出报告问题。", "Run again with --debug and report the output."),
            code=1,
        )


def _prepare() -> None:
    """Say at once that there is too little memory, which libraries abort on when they find out; keep the home tidy."""
    from bolang.foundation import memory
    from bolang.foundation.places import keep_drawings_tidy

    memory.require(memory.START)
    keep_drawings_tidy()


def _take_language(arguments: list[str]) -> None:
    """Let ``--lang`` govern help and messages too: it must be known before the commands are built."""
    for position, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            _speak(argument.removeprefix("--lang="))
        elif argument == "--lang" and position + 1 < len(arguments):
            _speak(arguments[position + 1])


def _speak(lang: str) -> None:
    """Set the language; what the environment cannot hold is none, and is refused as it is spelt."""
    os.environ["BOLANG_LANG"] = lang if lang.isprintable() else ascii(lang)


def _complain_of_usage(error: Any) -> NoReturn:
    """Say in one line which option or argument is wrong, in the language of the rest."""
    from bolang.foundation.text import tr

    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.exit(error.exit_code)  # the help has been printed already
    said = " ".join(error.format_message().split()).rstrip(".")
    for english, chinese in USAGE.items():
        said = tr(said.replace(english, chinese), said)
    path = context.command_path if context is not None else "bolang"
    _complain(
        tr(f"用法有误：{said}。", f"{said}."),
        tr(f"见 {path} --help。", f"See {path} --help."),
        code=error.exit_code,
    )


def _complain_of_output(error: OSError) -> NoReturn:
    from bolang.foundation.text import tr

    abandon_output()
    _complain(
        tr(f"标准输出无法写入：{error.strerror}。", f"The standard output cannot be written: {error.strerror}."),
        tr("请检查磁盘空间，或用 -o 写入文件。", "Check the disk space, or write to a file with -o."),
    )


def _complain(message: str, hint: str, code: int = 2) -> NoReturn:
    from bolang.cli.console import console_for

    with contextlib.suppress(OSError):  # an error that cannot be shown still ends with its code
        console = console_for(stderr=True, soft_wrap=True)
        console.print("[bold red]✗[/] ", end="")
        console.print(message, markup=False, end=" " if hint else "\n")
        if hint:
            console.print(hint, markup=False, style="cyan")
        sys.stderr.flush()
    abandon_output()
    sys.exit(code)
