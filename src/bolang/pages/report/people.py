"""People: how many, how old, and from where."""

from __future__ import annotations

from bolang.document.model import Block, Number, Section, Sentence
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, same
from bolang.foundation.units import PERSONS, number_text
from bolang.pages.report import drawings, notes
from bolang.pages.report.context import Context
from bolang.pages.report.limits import limits
from bolang.pages.report.phrases import (
    paragraph,
    percent,
    say,
)


def people_section(context: Context) -> Section:
    """People: size and change, age, who comes and from where."""
    blocks: list[Block | None] = [
        paragraph(*_population(context)),
        drawings.pyramid_figure(context),
        paragraph(*_origins(context)),
        drawings.origin_figure(context),
    ]
    return Section("people", Text("人口与城镇化", "People and towns"), tuple(b for b in blocks if b is not None))


def _population(context: Context) -> list[Sentence | None]:
    now, before = context.value("population", 2020), context.value("population", 2010)
    if now is None:
        return [say("2020年普查人口缺失。", "The census population of 2020 is missing.")]
    size = Number(now, 2, PERSONS, 2020).text
    if before is None:
        first = say(
            f"2020年普查常住人口{size.zh}；因区划调整，2010年数据不可比，本报告不作十年比较。",
            f"Residents numbered {size.en} in the census of 2020; boundaries have changed since 2010 and nothing is compared.",
            notes.CENSUS,
        )
        return [first, _ages(context)]
    change = 100.0 * (now / before - 1.0)
    old = Number(before, 2, PERSONS, 2010).text
    first = say(
        f"2020年普查常住人口{size.zh}，比2010年的{old.zh}{'增加' if change >= 0 else '减少'}{number_text(abs(change), 1)}%，{_loss(change).zh}。",
        f"Residents numbered {size.en} in 2020, {number_text(abs(change), 1)}% {'more' if change >= 0 else 'fewer'} than the {old.en} of 2010: "
        f"{_loss(change).en}.",
        notes.CENSUS,
    )
    return [first, _ages(context)]


def _loss(change: float) -> Text:
    mild, marked, severe = limits("population_loss")
    for line, text in (
        (severe, Text("属严重流失，一切投资须按收缩后的规模安排", "a severe loss; any investment must be sized to it")),
        (marked, Text("属明显流失", "a marked loss")),
        (mild, Text("属轻度流失", "a mild loss")),
        (1.4, Text("大体稳定（全国县级单元中位数为−5.9%）", "broadly stable (the median county lost 5.9%)")),
    ):
        if change <= line:
            return text
    return Text("高于全国四分之三的县级单元", "more than three quarters of county-level units grew")


def _ages(context: Context) -> Sentence | None:
    urban, young = context.reading("urban_share"), context.reading("young_share")
    old = context.value("share_65_plus", 2020)
    if urban is None or young is None or old is None:
        return None
    aged = old >= load_parameters("bolang.pages.report").number("aged_share")
    return say(
        f"城镇化率{percent(urban.value or 0.0)}，20—39岁人口占{percent(young.value or 0.0)}，65岁及以上占{percent(old)}"
        f"{'，已属深度老龄化' if aged else ''}。",
        f"{percent(urban.value or 0.0)} live in towns, {percent(young.value or 0.0)} are aged 20 to 39 and {percent(old)} are 65 or older"
        f"{', an aged society' if aged else ''}.",
        context.note(urban),
        context.note(young),
    )


def _origins(context: Context) -> list[Sentence | None]:
    share, far = context.reading("migrant_share"), context.reading("other_province_share")
    if share is None or share.value is None:
        return []
    sentence = say(
        f"县外流入人口占常住人口的{percent(share.value)}{_ten_years(share.earlier, share.earlier_year).zh}。",
        f"People registered outside the county are {percent(share.value)} of residents{_ten_years(share.earlier, share.earlier_year).en}.",
        context.note(share),
    )
    if far is None or far.value is None:
        return [sentence]
    main = far.value > share.value / 2
    second = say(
        f"其中省外来源占{percent(far.value)}，{'吸引力跨越省界，是外向型就业的标志' if main else '以省内流动为主'}。",
        f"{percent(far.value)} come from another province: {'its pull crosses the border, the mark of an outward labour market' if main else 'most moves are within the province'}.",
        context.note(far),
    )
    return [sentence, second]


def _ten_years(earlier: float | None, year: int | None) -> Text:
    if earlier is None or year is None:
        return same("")
    return Text(f"（{year}年为{percent(earlier)}）", f" ({percent(earlier)} in {year})")
