"""The names of measures, closures, parts of a change and edits of the network."""

from __future__ import annotations

from bolang.economy.core.migration import Closure
from bolang.foundation.text import Text
from bolang.space.system import Edit

TERM_TEXT: dict[str, Text] = {
    "productivity": Text("直接：生产率", "direct: productivity"),
    "trade_cost": Text("直接：贸易成本与通道", "direct: trade costs and channels"),
    "market": Text("批发市场毛利", "margins of the wholesale market"),
    "access": Text("市场准入：他处需求与竞争", "market access: demand and competition elsewhere"),
    "inputs": Text("投入品价格", "prices of inputs"),
    "scale": Text("规模经济", "economies of scale"),
    "wages": Text("本地工资（成本上升为负）", "local wages (higher cost counts against)"),
    "prices": Text("全国价格水平", "national price level"),
    "migration": Text("人口流动", "migration"),
}

CLOSURE_TEXT: dict[Closure, Text] = {
    "fixed": Text("人口不流动", "no migration"),
    "province": Text("人口只在省内流动", "migration within provinces"),
    "national": Text("人口在全国流动", "migration nationwide"),
}

MEASURE_TEXT: dict[str, Text] = {
    "gdp": Text("地区生产总值（全国价格）", "GDP at national prices"),
    "real_wage": Text("实际工资", "real wage"),
    "real_income": Text("人均实际收入", "real income per head"),
    "employment": Text("就业与人口", "employment and population"),
    "manufacturing": Text("制造业产出", "output of manufacturing"),
    "wholesale": Text("批发零售业产出", "output of wholesale and retail"),
    "exports": Text("出口（按经营单位）", "exports by registered exporter"),
    "throughput": Text("批发市场中转额", "throughput of wholesale markets"),
    "revenue": Text("一般公共预算收入", "general public budget revenue"),
    "welfare": Text("原居民福利", "welfare of people from the county"),
}


def edit_text(edit: Edit) -> Text:
    """Say which edit of the network belongs to the scenario."""
    given = ", ".join(f"{name}={value}" for name, value in vars(edit).items() if value is not None)
    return Text(f"路网改动 {type(edit).__name__}（{given}）", f"Edit of the network {type(edit).__name__} ({given})")
