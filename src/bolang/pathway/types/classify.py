"""The report's own types for all units at once, with the probability of each and the distance to the border."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bolang.atlas.industries import FACTORY_SERVICES
from bolang.atlas.model import INDUSTRIES
from bolang.foundation.parameters import Parameter, load_parameters
from bolang.foundation.store import stored
from bolang.pathway.types.parts import AXES, BASES, FLOORS, PARTS, Scale, industry_values, members, weights

Floats = NDArray[np.float64]
DRAWS = 512


@dataclass(frozen=True, eq=False)
class Classification:
    """Types of all units.

    Attributes
    ----------
    values : ndarray, shape (n, 6)
        Parts in the order of `PARTS`.
    percentiles : ndarray, shape (n, 6)
        National percentiles of the parts, 100 the best.
    index : ndarray, shape (n, 2)
        Industry and location index (0-100).
    lines : tuple of float
        The two thresholds of the indices.
    floors : ndarray, shape (2,)
        Quotients of factories and of the services that they buy; one of them must be reached besides: a rank among poor
        counties is no base.
    cell : ndarray of int, shape (n,)
        Position in `CELLS`; -1 where a value is missing.
    probability : ndarray, shape (n, 4)
        Share of draws in each cell; NaN where a value is missing.
    scales : tuple of Scale
        From values to percentiles and back, one a part.
    """

    values: Floats
    percentiles: Floats
    index: Floats
    lines: tuple[float, float]
    floors: Floats
    cell: NDArray[np.int64]
    probability: Floats
    scales: tuple[Scale, ...]

    @property
    def margin(self) -> Floats:
        """Points above (below, if negative) each threshold, shape (n, 2).

        For industry the smaller of two: index less its line, and percentile of a base less that of its floor (the better one).
        """
        points = self.index - np.array(self.lines)
        points[:, 0] = np.minimum(points[:, 0], self.carried)
        return np.asarray(points)

    @property
    def carried(self) -> Floats:
        """Percentile points by which the better of the two bases lies above its floor, shape (n,)."""
        distances = [
            self.percentiles[:, number] - self.scales[number].percentile(np.array([floor]))[0]
            for number, floor in zip(BASES, self.floors, strict=True)
        ]
        return np.asarray(np.maximum(*distances))


def classify(
    employment: Floats, access: Floats, draws: int = DRAWS, seed: int = 0, nation: Floats | None = None
) -> Classification:
    """Classify all units by industrial base and location.

    An axis is the weighted mean of the national percentiles of its parts; a unit is complete (well located) from the
    cited threshold on; complete it is only where factories, or the services that they buy, also reach their cited quotient.
    Probabilities integrate over the sampling error of employment, the error of travel times, other
    weights and other thresholds, by one scrambled Sobol sequence common to all units: the answer for a unit does not
    depend on the order or the names of the units.

    Parameters
    ----------
    employment : ndarray, shape (n, 19)
        Sample counts by industry; a row with NaN is not classified.
    access : ndarray, shape (n, 3)
        Market potential, freight to an ocean port, hours to the nearest city above five million.
    draws : int
        Number of draws (a power of two).
    seed : int
        Of the scrambling.
    nation : ndarray, shape (19,), optional
        Employment of the nation by industry, the reference of the quotients; by default the sum of the units.

    Returns
    -------
    Classification
    """
    values = np.column_stack([industry_values(employment, nation), access])
    scales = tuple(Scale.of(values[:, number], part.direction) for number, part in enumerate(PARTS))
    percentiles = np.column_stack([scale.percentile(values[:, number]) for number, scale in enumerate(scales)])
    index = np.column_stack([percentiles[:, members(axis)] @ weights(axis) for axis in AXES])
    cited = load_parameters("bolang.pathway.types")
    lines = (cited.number("industry_line"), cited.number("location_line"))
    unknown = np.isnan(index).any(axis=1)
    floors = np.array([cited.number(name) for name in FLOORS])
    complete = (index[:, 0] >= lines[0]) & (values[:, BASES] >= floors).any(axis=1)
    cell = np.where(unknown, -1, _cell(complete, index[:, 1] >= lines[1]))
    drawn = _drawn(values, _relative_errors(employment), draws, seed)
    probability = drawn["probability"].copy()
    probability[unknown] = np.nan
    return Classification(values, percentiles, index, lines, floors, cell, probability, scales)


def _cell(complete: NDArray[np.bool_], good: NDArray[np.bool_]) -> NDArray[np.int64]:
    return 2 * (~complete).astype(np.int64) + (~good).astype(np.int64)


def _relative_errors(employment: Floats) -> Floats:
    """Relative standard error of each part, shape (n, 6); the scale of employment has next to none."""
    cited = load_parameters("bolang.measures")
    noise = cited.number("long_form_design_effect") * (1.0 - cited.number("long_form_fraction"))
    total = employment.sum(axis=1)
    errors = np.zeros((employment.shape[0], len(PARTS)))
    for column, sections in enumerate(("C", FACTORY_SERVICES)):
        share = employment[:, [INDUSTRIES.index(s) for s in sections]].sum(axis=1) / total
        errors[:, column] = np.sqrt(noise * (1.0 - share) / np.maximum(share * total, 0.5))
    own = load_parameters("bolang.pathway.types")
    for number in members("location"):
        potential = PARTS[number].key == "market_potential"
        errors[:, number] = own.number("potential_error" if potential else "time_error")
    return errors


@stored("county-types", inputs=lambda values, errors, draws, seed: (values, errors, draws, seed))
def _drawn(values: Floats, errors: Floats, draws: int, seed: int) -> dict[str, Floats]:
    """Share of draws in each cell, ``probability`` (n, 4)."""
    # Imported where needed: what is stored already needs none of it, and it takes a second.
    from scipy.special import ndtri
    from scipy.stats import qmc

    scales = [Scale.of(values[:, number], part.direction) for number, part in enumerate(PARTS)]
    cited = load_parameters("bolang.pathway.types")
    parts = len(PARTS)
    points = qmc.Sobol(2 * parts + 2, rng=np.random.default_rng(seed)).random(draws)
    points = np.clip(points, 1e-9, 1 - 1e-9)
    normal = ndtri(points[:, :parts])
    lines = np.column_stack(
        [triangular(cited[f"{axis}_line"], points[:, 2 * parts + number]) for number, axis in enumerate(AXES)]
    )
    # A strict reader is strict throughout: the floors move with the line of their axis.
    floors = {number: triangular(cited[name], points[:, 2 * parts]) for number, name in zip(BASES, FLOORS, strict=True)}
    counts = np.zeros((values.shape[0], 4))
    drawn_weights = [
        _dirichlet(weights(axis), cited.number("weight_concentration"), points[:, [parts + m for m in members(axis)]])
        for axis in AXES
    ]
    for draw in range(draws):
        index = np.zeros((values.shape[0], len(AXES)))
        carried = np.zeros(values.shape[0], dtype=bool)
        for number, scale in enumerate(scales):
            axis = AXES.index(PARTS[number].axis)
            weight = drawn_weights[axis][draw, members(PARTS[number].axis).index(number)]
            seen = values[:, number] * np.maximum(1.0 + errors[:, number] * normal[draw, number], 0.0)
            index[:, axis] += weight * scale.percentile(seen)
            if number in BASES:
                carried |= seen >= floors[number][draw]
        cell = _cell((index[:, 0] >= lines[draw, 0]) & carried, index[:, 1] >= lines[draw, 1])
        counts[np.arange(cell.size), cell] += 1.0
    return {"probability": counts / draws}


def triangular(parameter: Parameter, uniform: Floats) -> Floats:
    """Draw a parameter from the triangular distribution on its range with the mode at its value."""
    assert parameter.range is not None
    low, high = parameter.range
    mode = (parameter.number - low) / (high - low)
    rising = np.sqrt(mode * uniform)
    falling = 1.0 - np.sqrt((1.0 - mode) * (1.0 - uniform))
    return np.asarray(low + (high - low) * np.where(uniform < mode, rising, falling))


def _dirichlet(mean: Floats, concentration: float, uniform: Floats) -> Floats:
    from scipy.special import gammaincinv

    draws = np.asarray(gammaincinv(concentration * np.asarray(mean), uniform))
    return np.asarray(draws / draws.sum(axis=1, keepdims=True))
