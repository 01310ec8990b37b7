"""Anderson acceleration of fixed points, for many scenarios side by side."""

from __future__ import annotations

from typing import Any

import numpy as np

from bolang.economy.core.arrays import Array


class Anderson:
    """Extrapolate ``x <- x + f(x)`` from the last few steps, separately for each scenario.

    The step of scenario b minimises the norm of the mixed residual over the history (Walker and Ni 2011, SIAM Journal
    on Numerical Analysis 49). A scenario whose residual grows forgets its history and takes the plain step.

    Parameters
    ----------
    depth : int
        Number of remembered steps.
    history : dtype, optional
        Precision in which steps are remembered; that of the states by default. What is remembered only chooses the next
        point, so that fewer digits cost no accuracy.
    """

    def __init__(self, depth: int, history: type[np.floating[Any]] | None = None) -> None:
        self._depth, self._history = depth, history
        self._steps = 0
        self._x: Array = np.empty(0)
        self._f: Array = self._x
        self._norm: Array = self._x
        self._moves: Array = self._x
        self._changes: Array = self._x
        self._gram: Array = self._x
        self._valid = np.empty(0, dtype=bool)

    def step(self, x: Array, f: Array) -> Array:
        """Return the next point.

        Parameters
        ----------
        x, f : array (B, D)
            Point, and the step that plain repetition would take.
        """
        norm = np.sqrt(np.einsum("bd,bd->b", f, f))
        result: Array = x + f
        if self._steps == 0:
            shape = (len(x), self._depth, x.shape[1])
            kept = self._history or x.dtype
            self._moves, self._changes = np.zeros(shape, kept), np.zeros(shape, kept)
            self._gram = np.zeros((len(x), self._depth, self._depth))
            self._valid = np.zeros((len(x), self._depth), dtype=bool)
        else:
            self._remember(x, f, norm)
            used = min(self._steps, self._depth)
            weights = self._weights(f)[:, :used]
            for b, mixed in enumerate(weights):
                result[b] -= mixed.astype(self._moves.dtype) @ self._moves[b, :used]
        self._x, self._f, self._norm = x, f, norm
        self._steps += 1
        return result

    def _remember(self, x: Array, f: Array, norm: Array) -> None:
        slot = (self._steps - 1) % self._depth
        change = f - self._f
        self._changes[:, slot] = change
        self._moves[:, slot] = x - self._x + change
        row = self._products(self._changes[:, slot])
        self._gram[:, slot], self._gram[:, :, slot] = row, row
        self._valid[norm > 2 * self._norm] = False
        self._valid[norm <= 2 * self._norm, slot] = True

    def _weights(self, f: Array) -> Array:
        """Weights of the remembered steps that best predict f, (B, depth)."""
        right = self._products(f)
        weights = np.zeros(right.shape)
        for b, valid in enumerate(self._valid):
            gram = self._gram[b][np.ix_(valid, valid)]
            scale = np.trace(gram)
            if scale > 0:
                gram = gram + np.eye(len(gram)) * (self._ridge * scale / len(gram))
                weights[b, valid] = np.linalg.solve(gram, right[b, valid])
        return weights.astype(f.dtype)

    @property
    def _ridge(self) -> float:
        """Keeps the weights bounded where remembered steps are nearly parallel, above what rounding adds to the products."""
        return 1e-10 if self._history is None else 1e-8

    def _products(self, columns: Array) -> Array:
        """Products of the remembered changes with a column a scenario, (B, depth); no slot that is still empty is read."""
        used = min(self._steps, self._depth)
        found = np.zeros((len(columns), self._depth))
        for b, column in enumerate(columns):
            found[b, :used] = self._changes[b, :used] @ column.astype(self._changes.dtype, copy=False)
        return found
