"""Which neighbours to join: core cities within reach, industries to supply, missing links, clusters nearby."""

from __future__ import annotations

from datetime import date

from bolang.atlas import INDUSTRY_LABELS, Atlas
from bolang.atlas.romanize import place
from bolang.document.model import Block, Column, Document, Number, Row, Section, Table
from bolang.foundation.units import MONEY_YI, NONE, PERSONS
from bolang.pages.join.sentences import caveat, cluster_sentence, headline, missing_sentence, opportunity_sentence
from bolang.pages.short import page_of, said
from bolang.pathway.neighbours import Cluster, MissingLink, Neighbours, Opportunity, Pull
from bolang.wording import load

WORDS = load("join")
CITIES = 5


def join_page(found: Neighbours, atlas: Atlas, day: date | None = None) -> Document:
    """Write which neighbours a county should join."""
    year = atlas.vintage.census
    front: list[Block] = [said(headline(found), role="answer")]
    if found.pulls:
        front.append(_pulls(found.pulls, year))
    texts = (
        ("supply", [opportunity_sentence(row, found.pulls[0].city) for row in found.opportunities]),
        ("missing", [missing_sentence(row) for row in found.missing]),
        ("clusters", [cluster_sentence(row) for row in found.clusters]),
    )
    for key, sentences in texts:
        if sentences:
            front += [said(lead=WORDS(f"title.{key}")), *(said(text, role="bullet") for text in sentences)]
    front.append(said(caveat(found), role="small"))
    tables = [
        *([_supply(found.opportunities, year)] if found.opportunities else []),
        *([_missing(found.missing, year)] if found.missing else []),
        *([_clusters(found.clusters, year)] if found.clusters else []),
    ]
    sections = (Section("behind", WORDS("behind.title"), tuple(tables), numbered=False),) if tables else ()
    county = found.county
    return page_of(WORDS("title", county=place(county.name)), front, sections, kicker=place(county.full_name), day=day)


def _pulls(pulls: tuple[Pull, ...], year: int) -> Table:
    source = WORDS("source", year=year)
    columns = (
        Column(WORDS("column.city"), "left"),
        Column(WORDS("column.people")),
        Column(WORDS("column.hours")),
        Column(WORDS("column.share")),
    )
    rows = tuple(
        Row(
            (
                place(pull.city.name),
                Number(pull.city.population, 0, PERSONS, year, "derived", source),
                Number(pull.hours, 1, NONE, None, "estimated", source),
                Number(100 * pull.share, 0, NONE, year, "estimated", source),
            ),
            key=pull.city.name,
        )
        for pull in pulls[:CITIES]
    )
    return Table("cities", WORDS("cities.caption"), columns, rows, source)


def _supply(listed: tuple[Opportunity, ...], year: int) -> Table:
    source = WORDS("source", year=year)
    columns = (
        Column(WORDS("column.industry"), "left"),
        Column(WORDS("column.purchases")),
        Column(WORDS("column.quotient")),
    )
    rows = tuple(
        Row(
            (
                INDUSTRY_LABELS[item.industry],
                Number(item.purchases, 0, MONEY_YI, None, "estimated", source),
                Number(item.quotient, 2, NONE, year, "derived", source, low=item.low, high=item.high),
            ),
            key=item.industry,
        )
        for item in listed
    )
    return Table("supply", WORDS("supply.caption"), columns, rows, source)


def _missing(listed: tuple[MissingLink, ...], year: int) -> Table:
    source = WORDS("source", year=year)
    columns = (
        Column(WORDS("column.product"), "left"),
        Column(WORDS("column.buyer"), "left"),
        Column(WORDS("column.need")),
        Column(WORDS("column.lacking")),
        Column(WORDS("column.quotient")),
    )
    rows = tuple(
        Row(
            (
                INDUSTRY_LABELS[item.product],
                INDUSTRY_LABELS[item.buyer],
                Number(item.need, 1, MONEY_YI, None, "estimated", source),
                Number(100 * item.share, 0, NONE, None, "estimated", source),
                Number(item.quotient, 2, NONE, year, "derived", source),
            ),
            key=f"{item.buyer}-{item.product}",
        )
        for item in listed
    )
    return Table("missing", WORDS("missing.caption"), columns, rows, source)


def _clusters(listed: tuple[Cluster, ...], year: int) -> Table:
    source = WORDS("source", year=year)
    columns = (
        Column(WORDS("column.county"), "left"),
        Column(WORDS("column.industry"), "left"),
        Column(WORDS("column.hours")),
        Column(WORDS("column.theirs")),
        Column(WORDS("column.ours")),
    )
    rows = tuple(
        Row(
            (
                place(item.county.full_name),
                INDUSTRY_LABELS[item.industry],
                Number(item.hours, 1, NONE, None, "estimated", source),
                Number(item.quotient, 2, NONE, year, "derived", source),
                Number(item.own, 2, NONE, year, "derived", source),
            ),
            key=f"{item.county.code}-{item.industry}",
        )
        for item in listed
    )
    return Table("clusters", WORDS("clusters.caption"), columns, rows, source)
