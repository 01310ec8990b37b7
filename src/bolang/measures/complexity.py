"""Economic complexity and relatedness by the industry x industry route."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bolang.foundation.doors import door, real
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.measures._arrays import BoolArray, FloatArray, divide, table
from bolang.measures.specialization import location_quotient

TIE = 1e-9
ROWS = 448
"""Rows of a product at a time: larger ones start threads, and on a busy machine these cost a hundred times the product."""


@dataclass(frozen=True, slots=True)
class Complexity:
    """Complexity of places and industries and the relatedness between industries.

    Places without any presence and industries present nowhere hold NaN.

    Attributes
    ----------
    rca : ndarray, shape (n, k)
        Revealed comparative advantage (location quotient).
    presence : ndarray of bool, shape (n, k)
        Industries that a place is specialised in.
    diversity, ubiquity : ndarray, shapes (n,) and (k,)
        Number of industries present in a place, and of places where an industry is present.
    eci, pci : ndarray, shapes (n,) and (k,)
        Complexity of places and industries, both in standard deviations of `eci` from its mean.
    proximity : ndarray, shape (k, k)
        Lower of the two conditional probabilities of being present together; 1 on the diagonal.
    density : ndarray, shape (n, k)
        Share of an industry's proximity that is present in the place.
    outlook_index : ndarray, shape (n,)
        Density-weighted complexity of the industries that a place does not have (COI), standardised over places.
    outlook_gain : ndarray, shape (n, k)
        Complexity that an absent industry would bring into reach (COG), in standard deviations of ECI; 0 where present.
    gap : float
        Distance between the second and third eigenvalue; near zero the index is not determined.
    """

    rca: FloatArray
    presence: BoolArray
    diversity: FloatArray
    ubiquity: FloatArray
    eci: FloatArray
    pci: FloatArray
    proximity: FloatArray
    density: FloatArray
    outlook_index: FloatArray
    outlook_gain: FloatArray
    gap: float

    @property
    def distance(self) -> FloatArray:
        """Share of an industry's proximity that the place lacks, shape (n, k)."""
        return 1.0 - self.density


@door(threshold=real(0.0))
def complexity(employment: ArrayLike, *, threshold: float = 1.0, reference: ArrayLike | None = None) -> Complexity:
    """Complexity indices, proximity, density and outlook of all places and industries.

    An industry is present where its RCA reaches the threshold. With the presence matrix M, diversity d and ubiquity u,
    PCI is the second eigenvector of ``U^-1 M' D^-1 M`` and ECI the mean PCI of the industries present. The k x k
    matrix is made symmetric (``U^-1/2 M' D^-1 M U^-1/2``), so its spectrum is real and a few milliseconds
    suffice where the n x n route takes seconds. The sign makes ECI correlate positively with diversity; if it does not
    correlate at all, the industry of largest weight is made positive. The outlook measures take PCI from the
    eigenvector's own origin, the mean over all presences, as the Atlas of Economic Complexity does.

    Parameters
    ----------
    employment : array_like, shape (n, k)
        Employment, output or exports; rows with NaN take no part and get NaN.
    threshold : float
        RCA from which an industry counts as present.
    reference : array_like, shape (k,), optional
        Reference economy for the RCA; by default the sum of the complete rows.

    Returns
    -------
    Complexity

    Raises
    ------
    BadInputError
        If fewer than two places and three industries have any presence, or if places and industries fall into groups
        that share nothing: the index is then not defined across them.

    References
    ----------
    Hidalgo, C. A. and Hausmann, R. (2009), PNAS 106(26), 10570-10575. Hausmann, R. et al. (2014), The Atlas of Economic
    Complexity. Hidalgo, C. A. et al. (2007), Science 317, 482-487.
    """
    e = table(employment, "employment")
    rca = location_quotient(e, reference)
    presence = np.nan_to_num(rca) >= threshold
    m = presence.astype(np.float64)
    diversity, ubiquity = m.sum(axis=1), m.sum(axis=0)
    eci, pci, origin, gap = _indices(m, diversity, ubiquity)
    proximity = _proximity(m, ubiquity)
    density = divide(_product(m, proximity), np.broadcast_to(proximity.sum(axis=0), m.shape))
    value = np.nan_to_num(pci + origin)
    outlook = np.sum(np.nan_to_num(density) * (1.0 - m) * value, axis=1)
    reach = proximity * np.nan_to_num(divide(value, proximity.sum(axis=1)))[:, None]
    outlook_gain = (1.0 - m) * _product(1.0 - m, reach)
    missing = np.isnan(rca).all(axis=1)
    for result in (density, outlook, outlook_gain, diversity):
        result[missing] = np.nan
    outlook = divide(outlook - np.nanmean(outlook), float(np.nanstd(outlook)))
    return Complexity(rca, presence, diversity, ubiquity, eci, pci, proximity, density, outlook, outlook_gain, gap)


def _indices(m: FloatArray, diversity: FloatArray, ubiquity: FloatArray) -> tuple[FloatArray, FloatArray, float, float]:
    """Return ECI, PCI, the origin of the eigenvector in standard deviations, and the gap below its eigenvalue."""
    places, industries = diversity > 0.0, ubiquity > 0.0
    if places.sum() < 2 or industries.sum() < 3:
        raise BadInputError(
            tr(
                "至少要有两个单元和三个行业达到 RCA 门槛,才能计算复杂度。",
                "Complexity needs at least two places and three industries that reach the RCA threshold.",
            ),
            tr("请检查数据或降低门槛。", "Check the data or lower the threshold."),
        )
    d, u = diversity[places], ubiquity[industries]
    core = m[np.ix_(places, industries)]
    scaled = core / np.sqrt(d)[:, None] / np.sqrt(u)[None, :]
    values, vectors = np.linalg.eigh(_gram(scaled))
    if values[-2] > 1.0 - TIE:
        raise BadInputError(
            tr(
                "单元与行业分成互不相连的几组,复杂度没有定义。",
                "Places and industries fall into groups that share nothing, so complexity is not defined.",
            ),
            tr("请逐组计算。", "Compute it for each group by itself."),
        )
    raw = vectors[:, -2] / np.sqrt(u)
    of_places = _product(core, raw) / d
    raw *= _sign(d, of_places, raw)
    of_places = _product(core, raw) / d
    mean, spread = of_places.mean(), of_places.std()
    if not spread > TIE * np.abs(raw).max():
        raise BadInputError(
            tr(
                "各单元的产业构成没有区别,复杂度没有定义。",
                "All places have the same industries, so complexity is not defined.",
            ),
        )
    eci, pci = np.full(len(diversity), np.nan), np.full(len(ubiquity), np.nan)
    eci[places] = (of_places - mean) / spread
    pci[industries] = (raw - mean) / spread
    return eci, pci, float(mean / spread), float(values[-2] - values[-3])


def _sign(diversity: FloatArray, eci: FloatArray, pci: FloatArray) -> float:
    covariance = float(np.mean((diversity - diversity.mean()) * (eci - eci.mean())))
    if abs(covariance) > TIE * diversity.std() * eci.std():
        return float(np.sign(covariance))
    return float(np.sign(pci[np.argmax(np.abs(pci))]))


def _proximity(m: FloatArray, ubiquity: FloatArray) -> FloatArray:
    together = _gram(m)
    larger = np.maximum(ubiquity[:, None], ubiquity[None, :])
    return np.nan_to_num(divide(together, larger))


def _product(x: FloatArray, y: FloatArray) -> FloatArray:
    return np.concatenate([x[start : start + ROWS] @ y for start in range(0, len(x), ROWS)])


def _gram(x: FloatArray) -> FloatArray:
    """Return ``x' x``, summed over blocks of rows."""
    total = np.zeros((x.shape[1], x.shape[1]))
    for start in range(0, len(x), ROWS):
        block = x[start : start + ROWS]
        total += block.T @ block
    return total
