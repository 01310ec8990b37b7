"""The package's one-industry counterfactual against one in levels that shares nothing with it."""

import numpy as np
import pytest

from benchmarks.bench_economy import _ours, _World
from benchmarks.gravity_levels import real_output


def test_trade_with_weaker_borders_equals_a_computation_in_levels():
    world = _World.largest(30)
    ours = _ours(world)
    np.testing.assert_allclose(ours, real_output(world.trade, world.costs, "own"), atol=1e-7)
    # What gegravity does, whose answers are those with shares held to 2e-8, is another question.
    held = real_output(world.trade, world.costs, "held")
    assert np.abs(held - ours).max() == pytest.approx(0.069, abs=0.001)
