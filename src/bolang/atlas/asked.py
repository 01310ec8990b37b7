"""Which atlas answers: the one that is given, the one that the county carries, or the user's own."""

from __future__ import annotations

from bolang.atlas.atlas import Atlas
from bolang.atlas.model import County
from bolang.atlas.opened import OpenAtlases
from bolang.atlas.overlay import default_path
from bolang.foundation import doors
from bolang.foundation.text import Text

_OPEN = OpenAtlases()
an_atlas = doors.a(Atlas, called=Text("bl.Atlas", "a bl.Atlas"))
"""Expect an atlas, at a public door."""


def asked(county: str | County, atlas: Atlas | None = None) -> tuple[Atlas, County]:
    """Return the atlas that answers a question about a county, and the county in it.

    Parameters
    ----------
    county : str or County
        A county, or a name or code that resolves to one.
    atlas : Atlas, optional
        Wins over the atlas that the county carries. Without either the user's own answers: the built-in facts with the
        user's workspace, if there is one, on top.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        If the name does not resolve to one county.
    """
    if atlas is None:
        atlas = (county.atlas if isinstance(county, County) else None) or own_atlas()
    return atlas, atlas.county(county)


def own_atlas() -> Atlas:
    """Return the user's own atlas, the same one until the workspace changes: what was computed from it is kept."""
    return _OPEN.of(default_path())
