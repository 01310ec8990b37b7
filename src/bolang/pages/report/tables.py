"""Tables of the report."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bolang.diagnosis.result import Group, IndustryLine, Reading
from bolang.document.model import Cell, Column, Note, Number, Row, Table
from bolang.foundation.text import Text, same
from bolang.foundation.units import MONEY_WAN, NONE, PERCENT, POINTS, Unit
from bolang.pages.report import notes
from bolang.pages.report.context import Context
from bolang.pages.report.phrases import rank_cell, reading_number

CENSUS_SOURCE = Text(
    "第六、七次全国人口普查分县资料，拨浪计算", "Population censuses of 2010 and 2020; computed by bolang"
)
_RANK = Text("位次（在有数据的单元中）", "Rank (of units with a value)")
_SAMPLE = Unit(Text("人（样本）", " persons in the sample"))
_FISCAL: tuple[tuple[str, Text], ...] = (
    ("gdp", Text("地区生产总值（亿元）", "GDP (billion yuan)")),
    ("fiscal_revenue", Text("一般公共预算收入（亿元）", "General budget revenue (billion yuan)")),
    ("fund_revenue", Text("政府性基金收入（亿元）", "Government-fund revenue (billion yuan)")),
    ("fiscal_expenditure", Text("一般公共预算支出（亿元）", "General budget expenditure (billion yuan)")),
    ("debt_balance", Text("政府债务余额（亿元）", "Government debt (billion yuan)")),
)


def desk_table(context: Context) -> Table:
    """Build the table that credit analysts pull first; what is not published says so."""
    rows = []
    for indicator, label in _FISCAL:
        rows.append(_money_row(context, indicator, label))
    rows.append(_self_sufficiency(context))
    rows.append(_debt_rate(context))
    columns = (
        Column(Text("指标", "Item"), "left", 2.6),
        Column(Text("数值", "Value"), "right", 1.3),
        Column(Text("年份", "Year"), "center", 0.7),
        Column(Text("省内", "Province"), "center", 0.9, _RANK),
        Column(Text("市（州）内", "Prefecture"), "center", 0.9, _RANK),
    )
    return Table(
        "desk",
        Text(f"{context.name}信用分析常用指标", f"{context.name}: the desk table of credit analysts"),
        columns,
        tuple(rows),
        Text(
            "县（市）统计年鉴与预算执行报告，见注释。“未公布”指内置数据中没有公开数，可用 bolang import 补入",
            "County yearbooks and budget reports, see notes. Not published: the built-in data hold no public figure; "
            "bring it in with bolang import",
        ),
        (notes.DEBT_RULES,),
    )


def _money_row(context: Context, indicator: str, label: Text) -> Row:
    years = context.yearly(indicator)
    if not years:
        return Row((label, Number(None, 2, MONEY_WAN), same("—"), same("—"), same("—")))
    year, fact = max(years.items())
    number = Number(fact.value, 2, MONEY_WAN, year, fact.status, same(fact.source))
    cells = (label, number, same(str(year)), *_ranks(context, indicator, year))
    return Row(cells, notes=(notes.fact_note(fact),))


def _ranks(context: Context, indicator: str, year: int) -> tuple[Cell, Cell]:
    ranked = context.ranked_year(indicator, year)
    if ranked is None:
        return same("—"), same("—")
    values, when = ranked
    prefecture = None if context.in_municipality else context.standing(values, "prefecture")
    ranks = rank_cell(context.standing(values, "province")), rank_cell(prefecture)
    if when == year:
        return ranks
    return ranks[0] + Text(f"（{when}年）", f" ({when})"), ranks[1]


def _self_sufficiency(context: Context) -> Row:
    label = Text("财政自给率（收入/支出，%）", "Self-sufficiency (revenue/expenditure, %)")
    revenue, spending = context.yearly("fiscal_revenue"), context.yearly("fiscal_expenditure")
    common = sorted(set(revenue) & set(spending))
    if not common:
        return Row((label, Number(None, 1, PERCENT), same("—"), same("—"), same("—")))
    year = common[-1]
    ratio = 100.0 * revenue[year].value / spending[year].value
    number = Number(ratio, 1, PERCENT, year, "derived", same(revenue[year].source))
    ranks: tuple[Cell, Cell] = (same("—"), same("—"))
    above, below = (context.all_values(name, year) for name in ("fiscal_revenue", "fiscal_expenditure"))
    if above is not None and below is not None:
        with np.errstate(invalid="ignore", divide="ignore"):
            values = np.where(below > 0, 100.0 * above / below, np.nan)
        prefecture = None if context.in_municipality else context.standing(values, "prefecture")
        ranks = (rank_cell(context.standing(values, "province")), rank_cell(prefecture))
    return Row((label, number, same(str(year)), *ranks))


def _debt_rate(context: Context) -> Row:
    label = Text("债务率（债务/综合财力，%）", "Debt rate (debt/fiscal capacity, %)")
    parts = [context.yearly(name) for name in ("debt_balance", "fiscal_revenue", "fund_revenue", "transfers")]
    common = sorted(set.intersection(*(set(part) for part in parts)))
    if not common:
        return Row((label, Number(None, 1, PERCENT), same("—"), same("—"), same("—")))
    year = common[-1]
    debt, *capacity = (part[year].value for part in parts)
    number = Number(100.0 * debt / sum(capacity), 1, PERCENT, year, "derived", same(parts[0][year].source))
    return Row((label, number, same(str(year)), same("—"), same("—")))


def dimension_table(context: Context) -> Table:
    """Seven dimensions with index, ranks by group and the range of the national rank."""
    groups: tuple[Group, ...] = ("nation", "province", "prefecture", "peers")
    kinds = {"shortcoming": Text("短板", "Shortcoming"), "advantage": Text("优势", "Advantage")}
    rows = []
    for dimension in context.diagnosis.dimensions:
        index = Number(dimension.index, 0, NONE, 2020, "derived", missing=Text("数据不足", "too little data"))
        spread = same("—")
        if dimension.rank_low is not None and dimension.rank_high is not None:
            spread = Text(f"{dimension.rank_low}—{dimension.rank_high}", f"{dimension.rank_low}–{dimension.rank_high}")
        places = {g: s for g, s in dimension.standing.items() if not (g == "prefecture" and context.in_municipality)}
        ranks = [rank_cell(places.get(group)) for group in groups]
        rows.append(Row((dimension.label, kinds[dimension.kind], index, ranks[0], spread, *ranks[1:])))
    rank = Text("位次", "Rank")
    columns = (
        Column(Text("维度", "Dimension"), "left", 2.2),
        Column(Text("义乌报告归类", "In the Yiwu report"), "left", 1.2),
        Column(Text("指数", "Index"), "right", 0.8),
        Column(Text("全国", "Nation"), "center", 1.2, rank),
        Column(Text("全国名次区间", "Range in the nation"), "center", 1.3, rank),
        Column(Text("省内", "Province"), "center", 0.9, rank),
        Column(Text("市内", "Prefecture"), "center", 0.9, rank),
        Column(Text("对标组", "Peers"), "center", 0.9, rank),
    )
    return Table(
        "dimensions",
        Text(f"{context.name}的七个维度", f"{context.name} on seven dimensions"),
        columns,
        tuple(rows),
        Text("拨浪诊断；指数为各指标全国百分位的平均", "bolang diagnosis; the index is the mean national percentile"),
        (notes.INDEX, notes.SOURCE_REPORT),
    )


def reading_table(context: Context) -> Table:
    """Every indicator behind the seven dimensions."""
    rows: list[Row] = []
    for dimension in context.diagnosis.dimensions:
        for place, reading in enumerate(dimension.readings):
            unit = Text(f"（{reading.unit.zh}）", f" ({reading.unit.en})") if reading.unit.zh else same("")
            earlier = Number(
                reading.earlier, reading.digits, NONE, reading.earlier_year, "derived", missing=Text("—", "–")
            )
            nation = reading.standing.get("nation")
            percentile = Number(
                None if nation is None else nation.percentile, 0, NONE, reading.year, "derived", missing=Text("—", "–")
            )
            ranks = [rank_cell(reading.standing.get(group)) for group in ("province", "peers")]
            year = same(str(reading.year)) if reading.value is not None else same("—")
            names = (reading.label + unit, dimension.label if place == 0 else same(""))
            traced = (context.note(reading),) if reading.value is not None else ()
            rows.append(Row((*names, reading_number(reading), year, earlier, percentile, *ranks), notes=traced))
    columns = (
        Column(Text("指标", "Indicator"), "left", 3.2),
        Column(Text("维度", "Dimension"), "left", 1.2),
        Column(Text("最新值（95%区间）", "Latest (95% interval)"), "right", 1.9),
        Column(Text("年份", "Year"), "center", 0.7),
        Column(Text("2010年", "2010"), "right", 0.9),
        Column(Text("全国百分位", "National percentile"), "right", 0.9),
        Column(Text("省内位次", "Rank in province"), "center", 1.0),
        Column(Text("对标组位次", "Rank among peers"), "center", 1.0),
    )
    return Table(
        "readings",
        Text(f"{context.name}全部诊断指标", f"{context.name}: all indicators of the diagnosis"),
        columns,
        tuple(rows),
        Text("各指标来源见注释；百分位越高越强", "Sources in the notes; a higher percentile is stronger"),
    )


def industry_table(context: Context) -> Table:
    """Employment by industry with shares, quotients and the parts of change."""
    rows = [_industry_row(line) for line in sorted(context.diagnosis.industries, key=lambda line: -line.employed)]
    shift = Text("2010—2020年变化的构成（样本人数）", "Parts of the change 2010–2020 (persons in the sample)")
    columns = (
        Column(Text("行业", "Industry"), "left", 2.4),
        Column(Text("就业（样本人数）", "Employed (sample)"), "right", 1.1),
        Column(Text("占比（%）", "Share (%)"), "right", 0.8),
        Column(Text("区位商（95%区间）", "Quotient (95% interval)"), "right", 1.8),
        Column(Text("全国份额", "National"), "right", 1.05, shift),
        Column(Text("产业结构", "Mix"), "right", 1.0, shift),
        Column(Text("竞争力", "Competitive"), "right", 1.25, shift),
    )
    return Table(
        "industries",
        Text(f"{context.name}分行业就业与偏离—份额", f"{context.name}: employment and shift-share by industry"),
        columns,
        tuple(rows),
        CENSUS_SOURCE,
        (notes.CENSUS, notes.SHIFT_SHARE),
    )


def _industry_row(line: IndustryLine) -> Row:
    def effect(value: float | None) -> Number:
        return Number(value, 0, _SAMPLE, 2020, "derived", CENSUS_SOURCE, signed=True, missing=Text("不可比", "n/c"))

    return Row(
        (
            line.label,
            Number(float(line.employed), 0, _SAMPLE, 2020, "measured", CENSUS_SOURCE),
            Number(line.share, 1, PERCENT, 2020, "derived", CENSUS_SOURCE),
            Number(line.lq, 2, NONE, 2020, "derived", CENSUS_SOURCE, line.lq_low, line.lq_high),
            effect(line.national_effect),
            effect(line.mix_effect),
            effect(line.regional_effect),
        ),
        strong=line.lq_low > 1.0,
    )


def growth_table(context: Context) -> Table | None:
    """Average nominal growth of the county against prefecture and province by period."""
    lines = [line for line in context.diagnosis.growth if line.growth is not None]
    if not lines:
        return None
    rows = []
    for line in lines:
        period = Text(f"{line.first_year}—{line.last_year}年", f"{line.first_year}–{line.last_year}")
        flags = (
            Text("；".join(f.zh for f in line.flags), "; ".join(f.en for f in line.flags)) if line.flags else same("")
        )
        values = [
            Number(value, 1, unit, line.last_year, "derived", signed=unit is POINTS, missing=Text("—", "–"))
            for value, unit in (
                (line.growth, PERCENT),
                (line.prefecture_growth, PERCENT),
                (line.province_growth, PERCENT),
                (line.gap_to_prefecture, POINTS),
                (line.gap_to_province, POINTS),
            )
        ]
        rows.append(Row((period, *values, flags)))
    gap = Text("差距（个百分点）", "Gap (points)")
    rate = Text("名义年均增速（%）", "Nominal growth a year (%)")
    columns = (
        Column(Text("时期", "Period"), "left", 1.3),
        Column(same(context.short), "right", 0.9, rate),
        Column(same(context.county.prefecture), "right", 0.9, rate),
        Column(same(context.county.province), "right", 0.9, rate),
        Column(Text("比市", "Prefecture"), "right", 0.8, gap),
        Column(Text("比省", "Province"), "right", 0.8, gap),
        Column(Text("口径提示", "Breaks"), "left", 2.2),
    )
    return Table(
        "growth-rates",
        Text("地区生产总值名义增速与上级地区比较", "Nominal growth of GDP against the areas above"),
        columns,
        tuple(rows),
        Text(
            "县、市、省统计年鉴；名义增速，未扣除价格因素",
            "County, prefecture and province yearbooks; at current prices",
        ),
        (GROWTH_NOTE,),
    )


GROWTH_NOTE = Note(
    "growth",
    Text(
        "县级没有统一公布的价格指数，故县、市、省均按现价计算名义增速；各级数据取各自年鉴，县级数之和不必等于市级数。",
        "There is no price index for all counties, so growth is nominal for county, prefecture and province alike; each level is from "
        "its own yearbook, and counties need not add up to the prefecture.",
    ),
)


def peer_table(context: Context) -> Table:
    """List the peers, why they are comparable, and how they compare."""
    keys = ("gdp_per_head", "manufacturing_lq", "wholesale_retail_lq", "migrant_share")
    chosen = [reading for key in keys if (reading := context.readings.get(key)) is not None]
    panels = {part.indicator.key: part.values.now for d in context.doctor.panel.dimensions for part in d.indicators}
    own = Row(
        (same(context.name), *_values(context, chosen, panels, context.county.index), Text("本县", "this county")),
        strong=True,
    )
    rows = [own]
    for peer in context.diagnosis.peers:
        cells = _values(context, chosen, panels, peer.county.index)
        rows.append(Row((_place(context, peer.county.name, peer.county.province), *cells, peer.reason)))
    columns = (
        Column(Text("县（市、区）", "County"), "left", 1.6),
        *(
            Column(r.label + (Text(f"（{r.unit.zh}）", f" ({r.unit.en})") if r.unit.zh else same("")), "right", 1.35)
            for r in chosen
        ),
        Column(Text("可比之处", "Why comparable"), "left", 4.4),
    )
    return Table(
        "peers",
        Text(f"{context.name}的对标县", f"Peers of {context.name}"),
        columns,
        tuple(rows),
        Text(
            "拨浪诊断，按结构、规模、收入和区位的综合距离选取",
            "bolang diagnosis: nearest by structure, size, income and location",
        ),
        tuple(context.note(reading) for reading in chosen if reading.value is not None),
    )


def _values(context: Context, chosen: Sequence[Reading], panels: dict[str, np.ndarray], row: int) -> list[Number]:
    made = []
    for reading in chosen:
        value = float(panels[reading.key][row])
        made.append(
            Number(
                None if np.isnan(value) else value, reading.digits, NONE, reading.year, "derived", same(reading.source)
            )
        )
    return made


def _place(context: Context, name: str, province: str) -> Text:
    if province == context.county.province:
        return same(name)
    return Text(f"{name}（{province}）", f"{name} ({province})")
