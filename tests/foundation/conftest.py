"""What tests of the foundation share."""

import pytest


@pytest.fixture
def english(monkeypatch):
    """Errors speak English."""
    monkeypatch.setenv("BOLANG_LANG", "en")
