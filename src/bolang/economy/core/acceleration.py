"""Anderson acceleration of fixed points, for many scenarios side by side."""

from __future__ import annotations

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
    """

    def __init__(self, depth: int) -> None:
        self._depth = depth
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
            self._moves, self._changes = np.zeros(shape, x.dtype), np.zeros(shape, x.dtype)
            self._gram = np.zeros((len(x), self._depth, self._depth))
            self._valid = np.zeros((len(x), self._depth), dtype=bool)
        else:
            self._remember(x, f, norm)
            result = result - np.einsum("bm,bmd->bd", self._weights(f), self._moves)
        self._x, self._f, self._norm = x, f, norm
        self._steps += 1
        return result

    def _remember(self, x: Array, f: Array, norm: Array) -> None:
        slot = (self._steps - 1) % self._depth
        change = f - self._f
        self._changes[:, slot] = change
        self._moves[:, slot] = x - self._x + change
        # einsum, not matmul: threads that wait for one another cost more than such short products.
        row = np.einsum("bmd,bd->bm", self._changes, change)
        self._gram[:, slot], self._gram[:, :, slot] = row, row
        self._valid[norm > 2 * self._norm] = False
        self._valid[norm <= 2 * self._norm, slot] = True

    def _weights(self, f: Array) -> Array:
        """Weights of the remembered steps that best predict f, (B, depth)."""
        right = np.einsum("bmd,bd->bm", self._changes, f)
        weights = np.zeros(right.shape)
        for b, valid in enumerate(self._valid):
            gram = self._gram[b][np.ix_(valid, valid)]
            scale = np.trace(gram)
            if scale > 0:
                gram = gram + np.eye(len(gram)) * (1e-10 * scale / len(gram))
                weights[b, valid] = np.linalg.solve(gram, right[b, valid])
        return weights.astype(f.dtype)
