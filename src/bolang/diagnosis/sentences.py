"""Sentences about readings and dimensions, in both languages, from the same numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from bolang.atlas.model import County
from bolang.diagnosis.indicator import Indicator
from bolang.diagnosis.result import Group, Reading, Standing
from bolang.foundation.judgement import STRONG, WEAK
from bolang.foundation.text import Text, join, same


def number(value: float, digits: int) -> str:
    """Write a number with thousands separators and a real minus sign."""
    written = f"{value:,.{digits}f}"
    if math.isclose(float(written.replace(",", "")), 0.0):
        written = written.lstrip("-")
    return written.replace("-", "−")


def quantity(value: float, digits: int, unit: Text) -> Text:
    """Write a number with its unit in both languages."""
    written = number(value, digits)
    gap = "" if unit.en in ("", "%") else " "
    gap_zh = "" if unit.zh.startswith(("（", "/")) else gap
    return Text(written + gap_zh + unit.zh, written + gap + unit.en)


def share(percentile: float) -> str:
    """Write a percentile so that it never claims to beat everybody or nobody."""
    if percentile > 99.9:
        return "99.9"
    if percentile < 0.1:
        return "0.1"
    return f"{percentile:.1f}" if percentile > 99 or percentile < 1 else f"{percentile:.0f}"


def reading_sentence(
    indicator: Indicator,
    county: County,
    value: float | None,
    year: int,
    interval: tuple[float, float] | None,
    earlier: tuple[float, int] | None,
    standing: Mapping[Group, Standing],
    estimated: bool,
) -> Text:
    """Say what a reading is, how it compares, how it moved, and what that means."""
    if value is None:
        return indicator.label + Text(
            "：无公布数据，亦未作估计。", ": nothing is published, and nothing was estimated."
        )
    parts = [_level(indicator, value, year, interval, estimated)]
    nation = standing.get("nation")
    if nation is not None:
        parts.append(_comparison(indicator, county, nation, standing.get("province")))
    if earlier is not None:
        parts.append(_change(indicator, value, earlier))
    if nation is not None and nation.percentile >= STRONG:
        parts.append(indicator.strong)
    elif nation is not None and nation.percentile <= WEAK:
        parts.append(indicator.weak)
    return join(parts)


def _level(
    indicator: Indicator, value: float, year: int, interval: tuple[float, float] | None, estimated: bool
) -> Text:
    amount = quantity(value, indicator.digits, indicator.unit)
    mark = Text("（估计值）", " (estimated)") if estimated else same("")
    spread = same("")
    if interval is not None:
        low, high = (number(bound, indicator.digits) for bound in interval)
        spread = Text(f"（95% 抽样区间 {low}～{high}）", f" (95 % sampling interval {low} to {high})")
    colon = Text("：", ": ")
    said = str(year) in indicator.label.zh
    when = same("") if said else Text(f"（{year} 年）", f" ({year})")
    return indicator.label + when + colon + amount + mark + spread + Text("。", ".")


def _comparison(indicator: Indicator, county: County, nation: Standing, province: Standing | None) -> Text:
    weaker = share(nation.percentile)
    verb = Text("高于", "higher than in") if indicator.direction > 0 else Text("低于", "lower than in")
    text = Text(
        f"{verb.zh}全国 {weaker}% 的县级单元",
        f"This is {verb.en} {weaker} % of the {nation.count:,} county-level units with a value",
    )
    if province is not None:
        text += Text(
            f"，按强弱在{county.province}列第 {province.rank}/{province.count} 位",
            f"; from the strong end it ranks {province.rank} of {province.count} in {county.province}",
        )
    return text + Text("。", ".")


def _change(indicator: Indicator, value: float, earlier: tuple[float, int]) -> Text:
    before, year = earlier
    written = quantity(before, indicator.digits, indicator.unit)
    if number(before, indicator.digits) == number(value, indicator.digits):
        return Text(f"与 {year} 年持平。", f"It was the same in {year}.")
    rose = value > before
    return Text(
        f"较 {year} 年的 {written.zh}{'上升' if rose else '下降'}。",
        f"It {'rose' if rose else 'fell'} from {written.en} in {year}.",
    )


def dimension_verdict(
    label: Text,
    index: float | None,
    standing: Mapping[Group, Standing],
    rank_interval: tuple[int, int] | None,
    readings: Sequence[Reading],
) -> Text:
    """Say how a dimension stands, on what it rests, and how sure the rank is."""
    nation = standing.get("nation")
    if index is None or nation is None or rank_interval is None:
        return label + Text(
            "：可用数据不足一半，不作判断。", ": less than half of its data exist; no judgement is made."
        )
    level = _level_word(nation.percentile)
    low, high = rank_interval
    parts = [
        Text(
            f"{label.zh}{level.zh}：指数 {index:.0f}（0—100），全国第 {nation.rank}/{nation.count} 位，"
            f"改变权重与口径后名次在 {low}—{high} 之间。",
            f"{label.en} is {level.en}: index {index:.0f} of 100, rank {nation.rank} of {nation.count:,} nationally; "
            f"under other weights and normalisations the rank lies between {low:,} and {high:,}.",
        )
    ]
    ranked = sorted((r for r in readings if "nation" in r.standing), key=lambda r: r.standing["nation"].percentile)
    best, worst = ranked[-1], ranked[0]
    if best is not worst:
        parts.append(
            Text(
                f"相对最强的是{best.label.zh}（强于 {share(best.standing['nation'].percentile)}% 的单元），"
                f"最弱的是{worst.label.zh}（强于 {share(worst.standing['nation'].percentile)}%）。",
                f"Its strongest part is {_lower(best.label.en)} "
                f"(ahead of {share(best.standing['nation'].percentile)} % of units), "
                f"its weakest {_lower(worst.label.en)} (ahead of {share(worst.standing['nation'].percentile)} %).",
            )
        )
    missing = [r.label for r in readings if r.value is None]
    if missing:
        parts.append(
            Text(
                f"缺{'、'.join(m.zh for m in missing)}，权重由其余部分分担。",
                f"No value for {', '.join(_lower(m.en) for m in missing)}; the other parts share its weight.",
            )
        )
    return join(parts)


def _level_word(percentile: float) -> Text:
    if percentile >= 90:
        return Text("突出", "outstanding")
    if percentile >= STRONG:
        return Text("较强", "strong")
    if percentile > 50:
        return Text("中等偏上", "above the middle")
    if percentile > WEAK:
        return Text("中等偏下", "below the middle")
    return Text("薄弱", "weak") if percentile > 10 else Text("明显薄弱", "clearly weak")


def _lower(label: str) -> str:
    """Lower the first letter inside a sentence, except of abbreviations and names."""
    first = label.split(" ", 1)[0]
    return label if first.isupper() or first == "Taobao" else label[0].lower() + label[1:]
