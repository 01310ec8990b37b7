"""What to type to be led to a county again: its name where it is the only one of that name, its code otherwise."""

from __future__ import annotations

from bolang.atlas.model import County
from bolang.foundation.errors import BolangError
from bolang.foundation.text import Text


def asked_by(county: County) -> Text:
    """Return what a command takes; in English the code, as names in Latin letters are shared and hold spaces."""
    try:
        alone = county.atlas.county(county.name).code == county.code
    except BolangError:
        alone = False
    return Text(county.name if alone else county.code, county.code)
