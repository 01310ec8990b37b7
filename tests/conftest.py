"""Every test has a workspace and a cache of its own: never the developer's, never left behind."""

import os
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("bolang", deadline=None)
settings.load_profile("bolang")
"""Machines are shared: how long an example takes is no law."""

# The pipeline is no part of the installed package: its tests read it from the checkout, before a folder of tests of its name is found.
sys.path.insert(0, str(Path(__file__).parents[1]))

_SHARED = tempfile.TemporaryDirectory(prefix="bolang-tests-")
"""What a test process computes once, such as the fitted economy, is kept for its own time and thrown away."""

os.environ["BOLANG_CACHE"] = os.environ.get("BOLANG_TEST_CACHE") or str(Path(_SHARED.name) / "cache")
os.environ["BOLANG_WORKSPACE"] = str(Path(_SHARED.name) / "none.duckdb")
for name in ("BOLANG_LANG", "COLUMNS", "NO_COLOR", "FORCE_COLOR"):
    os.environ.pop(name, None)


@pytest.fixture(autouse=True)
def own_workspace(tmp_path, monkeypatch):
    """Give the test a workspace file that does not exist yet."""
    monkeypatch.setenv("BOLANG_WORKSPACE", str(tmp_path / "workspace.duckdb"))


@pytest.fixture
def own_cache(tmp_path, monkeypatch):
    """Give the test an empty cache."""
    monkeypatch.setenv("BOLANG_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def said(monkeypatch):
    """Record which statements are made, with their values, so that a test need not know how they are worded."""
    from bolang.wording.book import Words

    made, speak = [], Words.__call__

    def recorded(words, key, **values):
        made.append((words.page, key, values))
        return speak(words, key, **values)

    monkeypatch.setattr(Words, "__call__", recorded)
    return made
