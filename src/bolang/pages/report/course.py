"""Chapter one: course and achievements: output, people, work, and the desk table."""

from __future__ import annotations

from bolang.atlas.model import Fact
from bolang.diagnosis.result import GrowthLine
from bolang.document.model import Block, Number, Paragraph, Section, Sentence
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import DOLLARS_YI, HOUSEHOLDS, MONEY_WAN, MONEY_YI, Unit, number_text
from bolang.pages.report import drawings, notes, tables
from bolang.pages.report.context import Context
from bolang.pages.report.phrases import lower, paragraph, percent, points, ranked, say, tell

_UNITS: dict[str, Unit] = {"万元": MONEY_WAN, "亿元": MONEY_YI, "亿美元": DOLLARS_YI, "户": HOUSEHOLDS}


def output_section(context: Context) -> Section:
    """Output: latest figure and rank, structure, growth against the areas above, conflicting figures."""
    blocks: list[Block | None] = [
        history_paragraph(context),
        paragraph(*_latest_output(context)),
        _newest_figures(context),
        paragraph(*_growth_sentences(context)) if context.diagnosis.growth else None,
        drawings.growth_figure(context),
        tables.growth_table(context),
        _conflict_paragraph(context),
    ]
    return Section("output", Text("总量与增长", "Output and growth"), tuple(b for b in blocks if b is not None))


def _latest_output(context: Context) -> list[Sentence | None]:
    years = context.yearly("gdp")
    if not years:
        text = Text(
            f"内置资料中没有{context.name}的地区生产总值，本报告不对其经济总量作判断；以下分析以两次人口普查的就业和人口数据为主。",
            f"The built-in data hold no GDP for {context.name}, so nothing is said on the size of its economy; what follows rests "
            "on employment and population in the two censuses.",
        )
        return [tell(text)]
    year, fact = max(years.items())
    amount = money(fact)
    first = say(
        f"{year}年，{context.name}实现地区生产总值{amount.text.zh}。",
        f"In {year} the GDP of {context.name} was {amount.text.en}.",
        notes.fact_note(fact),
    )
    return [first, _ranks(context, year), _structure(context, fact), _per_head(context)]


def money(fact: Fact, digits: int = 2) -> Number:
    """Return a fact as a number in the unit that readers expect."""
    return Number(
        fact.value, digits, _UNITS.get(fact.unit, Unit(same(fact.unit))), fact.year, fact.status, same(fact.source)
    )


def _ranks(context: Context, latest: int) -> Sentence | None:
    """Say the ranks of GDP in province and prefecture, in the latest year that covers most units."""
    found = context.ranked_year("gdp", latest)
    if found is None:
        return None
    values, year = found
    clauses = []
    for group in ("province", "prefecture"):
        standing = context.standing(values, group)
        if standing is not None and standing.count > 2 and not (group == "prefecture" and context.in_municipality):
            clauses.append(ranked(standing, context.group_name(group)))
    if not clauses:
        return None
    when = (
        Text("", "It ranks ")
        if year == latest
        else Text(f"以多数县有数的{year}年计，", f"In {year}, the last year with figures for most units, it was ")
    )
    told = join(clauses, "、", " and ")
    return say(f"{when.zh}{told.zh}。", f"{when.en}{told.en}.")


def _structure(context: Context, gdp: Fact) -> Sentence | None:
    parts = [context.yearly(f"gdp_{sector}").get(gdp.year) for sector in ("primary", "secondary", "tertiary")]
    if any(part is None for part in parts):
        return None
    shares = [100.0 * part.value / gdp.value for part in parts if part is not None]
    lead = max(range(3), key=lambda i: shares[i])
    name = (
        Text("第一产业", "the primary sector"),
        Text("第二产业", "the secondary sector"),
        Text("第三产业", "services"),
    )[lead]
    ratio = ":".join(f"{share:.1f}" for share in shares)
    return say(
        f"三次产业结构为{ratio}，{name.zh}占比最高。",
        f"The three sectors stand at {ratio}; the largest is {name.en}.",
        notes.together_note([part for part in parts if part is not None]),
    )


def _per_head(context: Context) -> Sentence | None:
    reading = context.reading("gdp_per_head")
    if reading is None or "nation" not in reading.standing:
        return None
    nation = reading.standing["nation"]
    value = f"{number_text(reading.value or 0.0, 0)}"
    mark = Text("（估计）", " (estimated)") if reading.status == "estimated" else same("")
    return say(
        f"按常住人口计算，{reading.year}年人均{value}元{mark.zh}，{ranked(nation, Text('全国有数据的', '')).zh.replace('个单元', '个县级单元')}。",
        f"Per resident it was {value} yuan{mark.en} in {reading.year}, {ranked(nation, Text('', 'the nation')).en}.",
        context.note(reading),
    )


def _growth_sentences(context: Context) -> list[Sentence]:
    """Lead with the longest period, then say in which periods the county outran or trailed, then the breaks."""
    lines = [line for line in context.diagnosis.growth if line.growth is not None]
    if not lines:
        return []
    main = max(lines, key=lambda line: line.last_year - line.first_year)
    made = [growth_sentence(context, main, lead=True)]
    others = [line for line in lines if line is not main]
    made += [growth_sentence(context, line, lead=False) for line in others[-2:]]
    turn = _turn(main, others[-1]) if others else None
    if turn is not None:
        made.append(turn)
    flagged = [flag for line in lines for flag in line.flags]
    if flagged:
        unique = list(dict.fromkeys(flagged))
        made.append(
            say(
                f"比较时须注意口径：{'；'.join(flag.zh for flag in unique)}。",
                f"Mind the breaks: {'; '.join(flag.en for flag in unique)}.",
                tables.GROWTH_NOTE,
            )
        )
    return made


def growth_sentence(context: Context, line: GrowthLine, *, lead: bool) -> Sentence:
    """Say the growth of one period and its gaps to the areas above."""
    annual = line.last_year - line.first_year > 1
    growth = number_text(line.growth or 0.0, 1)
    gaps = []
    if line.gap_to_prefecture is not None and not context.in_municipality:
        gaps.append(points(line.gap_to_prefecture, context.county.prefecture))
    if line.gap_to_province is not None:
        gaps.append(points(line.gap_to_province, context.county.province))
    tail = Text("，", ", ") + join(gaps, "、", " and ") if gaps else same("")
    subject = Text("名义地区生产总值", "nominal GDP ") if lead else same("")
    verb = Text("年均增长" if annual else "增长", "grew by" if lead else "growth was")
    return say(
        f"{line.first_year}—{line.last_year}年，{subject.zh}{verb.zh}{growth}%{tail.zh}。",
        f"From {line.first_year} to {line.last_year} {subject.en}{verb.en} {growth}%{' a year' if annual else ''}{tail.en}.",
        *((tables.GROWTH_NOTE,) if lead else ()),
    )


def _turn(main: GrowthLine, recent: GrowthLine) -> Sentence | None:
    """Say that the lead over the prefecture has widened, vanished or turned."""
    clear = load_parameters("bolang.pages.report").number("growth_gap")
    before, now = main.gap_to_prefecture, recent.gap_to_prefecture
    if before is None or now is None or recent.flags:
        return None
    if before > clear and now < -clear:
        return say("领先已转为落后，动能减弱值得追问。", "The lead has turned into a lag: ask what lost its force.")
    if before < -clear and now > clear:
        return say(
            "落后已转为领先，须看是基数、项目还是持续的动能。",
            "The lag has turned into a lead: ask whether it is base, one project or lasting.",
        )
    return None


def _newest_figures(context: Context) -> Paragraph | None:
    """Quote the figures of 2025 that the Yiwu report gives, against the areas above (Yiwu only)."""
    table = context.atlas.table("report_2025")
    growth = dict(table.filter(table["indicator"] == "gdp_growth").select("code", "value").iter_rows())
    own = growth.get(context.county.code)
    if own is None:
        return None
    gaps = [
        points(own - growth[code], name)
        for code, name in (
            (context.county.province_code, context.county.province),
            (context.county.prefecture_code, context.county.prefecture),
        )
        if code in growth
    ]
    return paragraph(
        say(
            f"义乌报告载，2025年地区生产总值可比增长{percent(own)}，{join(gaps, '、', ' and ').zh}。",
            f"The Yiwu report puts real growth in 2025 at {percent(own)}, {join(gaps, '、', ' and ').en}.",
            notes.SOURCE_REPORT,
        ),
        _quoted(context),
    )


_QUOTED = ("trade_total", "retail_sales", "market_entities", "trade_partners")


def _quoted(context: Context) -> Sentence | None:
    facts = [found[max(found)] for name in _QUOTED if (found := context.yearly(name))]
    if not facts:
        return None
    parts = []
    for fact in facts:
        amount = money(fact, 2 if fact.unit in _UNITS else 0).text
        parts.append(
            Text(f"{fact.label.zh}{amount.zh}（{fact.year}年）", f"{lower(fact.label).en} {amount.en} ({fact.year})")
        )
    joined = Text("、".join(p.zh for p in parts), "; ".join(p.en for p in parts))
    return say(
        f"其他最新公布数：{joined.zh}。",
        f"Other latest figures: {joined.en}.",
        *(notes.fact_note(fact) for fact in facts),
    )


def history_paragraph(context: Context) -> Paragraph | None:
    """Tell how the unit itself changed: county to city, city to district."""
    told = [c.text for c in context.atlas.history(context.county) if c.what != "recoded"]
    if not told:
        return None
    return paragraph(
        say(
            f"建制沿革：{'；'.join(t.zh for t in told)}。",
            f"Changes of the unit: {'; '.join(t.en for t in told)}.",
            notes.CHANGES,
        )
    )


def _conflict_paragraph(context: Context) -> Paragraph | None:
    """Set figures side by side that sources give differently; none is chosen silently."""
    found = context.diagnosis.conflicts
    if not found:
        return None
    made = []
    for conflict in found[:3]:
        values = [
            f"{number_text(value, 2)}{unit}（{definition or source}）"
            for value, unit, source, definition in conflict.values
        ]
        made.append(
            say(
                f"{conflict.year}年{conflict.label.zh}：{'；'.join(values)}。",
                f"{conflict.label.en} {conflict.year}: {'; '.join(values)}.",
            )
        )
    rest = len(found) - len(made)
    more = say(f"另有{rest}项，见 bolang trace。", f"{rest} more: see bolang trace.") if rest > 0 else None
    return paragraph(
        *made, more, lead=Text("口径不一的官方数字并列如下。", "Official figures that disagree stand side by side.")
    )
