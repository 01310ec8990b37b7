"""The pages of one county: overview, trail of a figure, plan, debt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from starlette.responses import Response

from bolang.atlas.romanize import place
from bolang.web.fields import number
from bolang.web.shell import Page, Visit, respond

if TYPE_CHECKING:
    from bolang.atlas import County

FISCAL = (
    "general_debt",
    "special_debt",
    "quota",
    "revenue",
    "expenditure",
    "transfers",
    "fund_revenue",
    "fund_expenditure",
)
"""Figures that the user may bring to the debt desk, 亿元."""
NAMED = {"budget": "plan.budget", "year": "year", "page": "page"}
"""What other numbers of an address are called on the page."""
DEBT = """from bolang.pathway.debt import assess, county_assumptions, fiscal_position
atlas = bl.Atlas()
county = atlas.county("{code}")
position = fiscal_position(atlas, county, {given})
print(assess(position, *county_assumptions(atlas, county)).explain())"""


def county_of(visit: Visit) -> County:
    """Return the county of an address."""
    return visit.room.county(visit.request.path_params["code"])


def overview(visit: Visit) -> Response:
    """Show what a county is, what it should do, what that rests on."""
    from bolang.pages.county import county_page
    from bolang.pathway.plan.recommend import plan

    county = county_of(visit)
    found = plan(county, atlas=visit.room.atlas)
    document = county_page(
        visit.room.diagnosis(county), visit.room.road(county), found, visit.query.get("asked", "")[:60]
    )
    return respond(
        visit,
        Page(
            document,
            "overview",
            county.code,
            method="diagnosis",
            command=f"bolang show {county.code} --full",
            python=f'print(bl.diagnose("{county.code}").explain())',
        ),
    )


def trace(visit: Visit) -> Response:
    """Show where a figure comes from."""
    from bolang.pages.trace import trace_page

    county, indicator = county_of(visit), visit.request.path_params["indicator"]
    year = whole(visit, "year", 1900, 2100)
    document = trace_page(visit.room.atlas.trace(county, indicator, None), year)
    chosen = f" --year {year}" if year else ""
    return respond(
        visit,
        Page(
            document,
            "trace",
            county.code,
            command=f"bolang trace {county.code} {indicator}{chosen}",
            python=f'print(bl.Atlas().facts("{county.code}", "{indicator}"))',
        ),
    )


def plan_view(visit: Visit) -> Response:
    """Show what the county can do, within its budget and with its answers."""
    from bolang.atlas.register import policies
    from bolang.pages.plan import plan_page
    from bolang.pathway.plan.recommend import plan

    county = county_of(visit)
    answers = {key: value == "yes" for key in policies() if (value := visit.query.get(f"has_{key}")) in ("yes", "no")}
    budget, fiscal = real(visit, "budget"), _fiscal(visit)
    found = plan(county, budget=budget, answers=answers, fiscal=fiscal or None, atlas=visit.room.atlas)
    asked = [(key, answers.get(key)) for key in _open_questions(found, answers)]
    labels = [(key, policies()[key].label.in_(visit.lang), value) for key, value in asked]
    options = f" --budget {budget:g}" if budget is not None else ""
    options += "".join(f" --answer {key}={'yes' if value else 'no'}" for key, value in answers.items())
    options += _fiscal_options(fiscal)
    chosen = {"budget": budget, "answers": answers, "fiscal": fiscal}
    given = "".join(f", {key}={value!r}" for key, value in chosen.items() if value not in (None, {}))
    return respond(
        visit,
        Page(
            plan_page(found),
            "plan",
            county.code,
            above="plan.html",
            method="plan",
            command=f"bolang plan {county.code}{options}",
            python=f'print(bl.plan("{county.code}"{given}).to_frame())',
            extra={"budget": visit.query.get("budget", ""), "questions": labels},
        ),
    )


def _open_questions(found: object, answers: dict[str, bool]) -> list[str]:
    """Return the policies of which the register does not know whether the county has them, and those answered."""
    unknown = [
        entry.policy.key
        for entry in found.entries  # type: ignore[attr-defined]
        if entry.policy is not None and entry.policy.state == "unknown"
    ]
    return list(dict.fromkeys([*answers, *unknown]))


def debt_view(visit: Visit) -> Response:
    """Show public finances and debt, with the figures that the user brings."""
    from bolang.pages.debt import debt_page
    from bolang.pathway.debt import assess, county_assumptions, fiscal_position

    county = county_of(visit)
    atlas = visit.room.atlas
    given = _fiscal(visit)
    position = fiscal_position(atlas, county, given or None)
    found = assess(position, *county_assumptions(atlas, county))
    fields = [(key, visit.query.get(key, "")) for key in FISCAL]
    return respond(
        visit,
        Page(
            debt_page(found, place(county.name)),
            "debt",
            county.code,
            above="debt.html",
            method="debt",
            command=f"bolang debt {county.code}{_fiscal_options(given)}",
            python=DEBT.format(code=county.code, given=given or None),
            extra={"fields": fields},
        ),
    )


def _fiscal_options(given: Mapping[str, float]) -> str:
    """Return figures of the user as options of the terminal."""
    return "".join(f" --{key.replace('_', '-')} {value:g}" for key, value in given.items())


def _fiscal(visit: Visit) -> dict[str, float]:
    found = {key: real(visit, key) for key in FISCAL}
    return {key: value for key, value in found.items() if value is not None}


def real(visit: Visit, key: str, low: float = 0.0, high: float = 1e5) -> float | None:
    """Return a number of the query; None where it is left out."""
    return number(visit.query.get(key, ""), low, high, visit.say(NAMED.get(key, f"fiscal.{key}")))


def whole(visit: Visit, key: str, low: int, high: int) -> int | None:
    """Return a whole number of the query; None where it is left out."""
    value = real(visit, key, low, high)
    return None if value is None else int(value)
