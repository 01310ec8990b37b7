"""What edits of the network do to the freight costs of every county."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bolang.atlas.vintage import censuses
from bolang.foundation.errors import BadInputError
from bolang.foundation.progress import ShareDone
from bolang.foundation.text import tr
from bolang.space.engine import EngineName
from bolang.space.freight import FreightCosts, costs_of
from bolang.space.system import Edit, TransportSystem

if TYPE_CHECKING:
    import polars as pl

    from bolang.atlas import Atlas

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class CostChange:
    """Mean freight costs of every county before and after edits, yuan a tonne.

    Attributes
    ----------
    domestic_before, domestic_after : float64 [N]
        By the best means to all other counties, weighted by their population at the latest census.
    foreign_before, foreign_after : float64 [N]
        In containers to the markets abroad that the county reaches, weighted by their GDP of 2020.
    edits : tuple of Edit
    before, after : FreightCosts
    """

    domestic_before: Floats
    domestic_after: Floats
    foreign_before: Floats
    foreign_after: Floats
    edits: tuple[Edit, ...]
    before: FreightCosts
    after: FreightCosts

    @property
    def domestic_percent(self) -> Floats:
        """Change of the mean domestic cost in percent."""
        return np.asarray(100 * (self.domestic_after / self.domestic_before - 1))

    @property
    def foreign_percent(self) -> Floats:
        """Change of the mean foreign cost in percent."""
        return np.asarray(100 * (self.foreign_after / self.foreign_before - 1))

    def to_frame(self) -> pl.DataFrame:
        """Return one row a county, in code order."""
        import polars as pl

        return pl.DataFrame(
            {
                "code": self.before.units,
                "domestic_before": self.domestic_before,
                "domestic_after": self.domestic_after,
                "domestic_percent": self.domestic_percent,
                "foreign_before": self.foreign_before,
                "foreign_after": self.foreign_after,
                "foreign_percent": self.foreign_percent,
            }
        )


def change_of_costs(
    atlas: Atlas, edits: Sequence[Edit], *, engine: EngineName = "auto", progress: ShareDone | None = None
) -> CostChange:
    """Return the change in freight costs of every county that edits cause.

    Parameters
    ----------
    atlas : Atlas
    edits : sequence of Edit
        At least one; see `bolang.space.edits`.
    engine : {'auto', 'cch', 'scipy'}
    progress : callable, optional
        Receives the share of the work that is done, if the tables before the edits are not stored yet.

    Raises
    ------
    BadInputError
        If there is no edit.
    """
    if not edits:
        raise BadInputError(
            tr("没有给出任何改动。", "There is no edit to cost."),
            tr("例：--terminal 永康市，--close 宁波港。", "Such as --terminal 永康市 or --close 宁波港."),
        )
    system = TransportSystem.standard(atlas)
    edited = system.edited(edits)
    before, after = (costs_of(s, engine=engine, progress=progress) for s in (system, edited))
    people = np.nan_to_num(atlas.column("population", censuses()[-1]))
    size = dict(atlas.table("markets").select("id", "gdp_2020_busd").iter_rows())
    markets = np.array([size[market] for market in before.regions])
    # The mean runs over the same markets before and after, or closing one would look like a gain.
    reached = np.isfinite(before.foreign) & np.isfinite(after.foreign)
    return CostChange(
        domestic_before=_domestic_mean(before, people),
        domestic_after=_domestic_mean(after, people),
        foreign_before=_foreign_mean(before, markets, reached),
        foreign_after=_foreign_mean(after, markets, reached),
        edits=tuple(edits),
        before=before,
        after=after,
    )


def _domestic_mean(costs: FreightCosts, people: Floats) -> Floats:
    others = people.sum() - people
    return np.asarray(costs.multimodal.astype(np.float64) @ people / others)


def _foreign_mean(costs: FreightCosts, markets: Floats, reached: NDArray[np.bool_]) -> Floats:
    weight = np.where(reached, markets, 0.0)
    return np.asarray((np.where(reached, costs.foreign, 0.0) * weight).sum(axis=1) / weight.sum(axis=1))
