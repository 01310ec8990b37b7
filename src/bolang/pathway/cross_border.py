"""Cross-border risk of any county from its name: published exposure, the model's for the rest, ports and shocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bolang.atlas import asked
from bolang.foundation.progress import Progress
from bolang.pathway.risk import CrossBorderRisk, assess_risk, county_exposure
from bolang.space import TransportSystem

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County
    from bolang.economy.scenarios.standard_shocks import StandardShocks


def cross_border_risk(
    county: str | County,
    *,
    model: bool = True,
    atlas: Atlas | None = None,
    progress: Progress | None = None,
) -> CrossBorderRisk:
    """Assess a county's exposure to foreign trade, with early-warning signals.

    Parameters
    ----------
    county : str or County
        A county, or a name or code that resolves to one.
    model : bool
        Also read destinations, industries, ports and shocks from the model of the county economy (about a minute the
        first time, at once afterwards for every county). Without it only published figures count.
    atlas : Atlas, optional
    progress : callable, optional
        Receives the stage and the share done.

    Returns
    -------
    CrossBorderRisk

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        If the name does not resolve to one county.
    """
    facts, place = asked(county, atlas)
    if not model:
        return assess_risk(county_exposure(facts, place))
    from bolang.economy.scenarios.standard_shocks import standard_shocks

    found = standard_shocks(facts, place, progress=progress)
    return modelled_risk(facts, found)


def modelled_risk(atlas: Atlas, found: StandardShocks) -> CrossBorderRisk:
    """Assess cross-border risk with the model's exports, the ports on the cheapest routes, and the model's shocks."""
    from bolang.economy.scenarios.running import calibrated
    from bolang.pathway.risk.ports import port_use
    from bolang.pathway.risk.shocks import modelled_exports, shock_effects

    exports = modelled_exports(calibrated(atlas), found.county.index)
    ports = port_use(TransportSystem.standard(atlas), found.county, exports.by_market)
    shocks = shock_effects(found, ports.first if ports else None, atlas)
    return assess_risk(county_exposure(atlas, found.county, exports), ports, shocks)
