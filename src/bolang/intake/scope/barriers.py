"""What makes all figures of a document doubtful at once: a title of another place, years that disagree, another language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bolang.atlas import County
from bolang.atlas.places import stem as stem_of
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.foundation.ways import way
from bolang.intake.blocks import FilledTable, SourceText
from bolang.intake.disagreements import Check
from bolang.intake.readings import FigureReading
from bolang.intake.scope.grounds import TimeRule
from bolang.intake.scope.names import name_of_title
from bolang.intake.scope.time import dates, is_report_of_work
from bolang.intake.times import YEAR, Time, year_of_title

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_LEAST_LETTERS = 120


def refuse_foreign_language(document: SourceText) -> None:
    """Refuse a text in another language than Chinese rather than read the few figures that look alike.

    Raises
    ------
    BadInputError
        If the running text is not in Chinese.
    """
    text = "".join(block.text for block in document.blocks if not isinstance(block, FilledTable))
    chinese, latin = len(_CHINESE.findall(text)), len(_LATIN.findall(text))
    if latin >= _LEAST_LETTERS and chinese < latin / 10:
        raise BadInputError(
            tr("这份文件的正文不是中文，不读。", "The text of this file is not in Chinese and is not read."),
            tr("请导入中文原文。", "Import the Chinese original. ") + str(way("blank")),
        )


def scope_checks(
    document: SourceText,
    file_stem: str,
    unit: County | None,
    time: Time,
    rule: TimeRule,
    readings: Sequence[FigureReading],
) -> Iterator[Check]:
    """Yield the errors that concern every figure of a document.

    Parameters
    ----------
    document : SourceText
    file_stem : str
        Name of the file without its ending.
    unit : County or None
        The county that the figures are filed under.
    time, rule
        The time of the document and the rule that gave it.
    readings : sequence of FigureReading
        All its figures.
    """
    if not readings:
        return
    titled = name_of_title(document.title)
    if unit is not None and titled and not _same_place(titled, unit):
        yield Check("other place", "error", "other_place", tuple(readings), {"titled": titled, "county": unit.name})
    other = _other_year(document, file_stem, time, rule)
    if other:
        key, named = other
        yield Check("other year", "error", key, tuple(readings), {"named": named, "filed": time.year})


def _same_place(titled: str, unit: County) -> bool:
    """Tell whether a title names the county itself, with or without the areas above it."""
    own = stem_of(unit.name)
    return own in titled or stem_of(titled) == own


def _other_year(document: SourceText, file_stem: str, time: Time, rule: TimeRule) -> tuple[str, int] | None:
    """Return the key of what names another year than the one that the figures are filed under, and that year."""
    if not time.year:
        return None
    late = 1 if is_report_of_work(document.title) or is_report_of_work(file_stem) else 0
    allowed = {time.year, time.year + late}
    titled, named = year_of_title(document.title), year_of_title(file_stem)
    if titled is not None and titled not in allowed:
        return "other_year.title", titled
    if named is not None and named not in allowed and rule != "option":
        return "other_year.file_name", named
    published = [year for year, _ in dates(document)]
    if time.period == YEAR and published and max(published) < time.year and rule != "option":
        return "other_year.published", max(published)
    return None
