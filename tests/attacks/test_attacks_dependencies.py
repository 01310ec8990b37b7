"""What is promised about other packages is what is tested."""

import tomllib
from pathlib import Path

from pipeline import dependencies

ROOT = Path(__file__).parents[2]


def test_the_tested_minimum_is_the_declared_minimum():
    assert dependencies.MINIMUM.read_text(encoding="utf-8") == dependencies.minimum(), (
        "run python -m pipeline.dependencies after changing a bound, and test with constraints-minimum.txt"
    )


def test_every_dependency_of_the_base_has_a_lower_bound():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert len(dependencies.declared()[""]) == len(project["dependencies"])


def test_the_page_lists_every_declared_package():
    page = dependencies.PAGE.read_text(encoding="utf-8")
    missing = [n for bounds in dependencies.declared().values() for n in bounds if f"| {n} |" not in page]
    assert not missing, "run python -m pipeline.dependencies after adding a package"


def test_the_source_archive_has_what_its_tests_and_pages_read():
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    included = set(build["targets"]["sdist"]["include"])
    assert {
        "CONTRIBUTING.md",
        "mkdocs.yml",
        "benchmarks",
        "constraints-minimum.txt",
        "docs",
        "tests",
        "pipeline",
    } <= included
    assert not [name for name in included if not (ROOT / name).exists()]
