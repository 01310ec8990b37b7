"""What bolang stands on: the lowest versions that it promises to work with, and under which licence each part comes.

``python -m pipeline.dependencies`` writes ``constraints-minimum.txt`` (the lower bounds that pyproject declares, for a test
run with exactly those) and ``docs/dependencies.md`` (name, bound, installed version, licence as the package states it).
"""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
MINIMUM = ROOT / "constraints-minimum.txt"
PAGE = ROOT / "docs" / "dependencies.md"
_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9_.-]+)(?:\[[^]]*\])?\s*(?:>=|==)\s*(?P<low>[0-9][0-9A-Za-z.]*)")
TESTED_AT_MINIMUM = ("", "test")
"""The base and the extra whose lower bounds are installed and tested."""


def declared() -> dict[str, dict[str, str]]:
    """Return the lower bounds by extra ("" for the base) and name, as pyproject declares them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = {"": project["dependencies"], **project["optional-dependencies"]}
    return {extra: dict(filter(None, map(_bound, requirements))) for extra, requirements in listed.items()}


def _bound(requirement: str) -> tuple[str, str] | None:
    found = _REQUIREMENT.match(requirement)
    return (found["name"].lower(), found["low"]) if found else None


def minimum() -> str:
    """Return the constraints that install exactly the lower bounds of the base and the tests."""
    bounds = {name: low for extra in TESTED_AT_MINIMUM for name, low in declared()[extra].items()}
    lines = [
        "# The lowest versions that pyproject declares; written by python -m pipeline.dependencies, tested by .ci/run."
    ]
    return "\n".join([*lines, *(f"{name}=={low}" for name, low in sorted(bounds.items()))]) + "\n"


def page() -> str:
    """Return the page of dependencies; a package that is not installed here is listed without version and licence."""
    lines = [
        "# What bolang stands on",
        "",
        "Written by `python -m pipeline.dependencies`. The licence is the one that the installed package states of itself.",
    ]
    for extra, bounds in declared().items():
        lines += [
            "",
            f"## {'Always' if not extra else f'With `{extra}`'}",
            "",
            "| package | from | tested with | licence |",
        ]
        lines += ["| --- | --- | --- | --- |"]
        lines += [f"| {name} | {low} | {_version(name)} | {_licence(name)} |" for name, low in sorted(bounds.items())]
    return "\n".join(lines) + "\n"


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "–"


def _licence(name: str) -> str:
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return "–"
    stated = about["License-Expression"] if "License-Expression" in about else ""  # noqa: SIM401
    if not stated:
        found = [c.rpartition(" :: ")[2] for c in about.get_all("Classifier") or () if c.startswith("License ::")]
        stated = ", ".join(c for c in found if c != "OSI Approved")
    text = stated or (about["License"] if "License" in about else "").strip()  # noqa: SIM401
    first = text.splitlines()[0] if text else "not stated"
    return first.replace("|", "/")[:80]


def main() -> None:
    """Write both files."""
    MINIMUM.write_text(minimum(), encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
