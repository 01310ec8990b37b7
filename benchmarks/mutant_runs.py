"""One change to the source at a time, in a copy of the tree, and the tests that run the changed line.

A test that does not run a line cannot notice what is changed in it. Which tests run which line is read once, by coverage;
lines that run at import, such as constants, are held against all tests of the package.
"""

from __future__ import annotations

import ast
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SLOWEST_S = 60.0
"""Seconds that even the quickest tests get."""
PATIENCE = 8.0
"""Times as long as on the unchanged source before tests count as hanging; the machine may do other work."""
PLUGIN = """
import coverage, pytest

@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    coverage.Coverage.current().switch_context(item.nodeid)
    return (yield)
"""


@dataclass(frozen=True)
class Mutant:
    """One change: the file, the line it begins on, and what is put in place of what is there."""

    path: str
    line: int
    operator: str
    occurrence: int

    @property
    def name(self) -> str:
        """Place and kind, for the list of survivors."""
        return f"{self.path.removeprefix('src/bolang/')}:{self.line} {self.operator.removeprefix('core/')}"


@dataclass(frozen=True)
class Suite:
    """The tests of a package in a copy of the tree: which run which line, and how long all take."""

    copy: Path
    tests: tuple[str, ...]
    lines: Mapping[tuple[str, int], tuple[str, ...]]
    seconds: float

    def notices(self, mutant: Mutant) -> bool:
        """Whether a test fails, or hangs, once the change is made."""
        chosen = self.lines.get((mutant.path, mutant.line), ())
        if "" in chosen:
            chosen = self.tests
        if not chosen:
            return False
        source = self.copy / mutant.path
        before = source.read_bytes()
        source.write_text(mutated(before.decode(), mutant), encoding="utf-8")
        try:
            return not _pass(self.copy, chosen, max(SLOWEST_S, PATIENCE * self.seconds))
        finally:
            source.write_bytes(before)


def prepared(root: Path, copy: Path, sources: Sequence[str], tests: Sequence[str], *, whole: bool) -> Suite:
    """Copy the tree and run the tests once, unchanged; `whole` where tests start processes that coverage does not see."""
    unwanted = shutil.ignore_patterns(".git", "*.duckdb", "__pycache__", ".mypy_cache", ".ruff_cache", ".hypothesis")
    shutil.copytree(root, copy, ignore=unwanted)
    (copy / "mutant_contexts.py").write_text(PLUGIN, encoding="utf-8")
    folders = ",".join(f"src/bolang/{name}" for name in sources)
    started = time.perf_counter()
    runner = [sys.executable, "-m", "coverage", "run", f"--include={_patterns(sources)}", "-m", *_pytest(tests)]
    done = subprocess.run([*runner, "-p", "mutant_contexts"], cwd=copy, env=_environment(copy), check=False)
    if done.returncode:
        raise SystemExit(f"The tests of {folders} fail on the unchanged source.")
    seconds = time.perf_counter() - started
    lines = {} if whole else _lines(copy)
    if whole:
        lines = dict.fromkeys(_every_line(copy, sources), ("",))
    return Suite(copy, tuple(tests), lines, seconds)


def drawn(copy: Path, sources: Sequence[str], count: int, seed: int) -> tuple[list[Mutant], int]:
    """Draw mutants, and say how many there are; unions in annotations and decorators change nothing that runs."""
    config, session = copy / "mutants.toml", copy / "mutants.sqlite"
    paths = ", ".join(f'"src/bolang/{name}"' for name in sources)
    config.write_text(
        f"[cosmic-ray]\nmodule-path = [{paths}]\ntimeout = 1\nexcluded-modules = []\n"
        'test-command = "true"\n[cosmic-ray.distributor]\nname = "local"\n',
        encoding="utf-8",
    )
    tool = [sys.executable, "-m", "cosmic_ray.cli", "init", str(config), str(session)]
    subprocess.run(tool, cwd=copy, env=_environment(copy), check=True)
    with sqlite3.connect(session) as base:
        rows = base.execute(
            "SELECT module_path, start_pos_row, operator_name, occurrence FROM mutation_specs"
            " WHERE operator_name NOT LIKE '%BitOr%'"
            " ORDER BY module_path, start_pos_row, start_pos_col, operator_name, occurrence"
        ).fetchall()
    quiet = {path: _quiet_lines((copy / path).read_text(encoding="utf-8")) for path in {row[0] for row in rows}}
    every = [Mutant(Path(row[0]).as_posix(), *row[1:]) for row in rows if row[1] not in quiet[row[0]]]
    return random.Random(seed).sample(every, min(count, len(every))), len(every)


def mutated(source: str, mutant: Mutant) -> str:
    """Return the source with the change made."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    changed: str | None = mutate_code(source, get_operator(mutant.operator)(), mutant.occurrence)
    if changed is None:
        raise ValueError(f"{mutant.name} cannot be made.")
    return changed


def _quiet_lines(source: str) -> set[int]:
    """Lines that no answer depends on: decorators (frozen, slots), and imports that only type checkers follow."""
    marked: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            marked.add(node.lineno)
        for part in getattr(node, "decorator_list", ()):
            marked.update(range(part.lineno, (part.end_lineno or part.lineno) + 1))
    return marked


def _patterns(sources: Sequence[str]) -> str:
    return ",".join(f"src/bolang/{name}" if name.endswith(".py") else f"src/bolang/{name}/*" for name in sources)


def _pytest(tests: Sequence[str]) -> list[str]:
    return ["pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", *tests]


def _environment(copy: Path) -> dict[str, str]:
    places = os.pathsep.join([str(copy / "src"), str(copy)])
    kept = {"PYTHONPATH": places, "BOLANG_TEST_CACHE": str(copy / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    return {**os.environ, **kept}


def _pass(copy: Path, tests: Sequence[str], patience: float) -> bool:
    """Run tests in a group of their own, so that whatever they started ends with them."""
    command = [sys.executable, "-m", *_pytest(tests)]
    quiet = subprocess.DEVNULL
    running = subprocess.Popen(
        command, cwd=copy, env=_environment(copy), stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        return running.wait(patience) == 0
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        return False


def _lines(copy: Path) -> dict[tuple[str, int], tuple[str, ...]]:
    """Which tests run which line; a line that runs at import belongs to the empty name."""
    import coverage

    data = coverage.CoverageData(str(copy / ".coverage"))
    data.read()
    found: dict[tuple[str, int], tuple[str, ...]] = {}
    for name in data.measured_files():
        path = Path(name)
        place = (path.relative_to(copy) if path.is_absolute() else path).as_posix()
        spans = _spans((copy / place).read_text(encoding="utf-8"))
        ran: dict[int, set[str]] = {}
        for line, contexts in data.contexts_by_lineno(name).items():
            for inner in spans.get(line, (line,)):
                ran.setdefault(inner, set()).update(contexts)
        found.update({(place, line): tuple(sorted(tests)) for line, tests in ran.items()})
    return found


def _spans(source: str) -> dict[int, tuple[int, ...]]:
    """For the first line of a simple statement, all its lines: coverage may name only some of them."""
    spans: dict[int, tuple[int, ...]] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            last = body[0].lineno - 1 if body else node.end_lineno or node.lineno
            if last > node.lineno:
                spans[node.lineno] = tuple(range(node.lineno, last + 1))
    return spans


def _every_line(copy: Path, sources: Sequence[str]) -> list[tuple[str, int]]:
    found = []
    for name in sources:
        place = copy / "src" / "bolang" / name
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            count = len(path.read_text(encoding="utf-8").splitlines())
            found += [(path.relative_to(copy).as_posix(), line) for line in range(1, count + 1)]
    return found
