"""A room holds what one workspace needs: its atlas, its diagnoses; rooms do not share figures."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TYPE_CHECKING

from bolang.atlas import Atlas
from bolang.atlas.overlay import default_path

if TYPE_CHECKING:
    from bolang.atlas import County
    from bolang.diagnosis import Diagnosis, Diagnostician
    from bolang.pathway.types import CountyType

REMEMBERED = 24
"""Layers of the map that a room keeps ready."""
NEWCOMERS_COUNTY = "330782"
"""Whose plan is made while the server warms up: the county of the source report."""


class Room:
    """One workspace with its atlas; made anew when the workspace changes.

    Parameters
    ----------
    name : str
        Its name in an address, empty for the one at the root.
    path : Path or None
        File of the workspace; None for the user's own.
    """

    def __init__(self, name: str, path: Path | None) -> None:
        self.name = name
        self.path = path if path is not None else default_path()
        self.atlas = Atlas(self.path if self.path.exists() else False)
        self._lock = threading.RLock()
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()

    def remember(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """Return what was made for a key before, else make it; the oldest is forgotten."""
        found = self._kept.get(key)
        if found is None:
            found = make()
            with self._lock:
                self._kept[key] = found
                while len(self._kept) > REMEMBERED:
                    self._kept.popitem(last=False)
        return found

    def county(self, code: str) -> County:
        """Return a county by code or name."""
        return self.atlas.county(code)

    @property
    def diagnostician(self) -> Diagnostician:
        """Diagnoses against all counties; built once."""
        from bolang.diagnosis.diagnostician import diagnostician_of

        return diagnostician_of(self.atlas)

    def diagnosis(self, county: County) -> Diagnosis:
        """Diagnose a county."""
        return self.diagnostician.diagnose(county)

    def road(self, county: County) -> CountyType:
        """Return the type and road of a county."""
        from bolang.pathway.shared import national

        with self._lock:
            return national(self.atlas).of(county)

    def warm(self) -> None:
        """Compute what every page of a county needs."""
        from bolang.pathway.plan.recommend import plan

        county = self.county(NEWCOMERS_COUNTY)
        self.diagnosis(county)
        self.road(county)
        plan(county, atlas=self.atlas)


class Rooms:
    """The rooms of a server by name."""

    def __init__(self, own: Path | None, named: dict[str, Path]) -> None:
        self._paths: dict[str, Path | None] = {"": own, **named}
        self._rooms: dict[str, Room] = {}
        self._lock = threading.Lock()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the workspaces, the user's own first."""
        return tuple(self._paths)

    def __contains__(self, name: object) -> bool:
        return name in self._paths

    def __getitem__(self, name: str) -> Room:
        with self._lock:
            if name not in self._rooms:
                self._rooms[name] = Room(name, self._paths[name])
            return self._rooms[name]

    def renew(self, name: str) -> None:
        """Forget a room whose workspace changed; pages that are being made keep the old one."""
        with self._lock:
            self._rooms.pop(name, None)
