"""The position of a county in words: its port, what each means of transport adds, its markets, and who is as well placed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.atlas.romanize import romanize
from bolang.foundation.text import Text, join
from bolang.space.gateways import find_gateway

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County

NEARER_IS_BETTER = frozenset({"port_cost", "metropolis_hours"})

ASPECTS: dict[str, Text] = {
    "port_cost": Text("到远洋港的费用", "cost to an ocean port"),
    "harris_all": Text("国内市场潜力", "domestic market potential"),
    "foreign_harris_all": Text("境外市场潜力", "foreign market potential"),
    "metropolis_hours": Text("到特大城市的车程", "drive to a city above five million"),
}
"""Four sides of a position; figures of `access`."""

GRADES: tuple[tuple[float, Text], ...] = (
    (90.0, Text("区位突出", "The position is outstanding")),
    (75.0, Text("区位好，但不独特", "The position is good and not unique")),
    (50.0, Text("区位中上", "The position is above the middle")),
    (25.0, Text("区位中下", "The position is below the middle")),
    (0.0, Text("区位偏远", "The position is remote")),
)
"""By the mean of the four percentiles."""

MIDDLE = 50.0


@dataclass(frozen=True)
class Position:
    """Where a county stands.

    Attributes
    ----------
    county : County
    percentiles : mapping of str to float
        Share of the units that do worse in each aspect, percent.
    as_good : int
        Other units that do at least as well in every aspect.
    sentences : tuple of Text
        All figures in them are estimates.
    """

    county: County
    percentiles: dict[str, float]
    as_good: int
    sentences: tuple[Text, ...]


def position(atlas: Atlas, county: County) -> Position:
    """Explain where a county is.

    Parameters
    ----------
    atlas : Atlas
    county : County
    """
    table, row = _AccessTable(atlas), county.index
    percentiles = {name: table.percentile(name, row) for name in ASPECTS}
    as_good = int(np.all([table.no_worse(name, row) for name in ASPECTS], axis=0).sum()) - 1
    sentences = (
        _port(atlas, table, county),
        _means(table, row, Text("国内市场潜力", "domestic market potential"), "harris"),
        _means(table, row, Text("境外市场潜力", "foreign market potential"), "foreign_harris"),
        _city(table, county),
        _summary(percentiles, as_good),
    )
    return Position(county, percentiles, as_good, sentences)


class _AccessTable:
    """The table of access, read by column."""

    def __init__(self, atlas: Atlas) -> None:
        self.frame = atlas.table("access")

    def values(self, name: str) -> NDArray[np.float64]:
        return self.frame[name].to_numpy().astype(np.float64)

    def number(self, name: str, row: int) -> float:
        return float(self.frame[name][row])

    def text(self, name: str, row: int) -> str:
        return str(self.frame[name][row])

    def percentile(self, name: str, row: int) -> float:
        values = self.values(name)
        worse = values > values[row] if name in NEARER_IS_BETTER else values < values[row]
        return float(100 * worse.mean())

    def no_worse(self, name: str, row: int) -> NDArray[np.bool_]:
        values = self.values(name)
        return np.asarray(values <= values[row] if name in NEARER_IS_BETTER else values >= values[row])


def _port(atlas: Atlas, table: _AccessTable, county: County) -> Text:
    row = county.index
    best, road = table.number("port_cost", row), table.number("port_cost_road", row)
    port = find_gateway(atlas, table.text("port_cheapest", row)).name
    cheaper = int((table.values("port_cost") < best).sum())
    saved = 100 * (1 - best / road)
    way = (
        Text("，以公路最省", ", cheapest by road")
        if saved < 0.5
        else Text(
            f"，经铁路或水路比全程公路省{saved:.0f}%（公路{road:,.0f}元）",
            f", by rail or water {saved:.0f} % less than by road ({road:,.0f} yuan)",
        )
    )
    return (
        Text(
            f"一只标箱到最省的远洋港（{port.zh}）含时间成本约{best:,.0f}元",
            f"A container to the cheapest ocean port ({port.en}) costs about {best:,.0f} yuan, time included",
        )
        + way
        + Text(f"；全国有{cheaper}个单元更省。", f"; {cheaper} units are cheaper.")
    )


def _means(table: _AccessTable, row: int, what: Text, kind: str) -> Text:
    """Say what railways and what ships add to a potential: the whole against the whole without them."""
    parts = [f"{kind}_{modes}" for modes in ("all", "water", "rail")]
    own = [table.number(name, row) for name in parts]
    nation = [np.median(table.values(parts[0]) / table.values(name)) for name in parts[1:]]
    rail, ships = (100 * (own[0] / without - 1) for without in own[1:])
    usual = [100 * (ratio - 1) for ratio in nation]
    return Text(
        f"{what.zh}高于{table.percentile(parts[0], row):.0f}%的单元；其中铁路使它提高{rail:.0f}%（全国中位数{usual[0]:.0f}%），"
        f"内河与沿海航运提高{ships:.0f}%（{usual[1]:.0f}%）；只靠公路时高于{table.percentile(f'{kind}_road', row):.0f}%的单元。",
        f"Its {what.en} passes that of {table.percentile(parts[0], row):.0f} % of the units; railways raise it by {rail:.0f} % (nation's "
        f"median {usual[0]:.0f} %), rivers and the coast by {ships:.0f} % ({usual[1]:.0f} %); by road alone it would pass "
        f"{table.percentile(f'{kind}_road', row):.0f} %.",
    )


def _city(table: _AccessTable, county: County) -> Text:
    row = county.index
    hours, city = table.number("metropolis_hours", row), table.text("metropolis", row)
    if city in (county.prefecture, county.name):
        own = Text(f"本县属于城区人口500万以上的{city}", f"The county is part of {romanize(city)}, above five million")
    else:
        own = Text(
            f"到最近的城区人口500万以上城市{city}车程{hours:.1f}小时",
            f"{romanize(city)}, the nearest city above five million, is {hours:.1f} hours away by car",
        )
    near, far = table.number("population_60_minutes", row), table.number("population_180_minutes", row)
    return own + Text(
        f"；一小时车程内{near:,.0f}万人，三小时内{far:,.0f}万人。",
        f"; {near / 100:,.1f} million people live within an hour, {far / 100:,.1f} million within three.",
    )


def _summary(percentiles: dict[str, float], as_good: int) -> Text:
    mean = float(np.mean(list(percentiles.values())))
    grade = next(text for least, text in GRADES if mean >= least)
    best, worst = max(percentiles, key=lambda k: percentiles[k]), min(percentiles, key=lambda k: percentiles[k])
    listed = join(list(ASPECTS.values()), "、", ", ")
    text = grade + Text(
        f"：{ASPECTS[best].zh}最好（优于{percentiles[best]:.0f}%），{ASPECTS[worst].zh}最弱（优于{percentiles[worst]:.0f}%）。"
        f"在{listed.zh}四方面都不逊于它的还有{as_good}个单元",
        f": best in {ASPECTS[best].en} (better than {percentiles[best]:.0f} %), weakest in {ASPECTS[worst].en} (better than "
        f"{percentiles[worst]:.0f} %). {as_good} other units are at least as well placed in all four ({listed.en})",
    )
    if mean < MIDDLE or not as_good:
        return text + Text("。", ".")
    return text + Text("：区位只是条件之一。", ": location is one condition among others.")
