"""The two things the atlas speaks of: a county, and a fact about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from bolang.atlas.romanize import romanize
from bolang.foundation.text import Text

if TYPE_CHECKING:
    from bolang.atlas.atlas import Atlas

Status = Literal["measured", "estimated"]
Revision = Literal["", "before", "after"]
"""On which side of the latest economic-census revision a figure of output stands; empty where none concerns it."""

INDUSTRIES: tuple[str, ...] = tuple("ABCDEFGHIJKLMNOPQRS")
"""Sections of GB/T 4754 in the order of every industry axis in bolang."""

INDUSTRY_LABELS: dict[str, Text] = {
    "A": Text("农林牧渔业", "Farming, forestry and fishing"),
    "B": Text("采矿业", "Mining"),
    "C": Text("制造业", "Manufacturing"),
    "D": Text("电力、热力、燃气及水", "Electricity, heat, gas and water"),
    "E": Text("建筑业", "Construction"),
    "F": Text("批发和零售业", "Wholesale and retail trade"),
    "G": Text("交通运输、仓储和邮政业", "Transport, storage and post"),
    "H": Text("住宿和餐饮业", "Hotels and catering"),
    "I": Text("信息传输、软件和信息技术服务业", "Information and software services"),
    "J": Text("金融业", "Finance"),
    "K": Text("房地产业", "Real estate"),
    "L": Text("租赁和商务服务业", "Leasing and business services"),
    "M": Text("科学研究和技术服务业", "Research and technical services"),
    "N": Text("水利、环境和公共设施管理业", "Water, environment and public facilities"),
    "O": Text("居民服务、修理和其他服务业", "Household, repair and other services"),
    "P": Text("教育", "Education"),
    "Q": Text("卫生和社会工作", "Health and social work"),
    "R": Text("文化、体育和娱乐业", "Culture, sports and entertainment"),
    "S": Text("公共管理、社会保障和社会组织", "Public administration and social organisations"),
}
"""Names of the sections, GB/T 4754-2017."""


@dataclass(frozen=True, slots=True)
class County:
    """One county-level unit of the 2020 census.

    Attributes
    ----------
    code : str
        Six-digit GB/T 2260 code at the census of 2020.
    index : int
        Row of this unit in every all-county array of bolang (units in the order of their codes).
    name, full_name : str
        Own name (``义乌市``) and name with province and prefecture (``浙江省金华市义乌市``).
    province, prefecture : str
        Names of the units above; `prefecture` equals `province` in a directly governed city.
    province_code, prefecture_code : str
        Six-digit codes of the units above.
    kind : str
        ``district``, ``city``, ``county``, ``autonomous_county``, ``banner``, ``autonomous_banner``,
        ``special`` or ``undivided_city``.
    lon, lat : float
        Seat of the county in degrees (WGS 84).
    area_km2 : float
        Area of the polygon in square kilometres.
    atlas : Atlas or None
        The atlas that the unit was taken from: whatever is asked of the unit is answered from it. None only for a unit made by hand.
    """

    code: str
    index: int
    name: str
    full_name: str
    province: str
    province_code: str
    prefecture: str
    prefecture_code: str
    kind: str
    lon: float
    lat: float
    area_km2: float
    atlas: Atlas | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.full_name} ({self.code})"

    @property
    def english(self) -> str:
        """Own name in English text (``Yiwu``)."""
        return romanize(self.name)


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure with everything needed to trace it.

    Attributes
    ----------
    code : str
        Unit that the figure describes (a county, prefecture or province code).
    indicator : str
        Name in the catalogue, such as ``gdp``.
    label : Text
        Name for readers.
    value : float
        The figure in `unit`.
    unit : str
        Unit as in the catalogue, such as ``万元``.
    year : int
        Year that the figure describes.
    period : str
        ``year``, or a part of it such as ``H1`` or ``Jan-Sep``.
    status : {'measured', 'estimated'}
        Whether an authority published it or bolang (or a third party) estimated it.
    source : str
        Yearbook, census, page or the user's file.
    method : str
        How the source arrived at it, or the named method of the estimate.
    steps : tuple of str
        What was done to it between the source and here.
    definition : str
        口径, where the source states one.
    origin : {'built-in', 'workspace'}
        Whether it ships with bolang or comes from the user's own data.
    stage : {'', 'final', 'expected', 'unknown'}
        Of budget and debt figures: final account or expected outcome, where the document says.
    revision : {'', 'before', 'after'}
        Of output: before or after the revision of the latest economic census.
    """

    code: str
    indicator: str
    label: Text
    value: float
    unit: str
    year: int
    period: str
    status: Status
    source: str
    method: str
    steps: tuple[str, ...] = ()
    definition: str = ""
    origin: Literal["built-in", "workspace"] = "built-in"
    stage: str = ""
    revision: Revision = ""
