"""Changes of the transport network in words."""

from __future__ import annotations

from bolang.foundation.text import Text, same
from bolang.foundation.units import exact_text, number_text
from bolang.space.edits import (
    AddLink,
    AvoidSuez,
    ChangeTariff,
    CloseGateway,
    CloseTerminal,
    OpenDryPort,
    OpenSeaRailTerminal,
    UpgradeLink,
)
from bolang.space.system import Edit
from bolang.wording import load

WORDS = load("network")


def edit_text(edit: Edit) -> Text:
    """Say what an edit changes; an edit of the user's own is called by its class."""
    match edit:
        case AddLink():
            ends = {"start": edit.start, "end": edit.end}
            if edit.km:
                return WORDS(f"edit.add.{edit.layer}.km", km=exact_text(edit.km), **ends)
            return WORDS(f"edit.add.{edit.layer}", **ends)
        case UpgradeLink():
            saved = number_text((1 - edit.factor) * 100)
            return WORDS(f"edit.upgrade.{edit.layer}", start=edit.start, end=edit.end, saved=saved)
        case OpenSeaRailTerminal():
            return WORDS("edit.terminal", place=edit.place)
        case OpenDryPort():
            return WORDS("edit.dry_port", place=edit.place)
        case CloseGateway():
            return WORDS("edit.close_gateway", place=edit.name)
        case CloseTerminal():
            return WORDS("edit.close_terminal", place=edit.place)
        case ChangeTariff():
            sign, number = ("=", edit.value) if edit.value is not None else ("×", edit.factor)
            assert number is not None
            return WORDS("edit.tariff", parameter=edit.parameter, change=f"{sign} {exact_text(number)}")
        case AvoidSuez():
            return WORDS("edit.suez")
    return same(type(edit).__name__)
