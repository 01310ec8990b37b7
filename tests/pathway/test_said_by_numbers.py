"""Which statement a number leads to: the lines between statements, and what they name, by hand."""

import pytest
from test_risk import YIWU, exposure

from bolang.foundation.text import Text
from bolang.pages.risk.sentences import WHOLE, signal_sentence
from bolang.pages.types import sentences
from bolang.pathway.risk import ExportMarket, assess_risk
from bolang.pathway.types import AXES, CELLS, TOWN_TYPES, CountyType


def typed(share):
    """A county that is of the first type with a probability, and of no type of the policy."""
    rest = (1.0 - share) / (len(CELLS) - 1)
    even = dict.fromkeys(AXES, 50.0)
    return CountyType(
        county=YIWU,
        cell=CELLS[0],
        probability={cell: share if cell == CELLS[0] else rest for cell in CELLS},
        index=even,
        margin=even,
        changes=(),
        town_types=dict.fromkeys(TOWN_TYPES, 0.0),
        functions=(),
        is_county_town=False,
        population_change=None,
        loss=None,
    )


def statement(said, *keys):
    """The one statement made among some, with its values."""
    (found,) = [(key, values) for _, key, values in said if key in keys]
    return found


@pytest.mark.parametrize(("share", "expected"), [(0.49, "between"), (0.5, "sure"), (0.6, "sure"), (0.71, "sure")])
def test_a_type_holds_where_it_is_more_likely_than_not(said, share, expected):
    sentences.headline(typed(share))
    key, values = statement(said, "sure", "between")
    assert key == expected
    assert values["share"] == f"{100 * share:.0f}"


def markets(*shares):
    return tuple(ExportMarket(Text(str(i), str(i)), share) for i, share in enumerate(shares))


@pytest.mark.parametrize(
    ("shares", "divided", "highest"),
    [((0.3, 0.1), "40", "0.46"), ((0.5, 0.3), "80", "0.38"), ((0.2, 0.2, 0.2), "60", "0.28")],
)
def test_what_is_not_divided_may_at_most_be_one_market(said, shares, divided, highest):
    """.3² + .1² + (1 - .4)² = .46: all that is not divided would go to one market."""
    risk = assess_risk(exposure(markets=markets(*shares)))
    row = next(signal for signal in risk.signals if signal.key == "market_concentration")
    said.clear()
    signal_sentence(row, risk)
    assert statement(said, "said.concentration")[1] == {"share": divided, "highest": highest}


def test_markets_that_are_all_divided_leave_nothing_to_bound(said):
    risk = assess_risk(exposure(markets=markets(WHOLE, 0.005)))
    row = next(signal for signal in risk.signals if signal.key == "market_concentration")
    said.clear()
    signal_sentence(row, risk)
    assert "said.concentration" not in [key for _, key, _ in said]
