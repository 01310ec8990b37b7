"""Uniqueness is looked for from many starts: psi theta below one is not enough where a sector feeds on its own goods."""

import numpy as np
import pytest

from bolang.economy.core.equilibrium import Economy, Shock
from bolang.economy.core.solver import Options, solve
from bolang.economy.core.technology import Elasticities, Technology
from bolang.economy.core.trade import DenseTrade
from bolang.economy.core.uniqueness import search

OPTIONS = Options(tolerance=1e-10, damping=0.3, iterations=2000)


def two_places(psi, own, cost=0.3):
    """Two equal places; manufactures use a share `own` of manufactures, the other sector nothing."""
    at_home = 1 / (1 + cost)
    flows = np.array([[at_home, 1 - at_home], [1 - at_home, at_home]])
    shares = np.stack([flows, flows], axis=2)
    return Economy(
        ("a", "b"),
        ("manufactures", "farming"),
        technology=Technology(np.array([1 - own, 1.0]), np.array([[own, 0.0], [0.0, 0.0]]), np.array([0.5, 0.5])),
        elasticities=Elasticities.from_values(4.0, np.array([psi, 0.0]), sectors=2),
        trade=DenseTrade(shares, np.ones_like(shares)),
        sales=np.tile([0.5 / (1 - own), 0.5], (2, 1)),
        transfers=np.zeros(2),
    )


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_second_equilibrium_without_any_shock():
    economy = two_places(psi=0.2, own=0.8)
    found = search(economy, Shock(), starts=10, spread=1.0, options=OPTIONS)
    assert not found.unique
    np.testing.assert_allclose(found.equilibria[0], 0, atol=1e-8)
    # The two places are equal, so one that draws the factories to a has a mirror image.
    gap = found.equilibria[1:, :4].reshape(-1, 2, 2)[:, :, 0]
    mirrored = min(np.abs(gap[0] - other[::-1]).max() for other in gap)
    assert mirrored < 1e-4
    assert np.abs(gap[0]).max() > 0.5


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(("psi", "own"), [(0.2, 0.0), (0.07, 0.65), (0.13, 0.65)])
def test_one_equilibrium_without_inputs_and_at_the_parameters_that_ship(psi, own):
    found = search(two_places(psi, own), Shock(), starts=8, spread=1.0, options=OPTIONS)
    assert found.unique
    assert found.starts > 4


def test_a_start_does_not_change_a_unique_answer():
    economy = two_places(0.07, 0.5)
    shock = Shock(productivity=np.array([[[1.1], [1.0]], [[1.0], [1.0]]]))
    found = search(economy, shock, starts=4, spread=0.3, options=OPTIONS)
    plain = solve(economy, shock, options=OPTIONS)
    assert found.unique
    np.testing.assert_allclose(found.equilibria[0, :4], np.log(plain.sales[..., 0].ravel()), atol=1e-9)
