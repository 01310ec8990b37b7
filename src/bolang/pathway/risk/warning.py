"""The early-warning table: one signal a row, with its lines, level and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bolang.atlas.model import Status
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text

Level = Literal["calm", "watch", "alarm", "unknown"]


@dataclass(frozen=True, slots=True)
class Signal:
    """One row of the early-warning table.

    Attributes
    ----------
    key : str
        Of the signal; of the shock where it is one.
    value : float or None
    digits : int
    watch, alarm : float
        Values from which the level is "watch" and "alarm".
    level : {'calm', 'watch', 'alarm', 'unknown'}
    status : {'measured', 'estimated', 'missing'}
    source : Text
        Document of the lines.
    """

    key: str
    value: float | None
    digits: int
    watch: float
    alarm: float
    level: Level
    status: Status | Literal["missing"]
    source: Text


def signal(
    key: str, value: float | None, *, status: Status = "measured", digits: int = 1, lines_of: str | None = None
) -> Signal:
    """Hold a value against the cited lines of its signal, or of another where they are named."""
    cited = load_parameters("bolang.pathway.risk")[lines_of or key]
    lines: Mapping[str, float] = {str(name): float(line) for name, line in dict(cited.value).items()}  # type: ignore[arg-type]
    return Signal(
        key=key,
        value=value,
        digits=digits,
        watch=lines["watch"],
        alarm=lines["alarm"],
        level=level(value, lines["watch"], lines["alarm"]),
        status="missing" if value is None else status,
        source=cited.basis,
    )


def level(value: float | None, watch: float, alarm: float) -> Level:
    """Level of a value; a value on a line belongs to the graver level."""
    if value is None:
        return "unknown"
    return "alarm" if value >= alarm else "watch" if value >= watch else "calm"
