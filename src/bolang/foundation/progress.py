"""How far long work is: the key of a stage, and the share of it that is done or the residual that is left."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, float], None]
"""Told the stage and a number in it; what the stage is called is the page's to say."""
ShareDone = Callable[[float], None]
"""Told the share of one stage that is done."""
IterationDone = Callable[[int, float], None]
"""Told the number of an iteration and the largest residual it left."""
