"""Numbers of a run put into words and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bolang.atlas import Atlas, County, own_atlas
from bolang.economy.calibration.regions import Regions
from bolang.economy.core.arrays import Array
from bolang.economy.scenarios.circles import circles
from bolang.economy.scenarios.fiscal import revenue_base
from bolang.economy.scenarios.labels import CLOSURE_TEXT, edit_text
from bolang.economy.scenarios.outcomes import MEASURES, WEIGHTED, Outcomes, industry_changes
from bolang.economy.scenarios.results import Effect, IndustryEffect, LeverCost, PlaceEffect, Simulation
from bolang.economy.scenarios.running import Placed, Progress, Run, run
from bolang.economy.scenarios.scenario import Scenario, TradeShock
from bolang.foundation.text import Text, join

if TYPE_CHECKING:
    import polars as pl

    from bolang.economy.calibration.calibration import Calibration

WAN_PER_YI = 1e4
LISTED = 8
"""Winners and losers that are named."""
NEGLIGIBLE = 5e-6
INTERVAL = (0.05, 0.95)


def simulate(
    scenario: Scenario,
    atlas: Atlas | None = None,
    *,
    sensitivity: bool = False,
    progress: Progress | None = None,
) -> Simulation:
    """Simulate a scenario in the economy of all counties.

    Parameters
    ----------
    scenario : Scenario
        Levers, shocks, closure, number of draws.
    atlas : Atlas, optional
        The built-in facts if left out.
    sensitivity : bool
        Also move each parameter to the ends of its range.
    progress : callable, optional
        Receives the stage and the largest residual.

    Raises
    ------
    BadInputError
        If the scenario is empty, or names an unknown lever, place or region.
    ConvergenceError
        If no equilibrium is found; the place and the industry are named.

    Examples
    --------
    >>> import bolang as bl
    >>> bl.simulate(bl.Scenario("义乌市", levers=["sea_rail"])).headline.zh  # doctest: +SKIP
    """
    known = atlas or scenario.atlas or own_atlas()
    return summarise(run(scenario, known, sensitivity=sensitivity, progress=progress))


def summarise(done: Run) -> Simulation:
    """Put the numbers of a run into words and tables."""
    atlas, county = done.calibration.atlas, done.calibration.atlas.counties[done.county]
    base = revenue_base(atlas, done.calibration, done.county)
    effects = tuple(_effects(done, base.value))
    own = {effect.measure: effect for effect in effects if effect.circle == "county"}
    gain = base.value * own["revenue"].value
    costs = tuple(_costs(done.placed))
    paid = sum(
        cost.local / cost.places for cost, item in zip(costs, done.placed, strict=True) if done.county in item.counties
    )
    winners, losers = _others(done)
    return Simulation(
        county=county,
        scenario=done.scenario,
        headline=_headline(county, done, own),
        description=_description(done),
        effects=effects,
        industries=_industries(done),
        winners=winners,
        losers=losers,
        places=_places(done),
        decomposition=done.decomposition,
        sensitivity=done.sensitivity,
        costs=costs,
        revenue_base=base.value,
        revenue_gain=gain,
        revenue_estimated=base.estimated,
        payback=paid / gain if gain > 0 else np.inf,
        warnings=tuple(_warnings(done, base.estimated)),
        iterations=done.solution.iterations,
        residual=float(done.solution.residual[0]),
        walras=float(done.solution.walras[0]),
        draws={} if done.drawn is None else {m: done.drawn.outcomes.by_county(m)[done.county] for m in MEASURES},
    )


def _effects(done: Run, revenue: float) -> list[Effect]:
    """All measures for all circles; baselines are published figures where there are any."""
    found = []
    gdp = published_gdp(done.calibration)
    for circle, rows in circles(done.calibration.atlas, done.county).items():
        if not len(rows):
            continue
        for measure in MEASURES:
            value = float(done.central.change(measure, rows)[0])
            low = high = float("nan")
            if done.drawn is not None and np.isfinite(value):
                low, high = (float(q) for q in np.quantile(done.drawn.outcomes.change(measure, rows), INTERVAL))
            base = float("nan")
            if measure == "gdp":
                base = float(gdp[rows].sum())
            elif measure == "revenue" and circle == "county":
                base = revenue
            elif measure not in WEIGHTED:
                base = _baseline(done.central, measure, rows)
            found.append(Effect(measure, circle, value, low, high, base * value, base))
    return found


def published_gdp(calibration: Calibration) -> Array:
    """GDP of all counties, 亿元: as published or estimated by the atlas, otherwise the model's."""
    found = calibration.observed.published.sum(axis=1)
    model = calibration.economy.income[: calibration.home]
    return np.where(np.isfinite(found), found, model) / WAN_PER_YI


def _baseline(found: Outcomes, measure: str, rows: NDArray[np.integer[Any]]) -> float:
    """The model's baseline over some counties: people as they are, money in 亿元."""
    total = float(found.before[measure][rows].sum())
    return total if measure == "employment" else total / WAN_PER_YI


def _industries(done: Run) -> tuple[IndustryEffect, ...]:
    central = industry_changes(done.economy, done.calibration.home, done.solution, done.county)[:, 0]
    low = high = np.full(len(central), np.nan)
    if done.drawn is not None:
        low, high = np.quantile(done.drawn.industries, INTERVAL, axis=1)
    rows = zip(done.economy.sectors, central, low, high, strict=True)
    return tuple(IndustryEffect(s, float(v), float(a), float(b)) for s, v, a, b in rows)


def _others(done: Run) -> tuple[tuple[PlaceEffect, ...], tuple[PlaceEffect, ...]]:
    """The counties outside the scenario with the largest gains and losses."""
    counties = done.calibration.atlas.counties
    change, (low, high) = done.central.by_county("gdp")[:, 0], _by_county(done, "gdp")
    base = published_gdp(done.calibration)
    amount = base * change
    acting = {done.county, *(row for item in done.placed for row in item.counties)}
    order = [int(i) for i in np.argsort(amount) if int(i) not in acting]

    def place(i: int) -> PlaceEffect:
        return PlaceEffect(
            counties[i], float(change[i]), float(amount[i]), float(base[i] * low[i]), float(base[i] * high[i])
        )

    winners = tuple(place(i) for i in reversed(order[-LISTED:]) if change[i] > NEGLIGIBLE)
    losers = tuple(place(i) for i in order[:LISTED] if change[i] < -NEGLIGIBLE)
    return winners, losers


def _by_county(done: Run, measure: str) -> tuple[Array, Array]:
    """Ends of the interval of every county's relative change; NaN without draws."""
    if done.drawn is None:
        nothing = np.full(done.calibration.home, np.nan)
        return nothing, nothing
    drawn = done.drawn.outcomes.by_county(measure)
    known = np.asarray(np.isfinite(drawn).all(axis=1))
    low, high = (
        np.where(known, q, np.nan) for q in np.quantile(np.where(known[:, None], drawn, 0.0), INTERVAL, axis=1)
    )
    return low, high


def _places(done: Run) -> pl.DataFrame:
    import polars as pl

    counties = done.calibration.atlas.counties
    columns: dict[str, object] = {
        "code": [c.code for c in counties],
        "name": [c.full_name for c in counties],
        "gdp_amount": published_gdp(done.calibration) * done.central.by_county("gdp")[:, 0],
    }
    for measure in ("gdp", "real_income", "employment", "exports", "revenue"):
        columns[measure] = done.central.by_county(measure)[:, 0]
        columns[f"{measure}_low"], columns[f"{measure}_high"] = _by_county(done, measure)
    return pl.DataFrame(columns).fill_nan(None)


def _costs(placed: tuple[Placed, ...]) -> list[LeverCost]:
    found = []
    for item in placed:
        scale = len(item.counties) * _size(item)
        cost = item.lever.cost
        total = cost.centre * scale
        found.append(
            LeverCost(
                item.lever,
                len(item.counties),
                total,
                total * item.lever.local_share,
                cost.low * scale,
                cost.high * scale,
            )
        )
    return found


def _size(item: Placed) -> float:
    """Size relative to the standard one: cost grows with a market's size, and with the user's scale otherwise."""
    if item.lever.mechanism == "hub" and item.effect is not None:
        return abs(item.effect) / item.lever.effect.mode  # type: ignore[union-attr]
    return item.scale


def _headline(county: County, done: Run, own: dict[str, Effect]) -> Text:
    gdp, income = own["gdp"], own["real_income"]
    nation = done.central.change("gdp")[0]
    zh = f"{county.name}地区生产总值{_zh(gdp.value)}{_zh_range(gdp)}，人均实际收入{_zh(income.value)}；"
    en = f"GDP of {county.english} {_en(gdp.value)}{_en_range(gdp)}, real income per head {_en(income.value)}; "
    closure = CLOSURE_TEXT[done.scenario.closure]
    return Text(
        f"{zh}全国地区生产总值{_zh(nation)}（模型估计，{closure.zh}）。",
        f"{en}national GDP {_en(nation)} (estimated by the model, {closure.en}).",
    )


def _description(done: Run) -> Text:
    parts = [_lever_text(item, done) for item in done.placed]
    parts += [_shock_text(shock, done.calibration.regions) for shock in done.scenario.shocks]
    parts += [edit_text(edit) for edit in done.scenario.edits]
    what = join(parts, zh="；", en="; ")
    closure = CLOSURE_TEXT[done.scenario.closure]
    count = done.scenario.draws
    zh = f"情景：{what.zh}。闭合方式：{closure.zh}。其余不变，比较的是新旧两个长期均衡，不含过渡期。"
    en = f"Scenario: {what.en}. Closure: {closure.en}. All else equal; two long-run equilibria are compared, not the way between. "
    if count:
        zh += f"区间为{count}次抽样（效应大小与模型参数）的5%至95%。"
        en += f"Intervals are 5 to 95 % of {count} draws of effect sizes and model parameters."
    return Text(zh, en.strip())


def _lever_text(item: Placed, done: Run) -> Text:
    size = item.lever.effect.centre if item.effect is None else item.effect
    counties = done.calibration.atlas.counties
    if len(item.counties) == 1:
        name = counties[item.counties[0]].name
        where = Text(f"在{name}", f"in {name}")
    else:
        province = counties[item.counties[0]].province
        where = Text(f"在{province}全部{len(item.counties)}个县", f"in all {len(item.counties)} counties of {province}")
    lever = item.lever
    return Text(
        f"{where.zh}实施“{lever.label.zh}”（{lever.unit.zh}：{100 * size:.3g}%）",
        f"{lever.label.en} {where.en} ({lever.unit.en}: {100 * size:.3g} %)",
    )


def _shock_text(shock: TradeShock, regions: Regions) -> Text:
    who = Text("各境外地区", "all foreign regions")
    if shock.region is not None:
        who = regions.names[regions.position(shock.region)]
    rate = f"{100 * shock.change:.3g}"
    texts = {
        "tariff": Text(f"{who.zh}对我国货物加征{rate}%关税", f"a tariff of {rate} % by {who.en} on Chinese goods"),
        "own_tariff": Text(f"我国对{who.zh}货物加征{rate}%关税", f"a Chinese tariff of {rate} % on goods of {who.en}"),
        "foreign_demand": Text(f"{who.zh}需求变化{rate}%", f"demand of {who.en} changes by {rate} %"),
        "sea_freight": Text(f"到{who.zh}的国际运费变化{rate}%", f"freight to {who.en} changes by {rate} %"),
        "port_closed": Text(f"{shock.place}关闭", f"{shock.place} closed"),
        "market_closed": Text(f"{shock.place}批发市场关闭", f"the wholesale market of {shock.place} closed"),
    }
    return texts[shock.kind]


def _warnings(done: Run, revenue_estimated: bool) -> list[Text]:
    found = []
    seen, county = done.calibration.observed, done.county
    if seen.estimated[county]:
        found.append(
            Text(
                "本县基期地区生产总值为估计值，结果随之为估计。",
                "The county's baseline GDP is estimated, and so are the results.",
            )
        )
    if revenue_estimated:
        found.append(
            Text(
                "本县一般公共预算收入未公布，按全国分行业税收结构估计。",
                "The county's budget revenue is not published; it is estimated from national revenue by industry.",
            )
        )
    for item in done.placed:
        lever = item.lever
        found.append(
            Text(f"{lever.label.zh}：证据{lever.evidence.zh}。", f"{lever.label.en}: evidence {lever.evidence.en}.")
        )
        if lever.requires.zh:
            found.append(Text(f"{lever.label.zh}：{lever.requires.zh}。", f"{lever.label.en}: {lever.requires.en}."))
    found.append(
        Text(
            "行业就业来自10%抽样；县级出口未用于校准；模型为静态，不含债务与建设期需求。",
            "Employment is from a 10 % sample; county exports are not used in calibration; the model is static, without "
            "debt or demand from construction.",
        )
    )
    return found


def _zh(value: float) -> str:
    if abs(value) < NEGLIGIBLE:
        return "基本不变"
    return f"{'增加' if value > 0 else '减少'}{_percent(abs(value))}%"


def _en(value: float) -> str:
    return "unchanged" if abs(value) < NEGLIGIBLE else f"{'+' if value > 0 else '-'}{_percent(abs(value))} %"


def _percent(value: float) -> str:
    """Two decimals, more where the effect is smaller than that shows."""
    per_cent = 100 * value
    return f"{per_cent:.2f}" if per_cent >= 0.095 else f"{per_cent:.2g}"


def _zh_range(effect: Effect) -> str:
    if not np.isfinite(effect.low):
        return ""
    return f"（区间{100 * effect.low:.2f}%至{100 * effect.high:.2f}%）"


def _en_range(effect: Effect) -> str:
    return "" if not np.isfinite(effect.low) else f" ({100 * effect.low:.2f} to {100 * effect.high:.2f} %)"
