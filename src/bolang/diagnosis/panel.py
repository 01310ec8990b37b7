"""Every indicator and index of all units at once: what one diagnosis is read from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bolang.atlas import Atlas
from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.indicator import SAMPLED, DimensionSpec, Indicator, Values
from bolang.diagnosis.indicators import DIMENSIONS
from bolang.diagnosis.result import Group
from bolang.diagnosis.standing import Standings, standings
from bolang.foundation.parameters import load_parameters
from bolang.foundation.store import stored
from bolang.measures.composite import composite_score
from bolang.measures.robustness import rank_robustness

Array = NDArray[np.float64]

MINIMUM_SHARE = 0.5
"""An index is given where at least this share of its parts has a value."""

DRAWS, SEED = 200, 20201101
"""Alternative rankings behind each range of ranks, and the seed of their draws."""

NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True)
class IndicatorPanel:
    """One indicator of all units with its standings by group."""

    indicator: Indicator
    values: Values
    strength: Array
    standings: Mapping[Group, Standings]


@dataclass(frozen=True, slots=True)
class DimensionPanel:
    """One dimension of all units: index, standings, and the range of ranks under other weightings.

    Attributes
    ----------
    score : ndarray, shape (n,)
        Index in 0-100; NaN where less than half of the parts has a value.
    rank_low, rank_high : ndarray, shape (n,)
        5th and 95th percentile of the national rank; NaN where there is no score.
    """

    spec: DimensionSpec
    indicators: tuple[IndicatorPanel, ...]
    score: Array
    standings: Mapping[Group, Standings]
    rank_low: Array
    rank_high: Array


@dataclass(frozen=True, slots=True)
class Panel:
    """All dimensions of all units."""

    evidence: Evidence
    dimensions: tuple[DimensionPanel, ...]


def build_panel(atlas: Atlas) -> Panel:
    """Compute every indicator, index, standing and rank interval for all units."""
    evidence = Evidence(atlas)
    groups = _groups(atlas)
    parts = [tuple(_indicator(i, evidence, groups) for i in spec.indicators) for spec in DIMENSIONS]
    ranges = _rank_ranges(parts, evidence.small_sample)
    dimensions = (
        _dimension(spec, own, groups, ranks, evidence.small_sample)
        for spec, own, ranks in zip(DIMENSIONS, parts, ranges, strict=True)
    )
    return Panel(evidence, tuple(dimensions))


def indicator_alone(evidence: Evidence, key: str) -> IndicatorPanel | None:
    """Compute one indicator for all units, without its standings; None if there is none of this key."""
    found = next((i for spec in DIMENSIONS for i in spec.indicators if i.key == key), None)
    return None if found is None else _indicator(found, evidence, {})


def _groups(atlas: Atlas) -> dict[Group, NDArray[np.int64]]:
    counties = atlas.counties
    return {
        "nation": np.zeros(len(counties), dtype=np.int64),
        "province": np.array([int(c.province_code) for c in counties]),
        "prefecture": np.array([int(c.prefecture_code) for c in counties]),
    }


def _dimension(
    spec: DimensionSpec,
    parts: tuple[IndicatorPanel, ...],
    groups: Mapping[Group, NDArray[np.int64]],
    ranks: tuple[Array, Array],
    small: NDArray[np.bool_],
) -> DimensionPanel:
    percentiles = np.column_stack([part.standings["nation"].percentile for part in parts])
    score = composite_score(percentiles, np.ones(len(parts)), minimum_share=MINIMUM_SHARE)
    # The gate holds for every index: each has parts that rest on the sample.
    score = np.where(small, np.nan, score)
    return DimensionPanel(spec, parts, score, {g: standings(score, label) for g, label in groups.items()}, *ranks)


def _rank_ranges(
    dimensions: Sequence[tuple[IndicatorPanel, ...]], small: NDArray[np.bool_]
) -> list[tuple[Array, Array]]:
    """Return the range of ranks of each dimension; computed once for the same figures and then kept."""
    inputs = [(np.where(small[:, None], np.nan, _winsorised(parts)), _errors(parts)) for parts in dimensions]
    concentration = load_parameters("bolang.diagnosis").number("weight_concentration")
    ranges = _ranges(inputs, concentration)
    return [(ranges[f"low{i}"], ranges[f"high{i}"]) for i in range(len(dimensions))]


@stored(
    "rank-ranges",
    inputs=lambda inputs, concentration: (DRAWS, SEED, concentration, *(array for pair in inputs for array in pair)),
)
def _ranges(inputs: Sequence[tuple[Array, Array]], concentration: float) -> dict[str, Array]:
    result = {}
    for i, (values, errors) in enumerate(inputs):
        count = values.shape[1]
        robust = rank_robustness(
            values,
            np.ones(count),
            errors=errors,
            normalizations=("rank", "zscore", "minmax"),
            concentration=concentration * count,
            draws=DRAWS,
            seed=SEED,
            minimum_share=MINIMUM_SHARE,
        )
        result[f"low{i}"], result[f"high{i}"] = robust.low, robust.high
    return result


def _winsorised(parts: Sequence[IndicatorPanel]) -> Array:
    """Return the strengths, shape (n, k), with the outer per cent drawn in: a few giants should not set the scale."""
    strength = np.column_stack([part.strength for part in parts])
    low, high = np.nanpercentile(strength, [1.0, 99.0], axis=0)
    return np.asarray(np.clip(strength, low, high))


def _errors(parts: Sequence[IndicatorPanel]) -> Array:
    """Return the sampling error of each part, shape (n, k); zero where nothing was sampled."""
    errors = []
    for part in parts:
        low, high = part.values.low, part.values.high
        wide = np.zeros(len(part.strength)) if low is None or high is None else (high - low) / (2.0 * NORMAL_95)
        errors.append(np.nan_to_num(wide))
    return np.column_stack(errors)


def _indicator(indicator: Indicator, evidence: Evidence, groups: Mapping[Group, NDArray[np.int64]]) -> IndicatorPanel:
    values = indicator.compute(evidence)
    if values.year is None:
        values = replace(values, year=evidence.census)
    strength = values.now * indicator.direction
    if indicator.source == SAMPLED:
        # One gate for the whole diagnosis: what rests on too small a sample is shown, but neither ranked nor judged.
        strength = np.where(evidence.small_sample, np.nan, strength)
    by_group = {group: standings(strength, label) for group, label in groups.items()}
    return IndicatorPanel(indicator, values, strength, by_group)
