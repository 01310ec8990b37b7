"""Do the tests notice? Small changes are made to the source, one at a time; a test must fail for each.

``python -m benchmarks.mutants [PACKAGE ...] [--sample N] [--seed N] [--named]`` draws a sample of mutants with cosmic-ray, runs the
fast tests that run the changed line in a copy of the tree, and writes what it found to ``docs/mutants.md``. Needs the extra
``mutants``.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from benchmarks.mutant_runs import SLOWEST_S, Tree, copied, drawn, prepared

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "mutants.json"
PAGE = ROOT / "docs" / "mutants.md"
NAMED = ROOT / "benchmarks" / "mutants_named.yaml"
"""Mistakes that tests once did not notice, each with the tests that now must."""
EQUIVALENT = ROOT / "benchmarks" / "results" / "mutants_equivalent.yaml"
"""Survivors that change nothing that could be noticed, each with the reason."""


@dataclass(frozen=True)
class Target:
    """Source folders or files and the tests of a package."""

    sources: tuple[str, ...]
    tests: tuple[str, ...]


_REPORT = (
    "facts",
    "growth",
    "year_table",
    "user_rows",
    "chart_figure",
    "say",
    "sheet",
    "source_names",
    "notes",
    "stress",
    "finance",
    "debt",
)

TARGETS = {
    "measures": Target(("measures",), ("measures",)),
    # Not the test of the swept table: it fails whenever a byte of the model changes, whatever the byte means.
    "economy core": Target(
        ("economy/core",),
        tuple(
            f"economy/test_{name}.py"
            for name in (
                "economy_laws",
                "economy_naive",
                "economy_parts",
                "economy_published",
                "economy_uniqueness",
                "economy_groups",
                "economy_split",
                "economy_steps",
                "sweep_solving",
            )
        ),
    ),
    "debt and risk": Target(("pathway/debt", "pathway/risk"), ("pathway", "economy/test_risk_model.py")),
    "plan and types": Target(("pathway/plan", "pathway/types"), ("pathway",)),
    "intake": Target(("intake",), ("intake",)),
    "space": Target(("space",), ("space",)),
    "diagnosis": Target(("diagnosis",), ("diagnosis",)),
    "foundation": Target(
        ("foundation",),
        (
            "foundation",
            "attacks",
            "wording",
            "report/test_report_numbers.py",
            "report/test_report_model.py",
        ),
    ),
    # What reckons and writes numbers, held against laws alone: whole reports take long. The layout of pages has rules of its own.
    "report numbers": Target(
        (
            "document",
            "foundation/units.py",
            "publish",
            *(f"pages/report/{name}.py" for name in _REPORT),
            *(f"render/{name}.py" for name in ("flat", "json", "labels", "xlsx")),
        ),
        (
            "report/test_report_numbers.py",
            "report/test_report_growth.py",
            "report/test_report_tidy.py",
            "report/test_report_read_back.py",
            "report/test_report_model.py",
            "report/test_source_notes.py",
            "report/test_said_of_debt.py",
            "report/test_said_of_money.py",
            "report/test_report_reckoning.py",
            "report/test_render_by_hand.py",
            "report/test_document_by_hand.py",
            "report/test_marks.py",
            "report/test_render_data.py",
            "foundation/test_foundation_units.py",
        ),
    ),
}


@dataclass(frozen=True)
class Sample:
    """What became of the mutants drawn from one package."""

    package: str
    candidates: int
    drawn: int
    killed: int
    survivors: tuple[str, ...]
    note: str = ""

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the share killed (Wilson)."""
        n, z = self.drawn, 1.96
        share = self.killed / n
        middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return middle - half, middle + half


def measure(package: str, count: int, seed: int) -> Sample:
    """Draw mutants of one package and hold each against the tests that run its line."""
    target = TARGETS[package]
    tests = [f"tests/{path}" for path in target.tests]
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        copy = Path(name).resolve() / "tree"
        suite = prepared(ROOT, copy, target.sources, tests)
        mutants, candidates = drawn(copy, target.sources, count, seed)
        survived = []
        for number, mutant in enumerate(mutants, 1):
            if not suite.notices(mutant):
                survived.append(mutant.name)
                print(f"{package} {number}/{len(mutants)}: {mutant.name} ({mutant.occurrence})", flush=True)
        suite.tree.close()
    return Sample(package, candidates, len(mutants), len(mutants) - len(survived), tuple(sorted(survived)))


def named() -> dict[str, bool]:
    """Make each of the named mistakes; return whether a test noticed."""
    found = {}
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        copy = Path(name).resolve() / "tree"
        copied(ROOT, copy)
        tree = Tree.opened(copy)
        for mistake in yaml.safe_load(NAMED.read_text(encoding="utf-8")):
            path = f"src/bolang/{mistake['file']}"
            text = (copy / path).read_text(encoding="utf-8")
            if text.count(mistake["was"]) != 1:
                raise SystemExit(f"{mistake['name']}: {mistake['file']} does not hold {mistake['was']!r} once.")
            changed = text.replace(mistake["was"], mistake["put"])
            tests = [f"tests/{test}" for test in mistake["tests"]]
            found[mistake["name"]] = tree.fails(path, changed, tests, 10 * SLOWEST_S)
            print(mistake["name"], "noticed" if found[mistake["name"]] else "NOT NOTICED", flush=True)
        tree.close()
    return found


def page(samples: list[Sample], mistakes: dict[str, bool]) -> str:
    """Return the page of results."""
    lines = [
        "# Do the tests notice?",
        "",
        "Small changes were made to the source one at a time (a sign, a comparison, a number, a loop), and the fast tests of the",
        "package were run against each, those that run the changed line first. Written by `python -m benchmarks.mutants`, which lists every",
        "change that cosmic-ray knows, leaves out annotations, decorators and imports for type checkers, and draws a sample with a",
        "seed that was not used while tests were written; the interval is what the sample says of all mutants of the package.",
        "A survivor is a change that no test noticed: some change nothing that anybody could see, the others want a test.",
        "",
        "| package | mutants possible | drawn | noticed | change nothing | share of the others | 95 % interval |",
        "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    reasons: dict[str, str] = yaml.safe_load(EQUIVALENT.read_text(encoding="utf-8")) if EQUIVALENT.exists() else {}
    for sample in samples:
        idle = sum(name in reasons for name in sample.survivors)
        low, high = replace(sample, drawn=sample.drawn - idle).interval
        share = f"{100 * sample.killed / (sample.drawn - idle):.0f} %"
        lines.append(
            f"| {sample.package} | {sample.candidates:,} | {sample.drawn} | {sample.killed} | {idle} | {share} |"
            f" {100 * low:.0f}–{100 * high:.0f} % |"
        )
    lines += ["", *(f"{sample.package}: {sample.note}" for sample in samples if sample.note)]
    lines += ["", "## Survivors", ""]
    for sample in samples:
        open_ones = [f"`{name}`" for name in sample.survivors if name not in reasons]
        lines += [f"- {sample.package}: " + "; ".join(open_ones)] if open_ones else []
    survived = {name for sample in samples for name in sample.survivors}
    equal = [f"- `{name}`: {reason}" for name, reason in reasons.items() if name in survived]
    lines += ["", "## Survivors that change nothing", "", *equal] if equal else []
    if mistakes:
        lines += ["", "## Mistakes that tests once did not notice", ""]
        lines += [f"- {name}: {'noticed' if seen else '**not noticed**'}" for name, seen in mistakes.items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure the packages named, all of them by default, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", nargs="*")
    parser.add_argument("--sample", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--named", action="store_true", help="make the named mistakes instead")
    asked = parser.parse_args()
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for package in () if asked.named else asked.packages or TARGETS:
        known[package] = asdict(measure(package, asked.sample, asked.seed))
        _write(known)
    if asked.named:
        known["named"] = named()
        _write(known)


def _write(known: dict[str, Any]) -> None:
    RESULTS.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    samples = [
        Sample(**{**known[name], "survivors": tuple(known[name]["survivors"])}) for name in TARGETS if name in known
    ]
    PAGE.write_text(page(samples, known.get("named", {})), encoding="utf-8")


if __name__ == "__main__":
    main()
