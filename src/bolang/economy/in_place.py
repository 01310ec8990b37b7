"""Levers that a county has pulled already, or that do not apply to it: pulling them again promises nothing."""

from __future__ import annotations

from bolang.atlas import County
from bolang.parameters import ParameterFile
from bolang.text import Text

_STARTED = {"market_procurement": "listed_markets", "europe_rail": "europe_trains"}
"""Parameter that lists, for a lever, the counties that have it and since when."""
_POWERS = "county_powers"


def in_place(lever: str, county: County, cited: ParameterFile) -> Text | None:
    """Say why a lever brings nothing new to a county; None where nothing is known against it.

    Parameters
    ----------
    lever : str
        Key of the lever.
    county : County
    cited : ParameterFile
        The parameters of the economy, which list where levers were pulled and when.

    Examples
    --------
    >>> from bolang.atlas import Atlas
    >>> from bolang.economy.calibration import parameters
    >>> in_place("europe_rail", Atlas().county("义乌市"), parameters()).en
    'in place since 2014'
    """
    if lever in _STARTED:
        return _since(_years(cited, _STARTED[lever]).get(county.code))
    if lever != _POWERS:
        return None
    if county.kind in ("district", "undivided_city"):
        return Text("市辖区不适用", "does not apply to city districts")
    return _since(_years(cited, "county_powers_granted").get(county.code[:2]))


def _years(cited: ParameterFile, name: str) -> dict[str, int]:
    listed = cited[name].value
    assert isinstance(listed, dict)
    return {str(code): int(year) for code, year in listed.items()}


def _since(year: int | None) -> Text | None:
    return None if year is None else Text(f"{year}年起已实行", f"in place since {year}")
