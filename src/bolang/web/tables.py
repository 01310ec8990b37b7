"""Several counties in one table: side by side, or in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from bolang.atlas.romanize import place
from bolang.web.county import county_of, whole
from bolang.web.fields import listed_names
from bolang.web.maps import choices
from bolang.web.refusals import refuse
from bolang.web.shell import Page, Visit, respond

if TYPE_CHECKING:
    from bolang.atlas import County

MOST, FEWEST = 10, 2
SHOWN = 100
DESK = """from bolang.diagnosis.desk import desk_of
atlas = bl.Atlas()
for code in {codes}:
    print(desk_of(atlas.county(code)).to_frame())"""
RANK = """from bolang.diagnosis.fact_ranking import rank_facts
for row in rank_facts(bl.Atlas(), "{by}", year={year}, province={province!r}).rows[:20]:
    print(row.county.full_name, row.value)"""
INDEX = """from bolang.web.indices import index_of
found = index_of(bl.Diagnostician(bl.Atlas()).panel, "{by}")
print(found.label, found.values)"""


def compare(visit: Visit) -> Response:
    """Show counties side by side."""
    from bolang.pages.show import compare_page

    names = listed_names(visit.query.get("c", ""))
    if not FEWEST <= len(names) <= MOST:
        if names:
            raise refuse("compare", fewest=FEWEST, most=MOST, count=len(names))
        names = ["330782", "320583", "350582"]
    counties = list(dict.fromkeys(visit.room.county(name) for name in names))
    codes = " ".join(county.code for county in counties)
    return respond(
        visit,
        Page(
            compare_page(counties),
            "compare",
            above="compare.html",
            command=f"bolang compare {codes}",
            python=DESK.format(codes=codes.split()),
            extra={"asked": _as_asked(visit, counties)},
        ),
    )


def _as_asked(visit: Visit, counties: list[County]) -> str:
    """Return counties as a reader would ask for them; one whose name others share by its code."""
    if visit.lang == "zh":
        return "、".join(county.name for county in counties)
    known = visit.room.atlas.places.candidates
    return ", ".join(county.english if known(county.english) == [county] else county.code for county in counties)


def rank(visit: Visit) -> Response:
    """Show all counties in the order of an indicator."""
    from bolang.diagnosis.fact_ranking import rank_facts
    from bolang.pages.rank import rank_page
    from bolang.web.indices import index_page, is_index
    from bolang.web.lever_layer import is_lever

    by = visit.query.get("by", "fiscal_revenue")
    province = visit.query.get("province") or None
    if is_lever(by):
        return RedirectResponse(visit.url("/where", lever=by, province=province), 303)
    year = whole(visit, "year", 1900, 2100)
    everything = visit.query.get("all") == "1" or "to" in visit.request.query_params
    top = None if everything else SHOWN
    if is_index(by):
        document = index_page(visit.room.diagnostician.panel, by, province, top)
        python = INDEX.format(by=by)
    else:
        python = RANK.format(by=by, year=year, province=province)
        document = rank_page(rank_facts(visit.room.atlas, by, year=year, province=province), top)
    options = (f" --province {province}" if province else "") + (f" --year {year}" if year else "")
    return respond(
        visit,
        Page(
            document,
            "rank",
            above="rank.html",
            method="diagnosis",
            below="more.html" if not everything else "",
            command=f"bolang rank {by}{options}",
            python=python,
            extra={
                "groups": choices(visit),
                "chosen": by,
                "province": province,
                "provinces": _provinces(visit),
                "year": year or "",
            },
        ),
    )


def _provinces(visit: Visit) -> list[tuple[str, str]]:
    """Return the provinces by name, each as it reads in the language of the page."""
    names = dict.fromkeys(county.province for county in visit.room.atlas.counties)
    return [(name, place(name).in_(visit.lang)) for name in names]


def where(visit: Visit) -> Response:
    """Show where a lever does most."""
    from bolang.economy.levers.catalogue import lever
    from bolang.economy.scenarios.sweep import Sweep
    from bolang.economy.scenarios.sweep.intervals import Intervals
    from bolang.pages.where import where_page
    from bolang.web.lever_layer import taken_up_somewhere

    swept, atlas = Sweep.shipped(), visit.room.atlas
    if not swept.levers:
        raise refuse("sweep")
    listed = [(item.key, item.label.text.in_(visit.lang)) for item in swept.levers]
    asked = visit.query.get("lever")
    chosen = lever(asked).key if asked else taken_up_somewhere(visit.room).key
    province = visit.query.get("province") or None
    top = None if "to" in visit.request.query_params else SHOWN
    page = Page(
        where_page(swept, atlas, chosen, province=province, top=top, intervals=Intervals.shipped()),
        "where",
        above="where.html",
        method="economy",
        command=f"bolang where {chosen}" + (f" --province {province}" if province else ""),
        python=f'print(bl.Sweep.shipped().where("{chosen}"))',
        extra={"levers": listed, "chosen": chosen, "province": province, "provinces": _provinces(visit)},
    )
    return respond(visit, page)


def levers_view(visit: Visit) -> Response:
    """Show what each lever does in a county."""
    from bolang.economy.scenarios.sweep import Sweep
    from bolang.economy.scenarios.sweep.intervals import Intervals
    from bolang.pages.levers import levers_page

    county = county_of(visit)
    document = levers_page(Sweep.shipped(), visit.room.atlas, county, intervals=Intervals.shipped())
    command = f"bolang levers {county.code}"
    python = f'print(bl.Sweep.shipped().effects("{county.code}"))'
    return respond(visit, Page(document, "levers", county.code, method="economy", command=command, python=python))
