"""Numbers of the diagnosis as readers see them, and words inside a sentence."""

from __future__ import annotations

from bolang.foundation.text import Text
from bolang.foundation.units import number_text


def quantity(value: float, digits: int, unit: Text) -> Text:
    """Write a number with its unit in both languages."""
    written = number_text(value, digits)
    gap = "" if unit.en in ("", "%") else " "
    gap_zh = "" if unit.zh.startswith(("（", "/")) else gap
    return Text(written + gap_zh + unit.zh, written + gap + unit.en)


def share(percentile: float) -> str:
    """Write a percentile so that it never claims to beat everybody or nobody."""
    if percentile > 99.9:
        return "99.9"
    if percentile < 0.1:
        return "0.1"
    return number_text(percentile, 1) if percentile > 99 or percentile < 1 else number_text(percentile)


def grouped(count: int) -> Text:
    """Write a count as each language does in a running sentence: English groups thousands."""
    return Text(str(count), number_text(count))


def inside(label: Text) -> Text:
    """Lower the first letter of an English label inside a sentence, except of abbreviations and names."""
    first = label.en.split(" ", 1)[0]
    kept = first.isupper() or first == "Taobao"
    return label if kept else Text(label.zh, label.en[0].lower() + label.en[1:])


def apart(text: Text) -> Text:
    """Set words in brackets behind others: English leaves a space."""
    return Text("", " ") + text
