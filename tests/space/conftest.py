"""The national transport system, assembled once for all tests of this folder."""

import pytest

from bolang.atlas import Atlas
from bolang.space import TransportSystem


@pytest.fixture(scope="session")
def atlas():
    return Atlas()


@pytest.fixture(scope="session")
def system(atlas):
    return TransportSystem.standard(atlas)


@pytest.fixture(scope="session")
def nodes(atlas, system):
    """Nodes of counties by name."""
    return lambda *names: [int(system.network.units[atlas.county(name).index]) for name in names]
