"""A public function says in one line what each argument may be; what is not so is refused before any work is done.

>>> @door(draws=whole(1, 5000), goal=one_of(("income", "gdp")))
... def plan(county, *, goal="income", draws=200): ...
"""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any, ParamSpec, TypeVar

from bolang.foundation import checks
from bolang.foundation.text import Text, same

P = ParamSpec("P")
R = TypeVar("R")
Rule = Callable[[Any, Text], object]
"""Takes a value and the name of the argument; raises `BadInputError` where the value is not fit."""

MOST_MONEY = 1e5
"""亿元: ten times the budget of the richest province; beyond it a figure is a slip."""


def door(**rules: Rule) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Check the arguments of a public function; a default is taken as it is.

    Parameters
    ----------
    **rules
        A rule for each argument that is checked.
    """

    def guard(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)
        unknown = rules.keys() - signature.parameters.keys()
        assert not unknown, f"{function.__qualname__} has no argument {unknown}"

        @functools.wraps(function)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            given = signature.bind(*args, **kwargs).arguments
            for name, rule in rules.items():
                if name in given and given[name] is not signature.parameters[name].default:
                    rule(given[name], same(name))
            return function(*args, **kwargs)

        return checked

    return guard


def real(low: float = float("-inf"), high: float = float("inf"), unit: Text | None = None) -> Rule:
    """Expect a finite number between bounds."""
    return lambda value, what: checks.number(value, what, low=low, high=high, unit=unit)


def whole(low: int = 0, high: int | None = None) -> Rule:
    """Expect a whole number between bounds."""
    return lambda value, what: checks.count(value, what, low=low, high=high)


def one_of(options: Iterable[str]) -> Rule:
    """Expect one of some names."""
    known = tuple(options)
    return lambda value, what: checks.choice(value, known, what)


def money(value: Any, what: Text) -> object:
    """Expect an amount in 亿元."""
    return checks.number(value, what, low=0.0, high=MOST_MONEY, unit=Text("亿元", "亿元 (100 million yuan)"))


seed: Rule = whole(0, 2**32 - 1)
"""Expect the start of a row of random numbers."""


def yes_or_no(value: Any, what: Text) -> object:
    """Expect True or False."""
    if not isinstance(value, bool):
        raise checks.wrong(what, value, Text("应为 True 或 False。", "It must be True or False."))
    return value


def path(value: Any, what: Text) -> object:
    """Expect the path of a file."""
    if not isinstance(value, str | os.PathLike) or isinstance(value, bytes):
        raise checks.wrong(what, value, Text("应为文件路径。", "It must be the path of a file."))
    return value


def names(value: Any, what: Text) -> object:
    """Expect a list of names, not one name."""
    if isinstance(value, str | bytes) or not isinstance(value, Sequence | Set):
        raise checks.wrong(what, value, Text("应为名称的列表。", "It must be a list of names."))
    for name in value:
        checks.text(name, what, longest=checks.NAME)
    return value


def a(*kinds: type, called: Text) -> Rule:
    """Expect an object of some class."""

    def rule(value: Any, what: Text) -> object:
        if not isinstance(value, kinds):
            raise checks.wrong(what, value, Text(f"应为{called.zh}。", f"It must be {called.en}."))
        return value

    return rule


def numbers_by_name(value: Any, what: Text) -> object:
    """Expect a mapping of names to finite numbers."""
    if not isinstance(value, Mapping):
        raise checks.wrong(what, value, Text("应为“名称: 数”的映射。", "It must map names to numbers."))
    for name, number in value.items():
        checks.text(name, what, longest=checks.NAME)
        checks.number(number, same(f"{what.zh}[{name}]"))
    return value


def answers(value: Any, what: Text) -> object:
    """Expect a mapping of names to yes or no."""
    if not isinstance(value, Mapping):
        raise checks.wrong(what, value, Text("应为“名称: 是否”的映射。", "It must map names to True or False."))
    for name, answer in value.items():
        checks.text(name, what, longest=checks.NAME)
        if not isinstance(answer, bool):
            raise checks.wrong(
                same(f"{what.zh}[{name}]"), answer, Text("应为 True 或 False。", "It must be True or False.")
            )
    return value
