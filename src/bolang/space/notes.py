"""The weaknesses of the network data, stated where a route depends on them."""

from __future__ import annotations

from collections.abc import Sequence

from bolang.foundation.text import Text
from bolang.space.route import Leg, Route

CURVED = 1.7
"""A stretch of road or track longer than this many straight lines is worth a second look."""

LONG_KM = 50.0

GENERAL: dict[str, Text] = {
    "Road": Text(
        "路网（OpenStreetMap 简化图）无道路等级与收费，里程一般比公布里程短约5%，西部山区偏差更大。",
        "The road graph has no class or toll; it is some 5 % shorter than published distances, more in the mountains.",
    ),
    "Rail": Text(
        "铁路网不区分高铁与货运线，货车实际运价里程可能更长。",
        "The rail graph does not tell high-speed from freight lines; tariff distances can be longer.",
    ),
    "Rail abroad": Text(
        "境外铁路里程与运价按公布报价推算（估计），不含补贴与通关延误。",
        "Distances and rates of railways abroad are estimated from quotes; no subsidy, no delay at customs.",
    ),
    "Sea": Text(
        "海运价为上海出口集装箱运价指数某一周的即期水平，波动可达数倍。",
        "Ocean freight is the spot level of one week of the Shanghai index; it can move by several times.",
    ),
    "Ferry": Text(
        "轮渡费用与候船时间为估计，不计停航。", "Fares and waiting times of ferries are estimates; no storm stops them."
    ),
}
"""By the English name of the means of transport, in the order in which they are stated."""


def notes_on(routes: Sequence[Route]) -> tuple[Text, ...]:
    """Return the weaknesses of the data that the best and the second-best way depend on."""
    legs = [leg for route in routes[:2] for leg in route.legs]
    used = {leg.mode.en for leg in legs}
    notes = [note for mode, note in GENERAL.items() if mode in used]
    repaired = sum(leg.repaired_km for leg in routes[0].legs)
    if repaired > 1:
        notes.append(
            Text(
                f"最优路线含约 {repaired:.0f} 公里图中缺失、按直线补接的线路（估计）。",
                f"About {repaired:.0f} km of the best way are missing from the graph and estimated from the straight gap.",
            )
        )
    return (*notes, *dict.fromkeys(_curved(leg) for leg in legs if _is_curved(leg)))


def _is_curved(leg: Leg) -> bool:
    return leg.mode.en in ("Road", "Rail") and leg.km > LONG_KM and leg.km > CURVED * leg.straight_km


def _curved(leg: Leg) -> Text:
    times = leg.km / leg.straight_km
    return Text(
        f"{leg.start.zh}至{leg.end.zh}的{leg.mode.zh}里程是直线距离的{times:.1f}倍：可能因山河阻隔，也可能是源数据缺线，请核对。",
        f"{leg.mode.en} from {leg.start.en} to {leg.end.en} is {times:.1f} times the straight line: mountains or water, or a line that the "
        "source lacks; please check.",
    )
