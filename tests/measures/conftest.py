"""Inputs and answers that several measures are tested against."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

# A busy machine must not fail a property.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

REFERENCE = Path(__file__).parents[1] / "reference"


@pytest.fixture(scope="session")
def peers():
    """Answers of peer packages; tests/reference/measures_peers.py made them."""
    return json.loads((REFERENCE / "measures_peers.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def zhejiang():
    """Employment and neighbours of one province; tests/reference/measures_inputs.py made them."""
    data = json.loads((REFERENCE / "measures_inputs.json").read_text(encoding="utf-8"))
    for year in (2010, 2020):
        data[year] = np.array(data.pop(f"employment_{year}"), dtype=float)
    return data


@pytest.fixture(scope="session")
def published():
    """Figures of the literature; each holds its origin."""
    return json.loads((REFERENCE / "measures_published.json").read_text(encoding="utf-8"))
