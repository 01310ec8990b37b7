"""The scenario section of a report as a plain object: headline, paragraphs, rows and map values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.economy.core.migration import Closure
from bolang.economy.levers.catalogue import Lever
from bolang.economy.levers.conditions import hindrance
from bolang.economy.levers.hub_opening import hub_position
from bolang.economy.levers.local_cost import cost_factor, relative_size
from bolang.economy.scenarios.describe import published_gdp
from bolang.economy.scenarios.effects import SHOCKS, LeverEffects, Progress, effects
from bolang.economy.scenarios.fiscal import RevenueBase, revenue_base
from bolang.economy.scenarios.running import calibrated
from bolang.foundation.text import Text, join

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County
    from bolang.economy.calibration.calibration import Calibration

SMALL = 5e-6
SUPPORTED = ("strong", "moderate")
"""Grades of evidence that a headline may rest on."""


@dataclass(frozen=True, slots=True)
class LeverRow:
    """One lever in the table of the section; changes are fractions.

    Attributes
    ----------
    lever : Lever
    gdp, low, high : float
        Change of the county's GDP and its 5-95 % interval.
    income, employment, exports, revenue : float
        Changes of real income per head, employment, exports and budget revenue of the county.
    province, nation : float
        Change of their GDP.
    gdp_amount, revenue_amount : float
        亿元 a year.
    cost, local_cost : float
        亿元, mean of the cost distribution, at the size of the county.
    payback : float
        Years until the county's outlay has come back as revenue; infinite if never.
    requires : tuple of str
        Keys of levers without which it does nothing here.
    against : Text or None
        Why the lever brings nothing new here: pulled already, or a condition is lacking.
    """

    lever: Lever
    gdp: float
    low: float
    high: float
    income: float
    employment: float
    exports: float
    revenue: float
    province: float
    nation: float
    gdp_amount: float
    revenue_amount: float
    cost: float
    local_cost: float
    payback: float
    requires: tuple[str, ...]
    against: Text | None

    @property
    def usable(self) -> bool:
        """Whether the county could pull the lever now and have something new."""
        return not self.requires and self.against is None


@dataclass(frozen=True, slots=True)
class ShockRow:
    """One shock from outside; changes are fractions."""

    key: str
    label: Text
    gdp: float
    low: float
    high: float
    income: float
    employment: float
    exports: float
    revenue: float
    nation: float


@dataclass(frozen=True, slots=True, eq=False)
class ScenarioSection:
    """Everything that a report says on scenarios.

    Attributes
    ----------
    county : County
    headline : Text
        The top line.
    paragraphs : tuple of Text
        Plain description: what was done, what came out, what it costs, how far to trust it.
    levers : tuple of LeverRow
        Sorted by the change of GDP, largest first.
    shocks : tuple of ShockRow
    notes : tuple of Text
        Method, closure, estimated inputs; to be printed under the tables.
    has_market : bool
        Whether the model gives the county a wholesale market hub.
    gdp, revenue : float
        Baselines, 亿元.
    revenue_estimated : bool
    effects : LeverEffects
        The numbers behind it.
    """

    county: County
    headline: Text
    paragraphs: tuple[Text, ...]
    levers: tuple[LeverRow, ...]
    shocks: tuple[ShockRow, ...]
    notes: tuple[Text, ...]
    has_market: bool
    gdp: float
    revenue: float
    revenue_estimated: bool
    effects: LeverEffects


def section(
    atlas: Atlas, county: County | str, *, closure: Closure = "national", progress: Progress | None = None
) -> ScenarioSection:
    """Solve all levers and standard shocks for a county and put them into words.

    The first call for a county takes some tens of seconds; the solutions are kept in the user's cache.
    """
    found = effects(atlas, county, closure=closure, interactions=False, progress=progress)
    calibration = calibrated(atlas)
    place = found.county
    gdp = float(published_gdp(calibration)[place.index])
    base = revenue_base(atlas, calibration, place.index)
    size = relative_size(calibration, place.index)
    rows = (_lever_row(atlas, found, i, gdp=gdp, base=base, size=size) for i in range(len(found.levers)))
    levers = tuple(sorted(rows, key=lambda row: -row.gdp))
    shocks = tuple(_shock_row(found, k) for k in range(len(found.shocks)))
    has_market = hub_position(calibration.economy, place.index) is not None
    return ScenarioSection(
        county=place,
        headline=_headline(place, levers, shocks),
        paragraphs=tuple(_paragraphs(place, levers, shocks, has_market)),
        levers=levers,
        shocks=shocks,
        notes=tuple(_notes(calibration, found, base)),
        has_market=has_market,
        gdp=gdp,
        revenue=base.value,
        revenue_estimated=base.estimated,
        effects=found,
    )


def _lever_row(atlas: Atlas, found: LeverEffects, i: int, *, gdp: float, base: RevenueBase, size: float) -> LeverRow:
    lever, at = found.levers[i], found.measures.index
    own = found.effect[i, :, 0]
    low, high = found.interval(lever.key, "gdp")
    against = hindrance(atlas, found.county, lever)
    cost = lever.cost.centre * cost_factor(lever, size)
    local = cost * lever.local_share
    gain = base.value * float(own[at("revenue")])
    return LeverRow(
        lever=lever,
        gdp=float(own[at("gdp")]),
        low=low,
        high=high,
        income=float(own[at("real_income")]),
        employment=float(own[at("employment")]),
        exports=float(own[at("exports")]),
        revenue=float(own[at("revenue")]),
        province=float(found.effect[i, at("gdp"), 2]),
        nation=float(found.effect[i, at("gdp"), 3]),
        gdp_amount=gdp * float(own[at("gdp")]),
        revenue_amount=gain,
        cost=cost,
        local_cost=local,
        payback=local / gain if gain > 0 else float("inf"),
        requires=found.requires.get(lever.key, ()),
        against=None if against is None else against.why,
    )


def _shock_row(found: LeverEffects, k: int) -> ShockRow:
    at = found.measures.index
    own = found.shock[k, :, 0]
    spread: NDArray[np.floating] = found.shock_under_parameters[:, k, at("gdp")]
    return ShockRow(
        key=found.shocks[k],
        label=SHOCKS[found.shocks[k]][1],
        gdp=float(own[at("gdp")]),
        low=float(min(spread.min(), own[at("gdp")])),
        high=float(max(spread.max(), own[at("gdp")])),
        income=float(own[at("real_income")]),
        employment=float(own[at("employment")]),
        exports=float(own[at("exports")]),
        revenue=float(own[at("revenue")]),
        nation=float(found.shock[k, at("gdp"), 3]),
    )


def _headline(county: County, levers: tuple[LeverRow, ...], shocks: tuple[ShockRow, ...]) -> Text:
    """Lead with the largest effect that evidence supports, and with the gravest shock."""
    worst = min(shocks, key=lambda row: row.gdp)
    supported = [row for row in levers if row.lever.grade in SUPPORTED and row.low > 0 and row.usable]
    shock_zh = f"外部冲击中，{worst.label.zh}使其变化约{_signed(worst.gdp)}%（模型估计）。"
    shock_en = f"the gravest shock is that {worst.label.en}: {_signed(worst.gdp)} % (model estimates)."
    if not supported:
        return Text(
            f"没有一项有较好证据的抓手对{county.name}生产总值有确定的正效应；{shock_zh}",
            f"No lever with sound evidence has a clearly positive effect on the GDP of {county.english}; {shock_en}",
        )
    best = supported[0]
    return Text(
        f"在有较好证据的抓手中，“{best.lever.label.zh}”对{county.name}生产总值的影响最大，约{_signed(best.gdp)}%"
        f"（{_signed(best.low)}%至{_signed(best.high)}%）；{shock_zh}",
        f"Of the levers with sound evidence, {_lower(best.lever.label.en)} moves the GDP of {county.english} most, by about "
        f"{_signed(best.gdp)} % ({_signed(best.low)} to {_signed(best.high)} %); {shock_en}",
    )


def _paragraphs(
    county: County, levers: tuple[LeverRow, ...], shocks: tuple[ShockRow, ...], has_market: bool
) -> list[Text]:
    usable = [row for row in levers if row.usable]
    top = [row for row in usable if row.lever.grade != "none"][:3]
    listed = join(
        [
            Text(
                f"{row.lever.label.zh}（生产总值{_signed(row.gdp)}%，就业{_signed(row.employment)}%）",
                f"{_lower(row.lever.label.en)} (GDP {_signed(row.gdp)} %, employment {_signed(row.employment)} %)",
            )
            for row in top
        ],
        zh="、",
        en=", ",
    )
    found = [
        Text(
            f"用全国2853个县和境外地区的一般均衡模型，逐一推演各抓手对{county.name}的长期影响，其余条件不变。有研究测量过的抓手中，影响居前的是{listed.zh}。",
            f"A general equilibrium model of all 2,853 counties and the foreign regions gives the long-run effect of each lever "
            f"on {county.english}, all else equal. Of those whose effect has been measured, the largest are {listed.en}.",
        )
    ]
    unsure = [Text(row.lever.label.zh, _lower(row.lever.label.en)) for row in usable if row.low < 0 < row.high]
    if unsure:
        names = join(unsure, zh="、", en=", ")
        found.append(
            Text(
                f"{names.zh}的区间跨越零：不能排除无效或有害。",
                f"The intervals of {names.en} include zero: no effect or harm cannot be ruled out.",
            )
        )
    paying = [row for row in usable if row.payback <= 10 and row.low > 0 and row.lever.grade in SUPPORTED]
    if paying:
        names = join([Text(row.lever.label.zh, _lower(row.lever.label.en)) for row in paying], zh="、", en=", ")
        found.append(
            Text(
                f"按县本级投入与新增预算收入粗算，{names.zh}约在十年内收回县本级投入；其余抓手单凭税收收不回成本，或效果没有较好的证据。",
                f"By the county's own outlay and its additional revenue, {names.en} pay back within about ten years; the others do "
                "not pay for themselves through revenue alone, or their effect lacks sound evidence.",
            )
        )
    else:
        found.append(
            Text(
                "按县本级投入与新增预算收入粗算，没有一项有较好证据的抓手能在十年内单凭新增税收收回县本级投入。",
                "By the county's own outlay and its additional revenue, no lever with sound evidence pays back within ten years through revenue alone.",
            )
        )
    had = [row for row in levers if row.against is not None]
    if had:
        names = join(
            [Text(row.lever.label.zh, _lower(row.lever.label.en)) + _bracket(row.against) for row in had], "、", ", "
        )
        found.append(
            Text(
                f"不计入的抓手：{names.zh}。表中仍列出其效应，表示若以同等力度（再）推进的结果。",
                f"Not counted: {names.en}. The table still shows what a (further) step of the same size would do.",
            )
        )
    worst = min(shocks, key=lambda row: row.gdp)
    found.append(
        Text(
            f"外部冲击中，{worst.label.zh}影响最大：生产总值{_signed(worst.gdp)}%，出口{_signed(worst.exports)}%，预算收入"
            f"{_signed(worst.revenue)}%；同一冲击下全国生产总值{_signed(worst.nation)}%。",
            f"Of the shocks from outside, the gravest is that {worst.label.en}: GDP {_signed(worst.gdp)} %, exports "
            f"{_signed(worst.exports)} %, budget revenue {_signed(worst.revenue)} %; the nation's GDP moves by {_signed(worst.nation)} %.",
        )
    )
    if not has_market:
        found.append(
            Text(
                f"{county.name}在模型中没有批发市场枢纽（批发零售区位商不足1.2或缺少第二信号），市场采购贸易须先有市场。",
                f"{county.english} has no wholesale hub in the model, so that market-procurement trade needs a market first.",
            )
        )
    return found


def _notes(calibration: Calibration, found: LeverEffects, base: RevenueBase) -> list[Text]:
    notes = [
        Text(
            f"模型估计；闭合方式：{found.closure_text.zh}。比较两个长期均衡，不含建设期与过渡期。区间来自效应大小与模型参数的抽样（5%至95%）。",
            f"Model estimates; closure: {found.closure_text.en}. Two long-run equilibria are compared. Intervals are draws of effect "
            "sizes and model parameters (5 to 95 %).",
        ),
        Text(
            "抓手效应与成本的出处见注释；成本为粗略估计，按本县经济规模折算（市场平台除外）。",
            "Sources of effects and costs are in the notes; costs are rough estimates, scaled to the size of the county's economy (the market platform "
            "excepted).",
        ),
    ]
    if calibration.observed.estimated[found.county.index]:
        notes.append(Text("基期生产总值为估计值。", "Baseline GDP is estimated."))
    if base.estimated:
        notes.append(Text("一般公共预算收入为估计值。", "Budget revenue is estimated."))
    elif base.year != calibration.observed.year:
        notes.append(Text(f"一般公共预算收入取{base.year}年。", f"Budget revenue is of {base.year}."))
    return notes


def _bracket(text: Text | None) -> Text:
    return Text("", "") if text is None else Text(f"（{text.zh}）", f" ({text.en})")


def _lower(label: str) -> str:
    """Put a label into a sentence without breaking names such as China-Europe."""
    return label if label.split("-", maxsplit=1)[0] in ("China",) else label[0].lower() + label[1:]


def _signed(value: float) -> str:
    per_cent = 100 * value
    if abs(value) < SMALL:
        return "0"
    return f"{per_cent:+.2f}" if abs(per_cent) >= 0.095 else f"{per_cent:+.3f}"
