"""Which published revenue a county's baseline rests on, and what stands in for none."""

from types import SimpleNamespace

import numpy as np
import pytest

from bolang.economy.scenarios import fiscal
from bolang.economy.scenarios.fiscal import revenue_base
from bolang.foundation.errors import MissingFactError


def fact(value, year, period="year", status="measured"):
    return SimpleNamespace(value=value, year=year, period=period, status=status)


def base(*facts, monkeypatch):
    def found(code, indicator):
        assert (code, indicator) == ("330782", "fiscal_revenue")
        if not facts:
            raise MissingFactError("none")
        return facts

    monkeypatch.setattr(fiscal, "revenue_weights", lambda calibration: np.array([[0.0, 0.0], [30_000.0, 12_000.0]]))
    atlas = SimpleNamespace(codes=["110101", "330782"], facts=found)
    return revenue_base(atlas, SimpleNamespace(observed=SimpleNamespace(year=2020)), 1)


@pytest.mark.parametrize(("year", "used"), [(2017, True), (2016, False), (2023, True), (2024, False), (1990, False)])
def test_a_published_figure_counts_within_three_years_of_the_census(year, used, monkeypatch):
    found = base(fact(50_000.0, year), monkeypatch=monkeypatch)
    assert found.value == pytest.approx(5.0 if used else 4.2)
    assert found.estimated is not used
    assert found.year == (year if used else 2020)


def test_the_nearest_full_year_is_taken_and_an_estimate_is_marked(monkeypatch):
    facts = (fact(1e4, 2018), fact(2e4, 2021, status="estimated"), fact(9e4, 2020, period="h1"), fact(3e4, 2023))
    found = base(*facts, monkeypatch=monkeypatch)
    assert (found.value, found.year, found.estimated) == (2.0, 2021, True)


def test_without_any_figure_revenue_follows_from_the_industries(monkeypatch):
    found = base(monkeypatch=monkeypatch)
    assert (found.value, found.estimated, found.year) == (pytest.approx(4.2), True, 2020)
