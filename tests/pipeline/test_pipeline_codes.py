"""The change list is followed along whole successions, and division is told apart."""

import pytest

from pipeline.codes import AreaCode, ChangeList


def record(code, name, since, until=None, whole=(), parts=(), level="县级"):
    return AreaCode(code, name, "某省", level, since, until, tuple(whole), tuple(parts))


CHANGES = ChangeList(
    [
        record("330725", "甲县", 1985, 1988, ["339007"]),
        record("339007", "甲市", 1988, 1990, ["330782"]),
        record("330782", "甲市", 1990),
        record("110101", "东区", 1981),
        record("110103", "南区", 1981, 2010, ["110101"]),
        record("130521", "乙县", 1986, 2020, ["130502", "130503"]),
        record("130502", "丙区", 1983, 2020, ["130502"]),
        record("130502", "丙新区", 2020),
        record("130503", "丁区", 1983),
        record("320611", "戊区", 1991, 2020, ["320613"]),
        record("320613", "己区", 2020),
        record("350402", "庚区", 1983, 2021, ["350404"]),
        record("350404", "辛区", 2021),
        record("130427", "壬县", 1993, parts=[("130502", 2016)]),
    ]
)
UNITS = frozenset(["330782", "110101", "130502", "130503", "320611", "320613", "350402", "130427"])


@pytest.mark.parametrize(
    ("code", "year", "units", "divided"),
    [
        ("330725", 1986, {"330782"}, False),
        ("110103", 2000, {"110101"}, False),
        ("130521", 2010, {"130502", "130503"}, True),
        ("130502", 2010, {"130502"}, False),
        ("320611", 2010, {"320611"}, False),  # still listed by the census of the year that ended it
        ("350402", 2010, {"350402"}, False),  # what happened after the census does not count
        ("130427", 2010, {"130427"}, False),  # giving a part away does not end a unit
    ],
)
def test_forward(code, year, units, divided):
    found = CHANGES.forward(CHANGES.at(code, year), UNITS)
    assert found.units == units
    assert found.divided == divided


def test_the_record_in_force_depends_on_the_year():
    assert CHANGES.at("130502", 2010).name == "丙区"
    assert CHANGES.at("130502", 2020).name == "丙新区"
    assert CHANGES.at("130502", 1980) is None
    assert set(CHANGES.in_force(1989)) == {"339007", "110101", "110103", "130521", "130502", "130503", "350402"}


def test_successors_and_predecessors():
    assert CHANGES.successor(CHANGES.at("330725", 1986)).name == "甲市"
    assert CHANGES.successor(CHANGES.at("130521", 2010)) is None
    assert {r.code for r in CHANGES.predecessors["130502"]} == {"130521", "130502", "130427"}
