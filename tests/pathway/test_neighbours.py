"""Neighbours: the pull of cities by hand, and chains by input and output on a small table."""

import numpy as np
import pytest

from bolang.pathway.neighbours.chain import NationalTable, purchases
from bolang.pathway.neighbours.cities import City, nearest, pulls

CITIES = (City("甲", (0, 1), 0, 4e6), City("乙", (2,), 2, 1e6), City("丙", (3,), 3, 9e6))


def test_pull_falls_with_the_square_of_the_drive():
    hours = np.array([2.0, 2.1, 1.0, 3.5, 0.0])
    found = pulls(CITIES, hours, own=4)
    assert [pull.city.name for pull in found] == ["甲", "乙"]  # the third lies beyond three hours
    assert [pull.share for pull in found] == pytest.approx([0.5, 0.5])  # 4 / 2^2 = 1 / 1^2


def test_a_city_does_not_pull_on_itself():
    hours = np.array([0.0, 0.1, 1.0, 2.0, 0.5])
    assert "甲" not in [pull.city.name for pull in pulls(CITIES, hours, own=1)]


def test_the_nearest_city_however_far():
    hours = np.array([9.0, 9.0, 7.0, np.inf, 0.0])
    assert nearest(CITIES, hours, own=4) == (CITIES[1], 7.0)
    assert nearest(CITIES[2:], hours, own=4) is None
    assert pulls(CITIES, hours, own=4) == ()


def small_table():
    coefficients = np.zeros((19, 19))
    coefficients[0, 2], coefficients[2, 2], coefficients[5, 2] = 0.1, 0.4, 0.05
    return NationalTable(coefficients, np.full(19, 1000.0), np.full(19, 100.0))


def test_a_place_like_the_nation_buys_nothing_outside():
    table = small_table()
    found = purchases(table, table.employment)
    np.testing.assert_allclose(found.outside, 0.0, atol=1e-9)
    assert found.needed[0, 2] == pytest.approx(0.1 * 1000.0)


def test_a_one_sided_place_buys_what_it_lacks():
    table = small_table()
    employment = np.zeros(19)
    employment[2] = 10.0
    found = purchases(table, employment)
    need, share = found.missing(2)
    assert need[[0, 2, 5]] == pytest.approx([10.0, 40.0, 5.0])  # a tenth of the nation's industry
    assert share[0] == 1.0  # no farming at all
    assert share[5] == 1.0
    assert share[2] == 0.0  # a quotient of 19 is more than enough for itself
    assert found.bought_outside[0] == pytest.approx(10.0)
    np.testing.assert_allclose(found.missing(7)[1], 0.0)  # an absent industry buys nothing
