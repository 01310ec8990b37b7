"""A precondition in words: the number stands beside the line, and never reads like it."""

import pytest

from bolang.pages.conditions import test_text as text_of
from bolang.pathway.plan.preconditions import Precondition


def test_a_core_city_is_not_told_its_drive_to_itself():
    test = Precondition("near_core_city", 0.0, 2.0, "at_most", 2020, met=True, name="义乌市")
    assert text_of(test).zh == "义乌市本身就是核心城市"


@pytest.mark.parametrize(
    ("key", "value", "line", "met", "zh"),
    [
        ("exports", 9.96, 10.0, False, "出口只占GDP 9.96%（2020年）"),
        ("exports", 10.3, 10.0, True, "出口占GDP 10.3%（2020年）"),
        ("sparse", 0.37, 99.0, True, "每平方公里0.4人，不超过99人；名单未收录，请县里确认"),
        ("sparse", 98.96, 99.0, True, "每平方公里98.96人，不超过99人；名单未收录，请县里确认"),
        ("sparse", 14.3, 99.0, True, "每平方公里14人，不超过99人；名单未收录，请县里确认"),
    ],
)
def test_a_value_is_told_apart_from_its_line_and_from_nothing(key, value, line, met, zh):
    assert text_of(Precondition(key, value, line, "at_least", 2020, met)).zh == zh
