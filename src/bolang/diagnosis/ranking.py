"""Rankings of all units by one indicator or one index."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from bolang.atlas import Atlas, County, own_atlas
from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.panel import DimensionPanel, IndicatorPanel, Panel, build_panel, indicator_alone
from bolang.foundation.errors import UnknownIndicatorError, UnknownPlaceError
from bolang.foundation.names import Names
from bolang.foundation.text import Lang, tr

HEADS = Names("bolang.diagnosis", "rank_heads")


def ranking(
    key: str, *, province: str | None = None, lang: Lang = "zh", atlas: Atlas | None = None, panel: Panel | None = None
) -> pl.DataFrame:
    """Rank all units that have a value, strongest first.

    Parameters
    ----------
    key : str
        Key of an indicator (``wholesale_retail_lq``) or of a dimension (``circulation``).
    province : str, optional
        Name or code of a province; ranks are then within it.
    lang : {'zh', 'en'}
        Language of the column names.
    atlas, panel
        To use facts or a panel at hand.

    Returns
    -------
    polars.DataFrame
        Rank, code, name, value; with the sampling interval (indicators) or the range of ranks (indices).

    Raises
    ------
    UnknownIndicatorError
        If no indicator or dimension has this key.
    UnknownPlaceError
        If no province has this name.
    """
    facts = panel.evidence.atlas if panel else atlas or own_atlas()
    # One indicator needs no other, and no ranges of ranks.
    alone = None if panel else indicator_alone(Evidence(facts), key)
    found = alone or _find(panel or build_panel(facts), key)
    counties = facts.counties
    if isinstance(found, DimensionPanel):
        values, order = found.score, found.score
        extra = {
            HEADS["best_rank"].in_(lang): found.rank_low,
            HEADS["worst_rank"].in_(lang): found.rank_high,
        }
    else:
        values, order = found.values.now, found.strength
        extra = {}
        if found.values.low is not None and found.values.high is not None:
            extra = {
                HEADS["low"].in_(lang): found.values.low,
                HEADS["high"].in_(lang): found.values.high,
            }
    rows = np.flatnonzero(~np.isnan(order) & _inside(counties, province))
    rows = rows[np.argsort(-order[rows], kind="stable")]
    rank = 1 + np.searchsorted(-order[rows], -order[rows], side="left")
    return pl.DataFrame(
        {
            HEADS["rank"].in_(lang): rank,
            HEADS["code"].in_(lang): [counties[i].code for i in rows],
            HEADS["county"].in_(lang): [counties[i].full_name for i in rows],
            HEADS["value"].in_(lang): values[rows],
            **{name: column[rows] for name, column in extra.items()},
        }
    )


def _find(panel: Panel, key: str) -> DimensionPanel | IndicatorPanel:
    known: dict[str, DimensionPanel | IndicatorPanel] = {}
    for dimension in panel.dimensions:
        known[dimension.spec.key] = dimension
        known.update({part.indicator.key: part for part in dimension.indicators})
    if key not in known:
        raise UnknownIndicatorError(
            tr(f"没有指标或维度 {key!r}。", f"There is no indicator or dimension {key!r}."),
            tr("可用：", "Known: ") + ", ".join(known),
        )
    return known[key]


def _inside(counties: Sequence[County], province: str | None) -> np.ndarray:
    if province is None:
        return np.ones(len(counties), dtype=bool)
    names = sorted({c.province for c in counties})
    inside = np.array([province in (c.province, c.province_code) or c.province.startswith(province) for c in counties])
    if not inside.any():
        raise UnknownPlaceError(
            tr(f"没有名为 {province!r} 的省级单元。", f"There is no province {province!r}."), "、".join(names)
        )
    return inside
