"""Where a lever does most, as a page: the answer, how counties spread, the table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from bolang.atlas import Atlas
from bolang.atlas.romanize import place
from bolang.document.model import Column, Document, Number, Paragraph, Row, Sentence, Table
from bolang.economy.levers.catalogue import Lever, lever, levers
from bolang.economy.scenarios.sweep import Sweep
from bolang.economy.scenarios.sweep.intervals import EffectInterval, Intervals
from bolang.economy.scenarios.sweep.table import ROUNDING, set_by_size
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Text, same, tr
from bolang.foundation.units import PERCENT, number_text
from bolang.pages.conditions import test_text
from bolang.pages.where.map import effect_map
from bolang.pathway.plan.possibility import LEVER_STANDINGS, Possibilities, Possibility, possibilities
from bolang.pathway.plan.recommend import against_the_model
from bolang.wording import load

WORDS = load("where")
DIGITS, FINE, SMALL = 3, 5, 1e-4
"""Decimals of a percentage, and of one below the third."""
ABLE = ("open", "unknown")
"""Standings of counties that a lever is for."""
UNSOLVED = ("needs_market", "not_settled", "not_finite")


def where_page(
    swept: Sweep,
    atlas: Atlas,
    name: str,
    *,
    measure: str | None = None,
    circle: str | None = None,
    province: str | None = None,
    top: int | None = 20,
    everyone: bool = False,
    intervals: Intervals | None = None,
    mapped: bool = False,
    day: date | None = None,
) -> Document:
    """Write where a lever does most among the counties that can pull it.

    Parameters
    ----------
    swept : Sweep
    atlas : Atlas
    name : str
        The lever.
    measure, circle : str
        As `default_result` has them, by default.
    province : str, optional
        Only its counties; ranks stay those of the nation.
    top : int, optional
        How many to show; all if None.
    everyone : bool
        Also list counties that have the lever already, or lack what it takes.
    intervals : Intervals, optional
    mapped : bool
        Also draw the counties that are listed on a map of the nation.
    day : date, optional

    Raises
    ------
    BadInputError
        If the lever was not swept, or nothing is known by the names of measure, circle or province.
    """
    chosen = lever(name)
    asked, around = measure or default_result(chosen)[0], circle or default_result(chosen)[1]
    who = possibilities(atlas)
    found = with_standings(swept.where(name, measure=asked, circle=around), who, chosen)
    ranked = _of_province(found, atlas, province)
    able = pl.concat([ranked.filter(pl.col("standing") == standing) for standing in ABLE])
    listed = ranked if everyone or able.is_empty() else able
    shown = listed.head(top or listed.height)
    spans = _spans(intervals, chosen, f"{asked}_{around}", shown)
    title = _title(chosen, atlas, ranked, province)
    said = _answer(listed, ranked, atlas, (asked, around))
    if set_by_size(chosen) and (asked, around) == ("gdp", "county"):
        said = [WORDS("set_by_size")]
    table = Table("where", title, _columns(asked, around), _rows(who, shown, chosen, spans), WORDS("source"))
    remarks = [*interval_remarks(intervals, chosen, f"{asked}_{around}"), *_remarks(swept, chosen)]
    front = (
        Paragraph(tuple(Sentence(text) for text in [*said, *_left_out(ranked, listed)]), role="answer"),
        *((effect_map(atlas, listed, title),) if mapped and not listed.is_empty() else ()),
        table,
        Paragraph(tuple(Sentence(text) for text in remarks), role="small"),
    )
    return Document(title, same(""), same(""), WORDS("authors"), day or date.today(), front, ())


def default_result(chosen: Lever) -> tuple[str, str]:
    """Return the measure and the circle by which counties are compared where none is asked for.

    It is GDP of the county, but where the size of a lever is that change itself, and where one market of given size opens: it
    is larger beside a small county, and what it is worth to the nation tells where it belongs. What shoppers save is real income.
    """
    if set_by_size(chosen) or chosen.mechanism == "online":
        return "real_income", "county"
    return ("gdp", "nation") if chosen.mechanism == "hub" else ("gdp", "county")


def _spans(
    intervals: Intervals | None, chosen: Lever, result: str, shown: pl.DataFrame
) -> dict[str, EffectInterval | None]:
    if intervals is None:
        return {}
    pairs = shown.select("county", "effect").iter_rows()
    return {code: intervals.of(chosen.key, code, effect, result) for code, effect in pairs if effect is not None}


def interval_remarks(intervals: Intervals | None, chosen: Lever, result: str) -> list[Text]:
    """Say what the intervals are, and how far off those are that were scaled."""
    found = None if intervals is None else intervals.scaling(chosen.key, result)
    if found is None:
        return []
    error, worst = (Number(100 * value, 0, PERCENT) for value in (found.error, found.worst_tenth))
    return [WORDS("intervals"), WORDS("scaled", count=found.counties, error=error, worst=worst)]


def ranks(
    swept: Sweep,
    atlas: Atlas,
    name: str,
    *,
    measure: str | None = None,
    circle: str | None = None,
    province: str | None = None,
) -> pl.DataFrame:
    """Return all ranks as a table: who, how much, whether the county can pull the lever, and which condition decides."""
    chosen = lever(name)
    asked = default_result(chosen)
    found = swept.where(name, measure=measure or asked[0], circle=circle or asked[1])
    ranked = _of_province(with_standings(found, possibilities(atlas), chosen), atlas, province)
    names = [atlas.county(code).full_name for code in ranked["county"]]
    return ranked.insert_column(2, pl.Series("name", names))


def result_of(key: str) -> tuple[str, str, str] | None:
    """Take ``lever``, ``lever.measure`` or ``lever.measure.circle`` apart; None if it names no lever."""
    name, *rest = key.split(".")
    if name not in levers() or len(rest) > 2:
        return None
    default = default_result(levers()[name]) if not rest else ("gdp", "county")
    measure, circle = (*rest, *default[len(rest) :])
    return name, measure, circle


def with_standings(ranked: pl.DataFrame, who: Possibilities, chosen: Lever) -> pl.DataFrame:
    """Put beside each county whether it can pull the lever, and the key of the condition that decides."""
    found = [who.of(who.atlas.county(code), chosen.key) for code in ranked["county"]]
    return ranked.with_columns(
        pl.Series("standing", [item.standing for item in found]),
        pl.Series("test", [None if item.test is None else item.test.key for item in found], dtype=pl.String),
    )


def _title(chosen: Lever, atlas: Atlas, ranked: pl.DataFrame, province: str | None) -> Text:
    if province is None:
        return WORDS("title", lever=chosen.label.text)
    return WORDS("title.province", lever=chosen.label.text, province=place(atlas.county(ranked["county"][0]).province))


def _answer(listed: pl.DataFrame, ranked: pl.DataFrame, atlas: Atlas, result: tuple[str, str]) -> list[Text]:
    """Name the first, and say how the effect spreads over all that were solved."""
    source, measure, circle = WORDS("source"), WORDS(f"measure.{result[0]}"), WORDS(f"circle.{result[1]}")
    kind = "ranked" if listed.height == ranked.height else listed["standing"][0]
    effects = ranked["effect"].drop_nulls()
    negative = int((effects < -ROUNDING).sum())
    value = change(listed["effect"][0], source)
    first = place(atlas.county(listed["county"][0]).name)
    return [
        WORDS(f"answer.{kind}", first=first, measure=measure, circle=circle, value=value),
        WORDS("spread", count=number_text(effects.len()), median=change(float(str(effects.median())), source)),
        *([WORDS("spread.negative", count=number_text(negative))] if negative else []),
    ]


def _left_out(ranked: pl.DataFrame, listed: pl.DataFrame) -> list[Text]:
    """Say how many can pull it, have it, or lack what it takes."""
    count = dict(ranked.group_by("standing").len().iter_rows())
    said = [WORDS(f"standing.{key}.count", count=number_text(count[key])) for key in LEVER_STANDINGS if key in count]
    return said if listed.height == ranked.height else [*said, WORDS("left_out")]


def change(value: float, source: Text, span: EffectInterval | None = None) -> Number:
    """Return a relative change as a signed percentage, with its interval if there is one."""
    low, high = (None, None) if span is None else (100 * span.low, 100 * span.high)
    digits = DIGITS if abs(value) >= SMALL else FINE
    return Number(100 * value, digits, PERCENT, None, "estimated", source, low=low, high=high, signed=True)


def named(atlas: Atlas, code: str | None) -> Text:
    """Return a county's name, or that there is none."""
    return WORDS("nobody") if code is None else place(atlas.county(code).full_name)


def _of_province(ranked: pl.DataFrame, atlas: Atlas, province: str | None) -> pl.DataFrame:
    if province is None:
        return ranked
    wanted = province.strip()
    codes = [c.code for c in atlas.counties if wanted in (c.province, c.province_code, c.province[:-1])]
    found = ranked.filter(pl.col("county").is_in(codes))
    if found.is_empty():
        known = ", ".join(sorted({c.province for c in atlas.counties}))
        raise BadInputError(
            tr(f"{wanted!r} 没有可排的县。", f"There is nothing to rank in {wanted!r}."),
            tr(f"省份：{known}", f"Provinces: {known}"),
        )
    return found


def _columns(measure: str, circle: str) -> tuple[Column, ...]:
    label = WORDS("column.effect", measure=WORDS(f"measure.{measure}"), circle=WORDS(f"circle.{circle}"))
    return (
        Column(WORDS("column.rank")),
        Column(WORDS("column.county"), "left"),
        Column(label),
        Column(WORDS("column.standing"), "left"),
        Column(WORDS("column.gainer"), "left"),
    )


def _rows(
    who: Possibilities, ranked: pl.DataFrame, chosen: Lever, spans: Mapping[str, EffectInterval | None]
) -> tuple[Row, ...]:
    source, atlas = WORDS("source"), who.atlas
    return tuple(
        Row(
            (
                same(str(row["rank"])),
                place(atlas.county(row["county"]).full_name),
                change(row["effect"], source, spans.get(row["county"])),
                standing_text(who.of(atlas.county(row["county"]), chosen.key)),
                named(atlas, row["gainer"]),
            ),
            key=row["county"],
        )
        for row in ranked.iter_rows(named=True)
    )


def standing_text(found: Possibility) -> Text:
    """Say whether a county can pull a lever, and what decides it."""
    if found.standing == "in_place":
        since = None if found.policy is None else found.policy.since
        return WORDS("standing.in_place") if since is None else WORDS("standing.in_place.since", year=since)
    if found.standing == "open":
        absent = found.policy is not None and found.policy.state == "absent"
        return WORDS("standing.open" if absent or found.policy is None else "standing.open.unregistered")
    why = WORDS("standing.not_for_such") if found.test is None else test_text(found.test)
    return WORDS(f"standing.{found.standing}", why=why)


def _remarks(swept: Sweep, chosen: Lever) -> list[Text]:
    states = dict(swept.frame.filter(pl.col("lever") == chosen.key).group_by("state").len().iter_rows())
    size = Number(100 * chosen.effect.centre, 1, PERCENT, None, "estimated", chosen.source.text)
    return [
        WORDS("size", effect=size, unit=chosen.unit.text),
        WORDS("evidence", evidence=chosen.evidence.text),
        *([WORDS("measured_without")] if against_the_model(chosen.key) else []),
        *(WORDS(f"unsolved.{state}", count=number_text(states[state])) for state in UNSOLVED if state in states),
    ]
