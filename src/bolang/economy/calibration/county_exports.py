"""Exports of counties' own makers: what counties published, and elsewhere what the published ones say of counties alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bolang.economy.calibration.hub_selection import HubTargets
from bolang.economy.calibration.observations import Observations
from bolang.economy.core.arrays import Array, IntArray
from bolang.foundation.parameters import ParameterFile

if TYPE_CHECKING:
    from bolang.atlas import Atlas

OLDEST = 5
"""Years before the census after which a published figure is not used."""
FEWEST_MIGRANTS = 0.002
"""Added to the share of migrants, so that its log exists where there are none."""
LARGEST_SHARE = 0.8
"""Most of its output of manufactures that a county's own makers may export directly."""
ROOM = (0.2, 5.0)
"""How far what a province exports beyond published counties may move the estimates of the others."""
ROUNDS = 20


@dataclass(frozen=True, slots=True, eq=False)
class PublishedExports:
    """Exports of counties in the money and at the level of national exports of the census year.

    Attributes
    ----------
    rows : int array (K,)
    value : array (K,)
        亿元.
    year : int array (K,)
        Year of the figure.
    """

    rows: IntArray
    value: Array
    year: IntArray


def published_exports(atlas: Atlas, cited: ParameterFile, year: int) -> PublishedExports:
    """Read each county's latest exports of the years before the census, moved to it with national exports in dollars."""
    national = cited["national_exports_usd"].value
    assert isinstance(national, dict)
    usable = (pl.col("exports") > 0) & (pl.col("year") >= year - OLDEST) & (pl.col("year") <= year)
    usable &= ~pl.col("flag").fill_null("").str.contains("spike")
    frame = atlas.table("trade").filter(usable & pl.col("code").is_in(list(atlas.codes)))
    frame = frame.filter(pl.col("year").is_in([int(y) for y in national]))
    frame = frame.sort("code", "year").group_by("code", maintain_order=True).last()
    grown = np.array([national[year] / national[int(y)] for y in frame["year"]])
    position = {code: i for i, code in enumerate(atlas.codes)}
    return PublishedExports(
        rows=np.array([position[code] for code in frame["code"]], dtype=np.intp),
        value=frame["exports"].to_numpy() * grown * cited.number(f"exchange_rate_{year}"),
        year=frame["year"].to_numpy().astype(np.intp),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """How exports of a county's makers go with its manufacturing and with its migrants, inside provinces.

    Attributes
    ----------
    slopes : array (2,)
        On the logs of value added of manufacturing and of the share of residents from other provinces.
    features : array (N, 2)
    """

    slopes: Array
    features: Array

    def shape(self, dispersion: float) -> Array:
        """Exports up to a factor for each province, (N,)."""
        return np.asarray(np.exp(dispersion * ((self.features - self.features.mean(axis=0)) @ self.slopes)))


def selection(seen: Observations, manufacturing: Array, known: PublishedExports, used: NDArray[np.bool_]) -> Selection:
    """Regress published exports on manufacturing and migrants inside provinces.

    Parameters
    ----------
    seen : Observations
    manufacturing : array (N,)
        Value added of manufacturing.
    known : PublishedExports
    used : bool array (K,)
        Figures that enter; the others are kept for a test.
    """
    migrants = seen.now.from_elsewhere / seen.population
    features = np.column_stack([np.log(np.maximum(manufacturing, 1.0)), np.log(migrants + FEWEST_MIGRANTS)])
    rows, values = known.rows[used], np.log(known.value[used])
    table = np.column_stack([features[rows], values])
    group = seen.province[rows]
    count = np.maximum(np.bincount(group, minlength=len(seen.provinces)), 1)
    means = np.stack([np.bincount(group, column, len(seen.provinces)) / count for column in table.T], axis=1)
    inside = table - means[group]
    return Selection(np.linalg.lstsq(inside[:, :2], inside[:, 2], rcond=None)[0], features)


def direct_exports(
    seen: Observations,
    manufacturing: Array,
    sales: Array,
    provincial: Array,
    hubs: HubTargets | None,
    known: PublishedExports,
    cited: ParameterFile,
) -> Array:
    """Return manufactures that the makers of each county export themselves, 万元, adding up to provinces, (N,).

    A published figure enters with a weight, because it is a year or more old and names the exporter, not the maker; the
    rest is what counties alike export. What hubs ship is taken off first.

    Parameters
    ----------
    seen : Observations
    manufacturing, sales : array (N,)
        Value added and output of manufacturing.
    provincial : array (P,)
        Exports of manufactures by province, hubs included, 万元.
    hubs : HubTargets or None
    known : PublishedExports
    cited : ParameterFile
    """
    fitted = selection(seen, manufacturing, known, np.ones(len(known.rows), dtype=bool))
    shape = fitted.shape(cited.number("export_dispersion"))
    guess = _added_up(shape, provincial, seen.province)
    anchored = np.zeros(len(guess), dtype=bool)
    shipped = np.zeros(len(guess))
    if hubs is not None:
        anchored[hubs.places[hubs.anchored]] = True
        # Its migrants work in the market: only output tells what its own makers export.
        guess = np.where(anchored, _added_up(manufacturing, provincial, seen.province), guess)
        shipped[hubs.places] = np.where(hubs.anchored, hubs.exports - guess[hubs.places], hubs.shipped)
    left = np.maximum(provincial - np.bincount(seen.province, shipped, len(provincial)), 0.02 * provincial)
    left = left - np.bincount(seen.province, np.where(anchored, guess, 0.0), len(provincial))
    guess = np.where(anchored, guess, _added_up(np.where(anchored, 0.0, shape), left, seen.province))
    weight, value = np.zeros(len(guess)), np.ones(len(guess))
    value[known.rows] = np.maximum(known.value * 1e4 - shipped[known.rows], 0.1 * known.value * 1e4)
    weight[known.rows] = cited.number("published_export_weight")
    weight[anchored] = 0.0
    known_or_guess = np.log(value), np.log(np.where(guess > 0, guess, 1.0))
    mixed = np.exp(weight * known_or_guess[0] + (1 - weight) * known_or_guess[1]) * (guess > 0)
    return _within_output(mixed, weight > 0, anchored, left, sales, seen.province)


def _added_up(shape: Array, total: Array, province: IntArray) -> Array:
    """Scale a shape so that it adds up by province."""
    sums = np.bincount(province, shape, len(total))
    scaled: Array = shape * (total / np.where(sums > 0, sums, 1.0))[province]
    return scaled


def _within_output(
    mixed: Array, known: NDArray[np.bool_], anchored: NDArray[np.bool_], left: Array, sales: Array, province: IntArray
) -> Array:  # fmt: skip
    """Let unpublished counties take up what published ones leave, add up by province, and keep below output."""
    count, cap = len(left), LARGEST_SHARE * sales
    fixed = np.bincount(province, np.where(known & ~anchored, mixed, 0.0), count)
    others = np.bincount(province, np.where(known | anchored, 0.0, mixed), count)
    factor = np.clip((left - fixed) / np.where(others > 0, others, 1.0), *ROOM)
    value = np.where(known | anchored, mixed, mixed * factor[province])
    for _ in range(ROUNDS):
        free = (value < cap) & ~anchored
        held = np.bincount(province, np.where(free | anchored, 0.0, np.minimum(value, cap)), count)
        room = np.bincount(province, np.where(free, value, 0.0), count)
        scale = np.maximum(left - held, 0.0) / np.where(room > 0, room, 1.0)
        value = np.where(anchored, value, np.minimum(np.where(free, value * scale[province], value), cap))
    return value
