"""The plan of a county as plain text."""

from __future__ import annotations

from bolang.atlas.romanize import romanize
from bolang.document.model import Paragraph
from bolang.foundation.text import Lang, Text
from bolang.pages.plan.page import plan_blocks
from bolang.pathway.plan.result import Plan


def explain(plan: Plan, lang: Lang) -> str:
    """Write what the first page of the plan says, without its table."""
    gap = " " if lang == "en" else ""
    blocks = (block for block in plan_blocks(plan) if isinstance(block, Paragraph))
    lines = [gap.join(text.in_(lang) for text in _texts(block)) for block in blocks]
    said = "\n".join(lines)
    return romanize(said) if lang == "en" else said


def _texts(block: Paragraph) -> list[Text]:
    said = [sentence.text for sentence in block.sentences]
    return said if block.lead is None else [block.lead, *said]
