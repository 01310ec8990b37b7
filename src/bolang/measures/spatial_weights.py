"""Who is a neighbour of whom, as sparse weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.measures._arrays import BoolArray, FloatArray, IntArray, unknown_choice

Transform = Literal["row", "binary"]


@dataclass(frozen=True, slots=True)
class SpatialWeights:
    """Spatial weights of n units; build them with `from_pairs` or `from_matrix`.

    Attributes
    ----------
    matrix : scipy.sparse.csr_array, shape (n, n)
        Weights without a diagonal; row i holds the neighbours of unit i.
    transform : {'row', 'binary', 'given'}
        Rows that sum to one, ones, or weights as given.
    """

    matrix: sparse.csr_array
    transform: str

    @classmethod
    def from_pairs(cls, pairs: ArrayLike, size: int, transform: Transform = "row") -> SpatialWeights:
        """Build symmetric weights from pairs of neighbours.

        Parameters
        ----------
        pairs : array_like of int, shape (m, 2)
            Positions of two neighbours; the order does not matter, repeated pairs count once.
        size : int
            Number of units.
        transform : {'row', 'binary'}
            Divide every row by its number of neighbours, or leave ones.

        Raises
        ------
        BadInputError
            If a position lies outside the units or a unit neighbours itself.
        """
        links = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
        if links.size and (links.min() < 0 or links.max() >= size):
            raise BadInputError(
                tr(
                    f"邻接对的序号应在 0 与 {size - 1} 之间。",
                    f"Neighbour positions should lie between 0 and {size - 1}.",
                )
            )
        if (links[:, 0] == links[:, 1]).any():
            raise BadInputError(tr("单元不能与自身相邻。", "A unit cannot be its own neighbour."))
        row, column = np.concatenate([links, links[:, ::-1]]).T
        matrix = sparse.csr_array((np.ones(len(row)), (row, column)), shape=(size, size))
        matrix.sum_duplicates()
        matrix.data[:] = 1.0
        return cls(matrix, "binary").transformed(transform)

    @classmethod
    def from_matrix(cls, matrix: Any) -> SpatialWeights:
        """Take weights as they are, such as inverse distances.

        Parameters
        ----------
        matrix : array_like or scipy.sparse array, shape (n, n)
            Non-negative weights with a zero diagonal.

        Raises
        ------
        BadInputError
            If the matrix is not square, has a diagonal, or holds negative or missing weights.
        """
        given = sparse.csr_array(matrix, dtype=np.float64)
        given.sum_duplicates()
        given.eliminate_zeros()
        if given.shape[0] != given.shape[1] or given.diagonal().any():
            raise BadInputError(
                tr("空间权重应为对角线为零的方阵。", "Spatial weights should be a square matrix with a zero diagonal.")
            )
        if not (given.data >= 0.0).all():
            raise BadInputError(tr("空间权重含负数或缺失值。", "Spatial weights hold negative or missing values."))
        return cls(given, "given")

    def transformed(self, transform: Transform) -> SpatialWeights:
        """Return the weights row-standardised or binary."""
        matrix = self.matrix.copy()
        if transform == "binary":
            matrix.data[:] = 1.0
        elif transform == "row":
            counts = np.diff(matrix.indptr)
            sums = np.repeat(np.asarray(matrix.sum(axis=1)).ravel(), counts)
            matrix.data = matrix.data / sums
        else:
            raise unknown_choice("transform", transform, ("row", "binary"))
        return SpatialWeights(matrix, transform)

    def subset(self, keep: BoolArray) -> SpatialWeights:
        """Return the weights among some units, standardised anew if they were row-standardised."""
        rows = np.flatnonzero(keep)
        inner = SpatialWeights(sparse.csr_array(self.matrix[rows][:, rows]), self.transform)
        return inner.transformed("row") if self.transform == "row" else inner

    @property
    def size(self) -> int:
        """Number of units."""
        return int(self.matrix.shape[0])

    @property
    def cardinality(self) -> IntArray:
        """Number of neighbours of every unit."""
        return np.diff(self.matrix.indptr).astype(np.int64)

    @property
    def islands(self) -> BoolArray:
        """Units without a neighbour."""
        return np.asarray(self.cardinality == 0)

    def lag(self, values: FloatArray) -> FloatArray:
        """Weighted sum of the neighbours' values, shape (n,) or (n, v)."""
        return np.asarray(self.matrix @ values)

    def moments(self) -> tuple[float, float, float]:
        """Return S0, S1 and S2 of Cliff and Ord, which the moments of Moran's I are made of."""
        both = self.matrix + self.matrix.T
        ends = np.asarray(self.matrix.sum(axis=0)).ravel() + np.asarray(self.matrix.sum(axis=1)).ravel()
        return float(self.matrix.sum()), float((both.data**2).sum() / 2.0), float((ends**2).sum())
