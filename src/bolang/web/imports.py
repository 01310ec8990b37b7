"""Files of the user: read, reviewed row by row, saved, taken back."""

from __future__ import annotations

import secrets
import tempfile
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from starlette.responses import RedirectResponse, Response

from bolang.atlas.catalogue import unit_text
from bolang.document.model import Paragraph, Table
from bolang.foundation.errors import BolangError
from bolang.foundation.units import unit_of
from bolang.intake import Review, Workspace, read
from bolang.web.fields import Form, one
from bolang.web.refusals import refuse
from bolang.web.shell import WORDS, Page, Visit, markup, plain_page, respond

KEPT = 400
"""Reviews that are held until they are decided."""


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
        },
    )
    return respond(visit, page)


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
    files = [item for item in sent.get("files", []) if isinstance(item, tuple) and item[0]]
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
            while len(_HELD) > KEPT:
                _HELD.popitem(last=False)
        keys.append(key)
    if len(keys) == 1 and not problems:
        return RedirectResponse(visit.url(f"/import/{keys[0]}"), 303)
    path = visit.room.path
    batches = Workspace(path).batches() if path.exists() else []
    page = Page(
        plain_page(WORDS("ui.import.title"), WORDS("ui.import.several", count=len(keys))),
        "import",
        below="import.html",
        extra={
            "batches": list(reversed(batches)),
            "problems": problems,
            "reviews": _waiting(visit),
            "codes": "",
        },
        status=400 if problems and not keys else 200,
    )
    return respond(visit, page)


def _read(visit: Visit, name: str, content: bytes, county: str | None, year: int | None) -> Review:
    """Read a file from a folder of its own; only the end of its name is taken over, for what it says of county and year."""
    plain = "".join(c for c in Path(name.replace("\\", "/")).name if c.isprintable())[-120:] or "file"
    with tempfile.TemporaryDirectory(prefix="bolang-") as folder:
        path = Path(folder) / plain.lstrip(".")
        path.write_bytes(content)
        return read(path, county, year, visit.room.atlas).review()


def _held(visit: Visit) -> tuple[str, Review]:
    key = visit.request.path_params["review"]
    found = _HELD.get(key)
    if found is None or found.workspace != visit.workspace:
        raise refuse("review")
    return key, found.review


def review_view(visit: Visit) -> Response:
    """Show what was read, row by row, with the sentence it came from and what is known."""
    from bolang.pages.intake import review_document
    from bolang.render.html import render_fragment

    key, review = _held(visit)
    document = review_document(review, full="to" in visit.request.query_params)
    extra = {"key": key, "rows": _rows(visit, review), "rest": ""}
    if "to" not in visit.request.query_params:
        # On the screen the figures stand beside their switches, and what was not taken stands behind them.
        said = tuple(block for block in document.front if isinstance(block, Paragraph))
        behind = tuple(block for block in document.front if isinstance(block, Table) and block.key != "figures")
        rest = replace(document, front=behind)
        extra["rest"] = markup(render_fragment(rest, visit.lang)) if behind or rest.sections else ""
        document = replace(document, front=said, sections=())
    return respond(visit, Page(document, "import", below="review.html", extra=extra))


def _rows(visit: Visit, review: Review) -> list[dict[str, Any]]:
    """Return the rows of the review as they are shown beside their switch."""
    from bolang.intake.vocabulary import vocabulary

    shown = []
    for row in review.rows:
        reading = row.reading
        known = row.known
        shown.append(
            {
                "number": row.number,
                "state": row.state,
                "label": vocabulary()[reading.indicator].label.in_(visit.lang),
                "value": f"{reading.value:,.10g}{unit_of(unit_text(reading.unit)).label.in_(visit.lang)}",
                "year": reading.year,
                "period": "" if reading.period == "year" else reading.period,
                "sentence": reading.sentence,
                "place": reading.place.text.in_(visit.lang),
                "known": "" if known is None else f"{known.value:,.10g}",
                "known_year": "" if known is None else known.year,
                "gap": None if row.gap is None else f"{100 * row.gap:+.1f}%",
            }
        )
    return shown


def decide(visit: Visit, sent: Form) -> Response:
    """Save the rows that were left ticked, as one import."""
    key, review = _held(visit)
    wanted = {int(v) for v in sent.get("row", []) if isinstance(v, str) and v.isdigit()}
    known = {row.number for row in review.rows}
    chosen = wanted & known
    refused = known - chosen
    if chosen:
        review = review.accept(*sorted(chosen))
    if refused:
        review = review.refuse(*sorted(refused))
    review.save(Workspace(visit.room.path))
    _HELD.pop(key, None)
    visit.request.app.state.rooms.renew(visit.workspace)
    code = review.found.county.code if review.found.county else ""
    return RedirectResponse(visit.url(f"/c/{code}") if code else visit.url("/import"), 303)


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
