"""``python -m benchmarks.processes``: what a user waits for, whole processes from the shell's prompt to the last byte.

Each command runs several times with a warm cache, and once with an empty one; medians of the clock and of processor time.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
COMMANDS: dict[str, tuple[float, tuple[str, ...]]] = {
    "--help": (0.3, ("--help",)),
    "show": (2.0, ("show", "义乌市")),
    "plan": (2.0, ("plan", "义乌市")),
    "rank": (1.0, ("rank", "wholesale_retail_lq", "--top", "5")),
    "trace": (1.0, ("trace", "义乌市", "population")),
    "find": (1.0, ("find", "义乌")),
    "debt": (1.0, ("debt", "义乌市")),
    "levers": (1.0, ("levers", "义乌市")),
    "where": (1.0, ("where", "market_procurement")),
    "report": (5.0, ("report", "义乌市", "-o", "{folder}/report.docx")),
}
"""Name, target in seconds on two quiet cores, arguments."""


@dataclass(frozen=True)
class Timed:
    """Seconds of one command."""

    command: str
    target_s: float
    cold_wall_s: float
    warm_wall_s: float
    warm_processor_s: float
    code: int


def once(arguments: tuple[str, ...], cache: Path, folder: Path) -> tuple[float, float, int]:
    """Return wall time, processor time and exit code of one run."""
    filled = [part.replace("{folder}", str(folder)) for part in arguments]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "bolang", *filled],
        env={**os.environ, "BOLANG_CACHE": str(cache)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, used, done.returncode


def timed(name: str, repeats: int) -> Timed:
    """Time one command, first with an empty cache."""
    target, arguments = COMMANDS[name]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        cold, _, _ = once(arguments, folder / "cache", folder)
        runs = [once(arguments, folder / "cache", folder) for _ in range(repeats)]
    return Timed(
        name,
        target,
        round(cold, 2),
        round(statistics.median(run[0] for run in runs), 2),
        round(statistics.median(run[1] for run in runs), 2),
        max(run[2] for run in runs),
    )


def main() -> None:
    """Time the commands named, or all, and write the table."""
    repeats = int(os.environ.get("REPEATS", "5"))
    rows = [timed(name, repeats) for name in sys.argv[1:] or COMMANDS]
    load = os.getloadavg()[0]
    about = {"python": platform.python_version(), "cores": os.cpu_count(), "load": round(load, 1), "repeats": repeats}
    text = json.dumps({"machine": about, "rows": [asdict(row) for row in rows]}, indent=2)
    (RESULTS / "processes.json").write_text(text + "\n", encoding="utf-8")
    lines = [
        "# Whole processes, seconds",
        "",
        f"Python {about['python']}, {about['cores']} cores, load {about['load']} at the end, median of {repeats}.",
        "On a machine that does other work processor time is what to compare.",
        "",
        "| command | target | cold cache | warm cache | processor, warm | exit |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        *(
            f"| `{r.command}` | {r.target_s:g} | {r.cold_wall_s:g} | {r.warm_wall_s:g} | {r.warm_processor_s:g} | {r.code} |"
            for r in rows
        ),
    ]
    (RESULTS / "processes.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
