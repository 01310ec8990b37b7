"""The second half of ``bolang show``: type and road, neighbours to join, public finances, exposure abroad."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bolang.cli.console import bullet, heading
from bolang.foundation.text import Lang, Text, same, tr

if TYPE_CHECKING:
    from rich.console import Console

    from bolang.atlas import Atlas, County

SHOWN = 2


def print_road(console: Console, atlas: Atlas, county: County, lang: Lang) -> None:
    """Print what fits the county and what can go wrong, on published and measured figures alone."""
    _print_type(console, atlas, county, lang)
    _print_neighbours(console, atlas, county, lang)
    _print_finances(console, atlas, county, lang)
    _print_exposure(console, atlas, county, lang)
    more = tr(
        f"进一步：bolang types {county.name}｜join {county.name}｜debt {county.name}｜risk {county.name}｜plan {county.name}",
        f"More: bolang types {county.code}, join, debt, risk or plan {county.code}",
    )
    console.print(f"\n{more}", style="dim")


def _print_type(console: Console, atlas: Atlas, county: County, lang: Lang) -> None:
    from bolang.pathway.shared import national
    from bolang.pathway.types import AXIS_TEXT

    found = national(atlas).of(county)
    heading(console, tr("类型与路径", "Type and road"))
    bullet(console, found.headline.in_(lang))
    if found.cell is None or found.road is None:
        return
    axes = [f"{AXIS_TEXT[a].in_(lang)} {v:.0f} ({found.margin[a]:+.0f})" for a, v in found.index.items()]
    bullet(console, tr("指数与距门槛：", "Index and distance to its line: ") + tr("；", "; ").join(axes))
    bullet(console, found.border.in_(lang))
    steps = [step.in_(lang) for step in found.road.steps]
    bullet(console, tr("做法：", "Steps: ") + tr("；", "; ").join(steps) + tr("。", "."))


def _print_neighbours(console: Console, atlas: Atlas, county: County, lang: Lang) -> None:
    from bolang.pathway import advise_neighbours

    found = advise_neighbours(atlas, county)
    heading(console, tr("与谁联动", "Neighbours to join"))
    bullet(console, found.headline.in_(lang))
    sentences = [
        *(row.sentence for row in found.opportunities[:SHOWN]),
        *(row.sentence for row in found.missing[:SHOWN]),
        *(row.sentence for row in found.clusters[:1]),
    ]
    for sentence in sentences:
        bullet(console, sentence.in_(lang))


def _print_finances(console: Console, atlas: Atlas, county: County, lang: Lang) -> None:
    from bolang.pathway.debt import assess, county_assumptions, fiscal_position
    from bolang.pathway.debt.position import LABELS

    position = fiscal_position(atlas, county)
    found = assess(position, *county_assumptions(atlas, county), draws=1)
    heading(console, tr("财政与债务", "Public finances and debt"))
    known = [
        Text(
            f"{label.zh}{value:,.1f}亿元（{position.years.get(name, position.year)}年）",
            f"{label.en} {value / 10:,.2f} billion yuan ({position.years.get(name, position.year)})",
        )
        for name, label in LABELS.items()
        if name != "debt_before" and (value := getattr(position, name)) is not None
    ]
    known += [RATIOS[key] + same(f" {share * 100:.1f}%") for key, share in found.ratios.items()]
    if known:
        bullet(console, tr("、", ", ").join(text.in_(lang) for text in known) + tr("。", "."))
    bullet(console, found.headline.in_(lang))


RATIOS = {
    "self_sufficiency": Text("财政自给率", "self-sufficiency"),
    "tax_share": Text("税收占比", "tax share"),
    "land_dependence": Text("土地财政依赖度", "land dependence"),
}


def _print_exposure(console: Console, atlas: Atlas, county: County, lang: Lang) -> None:
    from bolang.pathway import cross_border_risk
    from bolang.pathway.risk import LEVEL_TEXT

    found = cross_border_risk(county, model=False, atlas=atlas)
    heading(console, tr("跨境敞口（公布数字）", "Exposure abroad (published figures)"))
    bullet(console, found.headline.in_(lang))
    for signal in found.signals:
        if signal.value is None:
            continue
        value = f"{signal.label.in_(lang)} {signal.value:.{signal.digits}f}{signal.unit.in_(lang)}"
        level = LEVEL_TEXT[signal.level].in_(lang)
        bullet(console, value + tr(f"（{level}）：", f" ({level}): ") + signal.sentence.in_(lang))
