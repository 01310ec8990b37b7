"""A country of three counties, a port, a crossing and a market abroad, small enough to be worked out by hand."""

from types import SimpleNamespace

import numpy as np
import polars as pl

from bolang.space import TransportSystem
from bolang.space.modes import Mode
from bolang.space.network import Links, Network
from bolang.space.tariff import Tariff

LON = [100.0, 101.0, 102.0, 100.0, 102.0, 100.0, 101.0, 102.0, 103.0, 103.0, 103.0, 4.0, 4.5, 90.0]
LAT = [30.0, 30.0, 30.0, 30.5, 30.5, 30.1, 30.1, 30.1, 30.0, 30.0, 30.0, 51.0, 52.0, 45.0]
"""Roads 0-2, tracks 3-4, seats of three counties 5-7, a port 8 with berths 9 and 10, a market 11 with its port 12, a crossing 13."""


def links():
    return Links.joined(
        [
            Links.of([0, 1], [1, 2], Mode.ROAD, [110.0, 100.0]),
            Links.of([3], [4], Mode.RAIL, [200.0], repaired=[1.0]),
            Links.of([5, 6, 7, 8], [0, 1, 2, 2], Mode.ACCESS, [10.0, 12.0, 14.0, 16.0]),
            Links.of([5, 7], [3, 4], Mode.TERMINAL, [5.0, 6.0]),
            Links.of([5, 7], [3, 4], Mode.STATION, [5.0, 6.0]),
            Links.of([8], [4], Mode.SPUR, [3.0]),
            Links.of([8], [9], Mode.QUAY, [0.0]),
            Links.of([8], [10], Mode.OCEAN_QUAY, [0.0]),
            Links.of([10], [12], Mode.OCEAN, [10_000.0], usd=[1000.0]),
            Links.of([11], [12], Mode.ROAD_ABROAD, [300.0]),
            Links.of([13], [3], Mode.BORDER, [2000.0]),
            Links.of([13], [11], Mode.RAIL_ABROAD, [9000.0], changes=[2.0]),
        ]
    )


def network(**changes):
    made = {
        "lon": np.array(LON, dtype=np.float32),
        "lat": np.array(LAT, dtype=np.float32),
        "links": links(),
        "units": np.array([5, 6, 7], dtype=np.int32),
        "places": {"p": 8, "p/coastal": 9, "p/ocean": 10, "m": 11, "m/port": 12, "b": 13},
        "markets": ("m",),
        "names": {5: ("甲县", "Jia"), 6: ("乙县", "Yi"), 7: ("丙县", "Bing"), 8: ("子港", "Zi port"), 9: ("子港", "Zi port"), 10: ("子港", "Zi port"),
                  11: ("远方", "Far"), 12: ("远港", "Far port"), 13: ("丑口岸", "Chou crossing")},
        "rail_offset": 3,
    }  # fmt: skip
    return Network(**(made | changes))


TABLES = {
    "gateways": {
        "id": ["p", "b", "terminal_7", "air"],
        "kind": ["seaport", "rail_border", "rail_terminal", "airport"],
        "name_zh": ["子港", "丑口岸", "丙县集装箱中心", "寅机场"],
        "name_en": ["Zi port", "Chou crossing", "Bing rail hub", "Yin airport"],
        "lon": [103.0, 90.0, 102.0, 100.0],
        "lat": [30.0, 45.0, 30.5, 30.0],
        "code": ["3", "1", "3", None],
    },
    "markets": {
        "id": ["m"],
        "name_zh": ["远方"],
        "name_en": ["Far"],
        "lon": [4.0],
        "lat": [51.0],
        "gdp_2020_busd": [900.0],
    },
    "sea_distances": {
        "tail": ["p"],
        "head": ["m"],
        "mode": ["sea"],
        "km": [10_000.0],
        "km_cape": [16_000.0],
        "line": [[103.0, 30.0, 60.0, 10.0, 4.5, 52.0]],
    },
    "road_edges": {"line": [[500, 200], [500, -100]]},
    "rail_edges": {"line": [[1000, 0]]},
    "access": {"port_cheapest": ["p", "p", "p"]},
}
COUNTIES = tuple(
    SimpleNamespace(code=code, name=name, index=row, lon=LON[5 + row], lat=LAT[5 + row], area_km2=100.0 * (row + 1), full_name=f"省{name}")
    for row, (code, name) in enumerate([("1", "甲县"), ("2", "乙县"), ("3", "丙县")])
)  # fmt: skip


class ToyAtlas:
    """The few doors of an atlas that transport asks at."""

    counties = COUNTIES
    codes = ("1", "2", "3")

    def table(self, name):
        return pl.DataFrame(TABLES[name])

    def county(self, name):
        from bolang.foundation.errors import UnknownPlaceError

        found = next((county for county in COUNTIES if name in (county.code, county.name)), None)
        if found is None:
            raise UnknownPlaceError("none", "hint")
        return found

    def column(self, name, year):
        return np.array([1.0, 2.0, 3.0])


def toy(**changes):
    return TransportSystem(ToyAtlas(), network(**changes), Tariff.standard())
