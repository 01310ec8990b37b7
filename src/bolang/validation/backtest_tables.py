"""Tables of the calibration report, the backtests and the replay, for the terminal and for the handbook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bolang.economy.calibration.calibration import parameters
from bolang.foundation.text import Lang, Text
from bolang.validation.backtest_exports import PREDICTORS, SAMPLES, ExportsBacktest
from bolang.validation.backtest_growth import MECHANISMS, OUTCOMES, GrowthBacktest
from bolang.validation.backtest_sensitivity import StructuralCase
from bolang.validation.calibration_report import CalibrationReport
from bolang.validation.replay import DECADE, WITHOUT, Replay, ReplayLine


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of texts; the first column names the row.

    Attributes
    ----------
    title : Text
    columns : tuple of Text
    rows : tuple of (Text, tuple of str)
    """

    title: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, tuple[str, ...]], ...]

    def markdown(self, lang: Lang) -> str:
        """Return the table in Markdown."""
        lines = [[column.in_(lang) for column in self.columns], ["---", *["---:"] * (len(self.columns) - 1)]]
        lines += [[label.in_(lang), *cells] for label, cells in self.rows]
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def match_grid(report: CalibrationReport) -> TextTable:
    """Return targets and what the economy gives."""
    columns = (
        Text("校准目标", "target"),
        Text("个数", "number"),
        Text("目标合计", "target total"),
        Text("模型", "model"),
        Text("中位偏差", "median"),
        Text("最大偏差", "worst"),
    )
    rows = []
    for m in report.matches:
        mark = Text("", "") if m.fitted else Text("（未作为目标）", " (not a target)")
        label = Text(m.label.zh + mark.zh, m.label.en + mark.en)
        if m.key == "hub_workers":
            label = Text(label.zh + "，抽样人数", label.en + ", sampled")
        cells = (f"{m.count:,}", f"{m.target:,.0f}", f"{m.found:,.0f}", _miss(m.median), _miss(m.worst))
        rows.append((label, cells))
    return TextTable(
        Text("校准：目标与结果（亿元）", "Calibration: targets, results and misses (100m yuan)"), columns, tuple(rows)
    )


def estimate_grid(report: CalibrationReport) -> TextTable:
    """Return what is estimated."""
    columns = (Text("估计的内容", "estimated"), Text("个数", "number"), Text("总数", "of"))
    rows = tuple((item.label, (f"{item.count:,}", f"{item.of:,}")) for item in report.estimates)
    return TextTable(Text("估计了什么", "What is estimated"), columns, rows)


def hub_grid(report: CalibrationReport, top: int = 12) -> TextTable:
    """Return the largest hubs."""
    columns = (
        Text("批发市场所在县", "county of the hub"),
        Text("批零区位商", "quotient"),
        Text("中转额，亿元", "throughput, 100m"),
        Text("经市场出口，亿元", "exports through it, 100m"),
        Text("超额就业，抽样", "excess workers, sampled"),
        Text("毛利支撑，抽样", "paid by the margin, sampled"),
    )
    rows = []
    for hub in report.hubs().head(top).iter_rows(named=True):
        cells = (
            f"{hub['quotient']:.2f}",
            f"{hub['throughput']:,.0f}",
            f"{hub['exports']:,.0f}",
            f"{hub['excess_workers']:,.0f}",
            f"{hub['workers_of_margin']:,.0f}",
        )
        rows.append((Text(hub["name"], hub["name"]), cells))
    return TextTable(Text("最大的批发市场", "The largest hubs"), columns, tuple(rows))


def fit_grid(backtest: ExportsBacktest, sample: str) -> TextTable:
    """Return the fit of every predictor in one sample."""
    first = backtest.fits[sample, "hubs"]
    title = Text(
        f"{SAMPLES[sample].zh}，{first.count}个县",
        f"{SAMPLES[sample].en[0].upper()}{SAMPLES[sample].en[1:]}: {first.count}",
    )
    columns = (
        Text("预测方法", "predicted by"),
        Text("对数相关", "corr."),
        Text("省内相关", "in prov."),
        Text("等级相关", "rank"),
        Text("R²", "R²"),
        Text("误差倍数", "error, x"),
        Text("高估倍数", "bias, x"),
        Text("2倍内", "in 2x"),
        Text("3倍内", "in 3x"),
    )
    rows = tuple((label, _fit_cells(backtest, sample, key)) for key, label in PREDICTORS.items())
    return TextTable(title, columns, rows)


def _fit_cells(backtest: ExportsBacktest, sample: str, key: str) -> tuple[str, ...]:
    from math import exp

    f = backtest.fits[sample, key]
    return (
        f"{f.correlation:.3f}",
        f"{f.within:.3f}",
        f"{f.rank:.3f}",
        f"{f.r2:.2f}",
        f"{exp(f.median_error):.2f}",
        f"{exp(f.median_bias):.2f}",
        f"{f.within_two:.0%}",
        f"{f.within_three:.0%}",
    )


def province_grid(backtest: ExportsBacktest) -> TextTable:
    """Return log correlations by province."""
    columns = (Text("省", "province"), Text("县数", "counties"), *PREDICTORS.values())
    rows = tuple(
        (Text(name, name), (str(count), *(f"{fits[key]:.2f}" for key in PREDICTORS)))
        for name, (count, fits) in backtest.provinces.items()
    )
    return TextTable(Text("各省内的对数相关", "Correlation of logs by province"), columns, rows)


def gap_grid(backtest: ExportsBacktest) -> TextTable:
    """Return how much better or worse the model with hubs is, with intervals, and Yiwu's exports by every predictor."""
    columns = (
        Text("预测方法", "predicted by"),
        Text("模型省内相关高出", "hubs correlate more by"),
        Text("95%区间", "95 % interval"),
        Text("市场县高出", "in hub counties"),
        Text("95%区间", "95 % interval"),
        Text("义乌，亿元", "Yiwu, 100m"),
    )
    rows = []
    for key, label in PREDICTORS.items():
        cells: tuple[str, ...] = ("–",) * 4
        if key != "hubs":
            gaps = [backtest.gaps[sample, key] for sample in ("all", "hub_counties")]
            cells = tuple(text for gap, low, high in gaps for text in (f"{gap:+.3f}", f"{low:+.3f} ~ {high:+.3f}"))
        rows.append((label, (*cells, f"{backtest.anchor[key]:,.0f}")))
    rows.append((Text("实际", "observed"), (*("–",) * 4, f"{backtest.anchor['observed']:,.0f}")))
    return TextTable(Text("差距与义乌", "Gaps, and Yiwu"), columns, tuple(rows))


def structure_grid(cases: Iterable[StructuralCase]) -> TextTable:
    """Return the backtest with structural parameters at the ends of their ranges."""
    columns = (
        Text("参数取区间端点", "parameter at an end"),
        Text("取值", "value"),
        Text("市场数", "hubs"),
        Text("省内相关", "in prov."),
        Text("R²", "R²"),
        Text("市场县省内相关", "hub counties, in prov."),
        Text("市场县R²", "hub counties, R²"),
        Text("义乌自产出口，亿元", "Yiwu's makers, 100m"),
    )
    rows = []
    for case in cases:
        label = Text("基准", "benchmark")
        if case.parameter:
            named = parameters()[case.parameter].label
            label = Text(named.zh, named.en)
        cells = (
            f"{case.value:g}" if case.parameter else "–",
            str(case.hubs),
            f"{case.everywhere.within:.3f}",
            f"{case.everywhere.r2:.2f}",
            f"{case.at_hubs.within:.3f}",
            f"{case.at_hubs.r2:.2f}",
            f"{case.yiwu_makers:,.0f}",
        )
        rows.append((label, cells))
    return TextTable(
        Text("结构参数与县出口回测", "County exports under other structural parameters"), columns, tuple(rows)
    )


def slope_grid(backtest: GrowthBacktest, outcome: str) -> TextTable:
    """Return what each mechanism of 2010 goes with."""
    chosen = [slope for slope in backtest.slopes if slope.outcome == outcome]
    label = OUTCOMES[outcome]
    title = Text(
        f"{label.zh}2010至2020年增长，{chosen[0].count}个县",
        f"Growth of {label.en}, 2010 to 2020: {chosen[0].count} counties",
    )
    columns = (
        Text("2010年模型中的量（每标准差）", "in the model of 2010 (per s.d.)"),
        Text("单独，对数点", "alone, log pts"),
        Text("95%区间", "95 % interval"),
        Text("同时", "together"),
        Text("95%区间", "95 % interval"),
    )
    rows = tuple(
        (
            MECHANISMS[s.mechanism],
            (
                f"{100 * s.alone:+.1f}",
                f"{100 * s.low:+.1f} ~ {100 * s.high:+.1f}",
                f"{100 * s.joint:+.1f}",
                f"{100 * s.joint_low:+.1f} ~ {100 * s.joint_high:+.1f}",
            ),
        )
        for s in chosen
    )
    return TextTable(title, columns, rows)


def prediction_grid(backtest: GrowthBacktest) -> TextTable:
    """Return how much growth is predicted in provinces left out, and the test of the market's growth."""
    columns = (
        Text("增长", "growth of"),
        Text("偏离份额", "shift-share"),
        Text("加基期特征", "and features"),
        Text("加模型机制", "and the model"),
        Text("义乌市场的影响，标准差，对数点", "Yiwu's effect, s.d., log pts"),
    )
    rows = tuple(
        (
            label,
            (
                *(f"{backtest.predicted[key][name]:.3f}" for name in ("naive", "controls", "model")),
                f"{100 * backtest.market_spread[key]:.3f}",
            ),
        )
        for key, label in OUTCOMES.items()
    )
    return TextTable(Text("对未参与估计省份的预测R²", "R² in provinces left out"), columns, rows)


LINE_COLUMNS = (
    Text("批零区位商", "LQ trade"),
    Text("制造区位商", "LQ manuf."),
    Text("出口", "exports"),
    Text("中转额", "through"),
    Text("GDP", "GDP"),
    Text("就业", "jobs"),
    Text("批零就业", "in trade"),
)


def without_grid(replay: Replay) -> TextTable:
    """Return Yiwu in 2020 with one thing changed."""
    return _lines(
        Text("2020年：逐一关掉机制（亿元、万人）", "2020 with one mechanism off (100m yuan; 10,000 jobs)"),
        ((label, replay.without[k]) for k, label in WITHOUT.items()),
    )


def decade_grid(replay: Replay) -> TextTable:
    """Return Yiwu in 2010 with what the decade brought."""
    return _lines(
        Text("2010至2020年：逐一加入机制（亿元、万人）", "2010 to 2020: mechanisms fed in (100m yuan; 10,000 jobs)"),
        ((label, replay.decade[k]) for k, label in DECADE.items()),
    )


def _lines(title: Text, lines: Iterable[tuple[Text, ReplayLine]]) -> TextTable:
    rows = tuple(
        (
            label,
            (
                f"{line.wholesale_lq:.2f}",
                f"{line.manufacturing_lq:.2f}",
                f"{line.exports:,.0f}",
                f"{line.throughput:,.0f}",
                f"{line.gdp:,.0f}",
                f"{line.people / 1e4:,.1f}",
                f"{line.wholesale / 1e4:,.1f}",
            ),
        )
        for label, line in lines
    )
    return TextTable(title, (Text("情形", "world"), *LINE_COLUMNS), rows)


def _miss(value: float) -> str:
    """Relative miss: a power of ten where it is only rounding."""
    if value == 0:
        return "0"
    return f"{value:.0e}" if value < 1e-5 else f"{value:.2%}"
