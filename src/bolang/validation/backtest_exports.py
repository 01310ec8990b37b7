"""Backtest on the exports of some 780 counties, which the calibration never sees: with hubs, without, and naively."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.economy.calibration.calibration import WAN_PER_YI, YIWU, Calibration, calibrate
from bolang.economy.calibration.county_exports import PublishedExports, published_exports, selection
from bolang.economy.core.arrays import Array, IntArray
from bolang.economy.core.equilibrium import Economy
from bolang.economy.core.industries import GOODS, TRADED_GOODS
from bolang.economy.core.kernels import KernelTrade
from bolang.foundation.progress import Progress
from bolang.validation.backtest_fit import Fit, correlation_gap, fit_in_logs

if TYPE_CHECKING:
    import polars as pl

    from bolang.atlas import Atlas

PREDICTORS = ("selection", "hubs", "direct", "value_added", "employment", "gdp")
"""What is compared. The naive ones share provincial exports by value added or employment of manufacturing, or by GDP."""
SAMPLES = ("all", "hub_counties", "others", "exporters")
LARGE = 10.0
"""亿元 of exports that make a county an exporter."""


@dataclass(frozen=True, slots=True, eq=False)
class ExportsBacktest:
    """Predicted against observed exports.

    Attributes
    ----------
    atlas : Atlas
    observed : PublishedExports
    predicted : mapping of predictor to array (N,)
        亿元, all counties.
    fits : mapping of (sample, predictor) to Fit
    provinces : mapping of province name to (count, mapping of predictor to log correlation)
    gaps : mapping of (sample, predictor) to (difference, low, high)
        Correlation within provinces of the model with hubs less that of the other predictor, and its interval.
    anchor : mapping of predictor to float
        Yiwu, which the model with hubs is anchored to; key "observed" holds the observed value.
    """

    atlas: Atlas
    observed: PublishedExports
    predicted: dict[str, Array]
    fits: dict[tuple[str, str], Fit]
    provinces: dict[str, tuple[int, dict[str, float]]]
    gaps: dict[tuple[str, str], tuple[float, float, float]]
    anchor: dict[str, float]

    def to_frame(self) -> pl.DataFrame:
        """Return one row a sample and predictor."""
        import polars as pl

        return pl.DataFrame([{"sample": s, "predictor": p, **asdict(fit)} for (s, p), fit in self.fits.items()])

    def counties(self) -> pl.DataFrame:
        """Return one row a county with observed and predicted exports, 亿元."""
        import polars as pl

        rows = self.observed.rows
        return pl.DataFrame(
            {
                "code": [self.atlas.codes[r] for r in rows],
                "name": [self.atlas.counties[r].full_name for r in rows],
                "year": self.observed.year,
                "observed": self.observed.value,
                **{name: values[rows] for name, values in self.predicted.items()},
            }
        )


def observed_exports(atlas: Atlas, calibration: Calibration) -> PublishedExports:
    """Read what counties published, at the level of the calibration's year."""
    return published_exports(atlas, calibration.parameters, calibration.observed.year)


def goods_exports(economy: Economy) -> tuple[Array, Array]:
    """Baseline exports of goods by home place: of its own makers, and through a hub there, (N,) each.

    Customs count goods, so that exports of services are left out.
    """
    trade = economy.trade
    assert isinstance(trade, KernelTrade)
    n = trade.home
    bought = economy.spending_and_income(economy.income[:, None], economy.sales[..., None], economy.baseline_market)[0]
    spread = bought[n:, :, 0] / trade.phi[n:]
    goods = TRADED_GOODS
    direct = np.einsum("rns,ns,rs->n", trade.outward[:, :, goods], trade.supply[:n, goods], spread[:, goods])
    through = np.zeros(n)
    if trade.hubs is not None:
        offered = (trade.hubs.worth * trade.hub_purchases[..., 0])[:, 0]
        through[trade.hubs.places] = spread[:, GOODS] @ (trade.hubs.into[0, n:] * offered)
    return direct, through


def shared_out(provincial: Array, weight: Array, province: IntArray) -> Array:
    """Provincial totals shared in proportion to a weight, (N,)."""
    total = np.bincount(province, weight, minlength=len(provincial))
    shares: Array = weight / np.where(total > 0, total, 1.0)[province] * provincial[province]
    return shares


def exports_backtest(atlas: Atlas, progress: Progress | None = None) -> ExportsBacktest:
    """Calibrate with and without hubs and compare exports with what counties published."""
    hubs = calibrate(atlas, county_exports=False, progress=progress)
    direct = calibrate(atlas, hubs=False, county_exports=False, progress=progress)
    seen = hubs.observed
    provincial = np.nansum(hubs.targets.province_exports[:, TRADED_GOODS], axis=1)
    weights = {
        "value_added": hubs.value_added.value[:, GOODS],
        "employment": seen.employment[:, GOODS],
        "gdp": hubs.value_added.value.sum(axis=1),
    }
    predicted = {name: np.add(*goods_exports(fitted.economy)) for name, fitted in (("hubs", hubs), ("direct", direct))}
    predicted["selection"] = left_out(atlas, hubs, provincial)
    predicted |= {name: shared_out(provincial, weight, seen.province) for name, weight in weights.items()}
    predicted = {name: values / WAN_PER_YI for name, values in predicted.items()}
    return compare(atlas, hubs, observed_exports(atlas, hubs), predicted)


def left_out(atlas: Atlas, fitted: Calibration, provincial: Array) -> Array:
    """Exports as the calibration estimates them where nothing is published, no county's own prefecture used, 万元, (N,)."""
    seen, known = fitted.observed, observed_exports(atlas, fitted)
    manufacturing = fitted.value_added.value[:, GOODS]
    through = goods_exports(fitted.economy)[1]
    direct = provincial - np.bincount(seen.province, through, len(provincial))
    prefecture = np.array([code[:4] for code in atlas.codes])
    dispersion = fitted.parameters.number("export_dispersion")
    found = np.empty(len(prefecture))
    for area in np.unique(prefecture):
        rule = selection(seen, manufacturing, known, prefecture[known.rows] != area)
        here = prefecture == area
        found[here] = (shared_out(direct, rule.shape(dispersion), seen.province) + through)[here]
    return found


def compare(
    atlas: Atlas, calibration: Calibration, observed: PublishedExports, predicted: dict[str, Array]
) -> ExportsBacktest:
    """Measure the fit in every sample; Yiwu is shown apart, because the hubs are anchored to it."""
    yiwu = atlas.codes.index(YIWU)
    assert calibration.hubs is not None
    kept = np.all([values[observed.rows] > 0 for values in predicted.values()], axis=0)
    used = kept & (observed.rows != yiwu)
    at_hub = np.isin(observed.rows, calibration.hubs.places)
    masks: dict[str, NDArray[np.bool_]] = {
        "all": used,
        "hub_counties": used & at_hub,
        "others": used & ~at_hub,
        "exporters": used & (observed.value >= LARGE),
    }
    group = calibration.observed.province[observed.rows]

    def fit(mask: NDArray[np.bool_], name: str) -> Fit:
        return fit_in_logs(predicted[name][observed.rows[mask]], observed.value[mask], group[mask])

    def gap(mask: NDArray[np.bool_], name: str) -> tuple[float, float, float]:
        one, other = (predicted[key][observed.rows[mask]] for key in ("hubs", name))
        return correlation_gap(one, other, observed.value[mask], group[mask])

    provinces = {}
    for p in np.unique(group[used]):
        mask = used & (group == p)
        if mask.sum() >= 10:
            name = atlas.counties[int(observed.rows[mask][0])].province
            provinces[name] = (int(mask.sum()), {key: fit(mask, key).correlation for key in predicted})
    at_yiwu = observed.rows == yiwu
    anchor = {"observed": float(observed.value[at_yiwu][0])} if at_yiwu.any() else {}
    return ExportsBacktest(
        atlas=atlas,
        observed=observed,
        predicted=predicted,
        fits={(sample, name): fit(mask, name) for sample, mask in masks.items() for name in predicted},
        provinces=provinces,
        gaps={
            (sample, name): gap(masks[sample], name)
            for sample in ("all", "hub_counties")
            for name in predicted
            if name != "hubs"
        },
        anchor=anchor | {name: float(values[yiwu]) for name, values in predicted.items()},
    )
