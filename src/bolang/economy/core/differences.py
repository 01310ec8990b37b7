"""Kernel products of small changes: the baseline's product once in double precision, the change's in single.

In a sweep nearly every place moves by a millionth or less. Single precision would lose that beside a level of one, double
precision takes twice the time. A product is linear, so that ``K x = K x0 + K (x - x0)``: the first term is known, the second
needs no more digits than the answer. Errors are then a ten-millionth of the change itself, at the price of single precision.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from bolang.economy.core.arrays import Array
from bolang.economy.core.equilibrium import Economy
from bolang.economy.core.kernels import Kernel, KernelTrade
from bolang.economy.core.migration import welfare_of
from bolang.foundation.errors import BadInputError

_SHARED = ("income", "final_spending", "coarse", "baseline_market", "baseline_flows")
"""What an economy computes once and its scenarios use."""
Product = Callable[[Array, Array], Array]
"""Takes a matrix in single precision and columns (N, C); returns their product."""


@dataclass(frozen=True, slots=True, eq=False)
class DifferenceKernel(Kernel):
    """A kernel that multiplies changes from the baseline only.

    Attributes
    ----------
    single : float32 array (N, N)
        The kernel as the backend holds it.
    level, spread : array (N, S_group)
        Columns of the baseline: what sellers supply, what buyers spend over their index.
    supplied, demanded : array (N, S_group)
        Their products in double precision.
    product, transposed : callable
        The backend's products with the matrix and its transpose.
    """

    single: Array
    level: Array
    spread: Array
    supplied: Array
    demanded: Array
    product: Product
    transposed: Product

    def times(self, columns: Array) -> Array:
        """See `Kernel.times`."""
        return self.supplied[..., None] + _small(self.product, self.single, columns - self.level[..., None])

    def times_transposed(self, columns: Array) -> Array:
        """See `Kernel.times_transposed`."""
        return self.demanded[..., None] + _small(self.transposed, self.single, columns - self.spread[..., None])


def _small(product: Product, matrix: Array, change: Array) -> Array:
    flat = np.ascontiguousarray(change, dtype=np.float32).reshape(len(change), -1)
    return product(matrix, flat).astype(np.float64).reshape(change.shape)


@dataclass(frozen=True, slots=True, eq=False)
class DifferenceMigration:
    """National migration that multiplies changes only; see `NationalMigration`."""

    single: Array
    origins: Array
    residents: Array
    product: Product
    transposed: Product

    def settle(self, log_income: Array, elasticity: Array) -> tuple[Array, Array]:
        """See `NationalMigration.settle`."""
        small = np.expm1(elasticity * log_income)
        moved = _small(self.product, self.single, small) / self.origins[:, None]
        left = _small(self.transposed, self.single, -moved / (1 + moved)) / self.residents[:, None]
        return elasticity * log_income + np.log1p(left), welfare_of(1 + moved, log_income, elasticity)

    def slope(self, log_income: Array, elasticity: Array) -> Array:
        """See `NationalMigration.slope`."""
        choice = _small(self.product, self.single, log_income) / self.origins[:, None]
        away = _small(self.transposed, self.single, choice) / self.residents[:, None]
        return np.asarray(elasticity * (log_income - away))


@dataclass(frozen=True, slots=True, eq=False)
class DifferenceProducts:
    """Kernels, and migration, of one economy, ready for any of its scenarios.

    Attributes
    ----------
    kernels : tuple of Kernel
    migration : DifferenceMigration
    """

    kernels: tuple[Kernel, ...]
    migration: DifferenceMigration

    @classmethod
    def of(cls, economy: Economy, flows: Array, backend: str = "numpy") -> DifferenceProducts:
        """Prepare the products of an economy in double precision.

        Parameters
        ----------
        economy : Economy
        flows : array (N, N)
            People by origin and residence.
        backend : {'numpy', 'torch'}
            What multiplies; torch uses a graphics card where there is one.
        """
        hold, product, transposed = backend_of(backend)
        for name in _SHARED:
            getattr(economy, name)
        trade = economy.trade
        assert isinstance(trade, KernelTrade)
        n = trade.home
        spending, _ = economy.spending_and_income(
            economy.income[:, None], economy.sales[..., None], economy.baseline_market
        )
        spread = (spending[..., 0] / trade.phi)[:n]
        kernels: list[Kernel] = []
        for kernel in trade.kernels:
            if kernel.matrix is None:
                kernels.append(kernel)
                continue
            level, spent = trade.supply[:n, kernel.sectors], spread[:, kernel.sectors]
            kernels.append(
                DifferenceKernel(
                    sectors=kernel.sectors,
                    matrix=kernel.matrix,
                    single=hold(kernel.matrix),
                    level=level,
                    spread=spent,
                    supplied=kernel.times(level[..., None])[..., 0],
                    demanded=kernel.times_transposed(spent[..., None])[..., 0],
                    product=product,
                    transposed=transposed,
                )
            )
        migration = DifferenceMigration(hold(flows), flows.sum(axis=1), flows.sum(axis=0), product, transposed)
        return cls(tuple(kernels), migration)

    def into(self, economy: Economy) -> Economy:
        """Return an economy (markets may have been added) that multiplies with these products."""
        trade = economy.trade
        assert isinstance(trade, KernelTrade)
        changed = replace(
            economy,
            trade=replace(trade, kernels=self.kernels),
            migration={**economy.migration, "national": self.migration},
        )
        for name in _SHARED:
            if name in economy.__dict__:
                changed.__dict__[name] = economy.__dict__[name]
        return changed


def backend_of(name: str) -> tuple[Callable[[Array], Array], Product, Product]:
    """Return how a backend holds a matrix, and its two products.

    Raises
    ------
    BadInputError
        If the backend is unknown or not installed.
    """
    if name == "numpy":
        return _held, np.matmul, _transposed
    if name == "torch":
        from bolang.economy.core.torch_products import products

        return products()
    raise BadInputError(f"No backend {name!r}.", "numpy, torch")


def _held(matrix: Array) -> Array:
    return np.ascontiguousarray(matrix, dtype=np.float32)


def _transposed(matrix: Array, columns: Array) -> Array:
    return np.asarray(matrix.T @ columns)


__all__ = ["DifferenceKernel", "DifferenceMigration", "DifferenceProducts", "backend_of"]
