"""Sets of parameters and sizes, solved in a sample of counties and at the top of each lever.

Every county of a lever meets the same sets, so that what is left between counties is the counties. The sample is one county in
each stratum of the central effect: small, middling and large effects are all in it.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl

from bolang.economy.core.arrays import Array
from bolang.economy.levers.catalogue import Lever
from bolang.economy.levers.draws import sample
from bolang.economy.scenarios.sweep import shards
from bolang.economy.scenarios.sweep.blocks import Block
from bolang.economy.scenarios.sweep.engines import Work
from bolang.economy.scenarios.sweep.key import lever_key
from bolang.economy.scenarios.sweep.shards import EFFECTS
from bolang.economy.scenarios.sweep.table import Sweep

if TYPE_CHECKING:
    from bolang.atlas import Atlas

DRAWS = 24
SEED = 0
STRATA = 36
TOP = 12
ENDS = (0.05, 0.95)
Group = Literal["stratum", "top"]
SCHEMA: dict[str, pl.DataType] = {
    "key": pl.String(),
    "lever": pl.String(),
    "county": pl.String(),
    "group": pl.String(),
    "draws": pl.UInt16(),
    "solved": pl.UInt16(),
    **{f"{name}_{end}": pl.Float32() for name in EFFECTS for end in ("low", "high")},
}


@dataclass(frozen=True, slots=True)
class SampledBlock(Block):
    """One county under all sets of parameters and sizes.

    Attributes
    ----------
    group : {'stratum', 'top'}
        Whether it stands for others of its size of effect, or for itself.
    """

    group: Group = "stratum"


def sample_key(lever: Lever) -> str:
    """Return the digest of what the intervals of a lever rest on: its swept effects and the sets."""
    parts = (lever_key(lever), lever.effect.model_dump(), DRAWS, SEED, STRATA, TOP, ENDS)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]


def sampled_blocks(swept: Sweep, lever: Lever, atlas: Atlas) -> tuple[SampledBlock, ...]:
    """Choose the counties of a lever: its top, and the middle one of each stratum of the effect on the county's own GDP."""
    ranked = swept.where(lever.key)["county"].to_list()
    top = ranked[:TOP]
    rest = ranked[TOP:]
    ends = np.linspace(0, len(rest), min(STRATA, len(rest)) + 1)
    middle = [rest[int((a + b) / 2)] for a, b in pairwise(ends)]
    key, row = sample_key(lever), {code: i for i, code in enumerate(atlas.codes)}
    groups: list[tuple[Group, list[str]]] = [("top", top), ("stratum", middle)]
    return tuple(SampledBlock(lever, (row[code],), (code,), key, group) for group, codes in groups for code in codes)


def sampled_work(atlas: Atlas, backend: str = "numpy") -> Work:
    """Return what solves a county under all sets, over a calibration that is opened now."""
    from bolang.economy.scenarios.sweep.run import opened

    shop = opened(atlas, backend)

    def work(block: Block) -> bytes:
        assert isinstance(block, SampledBlock)
        sets = sample(shop.calibration.parameters, [(block.lever, None)], DRAWS, SEED)
        found = shop.solve_drawn(block.lever, block.counties[0], sets)
        done = np.array([state == "solved" for state in found.states])
        return shards.content_of(_row(block, found.effect[done]))

    return work


def _row(block: SampledBlock, effects: Array) -> pl.DataFrame:
    """Write the ends of what the solved sets gave; nothing where fewer than half were solved."""
    enough = 2 * len(effects) >= DRAWS
    ends = (
        np.quantile(effects.reshape(len(effects), -1), ENDS, axis=0) if enough else np.full((2, len(EFFECTS)), np.nan)
    )
    columns: dict[str, list[object]] = {
        "key": [block.key],
        "lever": [block.lever.key],
        "county": [block.codes[0]],
        "group": [block.group],
        "draws": [DRAWS],
        "solved": [len(effects)],
    }
    for j, name in enumerate(EFFECTS):
        columns[f"{name}_low"], columns[f"{name}_high"] = [float(ends[0, j])], [float(ends[1, j])]
    return pl.DataFrame(columns, schema=SCHEMA).fill_nan(None)


def read_sampled(folder: Path, listed: Sequence[SampledBlock]) -> pl.DataFrame:
    """Put together the rows that are there and belong to these blocks."""
    found = [frame for block in listed if (frame := _read(folder / block.name, block)) is not None]
    return pl.concat(found) if found else pl.DataFrame(schema=SCHEMA)


def _read(path: Path, block: SampledBlock) -> pl.DataFrame | None:
    try:
        frame = pl.read_parquet(io.BytesIO(path.read_bytes()))
    except (OSError, pl.exceptions.PolarsError):
        return None
    own = (block.key, block.codes[0])
    return frame if frame.schema == SCHEMA and frame.select("key", "county").row(0) == own else None
