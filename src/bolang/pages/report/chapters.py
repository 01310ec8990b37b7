"""The order of the report: chapters and the builders that fill them. A new part adds its builder to a chapter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bolang.document.model import Section
from bolang.foundation.text import Text
from bolang.pages.report import (
    abroad,
    circulation,
    course,
    debt,
    fiscal,
    industries,
    joining,
    outlook,
    peers,
    people,
    planning,
    road,
    scenarios,
    sources,
    strengths,
    work,
)
from bolang.pages.report.context import Builder, Context


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its title and the builders of its sections in order."""

    key: str
    title: Text
    builders: tuple[Builder, ...]


CHAPTERS: tuple[Chapter, ...] = (
    Chapter(
        "course",
        Text("发展历程与成就", "Course and achievements"),
        (course.output_section, people.people_section, work.work_section, fiscal.desk_section),
    ),
    Chapter(
        "strengths",
        Text("优势与短板", "Advantages and shortcomings"),
        (
            strengths.overview,
            strengths.advantages,
            strengths.shortcomings,
            industries.industries,
            circulation.location,
            peers.peers,
        ),
    ),
    Chapter(
        "road",
        Text("经验与路径", "Lessons and road"),
        (
            road.lessons,
            road.fitting_road,
            joining.join_neighbours,
            road.priorities,
            scenarios.scenarios,
            planning.plan_section,
            debt.money,
        ),
    ),
    Chapter(
        "outlook",
        Text("展望", "Outlook"),
        (outlook.direction, outlook.risks, abroad.cross_border, outlook.change_of_mind),
    ),
    Chapter(
        "sources",
        Text("资料来源与方法", "Sources and methods"),
        (sources.source_section, sources.method_section, sources.reading_section),
    ),
)


def build_chapters(context: Context, extra: Mapping[str, Sequence[Builder]] | None = None) -> tuple[Section, ...]:
    """Build all chapters and the disclaimer.

    Parameters
    ----------
    context : Context
        The county to report on.
    extra : mapping of str to sequence of Builder, optional
        Further builders by key of the chapter that they close.
    """
    more = extra or {}
    chapters = []
    for chapter in CHAPTERS:
        builders = (*chapter.builders, *more.get(chapter.key, ()))
        blocks = tuple(block for build in builders if (block := build(context)) is not None)
        chapters.append(Section(chapter.key, chapter.title, blocks))
    return (*chapters, sources.disclaimer(context))
