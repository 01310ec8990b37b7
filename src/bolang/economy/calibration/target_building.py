"""What the fitted trade must reproduce, from observations, spending, foreign accounts and hubs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bolang.atlas import INDUSTRIES
from bolang.economy.calibration.county_exports import direct_exports, published_exports
from bolang.economy.calibration.hub_selection import HubTargets
from bolang.economy.calibration.observations import Observations
from bolang.economy.calibration.regions import Abroad
from bolang.economy.calibration.scaling import Targets
from bolang.economy.calibration.spending import Spending
from bolang.economy.calibration.value_added import ValueAdded
from bolang.economy.core.arrays import Array
from bolang.economy.core.industries import GOODS, TRADED_GOODS
from bolang.foundation.parameters import ParameterFile

if TYPE_CHECKING:
    from bolang.atlas import Atlas


def targets_of(seen: Observations, spending: Spending, abroad: Abroad, chosen: HubTargets | None) -> Targets:
    """Collect what trade must reproduce."""
    shares = seen.customs / np.where(seen.customs.sum(axis=0) > 0, seen.customs.sum(axis=0), 1)
    provincial = np.full_like(seen.customs, np.nan)
    provincial[:, TRADED_GOODS] = shares[:, TRADED_GOODS] * abroad.exports[:, TRADED_GOODS].sum(axis=0)
    return Targets(
        sales=np.concatenate([spending.sales, abroad.sales]),
        spending=np.concatenate([spending.total, abroad.spending]),
        exports=abroad.exports,
        imports=abroad.imports,
        province=seen.province,
        province_exports=provincial,
        county_exports=np.full((len(seen.province), len(INDUSTRIES)), np.nan),
        throughput=np.empty((0, 1)) if chosen is None else chosen.throughput[:, None],
        hub_exports=np.empty(0) if chosen is None else chosen.exports,
        hub_shipped=np.empty(0) if chosen is None else chosen.shipped,
    )


def with_county_exports(
    atlas: Atlas,
    seen: Observations,
    value_added: ValueAdded,
    targets: Targets,
    chosen: HubTargets | None,
    cited: ParameterFile,
) -> Targets:
    """Hold exports of manufactures county by county instead of by province."""
    counties, provinces = targets.county_exports.copy(), targets.province_exports.copy()
    counties[:, GOODS] = direct_exports(
        seen,
        value_added.value[:, GOODS],
        targets.sales[: len(counties), GOODS],
        provinces[:, GOODS],
        chosen,
        published_exports(atlas, cited, seen.year),
        cited,
    )
    provinces[:, GOODS] = np.nan
    return replace(targets, county_exports=counties, province_exports=provinces)


def may_export(targets: Targets) -> Array:
    """Tell places and sectors that a target of nothing keeps from exporting, (N, S)."""
    allowed: Array = (targets.province_exports != 0)[targets.province] & (targets.county_exports != 0)
    return allowed
