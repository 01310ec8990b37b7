"""Build the shapes of the map in the browser: all units simplified as one coverage, so that no gap opens between them.

Run ``python -m pipeline.web_shapes``; it reads the shapes that the atlas ships.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from bolang.atlas import Atlas
from bolang.figures.geography import sea_frame, shapes

TARGET = Path(__file__).parent.parent / "src/bolang/web/static/shapes.json.gz"
TOLERANCE_KM = 2.5
GRID_KM = 0.5


def rings(geometry: Any) -> list[list[int]]:
    """Return rings (or lines) as whole steps on the grid: the first point, then differences."""
    found = []
    parts = shapely.get_parts(geometry)
    if shapely.get_dimensions(geometry) == 2:
        parts = shapely.get_rings(parts)
    for part in parts:
        points = np.rint(shapely.get_coordinates(part) / GRID_KM).astype(int)
        kept = np.append(True, np.any(np.diff(points, axis=0) != 0, axis=1))
        points = points[kept]
        if len(points) < 2:
            points = np.vstack([points, points + 1])
        steps = np.vstack([points[:1], np.diff(points, axis=0)])
        found.append(steps.ravel().tolist())
    return found


def build() -> bytes:
    """Return the file."""
    atlas = Atlas(workspace=False)
    known = shapes(atlas)
    units = shapely.coverage_simplify(known.units, TOLERANCE_KM)
    outlines = shapely.coverage_simplify(known.outlines, TOLERANCE_KM)
    data = {
        "grid": GRID_KM,
        "codes": list(atlas.codes),
        "units": [rings(unit) for unit in units],
        "outlines": [rings(outline) for outline in outlines],
        "outline_codes": list(known.outline_codes),
        "lines": {
            kind: [line for geometry in lines for line in rings(shapely.simplify(geometry, TOLERANCE_KM))]
            for kind, lines in known.lines.items()
        },
        "sea": [round(edge) for edge in sea_frame()],
    }
    text = json.dumps(data, separators=(",", ":"))
    return gzip.compress(text.encode(), 9, mtime=0)


def main() -> None:
    """Write the file."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(build())


if __name__ == "__main__":
    main()
