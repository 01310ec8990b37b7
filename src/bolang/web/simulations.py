"""What if: the form of a scenario, how far its solution is, what it gives, and up to four side by side."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from starlette.responses import RedirectResponse, Response

from bolang.atlas.romanize import place
from bolang.document.model import Document
from bolang.economy.levers.catalogue import levers
from bolang.foundation.text import Text
from bolang.foundation.units import rough_text
from bolang.web import scenarios
from bolang.web.county import county_of
from bolang.web.fields import Form, one
from bolang.web.job_pages import job_state_html, stamp, start
from bolang.web.scenarios import AskedScenario, joined, scenarios_of
from bolang.web.shell import WORDS, Page, Visit, plain_page, respond
from bolang.wording import load

SCENARIO = load("web_scenario")
MORE = 3
"""Empty rows for further changes of the network."""

if TYPE_CHECKING:
    from bolang.atlas import County
    from bolang.web.jobs import Job


def simulate_view(visit: Visit) -> Response:
    """Show the form, and the scenarios of the address: what each gives, or how far it is."""
    county = county_of(visit)
    asked = scenarios_of(visit.query.get("s", ""))
    listed = [_listed(visit, county, asked, k) for k in range(len(asked))]
    done = [item for item in listed if item["job"] is not None and item["job"].state == "done"]
    if len(asked) == 1 and done:
        document = done[0]["job"].result.document
    elif len(done) > 1:
        document = _compared(visit, county, done)
    else:
        said = () if asked else (WORDS("ui.simulate.says"),)
        title = WORDS("ui.simulate.title", county=place(county.name))
        document = plain_page(title, *said, kicker=place(county.full_name))
    alone = asked[0] if len(asked) == 1 else None
    page = Page(
        document,
        "simulate",
        county.code,
        above="scenarios.html" if asked else "",
        below="simulate.html",
        method="economy",
        command=alone.command(county.code) if alone else "",
        python="\n".join(item.python(county.code) for item in asked),
        extra={"listed": listed, "asked": joined(asked), **_form(visit, asked[-1] if asked else None)},
    )
    return respond(visit, page)


def simulate_start(visit: Visit, form: Form) -> Response:
    """Start a scenario of the form, or one that the address already holds, and lead to the address that shows it."""
    county = county_of(visit)
    beside = scenarios_of(one(form, "beside"))
    wanted = AskedScenario.from_text(again) if (again := one(form, "s")) else AskedScenario.from_form(form)
    wanted.check(visit.room.atlas)
    wanted.scenario(county)
    kept = beside if again or one(form, "keep") else []
    asked = scenarios_of(joined([*kept, wanted]))
    start(visit, "simulate", _arguments(visit, county, wanted))
    return RedirectResponse(visit.url(f"/c/{county.code}/simulate", s=joined(asked)), 303)


def address(visit: Visit, job: Job) -> str:
    """Return the page of a scenario that was started."""
    return visit.url(f"/c/{job.arguments['code']}/simulate", s=job.arguments["scenario"])


def _arguments(visit: Visit, county: County, asked: AskedScenario) -> dict[str, Any]:
    return {"code": county.code, "scenario": asked.text, **stamp(visit)}


def _listed(visit: Visit, county: County, asked: list[AskedScenario], position: int) -> dict[str, Any]:
    """Return what is said of one scenario of the address."""
    jobs, item = visit.request.app.state.jobs, asked[position]
    job: Job | None = jobs.get(jobs.key_of("simulate", _arguments(visit, county, item)))
    rest = [other for k, other in enumerate(asked) if k != position]
    here = f"/c/{county.code}/simulate"
    return {
        "asked": item,
        "letter": ascii_uppercase[position],
        "label": item.label.in_(visit.lang),
        "job": job,
        "state": None if job is None or job.state == "done" else job_state_html(visit, job),
        "over": job is not None and job.over,
        "drop": visit.url(here, s=joined(rest) or None),
        "alone": visit.url(here, s=item.text) if rest else "",
    }


def _compared(visit: Visit, county: County, done: list[dict[str, Any]]) -> Document:
    from bolang.pages.simulate.comparison import comparison_page

    columns = [(item["letter"], item["asked"].label, item["job"].result.column) for item in done]

    def place_of(code: str) -> Text:
        return place(visit.room.county(code).full_name)

    return comparison_page(place(county.name), columns, place_of)


def _form(visit: Visit, shown: AskedScenario | None) -> dict[str, Any]:
    """Return what the form offers, filled in with a scenario."""
    lang = visit.lang
    known = shown or AskedScenario(())
    sizes = {part.kind: part.size for part in known.parts if part.kind in levers()}
    offered = [
        {
            "key": key,
            "label": item.label.text.in_(lang),
            "moves": item.moves.text.in_(lang),
            "evidence": item.evidence.text.in_(lang),
            "unit": item.unit.text.in_(lang),
            "centre": rough_text(100 * item.effect.centre, 3),
            "on": key in sizes,
            "size": _plain(sizes.get(key)),
        }
        for key, item in levers().items()
    ]
    changes = [
        (kind, [(part.places[0], _plain(part.size)) for part in known.of(kind)] + [(scenarios.EVERYWHERE, "")])
        for kind in scenarios.CHANGES
    ]
    edits = [(part.kind, *_two(part.places), _plain(part.size)) for part in known.parts if _is_edit(part.kind)]
    return {
        "levers": offered,
        "changes": changes,
        "regions": [(key, label.in_(lang)) for key, label in scenarios.regions().items()],
        "closed": [(kind, [part.places[0] for part in known.of(kind)] + [""]) for kind in scenarios.CLOSED],
        "edit_kinds": (*scenarios.LINES, *scenarios.STATIONS, scenarios.AROUND),
        "edits": [*edits, *[("", "", "", "")] * MORE],
        "gateways": _gateways(visit),
        "closures": [(key, SCENARIO(f"closure.{key}").in_(lang)) for key in scenarios.CLOSURES],
        "draws": scenarios.DRAWS,
        "known": known,
        "say": lambda key: SCENARIO(f"form.{key}").in_(lang),
    }


def _gateways(visit: Visit) -> list[str]:
    from bolang.space.gateways import gateways

    return list(dict.fromkeys(gate.name.key for gate in gateways(visit.room.atlas) if gate.kind != "market"))


def _is_edit(kind: str) -> bool:
    return kind in (*scenarios.LINES, *scenarios.STATIONS, scenarios.AROUND)


def _two(places: tuple[str, ...]) -> tuple[str, str]:
    first, second = (*places, "", "")[:2]
    return first, second


def _plain(size: float | None) -> str:
    return "" if size is None else f"{size:g}"
