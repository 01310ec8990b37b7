"""Several counties in one table: side by side, or in order."""

from __future__ import annotations

import re

from starlette.responses import Response

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.web.county import county_of, whole
from bolang.web.maps import choices
from bolang.web.shell import Page, Visit, respond

MOST, FEWEST = 10, 2
SHOWN = 100


def compare(visit: Visit) -> Response:
    """Show counties side by side."""
    from bolang.pages.show import compare_page

    names = [name for name in re.split(r"[\s,，、;；]+", visit.query.get("c", "")) if name]
    if not FEWEST <= len(names) <= MOST:
        if names:
            raise BadInputError(
                tr(
                    f"并列比较需要 {FEWEST} 到 {MOST} 个县，得到 {len(names)} 个。",
                    f"A comparison takes {FEWEST} to {MOST} counties, got {len(names)}.",
                ),
                tr("用逗号隔开县名或代码。", "Separate names or codes with commas."),
            )
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
            python=f"from bolang.pages.show import compare_page  # {codes}",
            extra={"asked": "、".join(county.name for county in counties)},
        ),
    )


def rank(visit: Visit) -> Response:
    """Show all counties in the order of an indicator."""
    from bolang.diagnosis.fact_ranking import rank_facts
    from bolang.pages.rank import rank_page
    from bolang.web.indices import index_page, is_index

    by = visit.query.get("by", "fiscal_revenue")
    province = visit.query.get("province") or None
    year = whole(visit, "year", 1900, 2100)
    everything = visit.query.get("all") == "1" or "to" in visit.request.query_params
    top = None if everything else SHOWN
    if is_index(by):
        document = index_page(visit.room.diagnostician.panel, by, province, top)
    else:
        document = rank_page(rank_facts(visit.room.atlas, by, year=year, province=province), top)
    options = (f" --province {province}" if province else "") + (f" --year {year}" if year else "")
    provinces = list(dict.fromkeys(county.province for county in visit.room.atlas.counties))
    return respond(
        visit,
        Page(
            document,
            "rank",
            above="rank.html",
            below="more.html" if not everything else "",
            command=f"bolang rank {by}{options}",
            python=f'rank_facts(bl.Atlas(), "{by}", year={year}, province={province!r})',
            extra={
                "groups": choices(visit),
                "chosen": by,
                "province": province,
                "provinces": provinces,
                "year": year or "",
            },
        ),
    )


def where(visit: Visit) -> Response:
    """Show where a lever does most."""
    from bolang.economy.levers.catalogue import lever
    from bolang.economy.scenarios.sweep import Sweep
    from bolang.pages.where import where_page

    swept, atlas = Sweep.shipped(), visit.room.atlas
    if not swept.levers:
        raise BadInputError(
            tr("这个版本没有附带全国测算表。", "This version ships no national sweep."),
            tr(
                "可先用 bolang sweep 计算，或在县的“如果这样做”里单独求解。",
                "Compute it with bolang sweep, or solve one county under What if.",
            ),
        )
    listed = [(item.key, item.label.text.in_(visit.lang)) for item in swept.levers]
    chosen = lever(visit.query.get("lever") or listed[0][0]).key
    province = visit.query.get("province") or None
    top = None if "to" in visit.request.query_params else SHOWN
    provinces = list(dict.fromkeys(county.province for county in atlas.counties))
    page = Page(
        where_page(swept, atlas, chosen, province=province, top=top),
        "where",
        above="where.html",
        command=f"bolang where {chosen}" + (f" --province {province}" if province else ""),
        python=f'Sweep.shipped().where("{chosen}")',
        extra={"levers": listed, "chosen": chosen, "province": province, "provinces": provinces},
    )
    return respond(visit, page)


def levers_view(visit: Visit) -> Response:
    """Show what each lever does in a county."""
    from bolang.economy.scenarios.sweep import Sweep
    from bolang.pages.levers import levers_page

    county = county_of(visit)
    document = levers_page(Sweep.shipped(), visit.room.atlas, county)
    command = f"bolang levers {county.code}"
    python = f'Sweep.shipped().effects("{county.code}")'
    return respond(visit, Page(document, "levers", county.code, command=command, python=python))
