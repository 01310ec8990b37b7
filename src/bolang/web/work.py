"""Forms that start work, and the pages that show how far it is and what it gave."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from starlette.responses import HTMLResponse, RedirectResponse, Response

from bolang.atlas.romanize import place
from bolang.document.model import STYLES, Document, Paragraph, Sentence
from bolang.economy.core.migration import CLOSURES
from bolang.economy.levers.catalogue import levers
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Text, same, tr
from bolang.web.county import county_of
from bolang.web.downloads import attachment
from bolang.web.jobs import Job, QueueFullError
from bolang.web.shell import WORDS, Page, Visit, respond, templates

FORMS = ("docx", "pdf", "html", "xlsx")
DRAWS = (0, 8, 16, 32)
SHOCKS = ("tariff", "foreign_demand", "sea_freight")
LARGEST_SCALE = 3.0
MOST = 60
"""Counties of one batch."""
Form = Mapping[str, Any]


def _empty(title: Text, *said: Text, kicker: Text | None = None) -> Document:
    front = tuple(Paragraph((Sentence(text),)) for text in said)
    return Document(title, same(""), kicker or same(""), same(""), date.today(), front, ())


def simulate_form(visit: Visit) -> Response:
    """Offer levers and shocks."""
    county = county_of(visit)
    name = place(county.name)
    listed = [
        {
            "key": key,
            "label": lever.label.text.in_(visit.lang),
            "moves": lever.moves.text.in_(visit.lang),
            "evidence": lever.evidence.text.in_(visit.lang),
        }
        for key, lever in levers().items()
    ]
    extra = {
        "levers": listed,
        "shocks": [(key, visit.say(f"shock.{key}")) for key in SHOCKS],
        "closures": [(key, visit.say(f"closure.{key}")) for key in CLOSURES],
        "draws": DRAWS,
    }
    document = _empty(
        WORDS("ui.simulate.title", county=name), WORDS("ui.simulate.says"), kicker=place(county.full_name)
    )
    return respond(visit, Page(document, "simulate", county.code, below="simulate.html", extra=extra))


def simulate_start(visit: Visit, form: Form) -> Response:
    """Start a simulation."""
    county = county_of(visit)
    pulled = [(key, _scale(form, key)) for key in _several(form, "lever") if key in levers()]
    shocks = []
    for key in SHOCKS:
        change = _one(form, f"shock_{key}").strip()
        if change:
            shocks.append({"kind": key, "change": _number(change, -90.0, 500.0) / 100.0})
    closure = _one(form, "closure") or "national"
    if closure not in CLOSURES or not (pulled or shocks):
        raise BadInputError(
            tr("请至少选一项政策或一个冲击。", "Choose at least one lever or one shock."),
            tr("返回上一页勾选。", "Go back and tick one."),
        )
    draws = int(_number(_one(form, "draws") or "16", 0, max(DRAWS)))
    arguments = {"code": county.code, "levers": pulled, "shocks": shocks, "closure": closure, "draws": draws}
    return _start(visit, "simulate", arguments)


def _scale(form: Form, key: str) -> float:
    given = _one(form, f"scale_{key}").strip()
    return _number(given, 0.0, LARGEST_SCALE) if given else 1.0


def report_form(visit: Visit) -> Response:
    """Offer formats and layout."""
    county = county_of(visit)
    name = place(county.name)
    document = _empty(WORDS("ui.report.title", county=name), WORDS("ui.report.says"), kicker=place(county.full_name))
    extra = {"forms": FORMS, "styles": [(key, visit.say(f"style.{key}")) for key in ("analyst", "official")]}
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
    county = county_of(visit)
    forms = [key for key in FORMS if key in _several(form, "form")]
    if not forms:
        raise BadInputError(tr("请至少选一种格式。", "Choose at least one format."), "")
    style = _one(form, "style") or "analyst"
    if style not in STYLES:
        raise BadInputError(tr("没有这种版式。", "There is no such layout."), "")
    return _start(visit, "report", {"code": county.code, "forms": forms, "style": style})


def batch_form(visit: Visit) -> Response:
    """Offer to write the reports of many counties."""
    document = _empty(WORDS("ui.batch.title"), WORDS("ui.batch.says", most=MOST))
    return respond(visit, Page(document, "batch", below="batch.html"))


def batch_start(visit: Visit, form: Form) -> Response:
    """Start the reports of many counties; every name is checked first."""
    names = [name for name in re.split(r"[\s,，、;；]+", _one(form, "names")) if name]
    if not 1 <= len(names) <= MOST:
        raise BadInputError(
            tr(f"一次 1 到 {MOST} 个县，得到 {len(names)} 个。", f"1 to {MOST} counties at once, got {len(names)}."),
            tr("每行一个县名或代码。", "One name or code a line."),
        )
    codes = list(dict.fromkeys(visit.room.county(name).code for name in names))
    return _start(visit, "batch", {"names": codes})


def _start(visit: Visit, kind: str, arguments: dict[str, Any]) -> Response:
    room = visit.room
    stamp = room.path.stat().st_mtime_ns if room.path.is_file() else 0
    common = {
        "lang": visit.lang,
        "workspace": str(room.path),
        "stamp": stamp,
        "prefix": visit.url("").partition("?")[0],
    }
    try:
        job = visit.request.app.state.jobs.submit(kind, {**arguments, **common})
    except QueueFullError:
        raise BadInputError(
            tr("排队的任务太多。", "Too many jobs wait."), tr("请等一些完成后再来。", "Come back when some are done.")
        ) from None
    return RedirectResponse(visit.url(f"/jobs/{job.key}"), 303)


def jobs_view(visit: Visit) -> Response:
    """List the jobs."""
    jobs = [job for job in visit.request.app.state.jobs.all() if _mine(visit, job)]
    document = _empty(WORDS("ui.jobs.title"), WORDS("ui.jobs.says" if jobs else "ui.jobs.none"))
    listed = [(job, _name(visit, job), visit.say(f"state.{job.state}")) for job in jobs]
    return respond(visit, Page(document, "jobs", below="jobs.html", extra={"jobs": listed}))


def _mine(visit: Visit, job: Job) -> bool:
    return bool(job.arguments["workspace"] == str(visit.room.path))


def _name(visit: Visit, job: Job) -> str:
    code = job.arguments.get("code")
    where = place(visit.room.county(code).name).in_(visit.lang) if code else f"{len(job.arguments['names'])}"
    return f"{visit.say(f'kind.{job.kind}')} {where}"


def _job(visit: Visit) -> Job:
    job: Job | None = visit.request.app.state.jobs.get(visit.request.path_params["job"])
    if job is None or not _mine(visit, job):
        raise BadInputError(
            tr("没有这项任务；服务器重启后任务不再保留。", "There is no such job; jobs end with the server."),
            tr("请重新提交。", "Start it again."),
        )
    return job


def job_view(visit: Visit) -> Response:
    """Show what a job gave, or how far it is."""
    job = _job(visit)
    if job.state == "done" and job.result is not None:
        document = _empty(same(job.result.title))
        extra = {"job": job, "html": _markup(job.result.html), "files": list(job.result.files)}
        return respond(
            visit, Page(document, "jobs", str(job.arguments.get("code", "")), below="done.html", extra=extra)
        )
    document = _empty(same(_name(visit, job)))
    extra = {"job": job, "state": _state(visit, job)}
    return respond(visit, Page(document, "jobs", str(job.arguments.get("code", "")), below="job.html", extra=extra))


def job_state(visit: Visit) -> Response:
    """Return how far a job is, for the page that asks again and again."""
    job = _job(visit)
    headers = {"HX-Refresh": "true"} if job.over else {}
    return HTMLResponse(_state(visit, job), headers=headers)


def _state(visit: Visit, job: Job) -> str:
    ahead = visit.request.app.state.jobs.ahead(job)
    html = templates().get_template("state.html").render(v=visit, job=job, ahead=ahead, words=_stage(visit, job))
    return _markup(html)


def _stage(visit: Visit, job: Job) -> str:
    if job.kind != "simulate" or not job.stage:
        return job.stage
    known = f"ui.stage.{job.stage}"
    return WORDS(known).in_(visit.lang) if known in WORDS else job.stage


def _markup(html: str) -> str:
    from markupsafe import Markup

    return Markup(html)


def job_file(visit: Visit) -> Response:
    """Return a file that a job gave."""
    job, name = _job(visit), visit.request.path_params["name"]
    if job.result is None or name not in job.result.files:
        raise BadInputError(tr("没有这个文件。", "There is no such file."), "")
    stem, _, form = name.rpartition(".")
    return attachment(job.result.files[name], f"{stem}-{job.kind}", form)


def cancel(visit: Visit, _: Form) -> Response:
    """Stop a job."""
    job = _job(visit)
    visit.request.app.state.jobs.cancel(job)
    return RedirectResponse(visit.url(f"/jobs/{job.key}"), 303)


def _several(form: Form, key: str) -> list[str]:
    return [value for value in form.get(key, []) if isinstance(value, str)]


def _one(form: Form, key: str) -> str:
    values = _several(form, key)
    return values[0] if values else ""


def _number(given: str, low: float, high: float) -> float:
    try:
        value = float(given)
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise BadInputError(
            tr(
                f"应为 {low:g} 至 {high:g} 之间的数，得到 {given!r}。",
                f"Expected a number from {low:g} to {high:g}, got {given!r}.",
            ),
            tr("请返回并修改。", "Go back and change it."),
        )
    return value
