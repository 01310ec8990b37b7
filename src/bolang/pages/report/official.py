"""The form of an official report (GB/T 9704-2012): a title that names the matter, addressee, opening, body, closing, signature, date."""

from __future__ import annotations

from dataclasses import replace

from bolang.document.model import Box, Document, Paragraph, Sentence
from bolang.foundation.text import Text
from bolang.pages.report import headline
from bolang.pages.report.context import Context
from bolang.pages.report.say import paragraph, say
from bolang.pages.report.sheet import is_sheet
from bolang.wording import load
from bolang.wording.dates import date_text

WORDS = load("report_official")


def official(context: Context, document: Document, signed: Text | None = None) -> Document:
    """Return the document in the form of an official report to the county's government.

    Parameters
    ----------
    context : Context
    document : Document
        The report, the brief or the plan paper.
    signed : Text, optional
        Who signs; without it the place for the signature is left open.
    """
    day = context.day
    date = date_text(day)
    address = Paragraph((say(WORDS, "address", county=context.name),), role="address")
    closing = (
        paragraph(say(WORDS, "closing")),
        Paragraph((Sentence(signed or WORDS("unsigned")),), role="signature"),
        Paragraph((Sentence(date),), role="signature"),
    )
    # How to bring what is missing is advice to the author, not to the addressee.
    front = (address, paragraph(_opening(context)), *(b for b in document.front if not isinstance(b, Box)))
    title = WORDS("title.sheet" if is_sheet(context) else "title", county=context.name)
    if not document.sections:
        return replace(document, title=title, front=(*front, *closing))
    last = document.sections[-1]
    sections = (*document.sections[:-1], replace(last, blocks=(*last.blocks, *closing)))
    return replace(document, title=title, front=front, sections=sections)


def _opening(context: Context) -> Sentence:
    asset, bound = headline.asset_of(context), headline.constraint_of(context)
    if bound is None:
        return say(WORDS, "opening.plain", county=context.name, asset=asset)
    return say(WORDS, "opening", county=context.name, asset=asset, constraint=bound)
