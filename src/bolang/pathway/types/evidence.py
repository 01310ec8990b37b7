"""Reads what the types need from the atlas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from bolang.foundation.parameters import load_parameters
from bolang.foundation.store import stored
from bolang.pathway.types.land_border import on_land_border
from bolang.pathway.types.town_types import TownEvidence

if TYPE_CHECKING:
    from bolang.atlas import Atlas

Floats = NDArray[np.float64]


def access_values(atlas: Atlas) -> Floats:
    """Market potential (median 100), freight to a port (yuan a TEU), hours to a city above five million, shape (n, 3)."""
    year = atlas.vintage.census
    potential = atlas.column("harris_all", year)
    return np.column_stack(
        [
            100.0 * potential / np.nanmedian(potential),
            atlas.column("port_cost", year),
            atlas.column("metropolis_hours", year),
        ]
    )


def town_evidence(atlas: Atlas) -> TownEvidence:
    """Collect the evidence of the five county-town types for all units."""
    year = atlas.vintage.census
    population = atlas.column("population", year)
    area = np.array([county.area_km2 for county in atlas.counties])
    return TownEvidence(
        employment=atlas.employment(year),
        metropolis_hours=atlas.column("metropolis_hours", year),
        density=population / area,
        population_change=population_change(atlas),
        border=land_border(atlas),
        taobao=np.nan_to_num(atlas.column("taobao_villages", atlas.vintage.taobao)),
        nation=atlas.national_employment(year),
    )


def population_change(atlas: Atlas) -> Floats:
    """Return the population change between the latest censuses in per cent; NaN where boundaries moved."""
    comparable = atlas.table("continuity").sort("code")["comparable"].to_numpy()
    before, after = (atlas.column("population", year) for year in (atlas.vintage.census_before, atlas.vintage.census))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(comparable & (before > 0), 100.0 * (after - before) / before, np.nan))


def land_border(atlas: Atlas) -> NDArray[np.bool_]:
    """Units on the land border, computed once and kept in the user's cache."""
    wkb = atlas.table("polygons").sort("code")["wkb"].to_list()
    vertices = int(load_parameters("bolang.pathway.types").number("border_contact"))
    return _border(wkb, vertices)["border"].astype(bool)


@stored("land-border", inputs=lambda wkb, vertices: (b"".join(wkb), vertices))
def _border(wkb: list[bytes], vertices: int) -> dict[str, NDArray[np.bool_]]:
    return {"border": on_land_border(np.asarray(shapely.from_wkb(wkb)), vertices)}
