"""Road: the type with its probability, whom to join, and the plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bolang.atlas.industries import CITY_SERVICES
from bolang.atlas.model import INDUSTRY_LABELS
from bolang.atlas.romanize import place
from bolang.document.model import Block, Note, Paragraph, Section, Sentence, Table
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import number_text
from bolang.pages.plan import sentences
from bolang.pages.plan.page import measure_table, plan_tables
from bolang.pages.report import notes, user_rows
from bolang.pages.report.context import Context
from bolang.pages.report.say import chance, clauses, filled, listed, lower, open_ended, paragraph, say
from bolang.pathway.plan.result import Plan
from bolang.pathway.reach import city_drives
from bolang.wording import load
from bolang.wording.entry import Value

WORDS = load("report_road")
WORDS_PLAN = load("plan")
_GRAIN = "grain"
"""The list of grain counties, which the chapter on industry names."""
_SURE = 0.7
_WEAK = 0.85
"""Quotient up to which a link counts as weak here."""
_MOST_LINKS, _MOST_SUPPLIERS, _MOST_SERVICES, _MOST_SOLD, _MOST_LEFT = 2, 2, 2, 3, 2
_WHOLE = ("C", "F")
"""Manufacturing and trade, which as a whole are nothing that a city would look for."""


def road(context: Context) -> Section:
    """Build the chapter."""
    typed = kind_sentence(context) is not None
    where, before = (position(context), ()) if typed else (None, core_city(context)[0])
    blocks: list[Block] = list(filled(paragraph(where, _links(context)), *_answer(context.plan, before)))
    blocks += plan_measures(context.plan)
    blocks += user_rows.tables(context, ("projects",))
    return Section("road", WORDS("title"), tuple(blocks))


def kind_sentence(context: Context) -> Sentence | None:
    """Say the type with its probability, and the road that belongs to it."""
    if context.is_benchmark:
        return say(WORDS, "type.benchmark", (notes.source_report(),))
    kind = context.kind
    if kind is None or kind.road is None or kind.cell is None or context.small_sample:
        return None
    if _is_core(context):
        city = place(city_drives(context.atlas)[context.county.code].core_city.city)
        core: dict[str, Value] = {"county": context.name, "city": city, "road": kind.road.road}
        strong = context.specialisations(CITY_SERVICES)[:_MOST_SERVICES]
        if not strong:
            return say(WORDS, "type.core.plain", (), **core)
        services = listed(lower(line.label) for line in strong)
        return say(WORDS, "type.core", (notes.census(),), services=services, **core)
    share = kind.probability[kind.cell]
    values: dict[str, Value] = {"county": context.name, "kind": kind.road.label, "chance": chance(share)}
    if share >= _SURE:
        return say(WORDS, "type", (notes.source_report(),), road=kind.road.road, **values)
    return say(WORDS, "type.unsure", (notes.source_report(),), **values)


def in_a_few_words(context: Context) -> Text | None:
    """Say road, type and probability in one short sentence; None where the county is not classified."""
    kind = context.kind
    if kind is None or kind.road is None or kind.cell is None or context.small_sample or context.is_benchmark:
        return None
    if _is_core(context):
        return WORDS("short.core", road=kind.road.road)
    return WORDS("short", kind=kind.road.label, chance=chance(kind.probability[kind.cell]), road=kind.road.road)


def _is_core(context: Context) -> bool:
    """Whether the unit is the core of a city, which the sentence on the type says."""
    return context.kind is not None and context.kind.situation == "core"


def position(context: Context) -> Sentence | None:
    """Say the type and the core city in one sentence."""
    kind, (city, traced) = kind_sentence(context), core_city(context)
    return clauses((None if kind is None else kind.text, *city), (*(() if kind is None else kind.notes), *traced))


def core_city(context: Context) -> tuple[tuple[Text, ...], tuple[Note, ...]]:
    """Say which core city is within reach and what it buys that the county makes; nothing where none is."""
    found = context.neighbours
    if found is None:
        return (), ()
    if found.own_city is not None:
        return _own_city(context, found.own_city.name), ()
    if not found.pulls:
        if found.nearest is None:
            return (), ()
        city, hours = found.nearest
        return (WORDS("core.none", city=same(city.name), hours=number_text(hours, 1)),), ()
    first = found.pulls[0]
    made = [WORDS("core", city=same(first.city.name), hours=number_text(first.hours, 1))]
    sold = [o.industry for o in found.opportunities if o.industry not in _WHOLE][:_MOST_SOLD]
    if sold and not context.small_sample:
        names = listed(lower(INDUSTRY_LABELS[industry]) for industry in sold)
        made.append(WORDS("core.supply", industries=names))
    return tuple(made), (notes.census(),)


def _own_city(context: Context, city: str) -> tuple[Text, ...]:
    """Say that the unit belongs to a core city, and which other is nearer by road; nothing where it is the core itself."""
    if city == context.county.name or _is_core(context):
        return ()
    near = city_drives(context.atlas)[context.county.code].core_city.city
    if near in (city, context.county.name):
        return (WORDS("core.own", city=same(city)),)
    return (WORDS("core.own.apart", city=same(city), near=place(near)),)


def _links(context: Context) -> Sentence | None:
    """Say which inputs are made less here than in the nation, and who nearby makes them."""
    found = context.neighbours
    if found is None or context.small_sample or _is_core(context):
        return None
    weak = [k for k in found.missing if k.suppliers and k.quotient <= _WEAK and k.buyer == "C" and k.product != "C"]
    made = []
    for link in weak[:_MOST_LINKS]:
        suppliers = listed(same(county.name) for county, _ in link.suppliers[:_MOST_SUPPLIERS])
        values = {"buyer": lower(INDUSTRY_LABELS[link.buyer]), "product": lower(INDUSTRY_LABELS[link.product])}
        made.append(WORDS("missing_link", suppliers=suppliers, **values))
    return clauses(made, (notes.census(),))


def _answer(plan: Plan, before: tuple[Text, ...]) -> tuple[Paragraph, ...]:
    """Say what to do, apply for and ask in a sentence, and what is there already; what to leave in another.

    Parameters
    ----------
    plan : Plan
    before : tuple of Text
        What is said of the place before, where the type of the county does not lead.
    """
    lists = clauses(WORDS_PLAN(f"list.{key}", county=place(plan.county.name)) for key in plan.lists if key != _GRAIN)
    running = sentences.in_place(plan)
    left = clauses(sentences.leave(plan, everywhere=False)[:_MOST_LEFT])
    first, *rest = sentences.answer(plan, core=False)
    rest += [] if running is None else [running]
    return (
        Paragraph(
            (
                clauses((*before, _inside(first, plan) if before else first, *(_inside(text, plan) for text in rest)))
                or Sentence(same("")),
            ),
            role="answer",
        ),
        *filled(paragraph(lists)),
        *(Paragraph((Sentence(text),), role="bullet") for text in sentences.freight(plan)[:1]),
        paragraph(left, lead=WORDS_PLAN("leave.lead")) if left is not None else paragraph(),
    )


def _inside(text: Text, plan: Plan) -> Text:
    """Lower the first letter of a sentence that goes on, unless it begins with the name of the unit."""
    return text if text.en.startswith(place(plan.county.name).en) else lower(text)


def plan_measures(plan: Plan) -> list[Block]:
    """Return the tables of a plan; below them what the burden is of revenue, and that income is estimated."""
    shown = plan.of("do", "pilot", "apply", "ask", "later", "too_dear")
    made: list[Block] = [_said_below(measure_table(plan, shown), sentences.estimated_base(plan))] if shown else []
    burden = sentences.money(plan)
    return made + [_said_below(t, burden if t.key == "cash" else ()) for t in plan_tables(plan)]


def _said_below(table: Table, texts: Iterable[Text]) -> Table:
    """Add statements to what stands below a table."""
    return replace(table, source=join((table.source, *(lower(open_ended(text)) for text in texts)), "；", "; "))
