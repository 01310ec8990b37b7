"""One page for those who decide: the top line first, then what to do, how surely, with which money, against which risk."""

from __future__ import annotations

from bolang.document.model import Block, Box, Paragraph, Section
from bolang.foundation.text import Text, join
from bolang.pages.report.context import Context
from bolang.pages.report.modelled import MODEL
from bolang.pages.report.phrases import paragraph, tell


def decision_page(context: Context) -> Section | None:
    """Return the page, or None where the model was not solved and there is no plan to decide on."""
    if context.modelled is None:
        return None
    brief = context.modelled.plan.brief
    figures = [Text(f"{label.zh} {value.zh}", f"{label.en} {value.en}") for label, value in brief.figures]
    top = Box(
        Text("首要结论", "Top line"),
        (paragraph(tell(brief.top_line, MODEL)), paragraph(tell(join(figures, "；", "; ") + Text("。", ".")))),
    )
    blocks: list[Block] = [top]
    blocks += [paragraph(tell(point.text), lead=point.heading + Text("。", ".")) for point in brief.points]
    blocks += [Paragraph((tell(caveat),), None, "small") for caveat in brief.caveats]
    return Section("decision", Text("决策摘要", "For those who decide"), tuple(blocks), numbered=False, new_page=True)
