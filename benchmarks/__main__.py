"""``python -m benchmarks [SUITE ...]`` runs suites and writes benchmarks/results/SUITE.json and .md.

A suite is a module ``benchmarks/bench_SUITE.py`` with ``ABOUT`` (a sentence), ``PEERS`` (package names) and
``run(repeat)``, which returns comparisons. The peers come with ``pip install 'bolang[bench]'``.
"""

from __future__ import annotations

import argparse
import json
from importlib import import_module
from pathlib import Path

from benchmarks.harness import machine, report

HERE = Path(__file__).parent


def main() -> None:
    suites = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Compare bolang with its peers.")
    parser.add_argument("suite", nargs="*", default=suites, help=f"which to run: {', '.join(suites)} (all by default)")
    parser.add_argument("--repeat", type=int, default=5, help="repetitions of each task")
    parser.add_argument("--out", type=Path, default=HERE / "results", help="folder for the results")
    options = parser.parse_args()
    unknown = sorted(set(options.suite) - set(suites))
    if unknown:
        parser.error(f"no suite {', '.join(unknown)}; there are: {', '.join(suites)}")
    options.out.mkdir(parents=True, exist_ok=True)
    for name in options.suite:
        module = import_module(f"benchmarks.bench_{name}")
        content, text = report(name, module.ABOUT, module.run(options.repeat), machine(module.PEERS))
        written = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        (options.out / f"{name}.json").write_text(written, encoding="utf-8")
        (options.out / f"{name}.md").write_text(text, encoding="utf-8")
        print(text)


if __name__ == "__main__":
    main()
