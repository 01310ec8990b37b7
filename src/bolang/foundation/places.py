"""Where bolang may leave something in the user's home: one folder, and nothing beside it."""

from __future__ import annotations

import os
from pathlib import Path


def cache_place() -> Path:
    """Return where the cache is or would be: ``BOLANG_CACHE`` if set, otherwise the user's cache folder of the system."""
    import platformdirs

    chosen = os.environ.get("BOLANG_CACHE")
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("bolang"))


def keep_drawings_tidy() -> None:
    """Let the drawing library keep its list of fonts in our cache: by itself it makes folders of its own in the home."""
    if "MPLCONFIGDIR" in os.environ:
        return
    place = cache_place() / "matplotlib"
    try:
        place.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError):
        return
    os.environ["MPLCONFIGDIR"] = str(place)
