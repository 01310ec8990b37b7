"""A precondition in words: the number stands beside the line, and never reads like it."""

import pytest

from bolang.pages.conditions import test_text as text_of
from bolang.pathway.plan.preconditions import Precondition


@pytest.mark.parametrize(
    ("key", "value", "line", "met", "zh"),
    [
        ("trade_centre", 1.1966, 1.2, False, "批发零售区位商下限1.197，不足1.2（2020年）"),
        ("trade_centre", 1.21, 1.2, True, "批发零售区位商不低于1.21（2020年）"),
        ("sparse", 0.37, 99.0, True, "每平方公里0.4人，不超过99人；名单未收录，请县里确认"),
        ("sparse", 98.96, 99.0, True, "每平方公里98.96人，不超过99人；名单未收录，请县里确认"),
        ("sparse", 14.3, 99.0, True, "每平方公里14人，不超过99人；名单未收录，请县里确认"),
    ],
)
def test_a_value_is_told_apart_from_its_line_and_from_nothing(key, value, line, met, zh):
    assert text_of(Precondition(key, value, line, "at_least", 2020, met)).zh == zh
