"""Files of the user: read, reviewed row by row, saved, taken back."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from starlette.responses import RedirectResponse, Response

from bolang.atlas.romanize import place
from bolang.foundation.errors import BolangError
from bolang.foundation.text import Text
from bolang.intake import Review, Workspace, read
from bolang.web.fields import Form, one, several
from bolang.web.own_tables import table_names
from bolang.web.refusals import refuse
from bolang.web.shell import WORDS, Page, Visit, plain_page, respond
from bolang.web.uploads import kept_for_reading, sent_files

KEPT, MOST_FIGURES = 400, 400_000
"""Reviews that are held until they are decided, and figures in all of them together; the oldest go first."""


@dataclass(frozen=True)
class HeldReview:
    """What was read of a file, until somebody decides on it."""

    workspace: str
    name: str
    review: Review


_HELD: OrderedDict[str, HeldReview] = OrderedDict()
_LOCK = threading.Lock()


def form(visit: Visit) -> Response:
    """Offer to bring files, and list what was brought."""
    path = visit.room.path
    batches = Workspace(path).batches() if path.exists() else []
    said = [WORDS("ui.import.says")]
    told = {key: visit.query.get(key, "") for key in ("undone", "saved")}
    said += [WORDS(f"ui.import.{key}", number=number) for key, number in told.items() if number.isdigit()]
    codes = [code for code in visit.query.get("c", "").split(",") if code in visit.room.atlas.codes]
    page = Page(
        plain_page(WORDS("ui.import.title"), *said),
        "import",
        below="import.html",
        command="bolang import FILE",
        python="from bolang.intake import read\nreview = read(path).review()  # path: a bulletin of yours",
        extra={
            "batches": list(reversed(batches)),
            "problems": [],
            "reviews": _waiting(visit),
            "codes": ",".join(codes),
            "county": _asked_county(visit),
            "tables": table_names(visit),
        },
    )
    return respond(visit, page)


def _asked_county(visit: Visit) -> tuple[str, str, str] | None:
    """Return code, full name and shown name of the county that figures are brought for, if the address names one."""
    code = visit.query.get("county", "")
    if code not in visit.room.atlas.codes:
        return None
    county = visit.room.county(code)
    return code, place(county.full_name).in_(visit.lang), place(county.name).in_(visit.lang)


def _waiting(visit: Visit) -> list[tuple[str, str, int, int]]:
    """Return the reviews of this room that nobody has decided on: key, file, figures, those held back by a check."""
    with _LOCK:
        held = list(_HELD.items())
    return [
        (key, item.name, len(item.review.rows), len(item.review.held))
        for key, item in held
        if item.workspace == visit.workspace
    ]


def upload(visit: Visit, sent: Form) -> Response:
    """Read files; nothing is saved before the review."""
    files = sent_files(sent)
    if not files:
        raise refuse("nothing")
    county = one(sent, "county") or None
    given = one(sent, "year")
    year = int(given) if given.isdigit() and len(given) == 4 else None
    problems: list[tuple[str, str]] = []
    keys = []
    for name, content in files:
        try:
            review = _read(visit, name, content, county, year)
        except BolangError as error:
            problems.append((Path(name).name, f"{error.message} {error.hint}".strip()))
            continue
        key = secrets.token_urlsafe(9)
        with _LOCK:
            _HELD[key] = HeldReview(visit.workspace, Path(name).name, review)
            while len(_HELD) > 1 and (len(_HELD) > KEPT or _figures() > MOST_FIGURES):
                _HELD.popitem(last=False)
        keys.append(key)
    if len(keys) == 1 and not problems:
        return RedirectResponse(visit.url(f"/import/{keys[0]}"), 303)
    path = visit.room.path
    batches = Workspace(path).batches() if path.exists() else []
    page = Page(
        plain_page(WORDS("ui.import.title"), *_told(len(keys), len(problems))),
        "import",
        below="import.html",
        extra={
            "batches": list(reversed(batches)),
            "problems": problems,
            "reviews": _waiting(visit),
            "codes": "",
            "county": None,
            "tables": table_names(visit),
        },
        status=400 if problems and not keys else 200,
    )
    return respond(visit, page)


def _told(read: int, unread: int) -> list[Text]:
    """Say how many files were read, and how many were not."""
    said = [WORDS("ui.import.several", count=read)] if read else []
    return [*said, *([WORDS("ui.import.unread", count=unread)] if unread else [])]


def _figures() -> int:
    return sum(len(item.review.rows) for item in _HELD.values())


def _read(visit: Visit, name: str, content: bytes, county: str | None, year: int | None) -> Review:
    with kept_for_reading(name, content) as path:
        return read(path, county, year, visit.room.atlas).review()


def held_review(visit: Visit) -> tuple[str, Review]:
    """Return the review of an address.

    Raises
    ------
    BadInputError
        If there is none in this room, or it was decided.
    """
    key = visit.request.path_params["review"]
    found = _HELD.get(key)
    if found is None or found.workspace != visit.workspace:
        raise refuse("review")
    return key, found.review


def decide(visit: Visit, sent: Form) -> Response:
    """Take over what was ticked among the rows shown; then show other rows, or save all that is accepted as one import."""
    key, review = held_review(visit)
    listed = _numbers(one(sent, "shown").split(",")) if "shown" in sent else None
    shown = [row for row in review.rows if listed is None or row.number in listed]
    ticked = _numbers(several(sent, "row"))
    if chosen := [row.number for row in shown if row.number in ticked]:
        review = review.accept(*chosen)
    if refused := [row.number for row in shown if row.number not in ticked and row.state == "accepted"]:
        review = review.refuse(*refused)
    wanted = one(sent, "go")
    if wanted.isdigit():
        with _LOCK:
            if key in _HELD:
                _HELD[key] = replace(_HELD[key], review=review)
        return RedirectResponse(visit.url(f"/import/{key}", page=wanted, show=one(sent, "show") or None), 303)
    review.save(Workspace(visit.room.path))
    _HELD.pop(key, None)
    visit.request.app.state.rooms.renew(visit.workspace)
    code = review.found.county.code if review.found.county else ""
    return RedirectResponse(visit.url(f"/c/{code}") if code else visit.url("/import"), 303)


def _numbers(texts: Iterable[str]) -> set[int]:
    return {int(text) for text in texts if text.isdigit() and len(text) < 9}


def accept_all(visit: Visit, _: Form) -> Response:
    """Save of every review that waits what passed the checks, each as one import."""
    with _LOCK:
        keys = [key for key, item in _HELD.items() if item.workspace == visit.workspace]
        reviews = [_HELD.pop(key).review for key in keys]
    workspace = Workspace(visit.room.path)
    for review in reviews:
        review.save(workspace)
    visit.request.app.state.rooms.renew(visit.workspace)
    codes = dict.fromkeys(review.found.county.code for review in reviews if review.found.county)
    return RedirectResponse(visit.url("/import", saved=len(reviews), c=",".join(codes) or None), 303)


def undo(visit: Visit, _: Form) -> Response:
    """Take an import back."""
    number = visit.request.path_params["batch"]
    if not number.isdigit():
        raise refuse("import")
    batch = Workspace(visit.room.path).undo(int(number))
    visit.request.app.state.rooms.renew(visit.workspace)
    return RedirectResponse(visit.url("/import", undone=batch.batch), 303)
