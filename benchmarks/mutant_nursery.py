"""``python -m benchmarks.mutant_nursery``: run tests again and again without importing the peers again.

Reads one line of JSON for each run (the tests, the seconds they may take) and answers with the exit code. Each run is a fork
in a group of its own that has imported nothing of bolang yet, so that it reads the source as it stands now.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import sys
import time
from collections.abc import Sequence

PEERS = ("numpy", "scipy.sparse.linalg", "scipy.optimize", "scipy.stats", "polars", "duckdb", "yaml", "typer", "rich.table",
         "hypothesis", "pytest", "_pytest.assertion.rewrite", "docx", "openpyxl", "xlsxwriter", "typst", "opencc", "jsonschema")  # fmt: skip
HANGS = 98
"""Exit code of tests that did not end in time."""


def born(tests: Sequence[str], patience: float) -> int:
    """Run tests in a fork and return their exit code."""
    child = os.fork()
    if not child:
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        code = 1
        with contextlib.suppress(BaseException):
            import pytest

            code = int(pytest.main(["-x", "-q", "-n", "0", "-p", "no:cacheprovider", *tests]))
        os._exit(code)
    until = time.monotonic() + patience
    code = HANGS
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            break
        time.sleep(0.05)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    if code == HANGS:
        os.waitpid(child, 0)
    return code


def main() -> None:
    """Answer until the input ends."""
    for name in PEERS:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    for line in sys.stdin:
        asked = json.loads(line)
        print(born(asked["tests"], asked["patience"]), flush=True)


if __name__ == "__main__":
    main()
