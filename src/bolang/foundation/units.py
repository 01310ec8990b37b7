"""Units of the figures in a report, and how a figure reads in each language."""

from __future__ import annotations

from dataclasses import dataclass

from bolang.foundation.text import Lang, Text, same


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit for readers.

    Attributes
    ----------
    label : Text
        What follows the figure: ``亿元`` and ``billion yuan``.
    scale_zh, scale_en : float
        Factor from the stored value to the figure shown; Chinese counts in 万 and 亿, English in thousand and billion.
    """

    label: Text
    scale_zh: float = 1.0
    scale_en: float = 1.0

    @property
    def name(self) -> Text:
        """The unit by itself, as in the heading of a column."""
        return Text(self.label.zh.strip(), self.label.en.strip())

    def scale(self, lang: Lang) -> float:
        """Return the factor from the stored value to the figure shown."""
        return self.scale_zh if lang == "zh" else self.scale_en


NONE = Unit(same(""))
PERCENT = Unit(same("%"))
YUAN = Unit(Text("元", " yuan"))
MONEY_WAN = Unit(Text("亿元", " billion yuan"), 1e-4, 1e-5)
"""Stored in 万元 (10,000 yuan)."""
MONEY_YI = Unit(Text("亿元", " billion yuan"), 1.0, 0.1)
"""Stored in 亿元 (100 million yuan)."""
MONEY_WAN_SMALL = Unit(Text("万元", " million yuan"), 1.0, 0.01)
"""Stored in 万元; for amounts too small to read in 亿元."""
DOLLARS_YI = Unit(Text("亿美元", " billion US dollars"), 1.0, 0.1)
"""Stored in 亿美元 (100 million dollars)."""
PERSONS = Unit(Text("万人", " thousand"), 1e-4, 1e-3)
PERSONS_MANY = Unit(Text("万人", " million"), 1e-4, 1e-6)
"""For a million persons and more."""
"""Stored in persons."""
HOUSEHOLDS = Unit(Text("万户", " thousand"), 1e-4, 1e-3)
"""Stored in households or registered firms."""
KM = Unit(Text("公里", " km"))


def digits_for(unit: Unit, lang: Lang, digits: int) -> int:
    """Keep the precision of the Chinese figure in the English one: a figure ten times smaller needs a decimal more."""
    ratio = unit.scale_zh / unit.scale_en
    if lang == "zh" or ratio == 1:
        return digits
    shift = 0
    while ratio > 1.5:
        ratio, shift = ratio / 10, shift + 1
    while ratio < 0.67:
        ratio, shift = ratio * 10, shift - 1
    return max(0, digits + shift)


def number_text(value: float, digits: int = 0, *, signed: bool = False) -> str:
    """Write a number with thousands separators and a true minus sign; a rounded zero has no sign."""
    text = f"{abs(value):,.{digits}f}"
    if not any(c in "123456789" for c in text):
        return text
    return f"−{text}" if value < 0 else f"+{text}" if signed else text


def exact_text(value: float) -> str:
    """Write a number as it was given, with no more decimals than it has."""
    return number_text(value, exact_digits(value))


def rough_text(value: float, significant: int) -> str:
    """Write a number to so many significant digits, without the zeros at its end.

    Examples
    --------
    >>> rough_text(1234.56, 3), rough_text(0.012345, 2), rough_text(2.0, 3)
    ('1,230', '0.012', '2')
    """
    rounded = float(f"{value:.{significant}g}")
    return number_text(rounded, exact_digits(rounded, 12))


def power_text(value: float, digits: int = 0) -> str:
    """Write a residual, of which only the power of ten is of interest."""
    return f"{value:.{digits}e}"


def span_text(low: float, high: float, digits: int = 0) -> Text:
    """Write an interval; a dash that would stand beside a minus sign becomes a word.

    Examples
    --------
    >>> span_text(1.2, 3.4, 1).en, span_text(-1.07, -0.9, 2).en, span_text(-1.07, -0.9, 2).zh
    ('1.2–3.4', '−1.07 to −0.90', '−1.07至−0.90')
    """
    ends = number_text(low, digits), number_text(high, digits)
    if any(end.startswith("−") for end in ends):
        return Text("至".join(ends), " to ".join(ends))
    return same("–".join(ends))


def unit_of(name: Text) -> Unit:
    """Return the unit of a name; English sets it apart from the figure, save for the per cent sign.

    Examples
    --------
    >>> unit_of(Text("万元", "10,000 yuan")).label.en, unit_of(Text("人", "persons")).label.en
    (' × 10,000 yuan', ' persons')
    """
    if not name.zh and not name.en:
        return NONE
    if name.en in ("", "%"):
        return Unit(name)
    return Unit(Text(name.zh, f" × {name.en}" if name.en[0].isdigit() else f" {name.en}"))


def exact_digits(value: float, most: int = 6) -> int:
    """Return the fewest decimals that say a value as it was given, at most so many."""
    near = 1e-9 * max(1.0, abs(value))
    return next((digits for digits in range(most) if abs(value - round(value, digits)) < near), most)
