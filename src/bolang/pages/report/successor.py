"""The unit that was asked for, where it was split off the one that is reported on after the census."""

from __future__ import annotations

from bolang.atlas.places import stem
from bolang.foundation.text import Text, same
from bolang.pages.report.context import Context

_SPLIT = frozenset({"gave", "split"})


def successor(context: Context) -> tuple[Text, int] | None:
    """Return the name and the year of the younger unit that was asked for; None where the county itself was."""
    asked, county = context.asked, context.county
    if asked is None or asked in {county.code, county.name, county.full_name}:
        return None
    for change in context.atlas.territory.of(county):
        if change.territorial and change.kind in _SPLIT and change.year > context.census:
            for other in change.others:
                if stem(other) in asked or asked.isdigit():
                    return same(other), change.year
    return None
