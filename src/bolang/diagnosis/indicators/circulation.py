"""商贸流通: do goods pass through the county, and how far is it from ports and markets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.indicator import CENSUS_LONG_FORM, RATIO, DimensionSpec, Indicator, Values
from bolang.foundation.text import Text

NETWORK = "OpenStreetMap 路网与铁路网（© OpenStreetMap contributors，ODbL）与运价参数，拨浪计算"


def _market_potential(e: Evidence) -> Values:
    potential = e.modelled_access("harris_all")
    return replace(potential, now=100.0 * potential.now / np.median(potential.now))


SPEC = DimensionSpec(
    key="circulation",
    label=Text("商贸流通", "Trade circulation"),
    kind="shortcoming",
    question=Text("货物能否低成本通达市场与口岸？", "Do goods reach markets and ports cheaply?"),
    indicators=(
        Indicator(
            key="wholesale_retail_lq",
            label=Text("批发和零售业区位商", "Wholesale and retail location quotient"),
            unit=RATIO,
            digits=2,
            direction=1,
            strong=Text(
                "商贸是当地的专业化部门，市场的辐射超出本地。",
                "Trade is a local specialisation: its markets serve more than the county.",
            ),
            weak=Text(
                "商贸以本地零售为主，缺少面向外部的市场。", "Trade is local retail: no market serves the outside."
            ),
            source=CENSUS_LONG_FORM,
            compute=lambda e: e.quotient("F"),
        ),
        Indicator(
            key="transport_lq",
            label=Text("交通运输、仓储和邮政业区位商", "Transport, storage and post location quotient"),
            unit=RATIO,
            digits=2,
            direction=1,
            strong=Text(
                "物流从业者多，承担了超出本地的货运。", "Logistics employs many: it carries more than local freight."
            ),
            weak=Text("物流从业者少，配套服务不足。", "Logistics employs few: services are short."),
            source=CENSUS_LONG_FORM,
            compute=lambda e: e.quotient("G"),
        ),
        Indicator(
            key="port_cost",
            label=Text("至远洋集装箱港的最低综合运费", "Lowest freight cost to an ocean container port"),
            unit=Text("元/标箱", "yuan per TEU"),
            digits=0,
            direction=-1,
            strong=Text("出海成本低。", "The sea is cheap to reach."),
            weak=Text(
                "出海成本高，外向型产业须先解决通道，例如海铁联运或内河港。",
                "The sea is dear to reach: an export industry needs a corridor first, such as sea-rail or an inland port.",
            ),
            source=NETWORK,
            compute=lambda e: e.modelled_access("port_cost"),
        ),
        Indicator(
            key="terminal_hours",
            label=Text("至最近铁路集装箱站的货车时间", "Truck time to the nearest rail container terminal"),
            unit=Text("小时", "hours"),
            digits=1,
            direction=-1,
            strong=Text(
                "铁路集装箱站在近旁，具备多式联运条件。", "A rail container terminal is near: freight can change mode."
            ),
            weak=Text(
                "远离铁路集装箱站，货运只能靠公路。", "No rail container terminal is near: freight goes by road."
            ),
            source=NETWORK,
            compute=lambda e: e.modelled_access("terminal_hours"),
        ),
        Indicator(
            key="metropolis_minutes",
            label=Text("至最近五百万人以上城市的车程", "Drive to the nearest city above five million"),
            unit=Text("分钟", "minutes"),
            digits=0,
            direction=-1,
            strong=Text(
                "超大、特大城市可当日往返，便于承接其产业链。",
                "A very large city can be reached and returned from in a day: joining its chains is feasible.",
            ),
            weak=Text(
                "远离大城市，难以直接承接其产业链。", "It is far from large cities: joining their chains is hard."
            ),
            source=NETWORK,
            compute=lambda e: e.modelled_access("metropolis_minutes"),
        ),
        Indicator(
            key="market_potential",
            label=Text("国内市场潜力（Harris，全部运输方式）", "Domestic market potential (Harris, all modes)"),
            unit=Text("（全国中位数＝100）", "(national median = 100)"),
            digits=0,
            direction=1,
            strong=Text("周边与可达市场大。", "The markets within reach are large."),
            weak=Text(
                "可达市场小，同样的产品要付更多运费。",
                "The markets within reach are small: the same goods pay more freight.",
            ),
            source=NETWORK,
            compute=_market_potential,
        ),
    ),
)
