"""Write the inputs of the peer comparison: the census employment and the neighbours of one province.

Run from the repository root with bolang installed: ``python tests/reference/measures_inputs.py``.
"""

import json
from pathlib import Path

import numpy as np

from bolang.atlas import Atlas

PROVINCE = "330000"


def main() -> None:
    atlas = Atlas()
    both = np.isfinite(atlas.employment(2010) + atlas.employment(2020)).all(axis=1)
    rows = [c for c in atlas.counties if c.province_code == PROVINCE and both[c.index]]
    place = {c.code: i for i, c in enumerate(rows)}
    pairs = [
        [place[a], place[b]]
        for a, b in atlas.table("neighbours").select("code", "neighbour").iter_rows()
        if a in place and b in place
    ]
    index = [c.index for c in rows]
    start, end = (np.asarray(atlas.employment(year))[index] for year in (2010, 2020))
    content = {
        "origin": "Census of 2010 and 2020, employment in the long form by industry A-S, and contiguity of the "
        "polygons, counties of Zhejiang that are complete in both years, as shipped with bolang",
        "codes": [c.code for c in rows],
        "employment_2010": start.astype(int).tolist(),
        "employment_2020": end.astype(int).tolist(),
        "neighbours": pairs,
    }
    path = Path(__file__).with_name("measures_inputs.json")
    path.write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
