"""Who may move where: the closures of the labour market between counties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, get_args

import numpy as np

from bolang.economy.core.arrays import Array, IntArray
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr

Closure = Literal["fixed", "province", "national"]
CLOSURES: tuple[Closure, ...] = get_args(Closure)


class Migration(Protocol):
    """How people respond to changes of real income."""

    def settle(self, log_income: Array, elasticity: Array) -> tuple[Array, Array]:
        """Return the log change of population of each home place and the log welfare of each origin, (N, B).

        Parameters
        ----------
        log_income : array (N, B)
            Change of real income per head, amenities included.
        elasticity : array (B,)
            Migration elasticity kappa.
        """

    def slope(self, log_income: Array, elasticity: Array) -> Array:
        """Return the derivative of the log change of population at the baseline, in the direction of `log_income`."""


@dataclass(frozen=True, slots=True, eq=False)
class NationalMigration:
    """Frechet taste shocks over all places, with bilateral costs that keep most people near their origin.

    Attributes
    ----------
    flows : array (N, N)
        People by origin and place of residence in the baseline, [origin, residence].
    """

    flows: Array

    def settle(self, log_income: Array, elasticity: Array) -> tuple[Array, Array]:
        """``L'_n = sum_o L_o m_on v_n^kappa / sum_m m_om v_m^kappa``; welfare is ``(sum_m m_om v_m^kappa)^(1/kappa)``."""
        origins = self.flows.sum(axis=1)[:, None]
        residents = self.flows.sum(axis=0)[:, None]
        pull = np.exp(elasticity * log_income)
        choice = (self.flows @ pull) / origins
        settled = pull * (self.flows.T @ (1 / choice)) / residents
        return np.log(settled), welfare_of(choice, log_income, elasticity)

    def slope(self, log_income: Array, elasticity: Array) -> Array:
        """``dlog L_n = kappa (dlog v_n - sum_o (m_on / L_n) dlog C_o)`` with ``dlog C_o = sum_m (m_om / L_o) dlog v_m``."""
        choice = (self.flows @ log_income) / self.flows.sum(axis=1)[:, None]
        return np.asarray(elasticity * (log_income - (self.flows.T @ choice) / self.flows.sum(axis=0)[:, None]))


@dataclass(frozen=True, slots=True, eq=False)
class ProvincialMigration:
    """Residents choose again among the places of the province where they live, with common taste shocks.

    Attributes
    ----------
    province : int array (N,)
        Number of the province of each place.
    residents : array (N,)
        People in each place.
    """

    province: IntArray
    residents: Array

    def settle(self, log_income: Array, elasticity: Array) -> tuple[Array, Array]:
        """``L'_n = L_p * (L_n / L_p) v_n^kappa / sum_m (L_m / L_p) v_m^kappa`` over places m of province p."""
        pull = np.exp(elasticity * log_income)
        choice = self._mean(pull)
        return np.log(pull / choice), welfare_of(choice, log_income, elasticity)

    def slope(self, log_income: Array, elasticity: Array) -> Array:
        """``dlog L_n = kappa (dlog v_n - mean of dlog v over the province)``."""
        return np.asarray(elasticity * (log_income - self._mean(log_income)))

    def _mean(self, values: Array) -> Array:
        """Mean over the residents of each place's province."""
        people = np.bincount(self.province, weights=self.residents)
        total = np.zeros((len(people), values.shape[1]))
        np.add.at(total, self.province, self.residents[:, None] * values)
        return (total / people[:, None])[self.province].astype(values.dtype)


def welfare_of(choice: Array, log_income: Array, elasticity: Array) -> Array:
    """Expected welfare; without mobility (kappa = 0) it is the income of the place itself."""
    safe = np.where(elasticity > 0, elasticity, 1)
    return np.where(elasticity > 0, np.log(choice) / safe, log_income)


def check_closure(name: str) -> Closure:
    """Check the name of a closure.

    Raises
    ------
    BadInputError
        If it is none of ``fixed``, ``province`` and ``national``.
    """
    for closure in CLOSURES:
        if name == closure:
            return closure
    known = ", ".join(CLOSURES)
    raise BadInputError(
        tr(f"未知的闭合方式 {name!r}。", f"Unknown closure {name!r}."), tr(f"可选：{known}", f"Choose: {known}")
    )
