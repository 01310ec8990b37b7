"""Jobs as the pages see them: started in a room, told in the language of the reader."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from starlette.responses import HTMLResponse, RedirectResponse, Response

from bolang.atlas.romanize import place
from bolang.document.model import Document
from bolang.foundation.text import same
from bolang.web.downloads import attached_file
from bolang.web.fields import Form
from bolang.web.jobs import Job, QueueFullError
from bolang.web.refusals import refuse
from bolang.web.results import PAGE, PARTS
from bolang.web.shell import WORDS, Page, Visit, markup, plain_page, respond, templates

SOLVED = 1e-8
"""Residual at which the central case ends: how far a solution is, is how far its residual has fallen towards it."""
TOLD_FROM = 0.05
"""Share of a stage from which the time left is told."""


def stamp(visit: Visit) -> dict[str, Any]:
    """Return what makes a result one of this room as it is now."""
    path = visit.room.path
    return {"workspace": str(path), "stamp": path.stat().st_mtime_ns if path.is_file() else 0}


def start(visit: Visit, kind: str, arguments: Mapping[str, Any]) -> Job:
    """Queue a piece of work of this room.

    Raises
    ------
    BadInputError
        If too many wait.
    """
    manner = {"lang": visit.lang, "prefix": visit.url("").partition("?")[0]}
    try:
        job: Job = visit.request.app.state.jobs.submit(kind, arguments, manner)
    except QueueFullError:
        raise refuse("queue") from None
    return job


def jobs_view(visit: Visit) -> Response:
    """List the jobs."""
    jobs = [job for job in visit.request.app.state.jobs.all() if _mine(visit, job)]
    document = plain_page(WORDS("ui.jobs.title"), WORDS("ui.jobs.says" if jobs else "ui.jobs.none"))
    listed = [(job, _name(visit, job), visit.say(f"state.{job.state}")) for job in jobs]
    return respond(visit, Page(document, "jobs", below="jobs.html", extra={"jobs": listed}))


def _mine(visit: Visit, job: Job) -> bool:
    return bool(job.arguments["workspace"] == str(visit.room.path))


def _name(visit: Visit, job: Job) -> str:
    code = job.arguments.get("code")
    if code is None:
        return f"{visit.say(f'kind.{job.kind}')} ({len(job.arguments['names'])})"
    said = f"{visit.say(f'kind.{job.kind}')} {place(visit.room.county(code).name).in_(visit.lang)}"
    if job.kind != "simulate":
        return said
    from bolang.web.scenarios import AskedScenario

    label = AskedScenario.from_text(job.arguments["scenario"]).label.in_(visit.lang)
    return WORDS("ui.named", what=said, label=label).in_(visit.lang)


def job_of(visit: Visit) -> Job:
    """Return the job of an address.

    Raises
    ------
    BadInputError
        If there is none in this room.
    """
    job: Job | None = visit.request.app.state.jobs.get(visit.request.path_params["job"])
    if job is None or not _mine(visit, job):
        raise refuse("job")
    return job


def job_view(visit: Visit) -> Response:
    """Show what a job gave, or how far it is; a scenario has a page of its own."""
    job = job_of(visit)
    if job.kind == "simulate":
        from bolang.web.simulations import address

        return RedirectResponse(address(visit, job), 303)
    code = str(job.arguments.get("code", ""))
    if job.state != "done" or job.result is None:
        extra: dict[str, Any] = {"job": job, "state": job_state_html(visit, job)}
        return respond(visit, Page(plain_page(same(_name(visit, job))), "jobs", code, below="job.html", extra=extra))
    kept = visit.request.app.state.jobs.folder(job) / PAGE
    html = markup(kept.read_text(encoding="utf-8")) if kept.is_file() else ""
    extra = {"job": job, "html": html, "files": job.result.files}
    document: Document = job.result.document or plain_page(same(job.result.title))
    return respond(visit, Page(document, "jobs", code, above="done.html", extra=extra))


def job_state(visit: Visit) -> Response:
    """Return how far a job is, for the page that asks again and again."""
    job = job_of(visit)
    headers = {"HX-Refresh": "true"} if job.over else {}
    return HTMLResponse(job_state_html(visit, job), headers=headers)


def job_state_html(visit: Visit, job: Job) -> str:
    """Return the words on how far a job is."""
    ahead = visit.request.app.state.jobs.ahead(job)
    share = _share(job)
    left = round(job.stage_seconds * (1 - share) / share) if share > TOLD_FROM else None
    shown = {"job": job, "ahead": ahead, "words": _stage(visit, job), "share": share, "left": left}
    return markup(templates().get_template("state.html").render(v=visit, **shown))


def _stage(visit: Visit, job: Job) -> str:
    known = f"ui.stage.{job.stage}"
    return WORDS(known).in_(visit.lang) if known in WORDS else job.stage


def _share(job: Job) -> float:
    """Return how much of the present stage is done: a share as it is told, or how far a residual has fallen."""
    if job.kind != "simulate" or job.stage == "freight":
        return min(max(job.value, 0.0), 1.0)
    if not 0 < job.value < job.first or job.first <= SOLVED:
        return 0.0
    return min(math.log(job.first / job.value) / math.log(job.first / SOLVED), 1.0)


def job_file(visit: Visit) -> Response:
    """Return a file that a job gave."""
    job, name = job_of(visit), visit.request.path_params["name"]
    if job.result is None or name not in job.result.files:
        raise refuse("file")
    return attached_file(visit.request.app.state.jobs.folder(job) / name, name.rpartition(".")[0])


def job_part(visit: Visit) -> Response:
    """Return one table or figure of the page that a job gave."""
    job, name = job_of(visit), visit.request.path_params["name"]
    listed = visit.request.app.state.jobs.folder(job) / PARTS
    path = next((path for path in listed.glob("*") if path.name == name), None)
    if job.result is None or path is None:
        raise refuse("file")
    return attached_file(path, f"{job.result.title}-{path.stem}")


def cancel(visit: Visit, _: Form) -> Response:
    """Stop a job."""
    job = job_of(visit)
    visit.request.app.state.jobs.cancel(job)
    return RedirectResponse(visit.url(f"/jobs/{job.key}"), 303)


def again(visit: Visit, _: Form) -> Response:
    """Start a job that failed, crashed or was cancelled once more."""
    job = job_of(visit)
    renewed = start(visit, job.kind, {**job.arguments, **stamp(visit)})
    return RedirectResponse(visit.url(f"/jobs/{renewed.key}"), 303)
