"""Tables of the calibration report and the backtests, for the terminal and for the handbook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bolang.atlas.romanize import place
from bolang.atlas.vintage import censuses
from bolang.economy.calibration.calibration import parameters
from bolang.foundation.text import Lang, Text
from bolang.foundation.units import exact_text, number_text, power_text
from bolang.validation.backtest_exports import PREDICTORS, ExportsBacktest
from bolang.validation.backtest_growth import OUTCOMES, GrowthBacktest
from bolang.validation.backtest_sensitivity import StructuralCase
from bolang.validation.calibration_report import CalibrationReport
from bolang.wording import load

WORDS = load("model")


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
        WORDS("column.target"),
        WORDS("column.number"),
        WORDS("column.target_total"),
        WORDS("column.model"),
        WORDS("column.median"),
        WORDS("column.worst"),
    )
    rows = []
    for m in report.matches:
        label = WORDS(f"match.{m.key}")
        if not m.fitted:
            label = WORDS("row.not_a_target", label=label)
        if m.key == "hub_workers":
            label = WORDS("row.sampled", label=label)
        cells = (number_text(m.count), number_text(m.target), number_text(m.found), _miss(m.median), _miss(m.worst))
        rows.append((label, cells))
    return TextTable(WORDS("title.matches"), columns, tuple(rows))


def estimate_grid(report: CalibrationReport) -> TextTable:
    """Return what is estimated."""
    columns = (WORDS("column.estimated"), WORDS("column.number"), WORDS("column.of"))
    rows = tuple(
        (WORDS(f"estimate.{item.key}"), (number_text(item.count), number_text(item.of))) for item in report.estimates
    )
    return TextTable(WORDS("title.estimates"), columns, rows)


def hub_grid(report: CalibrationReport, top: int = 12) -> TextTable:
    """Return the largest hubs."""
    columns = (
        WORDS("column.hub_county"),
        WORDS("column.quotient"),
        WORDS("column.throughput"),
        WORDS("column.exports_through"),
        WORDS("column.excess_workers"),
        WORDS("column.paid_workers"),
    )
    rows = []
    for hub in report.hubs().head(top).iter_rows(named=True):
        cells = (
            number_text(hub["quotient"], 2),
            number_text(hub["throughput"]),
            number_text(hub["exports"]),
            number_text(hub["excess_workers"]),
            number_text(hub["workers_of_margin"]),
        )
        rows.append((place(hub["name"]), cells))
    return TextTable(WORDS("title.hubs"), columns, tuple(rows))


def fit_grid(backtest: ExportsBacktest, sample: str) -> TextTable:
    """Return the fit of every predictor in one sample."""
    first = backtest.fits[sample, "hubs"]
    named = WORDS(f"sample.{sample}")
    title = WORDS("title.fit", sample=Text(named.zh, named.en[0].upper() + named.en[1:]), count=first.count)
    columns = (
        WORDS("column.predicted_by"),
        WORDS("column.corr"),
        WORDS("column.in_prov"),
        WORDS("column.rank"),
        WORDS("column.r2"),
        WORDS("column.error_x"),
        WORDS("column.bias_x"),
        WORDS("column.in_2x"),
        WORDS("column.in_3x"),
    )
    rows = tuple((WORDS(f"predictor.{key}"), _fit_cells(backtest, sample, key)) for key in PREDICTORS)
    return TextTable(title, columns, rows)


def _fit_cells(backtest: ExportsBacktest, sample: str, key: str) -> tuple[str, ...]:
    from math import exp

    f = backtest.fits[sample, key]
    return (
        number_text(f.correlation, 3),
        number_text(f.within, 3),
        number_text(f.rank, 3),
        number_text(f.r2, 2),
        number_text(exp(f.median_error), 2),
        number_text(exp(f.median_bias), 2),
        f"{number_text(100 * f.within_two)}%",
        f"{number_text(100 * f.within_three)}%",
    )


def province_grid(backtest: ExportsBacktest) -> TextTable:
    """Return log correlations by province."""
    columns = (WORDS("column.province"), WORDS("column.counties"), *(WORDS(f"predictor.{key}") for key in PREDICTORS))
    rows = tuple(
        (place(name), (str(count), *(number_text(fits[key], 2) for key in PREDICTORS)))
        for name, (count, fits) in backtest.provinces.items()
    )
    return TextTable(WORDS("title.provinces"), columns, rows)


def gap_grid(backtest: ExportsBacktest) -> TextTable:
    """Return how much better or worse the model with hubs is, with intervals, and Yiwu's exports by every predictor."""
    columns = (
        WORDS("column.predicted_by"),
        WORDS("column.gap"),
        WORDS("column.interval"),
        WORDS("column.gap_at_hubs"),
        WORDS("column.interval"),
        WORDS("column.yiwu_exports"),
    )
    rows = []
    for key in PREDICTORS:
        cells: tuple[str, ...] = ("–",) * 4
        if key != "hubs":
            gaps = [backtest.gaps[sample, key] for sample in ("all", "hub_counties")]
            cells = tuple(
                text
                for gap, low, high in gaps
                for text in (
                    number_text(gap, 3, signed=True),
                    f"{number_text(low, 3, signed=True)} ~ {number_text(high, 3, signed=True)}",
                )
            )
        rows.append((WORDS(f"predictor.{key}"), (*cells, number_text(backtest.anchor[key]))))
    rows.append((WORDS("row.observed"), (*("–",) * 4, number_text(backtest.anchor["observed"]))))
    return TextTable(WORDS("title.gaps"), columns, tuple(rows))


def structure_grid(cases: Iterable[StructuralCase]) -> TextTable:
    """Return the backtest with structural parameters at the ends of their ranges."""
    columns = (
        WORDS("column.parameter"),
        WORDS("column.value"),
        WORDS("column.hubs"),
        WORDS("column.in_prov"),
        WORDS("column.r2"),
        WORDS("column.at_hubs_in_prov"),
        WORDS("column.at_hubs_r2"),
        WORDS("column.yiwu_makers"),
    )
    rows = []
    for case in cases:
        label = WORDS("row.benchmark")
        if case.parameter:
            named = parameters()[case.parameter].label
            label = Text(named.zh, named.en)
        cells = (
            exact_text(case.value) if case.parameter else "–",
            str(case.hubs),
            number_text(case.everywhere.within, 3),
            number_text(case.everywhere.r2, 2),
            number_text(case.at_hubs.within, 3),
            number_text(case.at_hubs.r2, 2),
            number_text(case.yiwu_makers),
        )
        rows.append((label, cells))
    return TextTable(WORDS("title.structure"), columns, tuple(rows))


def slope_grid(backtest: GrowthBacktest, outcome: str) -> TextTable:
    """Return what each mechanism of 2010 goes with."""
    chosen = [slope for slope in backtest.slopes if slope.outcome == outcome]
    first, last = censuses()[-2:]
    named = WORDS(f"outcome.{outcome}")
    title = WORDS("title.growth", outcome=named, first=first, last=last, count=chosen[0].count)
    columns = (
        WORDS("column.mechanism"),
        WORDS("column.alone"),
        WORDS("column.interval"),
        WORDS("column.together"),
        WORDS("column.interval"),
    )
    rows = tuple(
        (
            WORDS(f"mechanism.{s.mechanism}"),
            (
                number_text(100 * s.alone, 1, signed=True),
                f"{number_text(100 * s.low, 1, signed=True)} ~ {number_text(100 * s.high, 1, signed=True)}",
                number_text(100 * s.joint, 1, signed=True),
                f"{number_text(100 * s.joint_low, 1, signed=True)} ~ {number_text(100 * s.joint_high, 1, signed=True)}",
            ),
        )
        for s in chosen
    )
    return TextTable(title, columns, rows)


def prediction_grid(backtest: GrowthBacktest) -> TextTable:
    """Return how much growth is predicted in provinces left out, and the test of the market's growth."""
    columns = (
        WORDS("column.growth_of"),
        WORDS("column.shift_share"),
        WORDS("column.and_features"),
        WORDS("column.and_the_model"),
        WORDS("column.yiwu_effect"),
    )
    rows = tuple(
        (
            WORDS(f"outcome.{key}"),
            (
                *(number_text(backtest.predicted[key][name], 3) for name in ("naive", "controls", "model")),
                number_text(100 * backtest.market_spread[key], 3),
            ),
        )
        for key in OUTCOMES
    )
    return TextTable(WORDS("title.predictions"), columns, rows)


def _miss(value: float) -> str:
    """Relative miss: a power of ten where it is only rounding."""
    if value == 0:
        return "0"
    return power_text(value) if value < 1e-5 else f"{number_text(100 * value, 2)}%"
