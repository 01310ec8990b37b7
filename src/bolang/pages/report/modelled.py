"""What the model of the county economy adds to a report: levers, shocks, and a plan; and the notes that trace them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bolang.document.model import Note
from bolang.economy.levers.catalogue import Lever, Normal
from bolang.foundation.text import Text

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County
    from bolang.economy.scenarios.scenario_section import ScenarioSection
    from bolang.pathway import Plan

Progress = Callable[[Text], None]


@dataclass(frozen=True, slots=True, eq=False)
class Modelled:
    """Answers of the model for one county.

    Attributes
    ----------
    scenarios : ScenarioSection
        Every lever and standard shock by itself.
    plan : Plan
        The levers chosen under a budget and a debt limit.
    """

    scenarios: ScenarioSection
    plan: Plan


def solve(
    atlas: Atlas, county: County, *, budget: float | None, debt_limit: float | None, progress: Progress
) -> Modelled:
    """Ask the model; what it solved before comes from the user's cache."""
    from bolang.economy import section
    from bolang.pathway.plan.planner import plan

    def tell(stage: str, _: float) -> None:
        progress(Text(f"求解全国县域经济模型（{stage}）", f"Solving the model of all counties ({stage})"))

    tell("levers", 0.0)
    scenarios = section(atlas, county, progress=tell)
    chosen = plan(county, budget=budget, debt_limit=debt_limit, atlas=atlas, progress=tell)
    return Modelled(scenarios, chosen)


MODEL = Note(
    "model",
    Text(
        "拨浪县域一般均衡模型：2853个县级单元与境外地区、19个行业，含投入产出联系、规模经济、人口流动、财政和批发市场枢纽"
        "（Caliendo和Parro 2015、Redding 2016、Tombe和Zhu 2019一系的量化空间模型）。基期2020年，比较新旧两个长期均衡；"
        "参数、出处与区间见 bolang.economy 参数文件，检验与回测（含失败之处）见手册“检验”一页。全部结果为模型估计。",
        "bolang's general equilibrium of 2,853 county-level units and the regions abroad in 19 industries, with input links, scale economies, "
        "migration, public revenue and wholesale hubs (in the line of Caliendo and Parro 2015, Redding 2016, Tombe and Zhu 2019). Base year "
        "2020; two long-run equilibria are compared. Parameters with sources and ranges stand in the parameter file of bolang.economy; tests and "
        "backtests, failures included, on the page on validation of the handbook. All results are model estimates.",
    ),
)
MODEL_SOURCE = Text("拨浪县域一般均衡模型（估计）", "bolang's county equilibrium model (estimates)")


def lever_note(lever: Lever) -> Note:
    """Trace a lever: what it moves, how large, on which evidence, at which cost."""
    effect = lever.effect
    if isinstance(effect, Normal):
        size_zh = f"均值{100 * effect.mean:g}%，标准差{100 * effect.sd:g}%"
        size_en = f"mean {100 * effect.mean:g}%, standard deviation {100 * effect.sd:g}%"
    else:
        low, mode, high = (100 * x for x in (effect.low, effect.mode, effect.high))
        size_zh = f"最低{low:g}%、最可能{mode:g}%、最高{high:g}%（三角分布）"
        size_en = f"lowest {low:g}%, likeliest {mode:g}%, highest {high:g}% (triangular distribution)"
    cost = lever.cost
    return Note(
        f"lever-{lever.key}",
        lever.label.text
        + Text(
            f"：作用于{lever.moves.zh}；{lever.unit.zh}，{size_zh}。依据：{lever.source.zh}证据等级：{lever.evidence.zh}。"
            f"成本{cost.low:g}—{cost.high:g}亿元（众数{cost.mode:g}），{lever.payer.zh}；{lever.cost_source.zh}",
            f": moves {lever.moves.en}; {lever.unit.en}: {size_en}. Basis: {lever.source.en} Evidence: {lever.evidence.en}. "
            f"Cost {cost.low / 10:g} to {cost.high / 10:g} billion yuan (mode {cost.mode / 10:g}), borne by {lever.payer.en}; {lever.cost_source.en}",
        ),
    )
