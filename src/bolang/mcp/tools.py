"""What the tools do; each answers from the document that the terminal and the browser show."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, ParamSpec

from bolang.foundation.errors import BadInputError, BolangError
from bolang.foundation.text import default_language, tr
from bolang.mcp.answer import BASE, Answer, answer_of, bounded, refused

if TYPE_CHECKING:
    from bolang.atlas import Atlas
    from bolang.diagnosis import Diagnostician

P = ParamSpec("P")
Closure = Literal["national", "province", "fixed"]
Shock = Literal["tariff", "foreign_demand", "sea_freight"]
LISTED = 20
MOST_ROWS = 50
_LOCK = threading.RLock()


def answering(tool: Callable[P, Answer]) -> Callable[P, Answer]:
    """Turn what a tool refuses into an answer that says what to do; one tool works at a time."""

    @functools.wraps(tool)
    def answered(*args: P.args, **kwargs: P.kwargs) -> Answer:
        with _LOCK:
            try:
                return tool(*args, **kwargs)
            except BolangError as error:
                return refused(error)

    return answered


def _atlas() -> Atlas:
    from bolang.atlas import own_atlas

    return own_atlas()


@functools.lru_cache(maxsize=1)
def _diagnostician(atlas: Atlas) -> Diagnostician:
    from bolang.diagnosis import Diagnostician

    return Diagnostician(atlas)


@answering
def find_county(name: str) -> Answer:
    """Find a county-level unit of China by name, old name, pinyin or six-digit code."""
    from bolang.atlas.romanize import place

    atlas, lang = _atlas(), default_language()
    wanted = name.strip().lower()
    found = [c for c in atlas.counties if place(c.name).en.lower() == wanted] if wanted.isascii() else []
    county = found[0] if len(found) == 1 else None
    if len(found) > 1:
        listed = [f"{c.full_name} {c.code}" for c in found[:LISTED]]
        return Answer(candidates=listed, error=tr("同名的不止一个。", "Several share the name."))
    county = county or atlas.county(name)
    said = f"{place(county.full_name).in_(lang)}; {county.code}; {county.full_name}"
    return Answer(title=county.name, said=[said], address=f"{BASE}/c/{county.code}")


@answering
def find_indicator(words: str) -> Answer:
    """Find indicators by key or words; their keys are what get_facts and rank take."""
    from bolang.diagnosis.indicators import DIMENSIONS

    atlas, lang = _atlas(), default_language()
    wanted = words.strip().lower()
    listed = {name: atlas.entries.indicator(name).label for name in atlas.entries.names()}
    listed |= {spec.key: spec.label for spec in DIMENSIONS}
    listed |= {item.key: item.label for spec in DIMENSIONS for item in spec.indicators}
    hits = [key for key, label in listed.items() if wanted in f"{key} {label.zh} {label.en}".lower()]
    if not hits:
        near = atlas.entries.nearest(words)
        return Answer(error=tr("没有这样的指标。", "There is no such indicator."), candidates=near)
    said = [f"{key}: {listed[key].in_(lang)}" for key in hits[:MOST_ROWS]]
    more = tr("请用更具体的词。", "Use a narrower word.")
    return bounded(Answer(title=words, said=said, truncated=len(hits) > MOST_ROWS, address=f"{BASE}/about"), more)


@answering
def county_profile(county: str) -> Answer:
    """What a county is, what it should do, what that rests on: judgement, key figures, desk table, what is missing."""
    from bolang.pages.county import county_page
    from bolang.pathway.plan.recommend import plan
    from bolang.pathway.shared import national

    atlas = _atlas()
    found = atlas.county(county)
    road = national(atlas).of(found).headline
    document = county_page(_diagnostician(atlas).diagnose(found), road, plan(found, atlas=atlas))
    more = tr("更多见 get_facts、plan、compare。", "More: get_facts, plan, compare, or the address.")
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
    return answer_of(document, default_language(), path, tr("请给出 year。", "Give a year."))


@answering
def compare(counties: list[str]) -> Answer:
    """Two to ten counties side by side: economy, budget, debt, each figure with its year."""
    from bolang.pages.show import compare_page

    if not 2 <= len(counties) <= 10:
        raise BadInputError(tr("请给出 2 到 10 个县。", "Give 2 to 10 counties."))
    found = [_atlas().county(name) for name in counties]
    codes = ",".join(county.code for county in found)
    return answer_of(
        compare_page(found), default_language(), f"/compare?c={codes}", tr("请少比几个县。", "Compare fewer.")
    )


@answering
def rank(by: str, province: str | None = None, year: int | None = None, top: int = 20) -> Answer:
    """Counties in the order of an indicator or an index; `province` as 浙江省."""
    from bolang.diagnosis.fact_ranking import rank_facts
    from bolang.pages.rank import rank_page
    from bolang.web.indices import index_page, is_index

    if not 1 <= top <= MOST_ROWS:
        raise BadInputError(tr(f"top 应为 1 到 {MOST_ROWS}。", f"top must be 1 to {MOST_ROWS}."))
    atlas = _atlas()
    if is_index(by):
        document = index_page(_diagnostician(atlas).panel, by, province, top)
    else:
        document = rank_page(rank_facts(atlas, by, year=year, province=province), top)
    return answer_of(document, default_language(), f"/rank?by={by}", tr("请减小 top。", "Lower top."))


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
    return answer_of(plan_page(found), default_language(), f"/c/{found.county.code}/plan{asked}")


@answering
def simulate(
    county: str,
    levers: list[str],
    shock: Shock | None = None,
    change: float = 0.0,
    closure: Closure = "national",
    draws: int = 8,
) -> Answer:
    """Solve levers (keys: sweep without arguments) and an outside shock in the model of all counties; one or two minutes the first time.

    change: of the shock, as a fraction (0.25 is 25 %). closure: who may move. draws: for the intervals, 0 to 32.
    """
    from bolang.economy import Scenario
    from bolang.economy import simulate as solve
    from bolang.pages.simulate import simulate_page

    if not 0 <= draws <= 32:
        raise BadInputError(tr("draws 应为 0 到 32。", "draws must be 0 to 32."))
    atlas = _atlas()
    found = atlas.county(county)
    shocks = [{"kind": shock, "change": change}] if shock else []
    scenario = Scenario(found, levers=levers, shocks=shocks, closure=closure, draws=draws)
    return answer_of(simulate_page(solve(scenario, atlas)), default_language(), f"/c/{found.code}/simulate")


@answering
def sweep(county: str | None = None, lever: str | None = None, province: str | None = None, top: int = 20) -> Answer:
    """What pays where, at once: with a county, every lever in it; with a lever, its counties; with neither, the levers."""
    from bolang.economy.levers.catalogue import levers
    from bolang.economy.scenarios.sweep import Sweep
    from bolang.economy.scenarios.sweep.intervals import Intervals
    from bolang.pages.levers import levers_page
    from bolang.pages.where import where_page

    lang = default_language()
    if county is not None:
        found = _atlas().county(county)
        return answer_of(
            levers_page(Sweep.shipped(), _atlas(), found, intervals=Intervals.shipped()),
            lang,
            f"/c/{found.code}/levers",
        )
    if lever is not None:
        if not 1 <= top <= MOST_ROWS:
            raise BadInputError(tr(f"top 应为 1 到 {MOST_ROWS}。", f"top must be 1 to {MOST_ROWS}."))
        document = where_page(
            Sweep.shipped(), _atlas(), lever, province=province, top=top, intervals=Intervals.shipped()
        )
        return answer_of(document, lang, f"/where?lever={lever}", tr("请减小 top。", "Lower top."))
    said = [
        f"{key}: {item.label.text.in_(lang)}; {item.moves.text.in_(lang)}; {item.evidence.text.in_(lang)}; "
        f"{item.cost.low:g}–{item.cost.high:g} 亿元"
        for key, item in levers().items()
    ]
    return bounded(Answer(title=tr("政策目录", "levers"), said=said))


def report_writer(folder: Path) -> Callable[..., Answer]:
    """Return the tool that writes reports into one folder and nowhere else."""

    @answering
    def write_report(county: str, form: Literal["docx", "pdf", "html", "xlsx"] = "docx") -> Answer:
        """Write the report of a county as a file, to be checked and signed by a person; returns its path."""
        from bolang.publish import report

        found = report(_atlas().county(county))
        target = found.save(folder / f"{found.county.name}.{form}")
        address = f"{BASE}/c/{found.county.code}/report"
        return Answer(title=found.document.title.in_(default_language()), said=[str(target)], address=address)

    return write_report
