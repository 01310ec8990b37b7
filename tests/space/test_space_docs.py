"""The worked example of the handbook runs as written."""

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "space.md"


def test_the_example_of_the_page_on_space():
    result = doctest.testfile(
        str(PAGE), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE, encoding="utf-8"
    )
    assert result.attempted >= 4
    assert result.failed == 0
