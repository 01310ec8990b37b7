"""A precondition of a measure in words, with its number."""

from __future__ import annotations

from bolang.atlas.romanize import place
from bolang.foundation.text import Text, same
from bolang.foundation.units import exact_text, number_text
from bolang.pathway.plan.preconditions import Precondition
from bolang.wording import load

WORDS = load("plan")
_DIGITS = {
    "near_core_city": 1,
    "not_too_far": 1,
    "inland": 1,
    "off_seaport": 0,
    "port_reach": 0,
    "cluster": 2,
    "trade_centre": 2,
    "exports": 1,
    "growing": 1,
}


def test_text(test: Precondition) -> Text:
    """Put a condition into words with its number."""
    if test.met is None:
        return WORDS(f"test.{test.key}.unknown")
    if test.met and test.name and f"test.{test.key}.named" in WORDS:
        return WORDS(f"test.{test.key}.named", name=place(test.name))
    if test.value == 0 and f"test.{test.key}.own" in WORDS:
        return WORDS(f"test.{test.key}.own", name=place(test.name))
    key = f"test.{test.key}.{'met' if test.met else 'failed'}"
    given = {
        "value": _value(test),
        "line": same(exact_text(test.line)),
        "year": test.year or "",
        "name": place(test.name),
    }
    return WORDS(key, **{name: given[name] for name in WORDS.entries[key].names})


def _value(test: Precondition) -> Text:
    assert test.value is not None
    if test.key == "workforce":
        return Text(number_text(test.value / 1e4, 1), number_text(test.value / 1e3, 0))
    return same(_beside(test.value, test.line, _DIGITS.get(test.key, 0)))


def _beside(value: float, line: float, digits: int) -> str:
    """Write a value with as many digits as it takes to see that it is neither the line nor nothing, two more at most."""
    for more in range(3):
        said = number_text(value, digits + more)
        shown = float(f"{value:.{digits + more}f}")
        if shown != line and (shown or not value):
            break
    return said
