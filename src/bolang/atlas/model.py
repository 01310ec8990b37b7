"""The two things the atlas speaks of: a county, and a fact about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from bolang.atlas.provenance import Provenance
from bolang.atlas.romanize import romanize
from bolang.foundation.names import Names
from bolang.foundation.text import Text

if TYPE_CHECKING:
    from bolang.atlas.atlas import Atlas

Status = Literal["measured", "estimated"]
Revision = Literal["", "before", "after"]
"""On which side of the latest economic-census revision a figure of output stands; empty where none concerns it."""

INDUSTRIES: tuple[str, ...] = tuple("ABCDEFGHIJKLMNOPQRS")
"""Sections of GB/T 4754 in the order of every industry axis in bolang."""

INDUSTRY_LABELS: Mapping[str, Text] = Names("bolang.atlas", "industries")
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
    def in_municipality(self) -> bool:
        """Whether prefecture and province are one (Beijing, Shanghai, Tianjin, Chongqing)."""
        return self.prefecture_code == self.province_code or self.prefecture == self.province

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
    provenance : Provenance
        Source, method, steps and definition, in both languages; `source`, `method`, `steps` and `definition` read them in the language of
        the interface.
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
    provenance: Provenance
    origin: Literal["built-in", "workspace"] = "built-in"
    stage: str = ""
    revision: Revision = ""

    @property
    def source(self) -> str:
        """Yearbook, census, page or the user's file."""
        return str(self.provenance.source)

    @property
    def method(self) -> str:
        """How the source arrived at the figure, or the named method of the estimate."""
        return str(self.provenance.method)

    @property
    def steps(self) -> tuple[str, ...]:
        """What was done to the figure between the source and here."""
        return tuple(map(str, self.provenance.said_steps))

    @property
    def definition(self) -> str:
        """口径, where the source states one."""
        return str(self.provenance.definition)
