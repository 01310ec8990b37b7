"""Location quotients, complexity, concentration and spatial autocorrelation of all counties by 19 industries."""

from __future__ import annotations

import warnings
from functools import partial
from typing import Any

import econcomplex
import esda
import libpysal
import numpy as np
import pandas as pd
from ecomplexity import ecomplexity

from benchmarks.harness import Comparison, compare, first_use
from bolang.atlas import INDUSTRIES, Atlas
from bolang.measures import (
    SpatialWeights,
    complexity,
    local_moran,
    location_quotient,
    location_quotient_interval,
    locational_gini,
    morans_i,
    shift_share,
)

ABOUT = (
    "Census employment of 2020 (shift-share: 2010 and 2020), all county-level units with data by 19 industries. Every "
    "pair runs in turn in one process on the same arrays; a peer that wants a long table gets it ready made."
)
PEERS = ["pandas", "ecomplexity", "econcomplex", "esda", "libpysal", "numba"]
NAMES = {"time": "year", "loc": "place", "prod": "industry", "val": "value"}


def run(repeat: int) -> list[Comparison]:
    warnings.simplefilter("ignore")
    data = _Data()
    return [*_quotients(data, repeat), *_complexity(data, repeat), *_growth(data, repeat), *_space(data, repeat)]


class _Data:
    """The same facts in the shape that each package asks for."""

    def __init__(self) -> None:
        atlas = Atlas()
        start, end = atlas.employment(2010), atlas.employment(2020)
        known = np.isfinite(end).all(axis=1)
        codes = np.array(atlas.codes)[known]
        self.end = end[known]
        both = known & np.isfinite(start).all(axis=1)
        self.pair = (start[both], end[both])
        place = {code: i for i, code in enumerate(codes)}
        edges = atlas.table("neighbours").select("code", "neighbour").iter_rows()
        self.pairs = [(place[a], place[b]) for a, b in edges if a in place and b in place]
        self.wide = pd.DataFrame(self.end, index=codes, columns=list(INDUSTRIES))
        self.long = pd.DataFrame(
            {
                "year": 2020,
                "place": np.repeat(codes, len(INDUSTRIES)),
                "industry": np.tile(INDUSTRIES, len(codes)),
                "value": self.end.ravel(),
            }
        )


def _quotients(data: _Data, repeat: int) -> list[Comparison]:
    ours = partial(location_quotient, data.end)
    task = "location quotients"
    return [
        compare(task, "econcomplex", ours, partial(econcomplex.location_quotient, data.wide), repeat=repeat),
        compare(task, "pandas, wide table", ours, partial(_pandas_quotients_wide, data.wide), repeat=repeat),
        compare(task, "pandas, long table", ours, partial(_pandas_quotients_long, data.long), repeat=repeat),
        compare(
            "location quotients with intervals",
            "pandas, long table",
            partial(location_quotient_interval, data.end),
            partial(_pandas_quotients_long, data.long),
            repeat=repeat,
            answers=False,
            note="the peer computes the quotients only",
        ),
        compare(
            "locational Gini",
            "econcomplex",
            partial(locational_gini, data.end),
            lambda: 2.0 * np.asarray(econcomplex.locational_gini(data.wide)),
            repeat=repeat,
        ),
    ]


def _complexity(data: _Data, repeat: int) -> list[Comparison]:
    return [
        compare(
            "complexity and relatedness",
            "ecomplexity",
            lambda: _parts(complexity(data.end)),
            partial(_ecomplexity, data.long, data.end.shape),
            repeat=min(repeat, 3),
            note="RCA, ECI, PCI, density, COI and COG; the peer without its log-supermodularity check",
        ),
        compare(
            "ECI and PCI",
            "econcomplex",
            lambda: _indices(complexity(data.end)),
            partial(econcomplex.eci_pci, data.end),
            repeat=1,
            note="ours also computes proximity, density and outlook in this time",
        ),
        compare(
            "complexity and relatedness",
            "pandas, 19 x 19 route",
            lambda: _parts(complexity(data.end)),
            partial(_pandas_complexity, data.wide),
            repeat=repeat,
            note="a plain version written for this comparison with the cheap route that the packages do not take",
        ),
    ]


def _growth(data: _Data, repeat: int) -> list[Comparison]:
    start, end = data.pair
    frames = pd.DataFrame(start), pd.DataFrame(end)
    return [
        compare(
            "shift-share",
            "pandas, wide table",
            lambda: _shift_parts(shift_share(start, end)),
            partial(_pandas_shift_share, *frames),
            repeat=repeat,
        )
    ]


def _space(data: _Data, repeat: int) -> list[Comparison]:
    size = len(data.end)
    weights = SpatialWeights.from_pairs(data.pairs, size)
    keep = ~weights.islands
    weights = weights.subset(keep)
    renumbered = np.cumsum(keep) - 1
    neighbours: dict[int, list[int]] = {int(i): [] for i in renumbered[keep]}
    for a, b in data.pairs:
        neighbours[int(renumbered[a])].append(int(renumbered[b]))
    theirs = libpysal.weights.W(neighbours, silence_warnings=True)
    theirs.transform = "r"
    table = location_quotient(data.end)[keep]
    one = np.ascontiguousarray(table[:, INDUSTRIES.index("F")])
    return [
        compare(
            "Moran's I, 999 permutations",
            "esda",
            lambda: _global(morans_i(one, weights, permutations=999)),
            lambda: _global_esda(esda.Moran(one, theirs, permutations=999)),
            repeat=repeat,
        ),
        compare(
            "local Moran, 999 permutations",
            "esda",
            lambda: local_moran(one, weights, permutations=999).statistic[:, 0],
            lambda: esda.Moran_Local(one, theirs, permutations=999, seed=1).Is,
            repeat=repeat,
            note="the peer after its compilation",
        ),
        compare(
            "local Moran, 9999 permutations",
            "esda",
            lambda: local_moran(one, weights, permutations=9999).p_permutation[:, 0],
            lambda: esda.Moran_Local(one, theirs, permutations=9999, seed=1).p_sim,
            repeat=min(repeat, 3),
            note="difference of the pseudo p-values, which are random in both",
        ),
        compare(
            "local Moran of 19 industries, 999 permutations",
            "esda",
            lambda: local_moran(table, weights, permutations=999).statistic,
            lambda: np.column_stack([esda.Moran_Local(x, theirs, permutations=999, seed=1).Is for x in table.T]),
            repeat=min(repeat, 3),
        ),
        first_use("local Moran, first use in a process", "esda", _OURS_FIRST, _ESDA_FIRST, note=_FIRST_NOTE),
    ]


def _parts(c: Any) -> tuple[Any, ...]:
    return c.rca, c.eci, c.pci, c.density, c.outlook_index, c.outlook_gain


def _indices(c: Any) -> tuple[Any, ...]:
    return c.eci, (c.pci - c.pci.mean()) / c.pci.std()


def _shift_parts(s: Any) -> tuple[Any, ...]:
    return s.national, s.mix, s.competitive


def _global(m: Any) -> tuple[Any, ...]:
    return m.statistic[0], m.variance_normality[0], m.variance_randomization[0]


def _global_esda(m: Any) -> tuple[Any, ...]:
    return m.I, m.VI_norm, m.VI_rand


def _pandas_quotients_wide(wide: pd.DataFrame) -> pd.DataFrame:
    return wide.div(wide.sum(axis=1), axis=0) / (wide.sum() / wide.to_numpy().sum())


def _pandas_quotients_long(long: pd.DataFrame) -> Any:
    place = long.groupby("place")["value"].transform("sum")
    industry = long.groupby("industry")["value"].transform("sum")
    long = long.assign(quotient=(long["value"] / place) / (industry / long["value"].sum()))
    return long.pivot(index="place", columns="industry", values="quotient")


def _ecomplexity(long: pd.DataFrame, shape: tuple[int, int]) -> tuple[Any, ...]:
    out = ecomplexity(long, NAMES, check_logsupermodularity=False, verbose=False)
    out = out.sort_values(["place", "industry"])
    grid = {name: out[name].to_numpy().reshape(shape) for name in ("rca", "eci", "pci", "density", "coi", "cog")}
    return grid["rca"], grid["eci"][:, 0], grid["pci"][0], grid["density"], grid["coi"][:, 0], grid["cog"]


def _pandas_complexity(wide: pd.DataFrame) -> tuple[Any, ...]:
    rca = _pandas_quotients_wide(wide)
    m = (rca >= 1).astype(float)
    diversity, ubiquity = m.sum(axis=1), m.sum()
    by_place = m.div(diversity, axis=0)
    values, vectors = np.linalg.eig(m.div(ubiquity).T.dot(by_place).to_numpy())
    pci = pd.Series(np.real(vectors[:, np.argsort(values.real)[-2]]), index=wide.columns)
    eci = by_place.dot(pci)
    sign = np.sign(np.corrcoef(diversity, eci)[0, 1])
    pci, eci = sign * pci, sign * eci
    together = m.T.dot(m)
    proximity = pd.DataFrame(
        together.to_numpy() / np.maximum.outer(ubiquity.to_numpy(), ubiquity.to_numpy()), wide.columns, wide.columns
    )
    density = m.dot(proximity.div(proximity.sum(axis=1), axis=1))
    absent = 1 - m
    coi = (density * absent * pci).sum(axis=1)
    cog = absent * absent.dot(proximity.mul(pci / proximity.sum(axis=1), axis=0))
    mean, spread = eci.mean(), eci.std(ddof=0)
    coi = (coi - coi.mean()) / coi.std(ddof=0)
    return rca, (eci - mean) / spread, (pci - mean) / spread, density, coi, cog / spread


def _pandas_shift_share(start: pd.DataFrame, end: pd.DataFrame) -> tuple[Any, ...]:
    growth = end.to_numpy().sum() / start.to_numpy().sum() - 1
    by_industry = end.sum() / start.sum() - 1
    return start * growth, start * (by_industry - growth), end - start - start * by_industry


_LATTICE = """
import numpy as np
side = 53
cells = np.arange(side * side).reshape(side, side)
across = np.column_stack([cells[:, :-1].ravel(), cells[:, 1:].ravel()])
down = np.column_stack([cells[:-1].ravel(), cells[1:].ravel()])
pairs = np.vstack([across, down])
x = np.random.default_rng(0).normal(size=side * side)
"""
_OURS_FIRST = (
    _LATTICE
    + "from bolang.measures import SpatialWeights, local_moran\nw = SpatialWeights.from_pairs(pairs, side * side)\n"
    + "---\nlocal_moran(x, w, permutations=999)"
)
_ESDA_FIRST = (
    _LATTICE
    + "import esda, libpysal\nw = libpysal.weights.lat2W(side, side)\nw.transform = 'r'\n"
    + "---\nesda.Moran_Local(x, w, permutations=999, seed=1)"
)
_FIRST_NOTE = "a lattice of 53 x 53 cells; the peer compiles with numba on its first call"
