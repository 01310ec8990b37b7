"""Check figures on arrival: against one another, against sizes that counties have, against what is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bolang.intake import agreement, plausibility
from bolang.intake.disagreements import Check, Group, Known
from bolang.intake.readings import FigureReading
from bolang.intake.times import YEAR


def check(readings: Sequence[FigureReading], known: Known | None = None) -> list[Check]:
    """Check the figures of one file.

    Parameters
    ----------
    readings : sequence of FigureReading
        Figures understood.
    known : callable, optional
        What is known already, to catch slips of unit and revisions.

    Returns
    -------
    list of Check
        Errors first.
    """
    found = list(agreement.conflicts(readings))
    stated = plausibility.last_years(readings)
    for key, group in _groups(readings).items():
        sums = list(agreement.sums(group))
        published = list(plausibility.against_known(group, stated, known)) if key[2] == YEAR else []
        found.extend([*sums, *published])
        found.extend(agreement.parts_of_wholes(group))
        found.extend(agreement.averages(group))
        found.extend(agreement.dollars(group))
        found.extend(agreement.rates(group))
        found.extend(agreement.per_head(group))
        found.extend(agreement.structure(group))
        found.extend(agreement.growth_rates(group))
        blamed = [*sums, *published]
        sizes = plausibility.sizes(group, trusted=not _blamed("gdp", blamed))
        found.extend(item for item in sizes if not _blamed(item.readings[0].indicator, blamed))
    return sorted(_unique(found), key=lambda item: item.severity != "error")


def held_back(checks: Sequence[Check]) -> set[int]:
    """Return the identities of the readings that an error names."""
    return {id(reading) for item in checks if item.severity == "error" for reading in item.readings}


def _blamed(name: str, checks: Sequence[Check]) -> bool:
    """Tell whether a check blames the unit of this indicator alone: what is compared with it is then no witness."""
    return any(item.name == "unit" and [r.indicator for r in item.readings] == [name] for item in checks)


def _unique(checks: list[Check]) -> list[Check]:
    """Keep one of several checks that say the same of the same figures."""
    seen: dict[tuple[str, str], Check] = {}
    for item in checks:
        seen.setdefault((item.key, str(item.plain)), item)
    return list(seen.values())


def _groups(readings: Sequence[FigureReading]) -> dict[tuple[str, int, str, bool], Group]:
    """Group figures by county, year, period and level of government; the plainest definition stands for an indicator."""
    groups: dict[tuple[str, int, str, bool], Group] = defaultdict(dict)
    for reading in sorted(readings, key=lambda r: r.rank):
        key = (reading.code, reading.year, reading.period, "本级" in reading.definition)
        groups[key].setdefault(reading.indicator, reading)
    return groups
