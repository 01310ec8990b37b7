"""What the tools do; each answers from the document that the terminal and the browser show."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, ParamSpec
from urllib.parse import urlencode

from bolang.foundation.errors import BadInputError, BolangError
from bolang.foundation.text import default_language
from bolang.foundation.ways import reading_in
from bolang.mcp.answer import BASE, Answer, Origin, answer_of, bounded, refused
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County

P = ParamSpec("P")
WORDS = load("mcp")
Closure = Literal["national", "province", "fixed"]
MOST_ROWS = 50
_LOCK = threading.RLock()


def answering(tool: Callable[P, Answer]) -> Callable[P, Answer]:
    """Turn what a tool refuses into an answer that says what to do; one tool works at a time."""

    @functools.wraps(tool)
    def answered(*args: P.args, **kwargs: P.kwargs) -> Answer:
        with _LOCK, reading_in("agent"):
            try:
                return tool(*args, **kwargs)
            except BolangError as error:
                return refused(error)

    return answered


def _say(key: str, **values: Any) -> str:
    return WORDS(key, **{name: str(value) for name, value in values.items()}).in_(default_language())


def _atlas() -> Atlas:
    from bolang.atlas import own_atlas

    return own_atlas()


def _asked(path: str, **query: str | int | None) -> str:
    """Return the address of a page with what was asked for."""
    given = {name: str(value) for name, value in query.items() if value is not None}
    return f"{path}?{urlencode(given)}"


@answering
def find_county(name: str) -> Answer:
    """Find a county-level unit of China by name, old name, pinyin or six-digit code."""
    from bolang.atlas.romanize import place

    county = _atlas().county(name)
    said = f"{place(county.full_name).in_(default_language())}; {county.code}; {county.full_name}"
    return Answer(title=county.name, said=[*_led(name, county), said], address=f"{BASE}/c/{county.code}")


def _led(asked: str, county: County) -> list[str]:
    """Say that a name led to another unit than it suggests: its figures are not those of what was asked for."""
    from bolang.atlas.romanize import place
    from bolang.pages.show.identity import led_elsewhere

    if not led_elsewhere(asked, county):
        return []
    year = _atlas().vintage.census
    return [_say("led", asked=place(asked), county=place(county.name), year=year)]


@answering
def find_indicator(words: str) -> Answer:
    """Find indicators by key or words; their keys are what get_facts and rank take."""
    from bolang.diagnosis.indicators import DIMENSIONS

    atlas, lang = _atlas(), default_language()
    wanted = words.strip().lower()
    listed = {name: atlas.entries.indicator(name).label for name in atlas.entries.names()}
    listed |= {spec.key: spec.label for spec in DIMENSIONS}
    listed |= {item.key: item.label for spec in DIMENSIONS for item in spec.indicators}
    hits = [key for key, label in listed.items() if wanted in key.lower() or label.mentions(wanted)]
    if not hits:
        near = atlas.entries.nearest(words)
        return Answer(error=_say("no_indicator"), candidates=near)
    said = [f"{key}: {listed[key].in_(lang)}" for key in hits[:MOST_ROWS]]
    more = _say("narrower")
    return bounded(Answer(title=words, said=said, truncated=len(hits) > MOST_ROWS, address=f"{BASE}/about"), more)


@answering
def county_profile(county: str) -> Answer:
    """What a county is, what it should do, what that rests on: judgement, key figures, desk table, what is missing."""
    from bolang.diagnosis.diagnostician import diagnostician_of
    from bolang.pages.county import county_page
    from bolang.pathway.plan.recommend import plan
    from bolang.pathway.shared import national

    atlas = _atlas()
    found = atlas.county(county)
    road = national(atlas).of(found)
    document = county_page(diagnostician_of(atlas).diagnose(found), road, plan(found, atlas=atlas), county)
    more = _say("more")
    return answer_of(document, default_language(), f"/c/{found.code}", more)


@answering
def get_facts(county: str, indicator: str, year: int | None = None) -> Answer:
    """One indicator of one county: value, source, method, rival figures of a year, and all years."""
    from bolang.pages.trace import trace_page

    atlas = _atlas()
    found = atlas.county(county)
    document = trace_page(atlas.trace(found, indicator), year)
    if year is not None and all(fact.year != year for fact in atlas.facts(found, indicator)):
        atlas.fact(found, indicator, year)
    path = f"/c/{found.code}/trace/{indicator}" + (f"?year={year}" if year else "")
    return answer_of(document, default_language(), path, _say("give_year"), first=_led(county, found))


@answering
def compare(counties: list[str]) -> Answer:
    """Two to ten counties side by side: economy, budget, debt, each figure with its year."""
    from bolang.pages.show import compare_page

    if not 2 <= len(counties) <= 10:
        raise BadInputError(_say("counties"), _say("counties.hint"))
    found = [_atlas().county(name) for name in counties]
    codes = ",".join(county.code for county in found)
    led = [note for name, county in zip(counties, found, strict=True) for note in _led(name, county)]
    return answer_of(compare_page(found), default_language(), f"/compare?c={codes}", _say("fewer"), first=led)


@answering
def rank(by: str, province: str | None = None, year: int | None = None, top: int = 20) -> Answer:
    """Counties in the order of an indicator or an index; `province` as 浙江省."""
    from bolang.diagnosis.diagnostician import diagnostician_of
    from bolang.diagnosis.fact_ranking import rank_facts
    from bolang.pages.rank import rank_page
    from bolang.web.indices import index_page, is_index

    if not 1 <= top <= MOST_ROWS:
        raise BadInputError(_say("top", most=MOST_ROWS), _say("top.hint"))
    atlas = _atlas()
    if is_index(by):
        document = index_page(diagnostician_of(atlas).panel, by, province, top)
    else:
        document = rank_page(rank_facts(atlas, by, year=year, province=province), top)
    return answer_of(
        document, default_language(), _asked("/rank", by=by, province=province, year=year), _say("lower_top")
    )


@answering
def plan(county: str, budget: float | None = None, answers: dict[str, bool] | None = None) -> Answer:
    """What a county can do: go ahead, pilot, apply for, ask first, in place, leave; budget in 亿元 over five years.

    answers: what the register does not know, policy key to whether it is in place.
    """
    from bolang.pages.plan import plan_page
    from bolang.pathway.plan.recommend import plan as make

    atlas = _atlas()
    found = make(atlas.county(county), budget=budget, answers=answers, atlas=atlas)
    asked = "" if budget is None else f"?budget={budget:g}"
    return answer_of(
        plan_page(found),
        default_language(),
        f"/c/{found.county.code}/plan{asked}",
        first=_led(county, found.county),
        origin=Origin("plan", _atlas().vintage.census),
    )


@answering
def simulate(
    county: str,
    levers: list[str],
    shocks: list[str] | None = None,
    closure: Closure = "national",
    draws: int = 8,
) -> Answer:
    """Solve levers, shocks and changes of the network in the model of all counties; half a minute to two the first time.

    levers: keys as sweep without arguments lists them, with an effect in % if wanted: "sea_rail", "sea_rail:10".
    shocks: "tariff:all:25", "tariff:north_america:25", "own_tariff:REGION:%", "foreign_demand:REGION:%", "sea_freight:REGION:%",
    "port_closed:宁波港", "market_closed:义乌市", "road:FROM:TO:KM", "rail:FROM:TO:KM", "terminal:COUNTY", "dry_port:COUNTY".
    closure: who may move. draws: for the intervals, 0 to 32.
    """
    from bolang.economy import simulate as solve
    from bolang.pages.simulate import simulate_page
    from bolang.web.scenarios import AskedScenario

    asked = AskedScenario.from_text(",".join([*levers, *(shocks or ()), f"closure:{closure}", f"draws:{draws}"]))
    atlas = _atlas()
    found = atlas.county(county)
    asked.check(atlas)
    document = simulate_page(solve(asked.scenario(found), atlas))
    return answer_of(
        document,
        default_language(),
        f"/c/{found.code}/simulate?s={asked.text}",
        first=_led(county, found),
        origin=_model(),
    )


def _model() -> Origin:
    """Return what stands behind the numbers of the model: it describes the year of the census."""
    return Origin("economy", _atlas().vintage.census)


@answering
def sweep(county: str | None = None, lever: str | None = None, province: str | None = None, top: int = 20) -> Answer:
    """What pays where, at once: with a county, every lever in it; with a lever, its counties; with neither, the levers."""
    from bolang.document.model import Number
    from bolang.economy.levers.catalogue import levers
    from bolang.economy.scenarios.sweep import Sweep
    from bolang.economy.scenarios.sweep.intervals import Intervals
    from bolang.foundation.units import MONEY_YI
    from bolang.pages.levers import levers_page
    from bolang.pages.where import where_page

    lang = default_language()
    if county is not None:
        found = _atlas().county(county)
        return answer_of(
            levers_page(Sweep.shipped(), _atlas(), found, intervals=Intervals.shipped()),
            lang,
            f"/c/{found.code}/levers",
            first=_led(county, found),
            origin=_model(),
        )
    if lever is not None:
        if not 1 <= top <= MOST_ROWS:
            raise BadInputError(_say("top", most=MOST_ROWS), _say("top.hint"))
        document = where_page(
            Sweep.shipped(), _atlas(), lever, province=province, top=top, intervals=Intervals.shipped()
        )
        return answer_of(
            document, lang, _asked("/where", lever=lever, province=province), _say("lower_top"), origin=_model()
        )
    said = [
        WORDS(
            "lever",
            name=key,
            label=item.label.text,
            moves=item.moves.text,
            evidence=item.evidence.text,
            low=Number(item.cost.low, 2, MONEY_YI),
            high=Number(item.cost.high, 2, MONEY_YI),
        ).in_(lang)
        for key, item in levers().items()
    ]
    return bounded(Answer(title=_say("levers"), said=said))


def report_writer(folder: Path) -> Callable[..., Answer]:
    """Return the tool that writes reports into one folder and nowhere else."""

    @answering
    def write_report(county: str, form: Literal["docx", "pdf", "html", "xlsx"] = "docx") -> Answer:
        """Write the report of a county as a file, to be checked and signed by a person; returns its path."""
        from bolang.publish import report

        found = report(_atlas().county(county))
        target = found.save(folder / f"{found.county.name}.{form}")
        address = f"{BASE}/c/{found.county.code}/report"
        return Answer(
            title=found.document.title.in_(default_language()),
            said=[*_led(county, found.county), str(target)],
            address=address,
        )

    return write_report
