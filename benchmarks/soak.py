"""``python -m benchmarks.soak [REPORTS]``: what many reports in one process cost, and many processes on one empty cache.

Reports of counties drawn by chance are made and saved in one process one after the other, Word and PDF in turn; memory and
seconds are read after each. Then ten processes start at once on one empty cache; each must answer what one alone answers.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
ASKED: tuple[tuple[str, ...], ...] = (
    ("show", "义乌市"), ("debt", "曹县"), ("plan", "清河县"), ("find", "义乌"), ("levers", "神木市"),
    ("trace", "昆山市", "population"), ("rank", "wholesale_retail_lq", "--top", "5"), ("types", "漠河市"),
    ("access", "威宁"), ("show", "嵊泗县", "--to", "json"),
)  # fmt: skip
"""What the ten processes ask."""


def resident_mb() -> float:
    """Memory that this process holds now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE / 1e6


def reports(count: int, seed: int) -> dict[str, object]:
    """Make reports in this process; return the memory and the seconds after each."""
    import bolang as bl

    atlas = bl.Atlas(workspace=False)
    counties = random.Random(seed).sample([county.code for county in atlas.counties], count)
    rows: list[tuple[str, float, float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        for number, code in enumerate(counties):
            wall, used = time.perf_counter(), time.process_time()
            made = bl.report(atlas.county(code))
            made.save(Path(folder) / f"report.{('docx', 'pdf')[number % 2]}")
            del made
            rows.append((code, time.perf_counter() - wall, time.process_time() - used, resident_mb()))
            if sys.stderr.isatty() or number % 20 == 19:
                print(f"{number + 1}: {rows[-1][2]:.1f} s, {rows[-1][3]:.0f} MB", file=sys.stderr, flush=True)
    return {"rows": rows, **_summary(rows)}


def _summary(rows: Sequence[tuple[str, float, float, float]]) -> dict[str, float]:
    """Median seconds, and memory: after a tenth, at the end, and its slope over the last three quarters."""
    later = rows[len(rows) // 4 :]
    numbers = list(range(len(later)))
    slope = statistics.linear_regression(numbers, [row[3] for row in later]).slope if len(later) > 1 else 0.0
    return {
        "reports": len(rows),
        "seconds": round(statistics.median(row[1] for row in rows), 2),
        "processor": round(statistics.median(row[2] for row in rows), 2),
        "mb_early": round(rows[len(rows) // 10][3]),
        "mb_middle": round(rows[len(rows) // 2][3]),
        "mb_end": round(rows[-1][3]),
        "mb_most": round(max(row[3] for row in rows)),
        "mb_per_report": round(slope, 3),
    }


def together(count: int) -> dict[str, object]:
    """Start processes at once on one empty cache; return their exit codes and whether each said what one alone says."""
    asked = [ASKED[number % len(ASKED)] for number in range(count)]
    with tempfile.TemporaryDirectory() as place:
        shared = Path(place) / "shared"
        started = time.perf_counter()
        running = [_start(arguments, shared) for arguments in asked]
        answers = [(process.communicate()[0], process.returncode) for process in running]
        seconds = time.perf_counter() - started
        alone = Path(place) / "alone"
        equal = []
        for arguments, (said, _) in zip(asked, answers, strict=True):
            equal.append(_start(arguments, alone).communicate()[0] == said)
        left = [path.name for path in shared.rglob("*") if path.name.endswith((".tmp", ".part"))]
    return {
        "processes": count, "codes": [code for _, code in answers], "equal": equal, "seconds": round(seconds, 1), "left": left,
    }  # fmt: skip


def _start(arguments: Sequence[str], cache: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "bolang", *arguments],
        env={**os.environ, "BOLANG_CACHE": str(cache), "BOLANG_WORKSPACE": str(cache / "none.duckdb")},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def text(found: dict[str, dict[str, object]], about: str) -> str:
    """Return the page of results."""
    many, ten = found["reports"], found["together"]
    good = sum(code == 0 for code in ten["codes"])  # type: ignore[attr-defined]
    same = sum(ten["equal"])  # type: ignore[call-overload]
    return "\n".join(
        [
            "# Soak",
            "",
            f"{about} Written by `python -m benchmarks.soak`.",
            "",
            f"- {many['reports']} reports of random counties in one process, Word and PDF in turn: {many['processor']} s of processor",
            f"  and {many['seconds']} s by the clock each (medians). Memory {many['mb_early']} MB after a tenth of them,",
            f"  {many['mb_middle']} MB after half, {many['mb_end']} MB at the end, {many['mb_most']} MB at most; over the last three",
            f"  quarters it moves by {many['mb_per_report']} MB a report.",
            f"- {ten['processes']} processes at once on one empty cache: {good} end well, {same} say byte for byte what a process alone",
            f"  says, {len(ten['left'])} unfinished files are left; {ten['seconds']} s together.",  # type: ignore[arg-type]
            "",
        ]
    )


def main() -> None:
    """Run both and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("reports", nargs="?", type=int, default=200)
    parser.add_argument("--processes", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    found = {"together": together(asked.processes), "reports": reports(asked.reports, asked.seed)}
    about = f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.0f} at the end."
    written = json.dumps({"about": about, **found}, indent=1, ensure_ascii=False)
    (RESULTS / "soak.json").write_text(written + "\n", encoding="utf-8")
    (RESULTS / "soak.md").write_text(text(found, about), encoding="utf-8")
    print(text(found, about))


if __name__ == "__main__":
    main()
