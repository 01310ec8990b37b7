"""Changes of a unit's code, name, kind and territory in sentences."""

from __future__ import annotations

from bolang.atlas.history import Continuity, UnitChange
from bolang.atlas.romanize import place
from bolang.foundation.text import Text, join, same
from bolang.wording import load

WORDS = load("territory")


def change_text(change: UnitChange) -> Text:
    """Say what changed, and when."""
    key, year = f"change.{change.what}", change.year
    before, after = place(change.before_name), place(change.after_name)
    match change.what:
        case "recoded":
            return WORDS("change.recoded", year=year, before=change.before_code, after=change.after_code)
        case "founded_from":
            return WORDS("change.founded_from", year=year, before=before)
        case "later_became" | "later_part":
            return WORDS(key, year=year, census=change.census, after=after)
    return WORDS(key, year=year, before=before, after=after)


def continuity_text(found: Continuity) -> Text:
    """Say whether the unit's figures of the census before compare with those of the latest."""
    key, census, before = f"continuity.{found.status}", found.census, found.census_before
    match found.status:
        case "boundary_changed":
            if not found.years:
                return WORDS("continuity.boundary_changed", before=before, census=census)
            years = join([same(str(year)) for year in found.years], "、", ", ")
            return WORDS("continuity.boundary_changed.years", before=before, census=census, years=years)
        case "merged":
            return WORDS("continuity.merged", before=before, census=census, count=found.parts)
    return WORDS(key, before=before)
