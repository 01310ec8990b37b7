"""Work: how employment changed in ten years, and how much of it was the county's own doing."""

from __future__ import annotations

from bolang.document.model import Block, Section, Sentence
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text
from bolang.foundation.units import number_text
from bolang.pages.report import drawings, notes, tables
from bolang.pages.report.context import Context
from bolang.pages.report.phrases import (
    listed,
    lower,
    paragraph,
    say,
)

NO_WORK = say(
    "普查长表没有该单元的就业样本，不作行业分析。",
    "The long form of the census holds no employed person of this unit: nothing is said on its industries.",
    notes.CENSUS,
)


def work_section(context: Context) -> Section:
    """Work: how employment changed, and how much of it was the county's own doing."""
    title = Text("就业结构的十年之变", "Ten years of work")
    if not context.diagnosis.industries:
        return Section("work", title, (paragraph(NO_WORK),))
    blocks: list[Block | None] = [
        paragraph(*_work_sentences(context)),
        drawings.shift_figure(context),
        tables.industry_table(context),
    ]
    return Section("work", title, tuple(b for b in blocks if b is not None))


def _work_sentences(context: Context) -> list[Sentence | None]:
    lines = [line for line in context.diagnosis.industries if line.regional_effect is not None]
    if not lines:
        return [
            say(
                "两次普查间区划有变、无法归并，不作偏离—份额分析；下表列出2020年结构。",
                "Boundaries changed between the censuses and cannot be aligned: there is no shift-share analysis; the table gives 2020.",
            )
        ]
    national, mix, own = (
        sum(getattr(line, name) or 0.0 for line in lines)
        for name in ("national_effect", "mix_effect", "regional_effect")
    )
    change = national + mix + own
    before = sum(line.employed_earlier or 0 for line in lines)
    first = say(
        f"按10%抽样长表，就业人数由{before:,}变为{round(before + change):,}（{number_text(change, 0, signed=True)}），其中全国份额效应"
        f"{number_text(national, 0, signed=True)}、产业结构效应{number_text(mix, 0, signed=True)}、竞争力效应{number_text(own, 0, signed=True)}，见[[shifts]]。",
        f"In the 10% sample employment went from {before:,} to {round(before + change):,} ({number_text(change, 0, signed=True)}): national growth "
        f"{number_text(national, 0, signed=True)}, industry mix {number_text(mix, 0, signed=True)}, competitive shift {number_text(own, 0, signed=True)}; see [[shifts]].",
        notes.SHIFT_SHARE,
    )
    if context.small_sample:
        return [first, _too_small(context)]
    farm = next(line for line in lines if line.code == "A").regional_effect or 0.0
    return [
        first,
        _reading_of(mix, own - farm, before),
        _farm_shift(farm, own),
        _winners(context, positive=True),
        _winners(context, positive=False),
    ]


def _too_small(context: Context) -> Sentence:
    return say(
        f"样本仅{context.sample:,}人，分行业的变化误差很大，只列数字，不作判断。",
        f"With {context.sample:,} persons in the sample the changes by industry are very uncertain: figures only, no judgement.",
    )


def _farm_shift(farm: float, own: float) -> Sentence | None:
    if farm <= 0.2 * abs(own):
        return None
    return say(
        f"农业的竞争力效应（{number_text(farm, 0, signed=True)}）只表明劳动力转出慢于全国，不计入上述判断。",
        f"The competitive shift of farming ({number_text(farm, 0, signed=True)}) only means that labour left it more slowly than elsewhere; it is not counted here.",
    )


def _reading_of(mix: float, own: float, before: int) -> Sentence:
    line = load_parameters("bolang.pages.report").number("shift_matters") / 100.0 * before
    if own > line:
        return say(
            "扣除全国和行业因素后非农就业仍有净增；这一残差可能来自本地环境、企业和市场的竞争力，也可能来自政策、区位或基数。",
            "Non-farm jobs grew beyond what nation and industries explain; this residual may be the strength of the place and its firms, or policy, location or a small base.",
        )
    if own < -line:
        cause = "行业结构并不吃亏，问题在本地竞争力" if mix > 0 else "行业结构与本地竞争力同时拖累"
        english = (
            "The mix of industries was no burden; the place itself lost ground"
            if mix > 0
            else "Both the mix and the place itself held it back"
        )
        return say(f"{cause}。", f"{english}.")
    return say(
        "竞争力效应接近于零，变化主要由全国趋势和行业结构解释。",
        "The competitive shift is near zero: nation and mix explain the change.",
    )


def _winners(context: Context, *, positive: bool) -> Sentence | None:
    lines = [line for line in context.diagnosis.industries if line.regional_effect is not None and line.code != "A"]
    ordered = sorted(lines, key=lambda line: line.regional_effect or 0.0, reverse=positive)
    least = load_parameters("bolang.pages.report").number("shift_named")
    sign = 1.0 if positive else -1.0
    chosen = [line for line in ordered[:3] if sign * (line.regional_effect or 0.0) >= least]
    if not chosen:
        return None
    names = listed(
        [
            Text(
                f"{line.label.zh}（{number_text(line.regional_effect or 0.0, 0, signed=True)}）",
                f"{lower(line.label).en} ({number_text(line.regional_effect or 0.0, 0, signed=True)})",
            )
            for line in chosen
        ]
    )
    if positive:
        return say(f"竞争力效应最大的是{names.zh}。", f"The largest competitive gains are in {names.en}.")
    return say(f"落后于全国同业的主要是{names.zh}。", f"It fell behind its industries mainly in {names.en}.")
