"""What is made of an atlas is kept with it: made once, by one thread, never another atlas's, and gone when the atlas is."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from bolang.atlas.atlas import Atlas

T = TypeVar("T")
_OPENING = threading.Lock()


class _Shelf:
    """What one atlas keeps, and the lock of those who make it."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.things: dict[Callable[..., Any], Any] = {}


def kept(make: Callable[[Atlas], T]) -> Callable[[Atlas], T]:
    """Keep what a function makes of an atlas, however many atlases there are.

    >>> @kept
    ... def seats(atlas): return len(atlas.counties)
    """

    @functools.wraps(make)
    def read(atlas: Atlas) -> T:
        shelf = _shelf_of(atlas)
        if make not in shelf.things:
            with shelf.lock:
                if make not in shelf.things:
                    shelf.things[make] = make(atlas)
        found: T = shelf.things[make]
        return found

    return read


def _shelf_of(atlas: Atlas) -> _Shelf:
    with _OPENING:
        shelf: _Shelf = vars(atlas).setdefault("_shelf", _Shelf())
    return shelf
