"""Figures of the report: from the diagnosis and the all-county arrays to drawings with caption, source and data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from bolang.atlas import INDUSTRIES, Fact
from bolang.atlas.romanize import place
from bolang.document.model import Column, Figure, Number, Row, Table
from bolang.foundation.text import Text, same
from bolang.foundation.units import NONE, PERCENT
from bolang.pages.report import notes
from bolang.pages.report.context import Context
from bolang.pages.report.tables import CENSUS_SOURCE

if TYPE_CHECKING:
    from bolang.figures.people import Origins, Pyramid

_YEARS = 16
"""Years that the growth figure looks back."""
_MANUFACTURING, _TRADE = INDUSTRIES.index("C"), INDUSTRIES.index("F")


def quotient_figure(context: Context) -> Figure:
    """Industry profile against the nation."""
    from bolang.figures.profile import Quotient, draw_quotients

    lines = [
        Quotient(line.label, line.share, line.lq, line.lq_low, line.lq_high, line.lq_earlier)
        for line in context.diagnosis.industries
    ]
    high = [line.label for line in context.diagnosis.industries if line.lq_low > 1.0]
    return Figure(
        key="quotients",
        caption=Text(f"{context.name}各行业区位商（2020年）", f"{context.name}: location quotients by industry, 2020"),
        alt=Text(
            f"点线图：19个行业的区位商及95%区间，区间高于1的有{'、'.join(t.zh for t in high) or '无'}。",
            f"Dot plot of 19 quotients with intervals; clearly above one: {', '.join(t.en for t in high) or 'none'}.",
        ),
        source=CENSUS_SOURCE,
        draw=lambda lang: draw_quotients(lang, lines),
        notes=(notes.CENSUS,),
    )


def shift_figure(context: Context) -> Figure | None:
    """Shift-share bars; None where 2010 is not comparable."""
    from bolang.figures.profile import Shift, draw_shifts

    lines = [
        Shift(line.label, line.national_effect, line.mix_effect, line.regional_effect)
        for line in context.diagnosis.industries
        if line.national_effect is not None and line.mix_effect is not None and line.regional_effect is not None
    ]
    if not lines:
        return None
    return Figure(
        key="shifts",
        caption=Text(
            f"{context.name}就业变化的来源（2010—2020年，变化最大的10个行业）",
            f"{context.name}: where jobs came from, 2010–2020 (ten industries that changed most)",
        ),
        alt=Text(
            "堆叠条形图：各行业就业变化分解为全国份额、产业结构、竞争力三项。",
            "Stacked bars: national, mix, competitive parts.",
        ),
        source=CENSUS_SOURCE,
        draw=lambda lang: draw_shifts(lang, lines),
        notes=(notes.SHIFT_SHARE,),
    )


def dimension_figure(context: Context) -> Figure:
    """Compare the county with its peers and the benchmark on seven dimensions."""
    from bolang.figures.compare import DimensionLine, draw_dimensions

    rows = [peer.county.index for peer in context.diagnosis.peers]
    lines, data = [], []
    for dimension, panel in zip(context.diagnosis.dimensions, context.doctor.panel.dimensions, strict=True):
        peers = [float(v) for v in panel.score[rows] if not np.isnan(v)]
        score = float(panel.score[context.diagnosis.benchmark.index])
        benchmark = None if np.isnan(score) else score
        lines.append(DimensionLine(dimension.label, dimension.index, peers, benchmark))
        middle = float(np.median(peers)) if peers else None
        cells = [Number(v, 0, NONE, 2020, "derived") for v in (dimension.index, middle, benchmark)]
        data.append(Row((dimension.label, *cells)))
    other = None if context.is_benchmark else place(context.diagnosis.benchmark.name)
    columns = (
        Column(Text("维度", "Dimension"), "left", 2),
        Column(place(context.name)),
        Column(Text("对标县中位数", "Peer median")),
        Column(place(context.diagnosis.benchmark.name)),
    )
    caption = Text(
        f"{context.name}与对标县{'' if context.is_benchmark else '、' + context.diagnosis.benchmark.name}的比较",
        f"{context.name} against its peers{'' if context.is_benchmark else f' and {context.diagnosis.benchmark.name}'}",
    )
    source = Text("拨浪诊断", "bolang diagnosis")
    return Figure(
        key="profile",
        caption=caption,
        alt=Text("点图：七个维度的指数，本县、对标县及其中位数、义乌。", "Dot plot of seven indices."),
        source=source,
        draw=lambda lang: draw_dimensions(lang, lines, place(context.name), other),
        notes=(notes.INDEX,),
        data=Table("profile-data", caption, columns, tuple(data), source),
    )


def plane_figure(context: Context) -> Figure:
    """Market and workshop: the county among all units."""
    from bolang.figures.compare import Cross, Plane, draw_plane

    interval = context.evidence.intervals(2020)

    def cross(row: int, name: str, with_interval: bool) -> Cross:
        x, y = float(interval.quotient[row, _MANUFACTURING]), float(interval.quotient[row, _TRADE])
        if not with_interval:
            return Cross(place(name), x, y)
        bounds = [(float(interval.low[row, s]), float(interval.high[row, s])) for s in (_MANUFACTURING, _TRADE)]
        return Cross(place(name), x, y, bounds[0], bounds[1])

    other = context.diagnosis.benchmark
    plane = Plane(
        interval.quotient[:, _MANUFACTURING],
        interval.quotient[:, _TRADE],
        context.doctor.market_workshops.threshold,
        cross(context.county.index, context.name, True),
        [cross(p.county.index, p.county.name, False) for p in context.diagnosis.peers if p.county.code != other.code],
        None if context.is_benchmark else cross(other.index, other.name, False),
    )
    return Figure(
        key="plane",
        caption=Text(
            "制造业与批发零售业区位商：全国县级单元", "Manufacturing and trade quotients of all county-level units"
        ),
        alt=Text(
            "散点图：横轴制造业区位商，纵轴批发零售业区位商，标出本县、对标县与义乌。", "Scatter of two quotients."
        ),
        source=CENSUS_SOURCE,
        draw=lambda lang: draw_plane(lang, plane),
        notes=(notes.CENSUS,),
    )


def pyramid_figure(context: Context) -> Figure | None:
    """Age and sex in two censuses."""
    from bolang.figures.people import AGES, draw_pyramid

    now, before = _pyramid(context, 2020), _pyramid(context, 2010)
    if now is None:
        return None
    rows = []
    for row, age in enumerate(AGES):
        cells = [Number(float(side[row]), 0, NONE, 2020, "measured", CENSUS_SOURCE) for side in (now.male, now.female)]
        rows.append(Row((same(age.replace("_", "–").replace("–plus", "+")), *cells)))
    caption = Text(f"{context.name}常住人口年龄结构", f"{context.name}: residents by age and sex")
    columns = (Column(Text("年龄", "Age"), "left"), Column(Text("男", "Men")), Column(Text("女", "Women")))
    return Figure(
        key="pyramid",
        caption=caption,
        alt=Text("人口金字塔：2020年为实心，2010年为轮廓。", "Population pyramid: 2020 filled, 2010 outlined."),
        source=CENSUS_SOURCE,
        draw=lambda lang: draw_pyramid(lang, now, before),
        notes=(notes.CENSUS,),
        data=Table("pyramid-data", caption, columns, tuple(rows), CENSUS_SOURCE),
    )


def _pyramid(context: Context, year: int) -> Pyramid | None:
    from bolang.figures.people import AGES, Pyramid

    sides = []
    for sex in ("male", "female"):
        first = [context.value(f"{sex}_0", year), context.value(f"{sex}_1_4", year)]
        rest = [context.value(f"{sex}_{age}", year) for age in AGES[1:]]
        if any(value is None for value in (*first, *rest)):
            return None
        sides.append([sum(v or 0.0 for v in first), *(v or 0.0 for v in rest)])
    return Pyramid(year, sides[0], sides[1])


def origin_figure(context: Context) -> Figure | None:
    """Where residents are registered: county, province, nation, two censuses."""
    from bolang.figures.people import draw_origins

    everyone = np.ones(len(context.atlas.counties), dtype=bool)
    own = np.arange(len(everyone)) == context.county.index
    places = ((place(context.name), own), (place(context.county.province), context.group("province")))
    lines = [
        line
        for label, rows in (*places, (Text("全国", "Nation"), everyone))
        for year in (2020, 2010)
        if (line := _origins(context, label, rows, year)) is not None
    ]
    if not lines or lines[0].label.zh != context.name:
        return None
    caption = Text(f"{context.name}常住人口中的外来人口", f"{context.name}: residents who are registered elsewhere")
    columns = (
        Column(Text("地区", "Place"), "left"),
        Column(Text("年份", "Year")),
        Column(Text("本县其他乡镇街道（%）", "Same county (%)")),
        Column(Text("本省其他县（%）", "Same province (%)")),
        Column(Text("外省（%）", "Other province (%)")),
    )
    rows = tuple(
        Row(
            (
                line.label,
                same(str(line.year)),
                *(
                    Number(v, 1, PERCENT, line.year, "derived", CENSUS_SOURCE)
                    for v in (line.same_county, line.same_province, line.other_province)
                ),
            )
        )
        for line in lines
    )
    return Figure(
        key="origins",
        caption=caption,
        alt=Text(
            "堆叠条形图：本县、本省、外省户籍的外来人口占比。", "Stacked bars of residents by place of registration."
        ),
        source=CENSUS_SOURCE,
        draw=lambda lang: draw_origins(lang, lines),
        notes=(notes.CENSUS,),
        data=Table("origins-data", caption, columns, rows, CENSUS_SOURCE),
    )


def _origins(context: Context, label: Text, rows: np.ndarray, year: int) -> Origins | None:
    from bolang.figures.people import Origins

    names = ("population", "migrants_within_county", "migrants_within_province", "migrants_other_province")
    total, *parts = (context.evidence.column(name, year)[rows] for name in names)
    known = ~np.isnan(np.column_stack([total, *parts])).any(axis=1)
    if not known.any():
        return None
    whole = total[known].sum()
    return Origins(label, year, *(float(100.0 * part[known].sum() / whole) for part in parts))


def growth_figure(context: Context) -> Figure | None:
    """Nominal GDP of county, prefecture and province as an index."""
    from bolang.figures.growth import Series, draw_growth

    years = context.yearly("gdp")
    published = {year: fact.value / 1e4 for year, fact in years.items() if fact.status == "measured"}
    if len(published) < 3:
        return None
    breaks = frozenset(
        y for line in context.diagnosis.growth for y in (2024,) if line.flags and line.first_year < y <= line.last_year
    )
    others = []
    for level, code, name in (
        ("prefecture", context.county.prefecture_code, context.county.prefecture),
        ("province", context.county.province_code, context.county.province),
    ):
        if level == "prefecture" and context.in_municipality:
            continue
        series = context.evidence.area_gdp(code)
        if series:
            others.append(Series(place(name), series))
    first = max(max(published) - _YEARS, min(published))
    published = {year: value for year, value in published.items() if year >= first}
    shared = set(published).intersection(*(set(s.values) for s in others)) if others else set(published)
    if not shared:
        others, shared = [], set(published)
    base = min(shared)
    facts = tuple(years[year] for year in published)
    trimmed = [Series(s.label, {y: v for y, v in s.values.items() if y >= min(published)}) for s in others]
    return Figure(
        key="growth",
        caption=Text(
            f"{context.name}地区生产总值与上级地区比较", f"{context.name}: GDP against prefecture and province"
        ),
        alt=Text("折线图：以基年为100的名义地区生产总值。", "Lines of nominal GDP, base year 100."),
        source=Text("县、市、省统计年鉴（现价）", "County, prefecture and province yearbooks (current prices)"),
        draw=lambda lang: draw_growth(lang, Series(place(context.short), published, breaks), trimmed, base),
        notes=(notes.series_note(facts),),
        data=_gdp_data(context, facts),
    )


def _gdp_data(context: Context, facts: Sequence[Fact]) -> Table:
    from bolang.foundation.units import MONEY_WAN

    columns = (Column(Text("年份", "Year"), "left"), Column(Text("地区生产总值（亿元）", "GDP (billion yuan)")))
    rows = tuple(
        Row((same(str(f.year)), Number(f.value, 2, MONEY_WAN, f.year, f.status, same(f.source)))) for f in facts
    )
    return Table("growth-data", Text(f"{context.name}地区生产总值", f"GDP of {context.name}"), columns, rows, same(""))
