"""What a county may do about a finding: each step with the condition under which it fits, the evidence and the risk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bolang.document.model import Note
from bolang.foundation.text import Text
from bolang.pages.report import notes

if TYPE_CHECKING:
    from bolang.pages.report.context import Context


@dataclass(frozen=True, slots=True)
class Action:
    """One step.

    Attributes
    ----------
    dimension : str
        The shortcoming that it answers.
    title, step : Text
        What to do.
    condition : Text
        Under which condition it fits; what to check first.
    evidence : Text
        How much is known of the effect.
    watch : Text
        The figure that shows whether it works.
    notes : tuple of Note
        Where the evidence comes from.
    fits : callable
        Whether the step suits the county; of several for one dimension the first that fits is taken.
    """

    dimension: str
    title: Text
    step: Text
    condition: Text
    evidence: Text
    watch: Text
    notes: tuple[Note, ...] = ()
    fits: Callable[[Context], bool] = lambda _: True


def has_base(context: Context) -> bool:
    """Whether the county has a tradable specialisation beyond sampling error."""
    return bool(context.specialisations("BCFGIJLM"))


def action_for(context: Context, dimension: str) -> Action:
    """Return the first step for a dimension that fits the county."""
    return next(action for action in ACTIONS if action.dimension == dimension and action.fits(context))


ACTIONS: tuple[Action, ...] = (
    Action(
        "clustering",
        Text("为邻近集群做配套，不自建全链", "Supply the clusters nearby"),
        Text(
            "先弄清邻近核心城市和集群缺什么工序、零部件和外协，按订单接一两道，练出熟练工人再往上走。",
            "Find out which steps, parts and subcontracting the core city and clusters nearby lack; take one or two by order, train workers, "
            "then move up.",
        ),
        Text("前提是到该集群的运输时间和成本可以接受。", "It presupposes bearable time and cost to that cluster."),
        Text(
            "自身没有可确认的可贸易专业化行业，自建产业链缺少起点；集群的好处在于分工降低起步资本。",
            "Without a sure tradable specialisation a chain of one's own has no starting point; clusters help by lowering the capital to start.",
        ),
        Text("外协订单额、本地承接工序数、返乡就业人数", "subcontracted orders, steps done locally, returnees at work"),
        (notes.LONG_ZHANG,),
        fits=lambda context: not has_base(context),
    ),
    Action(
        "synergy",
        Text("先有产品或客商，再谈专业市场", "Goods or buyers before a market hall"),
        Text(
            "两端都弱时，不建专业市场；先把现有农产品和加工品卖进已有的区域市场，摸清哪类客商愿意固定采购。",
            "Where both ends are weak, build no market hall: sell existing farm and processed goods into regional markets and learn which buyers return.",
        ),
        Text("前提是有可以持续供应的单品。", "It presupposes one product in steady supply."),
        Text(
            "专业市场平台的因果效果没有公开估计；没有货源和通道支撑的市场空置是常见结局。",
            "No causal estimate of a market platform exists; without goods and routes, empty halls are the common end.",
        ),
        Text("固定采购商数、单品外销额", "returning buyers, sales of the product outside"),
        fits=lambda context: not has_base(context),
    ),
    Action(
        "circulation",
        Text("先把货运出去的成本降下来", "Bring down the cost of getting goods out"),
        Text(
            "比较公路直达与经内陆场站、海铁联运到港的单位成本，先做集并和回程货，再谈新建通道。",
            "Compare road with inland terminals and sea-rail to the ports; consolidate and find return loads before building links.",
        ),
        Text("前提是本地已有稳定的出货量。", "It presupposes steady outbound volumes."),
        Text(
            "通道对外围县未必有利：国道主干线接入曾使部分外围县工业增长放缓。",
            "A link need not help the periphery: trunk highways slowed industrial growth in some peripheral counties.",
        ),
        Text(
            "到主要港口的单箱成本、出货量与回程装载率",
            "cost a container to the main ports, outbound volume, return loads",
        ),
        (notes.FABER,),
    ),
    Action(
        "clustering",
        Text("沿已有行业补链，不另起炉灶", "Complete the chain that exists"),
        Text(
            "从区位商和竞争力效应都为正的行业出发，补原料、零部件、检测、设计等缺口环节，优先用本地中小企业。",
            "Start from industries whose quotient and competitive shift are both positive; add materials, parts, testing and design, "
            "with local small firms first.",
        ),
        Text(
            "前提是至少有一个可以确认的可贸易专业化行业。", "It presupposes at least one sure tradable specialisation."
        ),
        Text(
            "集群降低单个企业的起步资本有实证支持，但政府主导造链的平均效果没有可靠估计。",
            "That clusters lower the capital a firm needs is documented; the average effect of government-led chains is not.",
        ),
        Text("专业化行业的就业、本地配套率、新设企业数", "jobs in the specialised industry, local sourcing, new firms"),
        (notes.LONG_ZHANG,),
    ),
    Action(
        "synergy",
        Text("让市场和工厂互相带单", "Let market and workshop feed each other"),
        Text(
            "工厂强、市场弱的，先建面向现有产品的采购与展示渠道；市场强、工厂弱的，引导商户就近设厂或委托加工。",
            "Where workshops are strong, open buying and showing channels for what they make; where the market is strong, help "
            "traders to produce or contract nearby.",
        ),
        Text(
            "前提是两端至少有一端的区位商区间高于1。", "It presupposes that one end is above one beyond sampling error."
        ),
        Text(
            "专业市场平台的因果效果没有公开估计，义乌是个案；规模须由用户设定并做情景检验。",
            "No causal estimate of a market platform exists and Yiwu is one case: set the size yourself and test it in scenarios.",
        ),
        Text("商贸与制造业就业是否同向增长", "whether jobs in trade and manufacturing grow together"),
    ),
    Action(
        "attraction",
        Text("改革做在企业进入和公共服务上", "Reform entry and public services"),
        Text(
            "压减准入和变更环节，给外来人员同等的入学、就医和参保条件。",
            "Cut steps of entry and change; give newcomers equal schooling, care and insurance.",
        ),
        Text("人口净流出的县，应先稳住就业岗位。", "Where people leave, steady jobs come first."),
        Text(
            "准入改革增加新设企业的幅度在不同研究间差别大，有的机构改革测不出效果。",
            "Studies differ widely on how many firms entry reform adds, and some reforms of offices show no effect.",
        ),
        Text("新设与注销经营主体、20—39岁人口", "entries and exits of firms, residents aged 20 to 39"),
    ),
    Action(
        "industry_level",
        Text("升级跟着人力资本走", "Let upgrading follow skills"),
        Text(
            "把技能培训、检测认证和工业设计做进现有企业，附加值的提高先体现在工资上。",
            "Put training, testing and design into existing firms; added value shows first in wages.",
        ),
        Text(
            "大专及以上人口过少时，先做技能，后谈品牌。", "Where few have college education, skills come before brands."
        ),
        Text(
            "品牌和设计升级没有可用的平均效果估计，宜小步试点、按结果追加。",
            "No usable estimate exists for brand and design upgrading: pilot small, and add by result.",
        ),
        Text("人均产出、专业技术人员占比", "output per head, share of professionals and technicians"),
    ),
    Action(
        "layout",
        Text("收拢布局，投向人口正在集中的地方", "Gather, and invest where people gather"),
        Text(
            "新增产业用地和公共设施向中心城镇和既有园区集中，零散点只减不增。",
            "Place new industrial land and facilities in the central towns and existing parks; add no scattered sites.",
        ),
        Text(
            "山地县须先核实可建设用地和搬迁成本。",
            "In the mountains, check buildable land and the cost of moving first.",
        ),
        Text(
            "集聚的收益随密度上升而递减，且要扣除拥挤和迁移成本。",
            "Gains from density taper off, and congestion and moving are to be set against them.",
        ),
        Text("城镇化率、非农就业密度", "urban share, non-farm jobs per square kilometre"),
    ),
    Action(
        "opening",
        Text("线上与出口依附既有产品，不单独造势", "Sell online and abroad what is already made"),
        Text(
            "选已有销量的产品做线上和跨境渠道，补仓储、合规和结算服务。",
            "Take products that already sell online and abroad; add storage, compliance and settlement.",
        ),
        Text("前提是有稳定货源和可控的退换货成本。", "It presupposes steady supply and bearable returns."),
        Text(
            "农村电商的收益主要在消费端，生产者增收在随机试验中不显著。",
            "The gains of rural e-commerce lie mainly with consumers; a randomised trial found no significant rise in producers' incomes.",
        ),
        Text(
            "线上销售额中本地产品占比、出口市场集中度", "local goods in online sales, concentration of export markets"
        ),
        (notes.COUTURE,),
    ),
)
