"""Atlases kept open by the file of their workspace, as many as the memory holds."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from bolang.atlas.atlas import Atlas
from bolang.foundation import memory
from bolang.foundation.files import is_file

MOST = 24
"""Atlases at once: with what a report or a simulation makes of it, one holds 40 MB, so that they hold 1 GB together."""


class OpenAtlases:
    """One atlas a workspace, the same one until the file changes: what was made of it is kept with it.

    The one longest unused is let go when there are more than `MOST`, or when less memory is free than solving the
    economy needs; the one asked for always stays.

    Parameters
    ----------
    scarce : callable, optional
        Tells whether memory is scarce.
    """

    def __init__(self, scarce: Callable[[], bool] = lambda: memory.is_scarce(memory.SOLVE)) -> None:
        self._scarce = scarce
        self._lock = threading.Lock()
        self._found: OrderedDict[Path, tuple[int, Atlas]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._found)

    def of(self, path: Path) -> Atlas:
        """Return the atlas with the workspace of a file laid over it; without one where there is no such file."""
        stamp = path.stat().st_mtime_ns if is_file(path) else 0
        with self._lock:
            known = self._found.get(path)
            if known is None or known[0] != stamp:
                self._found[path] = stamp, Atlas(path if stamp else False)
            self._found.move_to_end(path)
            while len(self._found) > MOST or (len(self._found) > 1 and self._scarce()):
                self._found.popitem(last=False)
            return self._found[path][1]
