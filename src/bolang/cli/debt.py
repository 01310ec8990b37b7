"""``bolang debt``: fiscal ratios, official lines, ten years ahead and stress tests of one county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from bolang.cli.fiscal_options import DEBT, Growth, amounts
from bolang.cli.options import Name, flag
from bolang.cli.paged import paged_with
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County
    from bolang.document.model import Document
    from bolang.pathway.debt import Stress

WORDS = load("cli_road")


@paged_with(given=amounts(DEBT))
def command(
    name: Name,
    given: Mapping[str, float],
    growth: Growth = None,
    trade: Annotated[bool, flag("--trade", said=WORDS("debt.trade"))] = False,
) -> Document:
    """Show the debt assessment of one county."""
    from bolang.atlas import own_atlas
    from bolang.atlas.romanize import place
    from bolang.pages.debt import debt_page
    from bolang.pathway.debt import assess, county_assumptions, fiscal_position

    atlas = own_atlas()
    county = atlas.county(name)
    assumptions, deviation = county_assumptions(atlas, county, None if growth is None else growth / 100.0)
    position = fiscal_position(atlas, county, given)
    shocks = _trade_shocks(atlas, county) if trade and position.total_debt is not None else ()
    return debt_page(assess(position, assumptions, deviation, stresses=shocks), place(county.name))


def _trade_shocks(atlas: Atlas, county: County) -> tuple[Stress, ...]:
    from bolang.cli.progress import model_status
    from bolang.pathway import cross_border_risk
    from bolang.pathway.risk.shocks import shock_stresses

    with model_status() as tell:
        return shock_stresses(cross_border_risk(county, atlas=atlas, progress=tell).shocks)
