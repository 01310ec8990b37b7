"""Do the tests notice? Small changes are made to the source, one at a time; a test must fail for each.

``python -m benchmarks.mutants [PACKAGE ...] [--sample N] [--seed N]`` draws a sample of mutants with cosmic-ray, runs the
fast tests of the package against each in a copy of the tree, and writes what it found to ``docs/mutants.md``. Needs the
extra ``mutants``. Unions in annotations are never evaluated, so they are not mutated.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "mutants.json"
PAGE = ROOT / "docs" / "mutants.md"
TIMEOUT_S = 90.0
TARGETS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "measures": (("measures",), ("measures",)),
    "economy core": (
        ("economy/core",),
        tuple(f"economy/test_economy_{name}.py" for name in ("laws", "naive", "parts", "published", "mechanics")),
    ),
    "debt and risk": (
        ("pathway/debt", "pathway/risk"),
        ("pathway/test_debt.py", "pathway/test_risk.py", "pathway/test_debt_risk_laws.py"),
    ),
    "intake": (("intake",), ("intake",)),
    "space": (("space",), ("space",)),
    "diagnosis": (("diagnosis",), ("diagnosis",)),
    "foundation": (("foundation",), ("attacks", "test_store.py", "wording")),
    "report numbers": (
        ("document", "render"),
        ("report/test_report_renderings.py", "report/test_report_word.py", "report/test_report_nasty.py"),
    ),
}
"""Source folders and tests by package."""


@dataclass(frozen=True)
class Sample:
    """What became of the mutants drawn from one package."""

    package: str
    candidates: int
    drawn: int
    killed: int
    survivors: tuple[str, ...]

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the share killed (Wilson)."""
        n, z = self.drawn, 1.96
        share = self.killed / n
        middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return middle - half, middle + half


def measure(package: str, count: int, seed: int) -> Sample:
    """Draw mutants of one package and test each in a copy of the tree."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        copy = Path(name) / "tree"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", "*.duckdb", "__pycache__", ".mypy_cache"))
        session = Path(name) / "session.sqlite"
        config = Path(name) / "config.toml"
        config.write_text(_config(package), encoding="utf-8")
        places = os.pathsep.join([str(copy / "src"), str(copy)])
        environment = {**os.environ, "PYTHONPATH": places, "BOLANG_TEST_CACHE": str(Path(name) / "cache")}
        _tool("init", str(config), str(session), cwd=copy, environment=environment)
        _tool("baseline", str(config), cwd=copy, environment=environment)  # unchanged source must pass
        candidates = _draw(session, count, seed)
        _tool("exec", str(config), str(session), cwd=copy, environment=environment)
        return _outcome(package, session, candidates)


def _config(package: str) -> str:
    sources, tests = TARGETS[package]
    paths = json.dumps([f"src/bolang/{path}" for path in sources])
    there = [f"tests/{path}" for path in tests if (ROOT / "tests" / path).exists()]
    command = f"{sys.executable} -m pytest -x -q -n 0 -p no:cacheprovider -p no:randomly {' '.join(there)}"
    return (
        f"[cosmic-ray]\nmodule-path = {paths}\ntimeout = {TIMEOUT_S}\nexcluded-modules = []\n"
        f'test-command = "{command}"\n[cosmic-ray.distributor]\nname = "local"\n'
    )


def _tool(verb: str, *arguments: str, cwd: Path, environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-m", "cosmic_ray.cli", verb, *arguments], cwd=cwd, env=environment, check=True)


def _draw(session: Path, count: int, seed: int) -> int:
    """Leave a sample of the mutants in the session; return how many there were."""
    with sqlite3.connect(session) as base:
        rows = base.execute("SELECT job_id FROM mutation_specs WHERE operator_name NOT LIKE '%BitOr%' ORDER BY job_id")
        jobs = sorted(row[0] for row in rows)
        # Identifiers differ from run to run; places do not.
        order = base.execute(
            "SELECT job_id FROM mutation_specs WHERE operator_name NOT LIKE '%BitOr%'"
            " ORDER BY module_path, start_pos_row, start_pos_col, operator_name, occurrence"
        )
        kept = random.Random(seed).sample([row[0] for row in order], min(count, len(jobs)))
        marks = ", ".join("?" * len(kept))
        for table in ("mutation_specs", "work_items"):
            base.execute(f"DELETE FROM {table} WHERE job_id NOT IN ({marks})", kept)
    return len(jobs)


def _outcome(package: str, session: Path, candidates: int) -> Sample:
    with sqlite3.connect(session) as base:
        rows = base.execute(
            "SELECT s.module_path, s.start_pos_row, s.operator_name, r.test_outcome, r.worker_outcome"
            " FROM mutation_specs s JOIN work_results r ON s.job_id = r.job_id"
        ).fetchall()
    survived = tuple(
        sorted(
            f"{Path(path).as_posix().removeprefix('src/bolang/')}:{row} {operator.removeprefix('core/')}"
            for path, row, operator, test, worker in rows
            if "SURVIVED" in str(test)
        )
    )
    return Sample(package, candidates, len(rows), len(rows) - len(survived), survived)


def page(samples: list[Sample]) -> str:
    """Return the page of results."""
    lines = [
        "# Do the tests notice?",
        "",
        "Small changes were made to the source one at a time (a sign, a comparison, a number, a loop), and the fast tests of the",
        "package run against each. Written by `python -m benchmarks.mutants`, which draws a sample with cosmic-ray; the interval",
        "is what the sample says of all mutants of the package. A survivor is a change that no fast test noticed: some change",
        "nothing that anybody could see, the others want a test.",
        "",
        "| package | mutants possible | drawn | noticed | share | 95 % interval |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for sample in samples:
        low, high = sample.interval
        share = f"{100 * sample.killed / sample.drawn:.0f} %"
        lines.append(
            f"| {sample.package} | {sample.candidates:,} | {sample.drawn} | {sample.killed} | {share} |"
            f" {100 * low:.0f}–{100 * high:.0f} % |"
        )
    lines += ["", "## Survivors", ""]
    lines += [
        f"- {sample.package}: " + "; ".join(f"`{s}`" for s in sample.survivors)
        for sample in samples
        if sample.survivors
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure the packages named, all of them by default, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", nargs="*")
    parser.add_argument("--sample", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for package in asked.packages or TARGETS:
        known[package] = asdict(measure(package, asked.sample, asked.seed))
        RESULTS.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        samples = [
            Sample(**{**known[name], "survivors": tuple(known[name]["survivors"])}) for name in TARGETS if name in known
        ]
        PAGE.write_text(page(samples), encoding="utf-8")


if __name__ == "__main__":
    main()
