"""The page on coverage, in the handbook and on the command line, is one."""

import re
from pathlib import Path

import pytest

from bolang.atlas import Atlas
from bolang.atlas.coverage import coverage

PAGE = Path(__file__).parents[2] / "docs" / "coverage.md"


@pytest.fixture(scope="module")
def found():
    return coverage(Atlas(workspace=False))


def test_the_handbook_shows_the_coverage_of_the_tables(found):
    printed = re.findall(r"^\| (.+?) \| (\d{4}) \| ([\d,]+) \| ([\d.]+) \|$", PAGE.read_text(encoding="utf-8"), re.M)
    assert printed == [(c.label.en, str(c.year), f"{c.units:,}", f"{100 * c.people:.1f}") for c in found]


def test_published_counts(found):
    units = {(c.indicator, c.year): c.units for c in found}
    assert units["debt_balance", 2024] == 660
    assert units["fiscal_revenue", 2023] >= 2_087


def test_shares_lie_between_none_and_all(found):
    assert all(0 < c.people <= 1 for c in found)


def test_installed_tables_stay_below_20_megabytes():
    from bolang.atlas import store

    assert sum(store.table_path(name).stat().st_size for name in store.table_names()) < 20e6
