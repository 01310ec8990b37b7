"""What to type to be led to a county again: its name where it is the only one of that name, its code otherwise."""

from __future__ import annotations

from bolang.atlas.model import County
from bolang.foundation.errors import BolangError
from bolang.foundation.text import Text


def asked_by(county: County) -> Text:
    """Return what a command takes; in English the code, as names in Latin letters are shared and hold spaces."""
    return Text(county.name if _is_alone(county) else county.code, county.code)


def _is_alone(county: County) -> bool:
    if county.atlas is None:
        return False
    try:
        return county.atlas.county(county.name).code == county.code
    except BolangError:
        return False
