"""Time two ways of computing the same thing side by side and compare their answers."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

Task = Callable[[], Any]


@dataclass(frozen=True)
class Comparison:
    """One task done by bolang and by a peer.

    Attributes
    ----------
    task, peer : str
        What was computed, and by whom else.
    ours, theirs : float
        Median seconds over the repetitions.
    ratio : float
        How many times as long the peer takes: median over the pairs of repetitions.
    ratio_low, ratio_high : float
        Smallest and largest ratio of a pair.
    difference : float or None
        Largest absolute difference between the answers; None where they are not comparable.
    note : str
        What the reader should know.
    """

    task: str
    peer: str
    ours: float
    theirs: float
    ratio: float
    ratio_low: float
    ratio_high: float
    difference: float | None
    note: str = ""


@dataclass(frozen=True)
class Measurement:
    """One task done by bolang alone, in a process of its own, where no peer can do it.

    Attributes
    ----------
    task : str
    seconds, processor, peak_gib : float
        Time of the task by the clock and of all processors together, and peak memory of the process.
    aim : str
        What was aimed at; empty if nothing.
    note : str
        What the reader should know.
    """

    task: str
    seconds: float
    processor: float
    peak_gib: float
    aim: str
    note: str = ""


def compare(
    task: str, peer: str, ours: Task, theirs: Task, *, repeat: int = 5, answers: bool = True, note: str = ""
) -> Comparison:
    """Run both in turn, so that a change of the machine's speed hits both; the first run of each is not counted."""
    mine, other = ours(), theirs()
    difference = largest_difference(mine, other) if answers else None
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(repeat)]
    ratios = [b / a for a, b in pairs]
    return Comparison(
        task,
        peer,
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(ratios),
        min(ratios),
        max(ratios),
        difference,
        note,
    )


def first_use(task: str, peer: str, ours: str, theirs: str, note: str = "") -> Comparison:
    """Time the first call in a fresh interpreter each; imports and data are not counted, compilation is."""
    a, b = _first_call(ours), _first_call(theirs)
    return Comparison(task, peer, a, b, b / a, b / a, b / a, None, note)


def seconds(task: Task) -> float:
    """Time one call; short ones are repeated until 20 ms have passed and averaged."""
    calls, start = 0, time.perf_counter()
    while True:
        task()
        calls += 1
        passed = time.perf_counter() - start
        if passed > 0.02:
            return passed / calls


def largest_difference(mine: Any, other: Any) -> float:
    """Return the largest absolute difference over one or several arrays."""
    if not isinstance(mine, tuple):
        mine, other = (mine,), (other,)
    gaps = [np.nanmax(np.abs(np.asarray(a, float) - np.asarray(b, float))) for a, b in zip(mine, other, strict=True)]
    return float(max(gaps))


def machine(packages: list[str]) -> dict[str, Any]:
    """Describe the machine and the versions, without any name of a host or a path."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "load": round(os.getloadavg()[0], 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in ["bolang", "numpy", "scipy", *packages]},
    }


def report(
    suite: str, about: str, rows: Sequence[Comparison | Measurement], described: dict[str, Any]
) -> tuple[dict[str, Any], str]:
    """Return the results as a dictionary for JSON and as Markdown."""
    content = {"suite": suite, "about": about, "machine": described, "results": [asdict(row) for row in rows]}
    compared = [row for row in rows if isinstance(row, Comparison)]
    alone = [row for row in rows if isinstance(row, Measurement)]
    versions = ", ".join(f"{name} {number}" for name, number in described["packages"].items())
    lines = [f"# Benchmark: {suite}", "", about, "", *_compared(compared), *_alone(alone)]
    lines += [
        f"{described['processor']}, {described['cores']} cores, {described['memory_gib']} GiB, {described['system']}, "
        f"load {described['load']} at the end (the number of processes that wanted a core), "
        f"Python {described['python']}; {versions}.",
        "",
    ]
    return content, "\n".join(lines)


def _compared(rows: Sequence[Comparison]) -> list[str]:
    lines = [
        "| task | peer | bolang, ms | peer, ms | times faster | lowest-highest | largest difference |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        gap = "" if row.difference is None else f"{row.difference:.1e}"
        lines.append(
            f"| {row.task} | {row.peer} | {1e3 * row.ours:.2f} | {1e3 * row.theirs:,.1f} | {row.ratio:,.1f} | "
            f"{row.ratio_low:,.1f}-{row.ratio_high:,.1f} | {gap} |"
        )
    notes = [f"- {row.task}, {row.peer}: {row.note}" for row in rows if row.note]
    return [*lines, "", *notes, ""] if notes else [*lines, ""]


def _alone(rows: Sequence[Measurement]) -> list[str]:
    if not rows:
        return []
    lines = [
        "| task | seconds | processor seconds | peak memory, GiB | aim |",
        "| --- | ---: | ---: | ---: | --- |",
    ]
    lines += [
        f"| {row.task} | {row.seconds:.1f} | {row.processor:.1f} | {row.peak_gib:.2f} | {row.aim} |" for row in rows
    ]
    return [*lines, "", *(f"- {row.task}: {row.note}" for row in rows if row.note), ""]


def _first_call(code: str) -> float:
    setup, call = code.split("---")
    program = f"import time\n{setup}\nstart = time.perf_counter()\n{call.strip()}\nprint(time.perf_counter() - start)"
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", program], check=True, capture_output=True, text=True)
    return float(run.stdout.split()[-1])


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or "unknown"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
