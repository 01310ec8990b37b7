"""What the checks of imported figures say, in words."""

from __future__ import annotations

from bolang.atlas.catalogue import unit_text
from bolang.foundation.text import Text, join, same
from bolang.intake.disagreements import Check, CheckValue, KnownAmount
from bolang.intake.readings import FigureReading
from bolang.intake.vocabulary import vocabulary
from bolang.pages.intake.amounts import amount_text
from bolang.wording import load

WORDS = load("intake_checks")
_FORMATS = {"nominal": "+.1f", "gap": ",.8g", "implied": ",.0f", "ratio": ".3g", "low": "g", "high": "g"}
_COMPUTED = {"rate": ".2f", "share": ".1f", "growth.weighted": ".1f"}


def check_text(check: Check) -> Text:
    """Return what a check says, in every language."""
    values = {name: _value(check.key, name, value) for name, value in check.values.items()}
    return WORDS(f"check.{check.key}", **values)


def _value(key: str, name: str, value: CheckValue) -> Text:
    if name == "indicator":
        return vocabulary()[str(value)].label
    if name == "unit":
        return unit_text(str(value))
    if isinstance(value, FigureReading):
        return _figure(value)
    if isinstance(value, KnownAmount):
        return amount_text(float(f"{value.value:.6g}"), value.unit)
    if isinstance(value, tuple):
        return join([_figure(v) if isinstance(v, FigureReading) else same(v) for v in value], "、", ", ")
    if isinstance(value, float):
        return same(format(value, _COMPUTED[key] if name == "computed" else _FORMATS[name]))
    return same(str(value))


def _figure(reading: FigureReading) -> Text:
    return WORDS("figure", name=vocabulary()[reading.indicator].label, printed=reading.printed)
