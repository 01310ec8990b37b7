"""The circles around a county for which effects are reported."""

from __future__ import annotations

import numpy as np

from bolang.atlas import Atlas
from bolang.economy.core.arrays import IntArray


def circles(atlas: Atlas, county: int) -> dict[str, IntArray]:
    """Rows of the county, its neighbours, its province and the nation."""
    import polars as pl

    code = atlas.codes[county]
    pairs = atlas.table("neighbours")
    one, other = pairs.columns[:2]
    near = pl.concat([pairs.filter(pl.col(one) == code)[other], pairs.filter(pl.col(other) == code)[one]]).unique()
    position = {c: i for i, c in enumerate(atlas.codes)}
    adjacent = np.array(sorted(position[c] for c in near.to_list() if c in position), dtype=np.intp)
    own = atlas.counties[county].province_code
    province = np.array([c.index for c in atlas.counties if c.province_code == own], dtype=np.intp)
    return {
        "county": np.array([county]),
        "neighbours": adjacent,
        "province": province,
        "nation": np.arange(len(atlas.codes)),
    }
