"""The units of work: a lever in a block of counties. Blocks are the same whatever part of the sweep is asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bolang.economy.levers.catalogue import Lever
from bolang.economy.scenarios.sweep.key import lever_key

SIZE = 24
"""Counties solved side by side: more bring no speed and take memory (docs/sweep.md)."""


@dataclass(frozen=True, slots=True)
class Block:
    """A lever in some counties.

    Attributes
    ----------
    lever : Lever
    counties : tuple of int
        Rows of the atlas.
    codes : tuple of str
    key : str
        Of the lever, `lever_key`.
    """

    lever: Lever
    counties: tuple[int, ...]
    codes: tuple[str, ...]
    key: str

    @property
    def name(self) -> str:
        """Name of the shard's file: lever, first county, and a digest of key and counties."""
        digest = hashlib.sha256("".join((self.key, *self.codes)).encode()).hexdigest()[:16]
        return f"{self.lever.key}-{self.codes[0]}-{digest}.parquet"


def blocks(
    codes: Sequence[str],
    levers: Sequence[Lever],
    *,
    counties: Collection[int] | None = None,
    part: tuple[int, int] = (1, 1),
) -> tuple[Block, ...]:
    """Cut a sweep into blocks.

    Parameters
    ----------
    codes : sequence of str
        All counties, in the order of the atlas.
    levers : sequence of Lever
    counties : collection of int, optional
        Rows; all by default. Blocks hold only these.
    part : (i, n)
        The i-th of n parts: every n-th block, so that parts take about equally long.
    """
    rows = sorted(range(len(codes)) if counties is None else set(counties))
    cut = [tuple(rows[start : start + SIZE]) for start in range(0, len(rows), SIZE)]
    listed = [
        Block(lever, chosen, tuple(codes[row] for row in chosen), lever_key(lever))
        for lever in levers
        for chosen in cut
    ]
    first, every = part
    return tuple(listed[first - 1 :: every])
