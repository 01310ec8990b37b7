"""One change to the source at a time, in a copy of the tree, and the tests that run the changed line.

A test that does not run a line can notice a change in it only through a value that another test has made. Which tests run
which line is read once, by coverage; lines that run at import, such as constants, belong to the tests that run any line of the
file. Those tests are asked first; what they let pass is held against all others of the package.
"""

from __future__ import annotations

import ast
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SLOWEST_S = 60.0
"""Seconds that even the quickest tests get."""
PATIENCE = 20.0
"""Times as long as the tests computed on the unchanged source before they count as hanging; the machine may do other work."""
PLUGIN = """
import json, time
import coverage, pytest

SECONDS, FAILED = {}, []

@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    coverage.Coverage.current().switch_context(item.nodeid)
    started = time.process_time()
    yielded = yield
    SECONDS[item.nodeid] = time.process_time() - started
    return yielded

def pytest_runtest_logreport(report):
    if report.failed:
        FAILED.append(report.nodeid)

def pytest_unconfigure():
    with open("mutant_seconds.json", "w") as out:
        json.dump({test: spent for test, spent in SECONDS.items() if test not in FAILED}, out)
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
class Tree:
    """A copy of the tree in which tests are run again and again."""

    copy: Path
    nursery: subprocess.Popen[str]

    @classmethod
    def opened(cls, copy: Path) -> Tree:
        """Start what runs tests in a copy."""
        command = [sys.executable, "-m", "benchmarks.mutant_nursery"]
        pipe = subprocess.PIPE
        return cls(
            copy, subprocess.Popen(command, cwd=copy, env=_environment(copy), stdin=pipe, stdout=pipe, text=True)
        )

    def run(self, tests: Sequence[str], patience: float) -> int:
        """Run tests; return their exit code."""
        assert self.nursery.stdin
        assert self.nursery.stdout
        self.nursery.stdin.write(json.dumps({"tests": list(tests), "patience": patience}) + "\n")
        self.nursery.stdin.flush()
        return int(self.nursery.stdout.readline())

    def fails(self, path: str, changed: str, tests: Sequence[str], patience: float) -> bool:
        """Whether a test fails, or hangs, while a file reads otherwise."""
        source = self.copy / path
        before = source.read_bytes()
        source.write_text(changed, encoding="utf-8")
        try:
            return self.run(tests, patience) != 0
        finally:
            source.write_bytes(before)

    def close(self) -> None:
        """End it."""
        self.nursery.terminate()
        self.nursery.wait()


@dataclass(frozen=True)
class Suite:
    """The tests of a package in a copy of the tree: which run which line, and how long each computes."""

    tree: Tree
    cost: Mapping[str, float]
    lines: Mapping[tuple[str, int], tuple[str, ...]]

    def notices(self, mutant: Mutant) -> bool:
        """Whether a test fails, or hangs, once the change is made."""
        if (mutant.path, mutant.line) not in self.lines:
            return False
        first = self._chosen(mutant)
        changed = mutated((self.tree.copy / mutant.path).read_text(encoding="utf-8"), mutant)
        # The line of a fixture or of a kept value runs in one test, and many build on it.
        others = self._quickest(set(self.cost) - set(first))
        return any(
            self.tree.fails(mutant.path, changed, tests, self.patience(tests)) for tests in (first, others) if tests
        )

    def patience(self, tests: Collection[str]) -> float:
        """Seconds after which tests count as hanging."""
        return max(SLOWEST_S, PATIENCE * sum(self.cost[test] for test in tests))

    def _chosen(self, mutant: Mutant) -> list[str]:
        """Return the tests that run the line, the quickest first; for a line that runs at import those that run any of its file."""
        lines = set(self.lines.get((mutant.path, mutant.line), ()))
        if "" in lines:
            lines = {test for (path, _), tests in self.lines.items() if path == mutant.path for test in tests} - {""}
        return self._quickest(lines or self.cost)

    def _quickest(self, tests: Collection[str]) -> list[str]:
        return sorted(tests, key=lambda test: (self.cost[test], test))


def copied(root: Path, copy: Path) -> None:
    """Copy the tree."""
    unwanted = shutil.ignore_patterns(".git", "*.duckdb", "__pycache__", ".mypy_cache", ".ruff_cache", ".hypothesis")
    shutil.copytree(root, copy, ignore=unwanted)


def prepared(root: Path, copy: Path, sources: Sequence[str], tests: Sequence[str]) -> Suite:
    """Copy the tree, run the tests once, unchanged, and start what runs them from then on; one that fails is left out."""
    copied(root, copy)
    (copy / "mutant_contexts.py").write_text(PLUGIN, encoding="utf-8")
    options = ["-q", "-n", "0", "-p", "no:cacheprovider", "-p", "mutant_contexts"]
    runner = [
        sys.executable,
        "-m",
        "coverage",
        "run",
        f"--include={_patterns(sources)}",
        "-m",
        "pytest",
        *options,
        *tests,
    ]
    done = subprocess.run(runner, cwd=copy, env=_environment(copy), check=False)
    cost = json.loads((copy / "mutant_seconds.json").read_text(encoding="utf-8"))
    if done.returncode > 1 or not cost:
        raise SystemExit(f"Tests of {', '.join(sources)} do not run on the unchanged source.")
    suite = Suite(Tree.opened(copy), cost, _lines(copy, cost))
    if suite.tree.run(sorted(cost), suite.patience(cost)):
        raise SystemExit(f"Tests of {', '.join(sources)} fail on the unchanged source where they are run again.")
    return suite


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


def _environment(copy: Path) -> dict[str, str]:
    places = os.pathsep.join([str(copy / "src"), str(copy)])
    kept = {"PYTHONPATH": places, "BOLANG_TEST_CACHE": str(copy / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    return {**os.environ, **kept}


def _lines(copy: Path, passing: Collection[str]) -> dict[tuple[str, int], tuple[str, ...]]:
    """Which tests run which line, of those that pass; a line that runs at import belongs to the empty name."""
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
                ran.setdefault(inner, set()).update(c for c in contexts if c in passing or not c)
        found.update({(place, line): tuple(sorted(tests)) for line, tests in ran.items() if tests})
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
