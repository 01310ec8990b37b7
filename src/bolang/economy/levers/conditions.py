"""Whether a county can pull a lever: conditions that it lacks, and levers that were pulled already."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from bolang.atlas import County
from bolang.economy.calibration.calibration import WAN_PER_YI, parameters
from bolang.economy.levers.catalogue import Lever
from bolang.foundation.parameters import ParameterFile, load_parameters
from bolang.foundation.text import Text

if TYPE_CHECKING:
    from bolang.atlas import Atlas

BASE_YEAR = 2020
WITHOUT_POWERS = ("district", "undivided_city")


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why a lever brings nothing new to a county.

    Attributes
    ----------
    kind : {'in_place', 'not_possible'}
        Pulled already, or a condition is lacking.
    why : Text
    """

    kind: Literal["in_place", "not_possible"]
    why: Text


def conditions() -> ParameterFile:
    """The parameter file on where levers can be pulled and what they cost by size of the county."""
    return load_parameters("bolang.economy.levers")


def hindrance(atlas: Atlas, county: County, lever: Lever) -> Hindrance | None:
    """Say what stands against a lever in a county; None where nothing is known against it.

    Examples
    --------
    >>> from bolang.atlas import Atlas
    >>> from bolang.economy.levers.catalogue import lever
    >>> atlas = Atlas()
    >>> hindrance(atlas, atlas.county("义乌市"), lever("europe_rail")).why.en
    'in place since 2014'
    """
    lacking = _lacking(atlas, county, lever)
    if lacking is not None:
        return Hindrance("not_possible", lacking)
    already = _already(atlas, county, lever)
    return None if already is None else Hindrance("in_place", already)


def _lacking(atlas: Atlas, county: County, lever: Lever) -> Text | None:
    cited = conditions()
    if lever.mechanism == "own_gdp" and county.kind in WITHOUT_POWERS:
        return Text("市辖区不适用", "does not apply to city districts")
    station = float(atlas.column("station_km", 2020)[county.index])
    if lever.mechanism in ("sea_leg", "rail_europe") and not station <= cited.number("station_reach"):
        return Text(
            f"最近的铁路货运站在{station:.0f}公里外", f"the nearest rail freight station is {station:.0f} km away"
        )
    if lever.mechanism == "hub" and (share := _market_share(atlas, county, lever)) > cited.number("market_to_gdp"):
        return Text(
            f"标准规模的市场年中转额是本县生产总值的{share:.0f}倍，高于义乌",
            f"a market of standard size would turn over {share:.0f} times the county's GDP, more than Yiwu's does",
        )
    people, urban = (float(atlas.column(name, 2020)[county.index]) for name in ("population", "urban"))
    rural = 1.0 - urban / people
    if lever.mechanism == "online" and rural < cited.number("rural_share"):
        return Text(
            f"乡村人口只占{rural * 100:.0f}%", f"only {rural * 100:.0f} % of its residents live in the countryside"
        )
    return None


def _market_share(atlas: Atlas, county: County, lever: Lever) -> float:
    """Throughput of a market of standard size over the county's GDP of the year nearest to 2020; zero where none is known."""
    cited = parameters()
    abroad, turnover, at_home = (
        cited.number(name) for name in ("yiwu_exports_2020", "yiwu_market_turnover_2020", "yiwu_domestic_share")
    )
    known = [fact for fact in atlas.facts(county, "gdp") if fact.period == "year" and fact.value > 0]
    if not known:
        return 0.0
    gdp = min(known, key=lambda fact: abs(fact.year - BASE_YEAR)).value / WAN_PER_YI
    return (abroad + turnover * at_home) * lever.effect.centre / gdp


def _already(atlas: Atlas, county: County, lever: Lever) -> Text | None:
    if lever.mechanism == "hub_border":
        return _since(_years(parameters(), "listed_markets").get(county.code))
    if lever.mechanism == "rail_europe":
        return _since(_years(conditions(), "europe_trains").get(county.code))
    if lever.mechanism == "own_gdp":
        return _since(_years(conditions(), "county_powers_granted").get(county.code[:2]))
    if lever.mechanism == "online" and county.code in _formerly_poor(atlas):
        year = int(conditions().number("rural_e_commerce_year"))
        return Text(
            f"原国家级贫困县，{year}年示范项目已全覆盖",
            f"a formerly poor county: by {year} the demonstration programme had reached all of them",
        )
    return None


@lru_cache(maxsize=2)
def _formerly_poor(atlas: Atlas) -> frozenset[str]:
    """Codes of the formerly poor counties: their public finances are a table of their own."""
    return frozenset(atlas.table("fiscal")["code"].unique().to_list())


def _years(cited: ParameterFile, name: str) -> dict[str, int]:
    listed = cited[name].value
    assert isinstance(listed, dict)
    return {str(code): int(year) for code, year in listed.items()}


def _since(year: int | None) -> Text | None:
    return None if year is None else Text(f"{year}年起已实行", f"in place since {year}")
