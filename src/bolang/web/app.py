"""The server: addresses, language, errors that say what to do."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from importlib import resources
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from bolang.foundation.errors import BolangError, UnknownPlaceError
from bolang.foundation.text import LANGUAGES, Lang, default_language, speaking
from bolang.foundation.ways import reading_in
from bolang.web import (
    about,
    batches,
    county,
    home,
    imports,
    job_pages,
    maps,
    own_tables,
    reports,
    reviews,
    simulations,
    tables,
)
from bolang.web.errors import error_page
from bolang.web.jobs import Jobs
from bolang.web.rooms import Rooms
from bolang.web.security import Door, TooLongError
from bolang.web.settings import Settings
from bolang.web.shell import Visit

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

COOKIE = "bolang_lang"
MOST_FILES, MOST_FIELDS = 200, 20_000
"""Files and fields of one request; a review of a panel has a field for every figure."""
View = Callable[[Visit], Response]
PAGES: tuple[tuple[str, View], ...] = (
    ("/", home.home),
    ("/find", home.find),
    ("/suggest", home.suggest),
    ("/c/{code}", county.overview),
    ("/c/{code}/trace/{indicator}", county.trace),
    ("/c/{code}/plan", county.plan_view),
    ("/c/{code}/debt", county.debt_view),
    ("/c/{code}/simulate", simulations.simulate_view),
    ("/c/{code}/report", reports.report_form),
    ("/c/{code}/levers", tables.levers_view),
    ("/c/{code}/blank", own_tables.blank_figures),
    ("/blank/{kind}", own_tables.blank_table),
    ("/where", tables.where),
    ("/compare", tables.compare),
    ("/rank", tables.rank),
    ("/map", maps.map_view),
    ("/map.json", maps.values),
    ("/jobs", job_pages.jobs_view),
    ("/jobs/{job}", job_pages.job_view),
    ("/jobs/{job}/state", job_pages.job_state),
    ("/jobs/{job}/file/{name}", job_pages.job_file),
    ("/jobs/{job}/part/{name}", job_pages.job_part),
    ("/import", imports.form),
    ("/import/{review}", reviews.review_view),
    ("/batch", batches.batch_form),
    ("/about", about.about),
    ("/methods", about.methods),
    ("/methods/{name}", about.method),
)
ACTIONS: tuple[tuple[str, Callable[[Visit, dict[str, object]], Response]], ...] = (
    ("/c/{code}/simulate", simulations.simulate_start),
    ("/c/{code}/report", reports.report_start),
    ("/jobs/{job}/cancel", job_pages.cancel),
    ("/jobs/{job}/again", job_pages.again),
    ("/import", imports.upload),
    ("/import/all", imports.accept_all),
    ("/import/table", own_tables.take_table),
    ("/import/{review}", imports.decide),
    ("/import/undo/{batch}", imports.undo),
    ("/batch", batches.batch_start),
)


def create_app(settings: Settings | None = None, *, warm: bool = True) -> Starlette:
    """Make the server.

    Parameters
    ----------
    settings : Settings, optional
        Port, hosts, workspaces.
    warm : bool
        Whether what the first county page needs is computed behind the first page.
    """
    chosen = settings or Settings()
    rooms = Rooms(chosen.workspace, dict(chosen.workspaces))
    jobs = Jobs()

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        if warm:
            threading.Thread(target=_warm, args=(rooms,), daemon=True, name="warm").start()
        yield
        jobs.close()

    pages = [Route(path, _page(view), methods=["GET"]) for path, view in PAGES]
    actions = [Route(path, _action(act), methods=["POST"]) for path, act in ACTIONS]
    static = StaticFiles(directory=str(resources.files("bolang.web").joinpath("static")))
    app = Starlette(
        routes=[
            Route("/shapes.json", maps.shapes, methods=["GET"]),
            Mount("/static", static),
            Mount("/w/{workspace}", routes=[*pages, *actions]),
            *pages,
            *actions,
        ],
        middleware=[Middleware(Door, settings=chosen), Middleware(Spoken)],
        exception_handlers={404: _not_found, TooLongError: _too_long},
        lifespan=lifespan,
    )
    app.state.settings, app.state.rooms, app.state.jobs = chosen, rooms, jobs
    return app


def _warm(rooms: Rooms) -> None:
    with contextlib.suppress(BolangError):
        room = rooms[""]
        lang = default_language()
        room.remember(("map", maps.TYPES, None, lang), lambda: maps.told(room, maps.TYPES, None, lang))
        room.warm()


class Spoken:
    """Answers in the language of the address, else of the cookie, else of the server."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request in its language."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        spoken = _language(request.query_params, request.cookies.get(COOKIE, ""))
        with speaking(spoken), reading_in("browser"):
            await self.app(scope, receive, send)


def _language(query: QueryParams, cookie: str) -> Lang:
    for wanted in (query.get("lang", ""), cookie):
        for lang in LANGUAGES:
            if wanted == lang:
                return lang
    return default_language()


def _page(view: View) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool

        response = await run_in_threadpool(_answer, request, view)
        if request.query_params.get("lang") in LANGUAGES:
            response.set_cookie(COOKIE, request.query_params["lang"], samesite="strict", httponly=True)
        return response

    return answer


def _action(act: Callable[[Visit, dict[str, object]], Response]) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        import secrets

        from starlette.concurrency import run_in_threadpool
        from starlette.datastructures import UploadFile

        form: dict[str, object] = {}
        try:
            async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS) as sent:
                for key in sent:
                    values = sent.getlist(key)
                    files = [(v.filename or "", await v.read()) for v in values if isinstance(v, UploadFile)]
                    form[key] = files if files else [v for v in values if isinstance(v, str)]
        except ClientDisconnect:  # gone in the middle of the form: nobody reads the answer
            return PlainTextResponse("Bad Request", 400)
        token = form.pop("token", [""])
        given = token[0] if isinstance(token, list) and token and isinstance(token[0], str) else ""
        if not secrets.compare_digest(given.encode(), request.app.state.settings.token.encode()):
            return PlainTextResponse("Forbidden", 403)
        return await run_in_threadpool(_answer, request, lambda visit: act(visit, form))

    return answer


def _answer(request: Request, view: View) -> Response:
    visit = Visit(request)
    if visit.workspace not in request.app.state.rooms:
        return PlainTextResponse("Not Found", 404)
    try:
        return view(visit)
    except BolangError as error:
        return error_page(visit, error, 404 if isinstance(error, UnknownPlaceError) else 400)


def _too_long(_: Request, __: Exception) -> Response:
    return PlainTextResponse("Content Too Large", 413)


def _not_found(request: Request, _: Exception) -> Response:
    visit = Visit(request)
    if visit.workspace not in request.app.state.rooms:
        return PlainTextResponse("Not Found", 404)
    return error_page(visit, BolangError(visit.say("not_found"), visit.say("not_found.hint")), 404)
