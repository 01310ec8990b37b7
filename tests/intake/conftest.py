"""What the tests of intake share."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

HENAN = "河川县2021年国民经济和社会发展统计公报"


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """An empty workspace of its own, also for processes started by the test."""
    path = tmp_path / "workspace.duckdb"
    monkeypatch.setenv("BOLANG_WORKSPACE", str(path))
    return path
