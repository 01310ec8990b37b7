"""What is missing, estimated or doubtful for one county: said on the first page."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bolang.atlas.model import County
from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.result import Dimension, QualityNote
from bolang.diagnosis.sentences import number
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, same

NAMED = 5
"""Indicators without data that are named; the others are counted."""
RECENT = 3
"""Years before the latest accounts within which budget figures go without a note."""


def quality_notes(evidence: Evidence, county: County, dimensions: Sequence[Dimension]) -> tuple[QualityNote, ...]:
    """Collect the notes, gaps first."""
    notes = [
        *_gdp(evidence, county),
        *_missing(dimensions),
        *_continuity(evidence, county),
        *_sample(evidence, county),
        *_fiscal(evidence, county),
    ]
    order = {"gap": 0, "caution": 1, "note": 2}
    return tuple(sorted(notes, key=lambda note: order[note.severity]))


def _gdp(evidence: Evidence, county: County) -> list[QualityNote]:
    year = evidence.census
    value = evidence.column("gdp", evidence.census)[county.index]
    if np.isnan(value):
        text = Text(
            f"{year} 年地区生产总值未公布，也未作估计；凡涉及人均产出的判断均缺。",
            f"GDP of {year} is not published and was not estimated; nothing is said on output per head.",
        )
        return [QualityNote("gap", text)]
    if evidence.gdp_estimated(evidence.census)[county.index]:
        text = Text(
            f"{year} 年地区生产总值未公布，所用数为估计值（上级地区余额按就业与行业生产率分摊），凡引用处均注明“估计”。",
            f"GDP of {year} is not published; the figure used is an estimate (the remainder of the area above, shared out by "
            "employment and national productivity) and is marked estimated wherever it shows.",
        )
        return [QualityNote("gap", text)]
    return []


def _missing(dimensions: Sequence[Dimension]) -> list[QualityNote]:
    missing = [r.label for d in dimensions for r in d.readings if r.value is None]
    if not missing:
        return []
    named, rest = missing[:NAMED], len(missing) - NAMED
    more = Text(f"等 {len(missing)} 项", f" and {rest} more") if rest > 0 else same("")
    text = Text(
        f"以下指标无数据，未作插补：{'、'.join(m.zh for m in named)}{more.zh}。",
        f"No data and no imputation for: {'; '.join(m.en for m in named)}{more.en}.",
    )
    return [QualityNote("gap", text)]


def _continuity(evidence: Evidence, county: County) -> list[QualityNote]:
    note = evidence.atlas.continuity(county)
    if note is None:
        return []
    return [QualityNote("note" if evidence.comparable[county.index] else "caution", note)]


def _sample(evidence: Evidence, county: County) -> list[QualityNote]:
    size = float(evidence.employment(evidence.census)[county.index].sum())
    if np.isnan(size):
        text = Text("普查未公布该单元的行业就业。", "The census published no employment by industry for this unit.")
        return [QualityNote("gap", text)]
    limit = load_parameters("bolang.diagnosis").number("small_sample")
    general = Text(
        f"行业、职业数据来自人口普查 10% 长表（本单元样本 {number(size, 0)} 人），均附抽样区间。",
        f"Industry and occupation come from the 10 % long form of the census ({number(size, 0)} persons here) "
        "and carry sampling intervals.",
    )
    if size >= limit:
        return [QualityNote("note", general)]
    warning = Text(
        f"样本不足 {number(limit, 0)} 人，不排位次，不作强弱判断。",
        f" With fewer than {number(limit, 0)} persons nothing is ranked or judged.",
    )
    return [QualityNote("caution", general + warning)]


def _fiscal(evidence: Evidence, county: County) -> list[QualityNote]:
    budget = ("fiscal_revenue", "fiscal_expenditure")
    latest = [max((f.year for f in evidence.atlas.facts(county, name)), default=0) for name in budget]
    if min(latest) >= evidence.atlas.vintage.accounts - RECENT:
        return []
    shown = [f"{year} 年" if year else "未公布" for year in latest]
    text = Text(
        f"最近的一般公共预算收入：{shown[0]}；支出：{shown[1]}（县域统计年鉴多不列市辖区）。可用 bolang import 导入预算执行报告。",
        f"Latest budget revenue: {latest[0] or 'not published'}; expenditure: {latest[1] or 'not published'} (the county "
        "yearbook leaves most urban districts out); bring in the budget report with bolang import.",
    )
    return [QualityNote("gap", text)]
