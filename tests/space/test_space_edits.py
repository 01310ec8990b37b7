"""Edits change what they say, leave the shipped system alone, and refuse what makes no sense."""

import pytest

from bolang.foundation.errors import BadInputError, ParameterError, UnknownPlaceError
from bolang.foundation.text import Text
from bolang.pages.network.edits import edit_text
from bolang.space import (
    AddLink,
    AvoidSuez,
    ChangeTariff,
    CloseGateway,
    CloseTerminal,
    OpenDryPort,
    OpenSeaRailTerminal,
    UpgradeLink,
)
from bolang.space.edits import LINE_CIRCUITY
from bolang.space.ends import place_end, straight_km
from bolang.space.engine import open_engine
from bolang.space.modes import Mode


def path(system, origin, destination, cargo, modes="all"):
    """Return the cost of the cheapest way in weight units, and its links."""
    ends = [place_end(system, name).node for name in (origin, destination)]
    return open_engine(system.graph, system.prices(cargo, modes).weights, "scipy").path(*ends)


def cost(system, origin, destination, cargo="container"):
    return path(system, origin, destination, cargo)[0]


def km(system, origin, destination, modes="road"):
    return float(system.network.links.km[path(system, origin, destination, "general", modes)[1]].sum())


def used(system, origin, destination):
    """Return the kinds of links on the cheapest way of a container."""
    return {Mode(int(m)) for m in system.network.links.mode[path(system, origin, destination, "container")[1]]}


def test_edits_do_not_touch_the_system_they_start_from(system):
    links = len(system.network.links)
    after = system.edited([AddLink("义乌市", "武义县"), ChangeTariff("road_rate", 0.49), CloseGateway("宁波港")])
    assert len(system.network.links) == links
    assert not system.network.links.closed.any()
    assert system.tariff["road_rate"] == 0.45
    assert len(after.edits) == 3
    assert after.key != system.key


def test_a_new_road_makes_the_way_as_long_as_it_says(system):
    assert km(system, "磐安县", "仙居县") > 20
    assert km(system.edited([AddLink("磐安县", "仙居县", km=5.0)]), "磐安县", "仙居县") == pytest.approx(5.0)


def test_a_new_line_without_a_length_follows_the_straight_one(system):
    after = system.edited([AddLink("磐安县", "仙居县")])
    one, other = (place_end(system, name) for name in ("磐安县", "仙居县"))
    assert after.network.links.km[-1] == pytest.approx(LINE_CIRCUITY * straight_km(one, other))


def test_a_railway_to_a_county_without_one_opens_a_station_there(atlas, system):
    node = int(system.network.units[atlas.county("磐安县").index])
    assert not system.network.neighbours(node, Mode.STATION)
    after = system.edited([AddLink("磐安县", "义乌市", "rail", km=60.0)])
    assert after.network.size == system.network.size + 1
    assert after.network.neighbours(node, Mode.STATION)
    far = "乌鲁木齐市天山区"
    assert cost(after, "磐安县", far, "general") < cost(system, "磐安县", far, "general")


def test_an_upgrade_scales_the_way_it_takes(system):
    before = path(system, "义乌市", "北仑区", "general", "road")[0]
    better = system.edited([UpgradeLink("义乌市", "北仑区", factor=0.5)])
    assert path(better, "义乌市", "北仑区", "general", "road")[0] == pytest.approx(0.5 * before, rel=0.05)


def test_opening_and_closing_a_terminal(system):
    shut = system.edited([CloseTerminal("义乌市")])
    assert Mode.RAIL in used(system, "义乌市", "宁波港")
    assert Mode.RAIL not in used(shut, "义乌市", "宁波港")
    assert Mode.RAIL in used(shut.edited([OpenSeaRailTerminal("义乌市")]), "义乌市", "宁波港")


def test_a_dry_port_saves_more_than_a_terminal_and_only_for_containers(system):
    plain, dry = (system.edited([edit("永康市")]) for edit in (OpenSeaRailTerminal, OpenDryPort))
    assert cost(dry, "永康市", "鹿特丹") < cost(plain, "永康市", "鹿特丹") < cost(system, "永康市", "鹿特丹")
    assert cost(dry, "永康市", "昆山市", "general") == cost(plain, "永康市", "昆山市", "general")


def test_a_closed_port_is_avoided(system):
    after = system.edited([CloseGateway("宁波港")])
    links = path(after, "义乌市", "鹿特丹", "container")[1]
    berths = {system.network.places[name] for name in ("ningbo_beilun", "ningbo_beilun/ocean")}
    assert not berths & {*system.network.links.tail[links].tolist(), *system.network.links.head[links].tolist()}


def test_around_the_cape_it_is_longer_to_europe_and_no_longer_to_america(system):
    after = system.edited([AvoidSuez()])
    lengths = [s.network.links.km[path(s, "义乌市", "鹿特丹", "container")[1]].sum() for s in (system, after)]
    assert 5000 < lengths[1] - lengths[0] < 7000
    assert cost(after, "义乌市", "洛杉矶") == cost(system, "义乌市", "洛杉矶")


def test_a_tariff_is_set_or_multiplied(system):
    assert system.edited([ChangeTariff("rail_rate", 0.2)]).tariff["rail_rate"] == 0.2
    assert system.edited([ChangeTariff("rail_rate", factor=0.5)]).tariff["rail_rate"] == pytest.approx(0.049)


@pytest.mark.parametrize(
    ("edit", "error", "words"),
    [
        (AddLink("义乌市", "义乌市"), BadInputError, "相同|same"),
        (AddLink("义乌市", "武义县", km=-3.0), BadInputError, "里程|length"),
        (AddLink("义乌市", "没有的县"), UnknownPlaceError, "没有"),
        (UpgradeLink("义乌市", "武义县", factor=3.0), BadInputError, "0.2"),
        (UpgradeLink("鹿特丹", "义乌市", "rail"), BadInputError, "AddLink"),
        (OpenSeaRailTerminal("三沙市"), BadInputError, "AddLink"),
        (CloseTerminal("磐安县"), BadInputError, "磐安县"),
        (CloseGateway("鹿特丹"), UnknownPlaceError, "鹿特丹"),
        (CloseGateway("义乌市"), UnknownPlaceError, "义乌市"),
        (ChangeTariff("rail_rate"), ParameterError, "value"),
        (ChangeTariff("rail_rate", 1.0, 2.0), ParameterError, "value"),
        (ChangeTariff("no_such", 1.0), ParameterError, "no_such"),
        (ChangeTariff("access_circuity", 1.0), ParameterError, "系数|circuity"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str | type) else None,
)
def test_impossible_edits_are_refused_with_the_reason(system, edit, error, words):
    with pytest.raises(error, match=words):
        system.edited([edit])


def test_labels_name_the_places_in_both_languages():
    edits = [
        AddLink("义乌市", "武义县", "rail", 50),
        UpgradeLink("义乌市", "武义县"),
        OpenSeaRailTerminal("永康市"),
        OpenDryPort("永康市"),
        CloseGateway("宁波港"),
        CloseTerminal("义乌市"),
        ChangeTariff("rail_rate", factor=0.5),
        AvoidSuez(),
    ]
    for edit in edits:
        said = edit_text(edit)
        assert said.zh
        assert said.en
        assert said.zh != said.en
    assert edit_text(edits[0]) == Text("新建铁路：义乌市—武义县（50 公里）", "New railway: 义乌市 - 武义县 (50 km)")
