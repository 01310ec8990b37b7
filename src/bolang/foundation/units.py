"""Units of the figures in a report, and how a figure reads in each language."""

from __future__ import annotations

from dataclasses import dataclass

from bolang.foundation.names import Names
from bolang.foundation.text import Lang, Text, join, same


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


def unit_of(name: Text, scale_zh: float = 1.0, scale_en: float = 1.0) -> Unit:
    """Return the unit of a name; English sets it apart from the figure, save for the per cent sign.

    Examples
    --------
    >>> unit_of(Text("万元", "10,000 yuan")).label.en, unit_of(Text("人", "persons")).label.en
    (' × 10,000 yuan', ' persons')
    """
    if not name.zh and not name.en:
        return NONE
    if name.en in ("", "%"):
        return Unit(name, scale_zh, scale_en)
    return Unit(Text(name.zh, f" × {name.en}" if name.en[0].isdigit() else f" {name.en}"), scale_zh, scale_en)


_NAMES = Names("bolang.foundation", "units")
NONE = Unit(same(""))
PERCENT = Unit(same("%"))
YUAN = unit_of(_NAMES["yuan"])
YUAN_WAN = unit_of(_NAMES["yuan_wan"], 1e-4, 1.0)
"""Stored in yuan; Chinese counts them in 万."""
MONEY_WAN = unit_of(_NAMES["money"], 1e-4, 1e-5)
"""Stored in 万元 (10,000 yuan)."""
MONEY_YI = unit_of(_NAMES["money"], 1.0, 0.1)
"""Stored in 亿元 (100 million yuan)."""
MONEY_WAN_SMALL = unit_of(_NAMES["small_money"], 1.0, 0.01)
"""Stored in 万元; for amounts too small to read in 亿元."""
DOLLARS_YI = unit_of(_NAMES["dollars"], 1.0, 0.1)
"""Stored in 亿美元 (100 million dollars)."""
PERSONS = unit_of(_NAMES["persons"], 1e-4, 1e-3)
"""Stored in persons."""
PERSONS_MANY = unit_of(_NAMES["many_persons"], 1e-4, 1e-6)
"""Stored in persons; for a million and more."""
HOUSEHOLDS = unit_of(_NAMES["households"], 1e-4, 1e-3)
"""Stored in households or registered firms."""
KM = unit_of(_NAMES["km"])
FIRMS = unit_of(_NAMES["firms"])
TONNES = unit_of(_NAMES["tonnes"], 100.0, 1.0)
"""Stored in million tonnes."""
PERSONS_EXACT = unit_of(_NAMES["tens_of_thousands"], 1e-4, 1.0)
"""Stored in persons; for figures of which English readers see the last digit."""
PERSONS_FEW = unit_of(_NAMES["few_persons"])
"""Stored in persons; for figures below 万."""


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


_LONGEST = 24
"""Decimals beyond which a number is written by its power of ten."""


def rough_text(value: float, significant: int) -> str:
    """Write a number to so many significant digits, without the zeros at its end.

    Examples
    --------
    >>> rough_text(1234.56, 3), rough_text(0.012345, 2), rough_text(2.0, 3), rough_text(1.2e-10, 2)
    ('1,230', '0.012', '2', '0.00000000012')
    """
    digits, _, power = f"{value:.{significant - 1}e}".partition("e")
    decimals = max(0, significant - 1 - int(power))
    if decimals > _LONGEST:
        return power_text(value, significant - 1)
    text = number_text(float(f"{digits}e{power}"), decimals)
    return text.rstrip("0").rstrip(".") if decimals else text


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
    return _span(number_text(low, digits), number_text(high, digits))


def exact_span(low: float, high: float) -> Text:
    """Write an interval whose ends were given, with all their digits.

    Examples
    --------
    >>> exact_span(0.25, 2.0).en, exact_span(-6.0, -4.5).en
    ('0.25–2', '−6 to −4.5')
    """
    return _span(exact_text(low), exact_text(high))


def _span(*ends: str) -> Text:
    if any(end.startswith("−") for end in ends):
        return join(map(same, ends), *Names("bolang.foundation", "ranges")["to"].forms)
    return same("–".join(ends))


def exact_digits(value: float, most: int = 6) -> int:
    """Return the fewest decimals that say a value as it was given, at most so many."""
    near = 1e-9 * max(1.0, abs(value))
    return next((digits for digits in range(most) if abs(value - round(value, digits)) < near), most)
