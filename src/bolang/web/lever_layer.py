"""What a lever would do in every county, as a layer of the map: those that can still take it up, by the effect there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bolang.economy.levers.catalogue import Lever, lever, levers
from bolang.economy.scenarios.sweep import Sweep
from bolang.economy.scenarios.sweep.intervals import Intervals
from bolang.foundation.units import PERCENT
from bolang.pages.where.page import ABLE, DIGITS, FINE, SMALL, default_result, standing_text
from bolang.pathway.plan.possibility import LEVER_STANDINGS, possibilities
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.foundation.text import Text
    from bolang.web.maps import Layer
    from bolang.web.rooms import Room

WHERE, WORDS = load("where"), load("web")


def is_lever(key: str) -> bool:
    """Whether a key names a lever that was swept."""
    return key in levers() and any(item.key == key for item in Sweep.shipped().levers)


def taken_up_somewhere(room: Room) -> Lever:
    """Return the first lever that is still open to some county: one that is in place everywhere says little of where it pays."""
    who, swept = possibilities(room.atlas), Sweep.shipped().levers
    return next(
        (item for item in swept if any(who.of(c, item.key).standing in ABLE for c in room.atlas.counties)), swept[0]
    )


def lever_layer(room: Room, key: str) -> Layer:
    """Return the map of a lever: effects where it can be taken up; elsewhere, why it cannot. Effects everywhere if nowhere it can."""
    from bolang.web.maps import classed

    chosen, who, counties = lever(key), possibilities(room.atlas), room.atlas.counties
    measure, circle = default_result(chosen)
    swept = dict(Sweep.shipped().where(key, measure=measure, circle=circle).select("county", "effect").iter_rows())
    found = [who.of(county, key) for county in counties]
    open_to = ABLE if any(item.standing in ABLE for item in found) else LEVER_STANDINGS
    effects = [swept.get(county.code) for county in counties]
    values = np.array(
        [
            100 * effect if effect is not None and item.standing in open_to else np.nan
            for effect, item in zip(effects, found, strict=True)
        ]
    )
    spans = Intervals.shipped()
    ends = [
        spans.of(key, county.code, effect, f"{measure}_{circle}") if effect is not None else None
        for county, effect in zip(counties, effects, strict=True)
    ]
    unsure = np.array([end is None or end.low <= 0 <= end.high for end in ends])
    digits = DIGITS if np.nanmax(np.abs(values)) >= 100 * SMALL else FINE
    layer = classed(_title(chosen), WHERE("source"), values, unsure, PERCENT, digits, None)
    for k, item in enumerate(found):
        if item.standing not in open_to:
            layer.shown[k] = standing_text(item)
    return layer


def _title(chosen: Lever) -> Text:
    measure, circle = default_result(chosen)
    effect = WHERE("column.effect", measure=WHERE(f"measure.{measure}"), circle=WHERE(f"circle.{circle}"))
    return WORDS("ui.map.lever", lever=chosen.label.text, effect=effect)
