"""Chapter three: which neighbours to join, in which industries, and which links are missing at home."""

from __future__ import annotations

from bolang.document.model import Block, Note, Section
from bolang.foundation.text import Text
from bolang.pages.report.circulation import NETWORK
from bolang.pages.report.context import Context
from bolang.pages.report.notes import CENSUS
from bolang.pages.report.phrases import paragraph, tell

IO_TABLE = Note(
    "io-2020",
    Text(
        "外购与缺口按2020年全国投入产出表（国家统计局）国内消耗系数与FLQ法（Flegg和Tohmo 2013，δ=0.3）估计，产出按就业与全国劳均产出推算；"
        "引力按城镇人口除以车程平方（Reilly 1931）。金额只示方向。",
        "Purchases and gaps: domestic coefficients of the national input-output table of 2020 (National Bureau of Statistics) and FLQ (Flegg and Tohmo "
        "2013, delta 0.3), output from employment at national output per worker; pull: urban residents over squared hours (Reilly 1931). Amounts show "
        "directions only.",
    ),
)


def join_neighbours(context: Context) -> Section:
    """Say whom to join and what to supply, with the evidence."""
    from bolang.pathway import advise_neighbours

    found = context.modelled.plan.neighbours if context.modelled is not None else None
    if found is None:
        found = advise_neighbours(context.atlas, context.county)
    blocks: list[Block] = [paragraph(tell(found.headline, CENSUS, NETWORK, IO_TABLE))]
    if found.opportunities:
        blocks.append(paragraph(tell(Text("可对接的行业：", "Industries in which to supply it:"))))
        blocks += [paragraph(tell(o.sentence), bullet=True) for o in found.opportunities]
    if found.missing:
        blocks.append(paragraph(tell(Text("本地缺失的环节：", "Links that are missing at home:"))))
        blocks += [paragraph(tell(link.sentence), bullet=True) for link in found.missing]
    blocks.append(paragraph(tell(found.caveat)))
    return Section("join", Text("与谁联动：核心城市与缺失环节", "Whom to join, and what is missing"), tuple(blocks))
