"""Reports of many counties: the list, and the table of how each went."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from bolang.atlas.romanize import place
from bolang.diagnosis.desk import UNITS
from bolang.document.model import Cell, Column, Document, Number, Paragraph, Row, Sentence, Table
from bolang.foundation.text import same
from bolang.pages.report.facts import digits_of, unit_of
from bolang.publish.batch import SHOWN
from bolang.web.fields import Form, listed_names, one
from bolang.web.job_pages import stamp, start
from bolang.web.refusals import refuse
from bolang.web.reports import FORMS
from bolang.web.shell import WORDS, Page, Visit, plain_page, respond
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.diagnosis.desk import DeskKey
    from bolang.publish.batch import BatchLine

DESK = load("desk")
MOST = 60
"""Counties of one batch."""


def batch_form(visit: Visit) -> Response:
    """Offer to write the reports of many counties."""
    document = plain_page(WORDS("ui.batch.title"), WORDS("ui.batch.says", most=MOST))
    names = re.split(r"[,，]", visit.query.get("c", ""))
    extra = {"forms": FORMS, "names": "\n".join(name for name in names if name)[:2000]}
    page = Page(
        document,
        "batch",
        below="batch.html",
        extra=extra,
    )
    return respond(visit, page)


def batch_start(visit: Visit, form: Form) -> Response:
    """Start the reports of many counties; every name is checked first."""
    names = listed_names(one(form, "names"))
    if not 1 <= len(names) <= MOST:
        raise refuse("batch", most=MOST, count=len(names))
    codes = list(dict.fromkeys(visit.room.county(name).code for name in names))
    chosen = one(form, "form") or FORMS[0]
    if chosen not in FORMS:
        raise refuse("choice", name="form", given=chosen[:40], known=", ".join(FORMS))
    job = start(visit, "batch", {"names": codes, "form": chosen, "language": visit.lang, **stamp(visit)})
    return RedirectResponse(visit.url(f"/jobs/{job.key}"), 303)


def batch_page(lines: Sequence[BatchLine]) -> Document:
    """Write how each county went: its figures with their years, its file, or what stood in the way."""
    failed = [line for line in lines if line.error]
    columns = (
        Column(WORDS("ui.rank.county"), "left"),
        *(Column(DESK(f"row.{key}")) for key in SHOWN),
        Column(WORDS("ui.batch.outcome"), "left"),
    )
    rows = tuple(
        Row(
            (
                place(line.name) if line.name else same(line.asked),
                *(_figure(line, key) for key in SHOWN),
                same(line.error or line.file),
            ),
            key=line.code,
        )
        for line in lines
    )
    said = WORDS("ui.batch.done", count=len(lines) - len(failed))
    front = [Paragraph((Sentence(said),), role="answer")]
    if failed:
        front.append(Paragraph((Sentence(WORDS("ui.batch.failed", count=len(failed))),)))
    table = Table("batch", WORDS("ui.batch.caption"), columns, rows, DESK("source"))
    return Document(WORDS("ui.batch.title"), same(""), same(""), WORDS("ui.authors"), date.today(), (*front, table), ())


def _figure(line: BatchLine, key: DeskKey) -> Cell:
    found = next(((value, year) for known, value, year in line.figures if known == key), None)
    if found is None:
        return same("–")
    value, year = found
    unit = UNITS[key]
    return Number(value, digits_of(value, unit), unit_of(unit), year, "measured", dated=True)
