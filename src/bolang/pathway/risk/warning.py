"""The early-warning table: one signal a row, with its lines, level and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bolang.atlas.model import Status
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text

Level = Literal["calm", "watch", "alarm", "unknown"]
LEVEL_TEXT: dict[Level, Text] = {
    "calm": Text("正常", "calm"),
    "watch": Text("关注", "watch"),
    "alarm": Text("预警", "alarm"),
    "unknown": Text("无数据", "no data"),
}


@dataclass(frozen=True, slots=True)
class Signal:
    """One row of the early-warning table.

    Attributes
    ----------
    key, label, unit
        Name in code, name and unit for readers.
    value : float or None
    digits : int
    watch, alarm : float
        Values from which the level is "watch" and "alarm".
    level : {'calm', 'watch', 'alarm', 'unknown'}
    status : {'measured', 'estimated', 'missing'}
    sentence : Text
        What the value is and where it comes from.
    source : str
        Document of the lines.
    """

    key: str
    label: Text
    unit: Text
    value: float | None
    digits: int
    watch: float
    alarm: float
    level: Level
    status: Status | Literal["missing"]
    sentence: Text
    source: Text


def signal(
    key: str,
    label: Text,
    unit: Text,
    value: float | None,
    *,
    sentence: Text,
    status: Status = "measured",
    digits: int = 1,
) -> Signal:
    """Hold a value against the cited lines of its signal."""
    cited = load_parameters("bolang.pathway.risk")[key]
    lines: Mapping[str, float] = {str(name): float(line) for name, line in dict(cited.value).items()}  # type: ignore[arg-type]
    return Signal(
        key=key,
        label=label,
        unit=unit,
        value=value,
        digits=digits,
        watch=lines["watch"],
        alarm=lines["alarm"],
        level=level(value, lines["watch"], lines["alarm"]),
        status="missing" if value is None else status,
        sentence=sentence,
        source=cited.basis,
    )


def level(value: float | None, watch: float, alarm: float) -> Level:
    """Level of a value; a value on a line belongs to the graver level."""
    if value is None:
        return "unknown"
    return "alarm" if value >= alarm else "watch" if value >= watch else "calm"
