"""The table of a sweep: effects of a county's levers, counties of a lever; the one of the whole nation ships."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from bolang.economy.levers.catalogue import Lever, lever, levers
from bolang.economy.scenarios.sweep import shards
from bolang.economy.scenarios.sweep.blocks import Block
from bolang.economy.scenarios.sweep.key import lever_key
from bolang.economy.scenarios.sweep.solving import NAMED
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County

SHIPPED = Path(__file__).parent / "sweep.parquet"
ROUNDING = 1e-10
"""Relative changes below this are rounding: the lever has nothing to move there."""


@dataclass(frozen=True, slots=True)
class SweptEffect:
    """A lever in a county, at standard size and central parameters.

    Attributes
    ----------
    lever, county : str
        Key, and code.
    change : mapping of (measure, circle) to float
        Relative changes.
    residual : float
        Largest miss of any equilibrium condition, in logs.
    gainers, losers : tuple of (code, float)
        Other counties whose GDP gains, or loses, most, with the change in 万元.
    """

    lever: str
    county: str
    change: dict[tuple[str, str], float]
    residual: float
    gainers: tuple[tuple[str, float], ...]
    losers: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """A table of swept effects, one row a lever and county.

    Attributes
    ----------
    frame : DataFrame
        Columns as in `bolang.economy.scenarios.sweep.shards.SCHEMA`; what was not solved is null, with its `state`.
    """

    frame: pl.DataFrame

    @classmethod
    def shipped(cls) -> Sweep:
        """Return the table that comes with the package, without the levers whose model has changed since."""
        return _shipped()

    @classmethod
    def from_shards(cls, folder: Path, listed: Sequence[Block]) -> Sweep:
        """Put shards together; blocks that are missing are left out."""
        found = [frame for block in listed if (frame := shards.read(folder, block)) is not None]
        return cls(pl.concat(found) if found else pl.DataFrame(schema=shards.SCHEMA))

    @property
    def levers(self) -> tuple[Lever, ...]:
        """Levers that were swept, in the order of the catalogue."""
        present = set(self.frame["lever"].unique())
        return tuple(item for item in levers().values() if item.key in present)

    def complete(self, key: str, counties: int) -> bool:
        """Whether a lever was tried in this many counties."""
        return self.frame.filter(pl.col("lever") == key).height == counties

    def effects(self, county: County | str, atlas: Atlas | None = None) -> tuple[SweptEffect, ...]:
        """Return the effects of all levers in a county."""
        code = _code(county, atlas)
        rows = self.frame.filter((pl.col("county") == code) & (pl.col("state") == "solved"))
        return tuple(_effect(row) for row in rows.iter_rows(named=True))

    def where(self, name: str, *, measure: str = "gdp", circle: str = "county", top: int | None = None) -> pl.DataFrame:
        """Return counties by what a lever does there, the largest effect first.

        Parameters
        ----------
        name : str
            Key or label of the lever.
        measure, circle : str
        top : int, optional

        Returns
        -------
        DataFrame
            ``rank``, ``county`` (code), ``effect``, and the codes of the other counties that gain and lose most.

        Raises
        ------
        BadInputError
            If the lever was not swept, or there is no such measure or circle.
        """
        key, column = lever(name).key, f"{measure}_{circle}"
        if column not in shards.EFFECTS:
            known = ", ".join(shards.EFFECTS)
            raise BadInputError(tr(f"没有结果 {column!r}。", f"No result {column!r}."), known)
        rows = self.frame.filter((pl.col("lever") == key) & (pl.col("state") == "solved"))
        if rows.is_empty():
            listed = ", ".join(item.key for item in self.levers)
            raise BadInputError(
                tr(f"这张表里没有抓手 {key}。", f"This table has no lever {key}."),
                tr(
                    f"有：{listed}；或运行 bolang sweep --only {key}。",
                    f"It has: {listed}; or run bolang sweep --only {key}.",
                ),
            )
        ranked = rows.sort([column, "county"], descending=[True, False], nulls_last=True).with_row_index("rank", 1)
        chosen = ranked.select(
            "rank",
            "county",
            pl.col(column).cast(pl.Float64).alias("effect"),
            pl.col("gainer_1").alias("gainer"),
            pl.col("loser_1").alias("loser"),
        )
        return chosen if top is None else chosen.head(top)

    def write(self, path: Path) -> None:
        """Write the table as it ships."""
        self.frame.write_parquet(path, compression="zstd", compression_level=19, statistics=False)


def set_by_size(item: Lever) -> bool:
    """Whether a lever's effect on the county's own GDP is its size, by the way it enters the model, and compares no counties."""
    return item.mechanism == "own_gdp"


def _code(county: County | str, atlas: Atlas | None) -> str:
    from bolang.atlas import Atlas

    return (atlas or Atlas()).county(county).code


def _effect(row: dict[str, object]) -> SweptEffect:
    change = {}
    for name in shards.EFFECTS:
        measure, _, circle = name.rpartition("_")
        value = row[name]
        if isinstance(value, float):
            change[measure, circle] = value
    return SweptEffect(
        lever=str(row["lever"]),
        county=str(row["county"]),
        change=change,
        residual=float(str(row["residual"])),
        gainers=_named(row, "gainer", "gained"),
        losers=_named(row, "loser", "lost"),
    )


def _named(row: dict[str, object], who: str, what: str) -> tuple[tuple[str, float], ...]:
    pairs = ((row[f"{who}_{k + 1}"], row[f"{what}_{k + 1}"]) for k in range(NAMED))
    return tuple((str(code), float(str(value))) for code, value in pairs if code is not None)


@cache
def _shipped() -> Sweep:
    if not SHIPPED.is_file():
        return Sweep(pl.DataFrame(schema=shards.SCHEMA))
    current = [lever_key(item) for item in levers().values()]
    return Sweep(pl.read_parquet(SHIPPED).filter(pl.col("key").is_in(current)))
