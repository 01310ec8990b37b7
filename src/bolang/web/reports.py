"""Reports of one county: which chapters, in which language, layout and format."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from bolang.atlas.romanize import place
from bolang.document.model import STYLES
from bolang.foundation.text import LANGUAGES
from bolang.web.county import county_of
from bolang.web.fields import Form, number, one, several
from bolang.web.job_pages import stamp, start
from bolang.web.refusals import refuse
from bolang.web.shell import WORDS, Page, Visit, plain_page, respond
from bolang.wording import load

FORMS = ("docx", "pdf", "html", "xlsx")
KINDS = ("full", "brief", "plan")
LAYOUTS = ("analyst", "official")
LONGEST_NAME = 60


def report_form(visit: Visit) -> Response:
    """Offer chapters, language, layout, formats."""
    from bolang.pages.report.chapters import CHAPTERS

    county = county_of(visit)
    name = place(county.name)
    document = plain_page(
        WORDS("ui.report.title", county=name), WORDS("ui.report.says"), kicker=place(county.full_name)
    )
    extra = {
        "forms": FORMS,
        "kinds": [(key, visit.say(f"report.kind.{key}")) for key in KINDS],
        "chapters": [(key, load(f"report_{key}")("title").in_(visit.lang)) for key in CHAPTERS],
        "languages": [(key, visit.say(f"language.{key}")) for key in LANGUAGES],
        "styles": [(key, visit.say(f"style.{key}")) for key in LAYOUTS],
    }
    page = Page(
        document,
        "report",
        county.code,
        below="report.html",
        command=f"bolang report {county.code}",
        python=f'bl.report("{county.code}").save("report.docx")',
        extra=extra,
    )
    return respond(visit, page)


def report_start(visit: Visit, form: Form) -> Response:
    """Start a report."""
    from bolang.pages.report.chapters import CHAPTERS

    county = county_of(visit)
    forms = [key for key in FORMS if key in several(form, "form")]
    if not forms:
        raise refuse("formless")
    sections = [key for key in CHAPTERS if key in several(form, "section")]
    arguments = {
        "code": county.code,
        "forms": forms,
        "style": _chosen(form, "style", STYLES),
        "kind": _chosen(form, "kind", KINDS),
        "language": _chosen(form, "language", LANGUAGES, visit.lang),
        "sections": [] if len(sections) == len(CHAPTERS) else sections,
        "budget": number(one(form, "budget"), 0, 1e4, visit.say("plan.budget")),
        "author": one(form, "author")[:LONGEST_NAME],
        **stamp(visit),
    }
    job = start(visit, "report", arguments)
    return RedirectResponse(visit.url(f"/jobs/{job.key}"), 303)


def _chosen(form: Form, key: str, known: tuple[str, ...], default: str = "") -> str:
    given = one(form, key) or default or known[0]
    if given not in known:
        raise refuse("choice", name=key, given=given[:40], known=", ".join(known))
    return given
