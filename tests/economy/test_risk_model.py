"""What the model says of a county's exports and of shocks, read off flows written out."""

from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest
from industries import HOME, country

from bolang.atlas import Atlas
from bolang.atlas.model import INDUSTRIES
from bolang.economy.core.industries import GOODS
from bolang.foundation.text import Text
from bolang.pathway.risk import shocks
from bolang.pathway.risk.shocks import modelled_exports, shock_effects, shock_stresses

MARKETS = {"us": 20.0, "ca": 5.0, "eu": 10.0}


@pytest.fixture(scope="module")
def nation():
    return country(hubs=2)


@pytest.fixture(scope="module")
def calibration(nation):
    names = tuple(SimpleNamespace(zh=z, en=e) for z, e in (("北美", "North America"), ("欧盟", "Europe")))
    table = pl.DataFrame({"id": list(MARKETS), "gdp_2020_busd": list(MARKETS.values())})
    return SimpleNamespace(
        economy=nation.economy,
        regions=SimpleNamespace(names=names, ids=("na", "eu"), markets=(("us", "ca"), ("eu",))),
        atlas=SimpleNamespace(table=lambda name: {"markets": table}[name]),
    )


def test_exports_are_what_makers_ship_and_what_the_market_sells(nation, calibration):
    """By region and industry; goods that a county's market sells count there whoever made them, its own twice never."""
    places = list(nation.economy.trade.hub_places)
    for county in range(HOME):
        value = nation.direct[HOME:, county].copy()
        if county in places:
            value[:, GOODS] += nation.through[places.index(county), HOME:].sum(axis=1)
        found = modelled_exports(calibration, county)
        gdp = (nation.economy.sales[county] * nation.economy.technology.value_added).sum()
        assert found.to_gdp == pytest.approx(100 * value.sum() / gdp)
        share = value.sum(axis=1) / value.sum()
        order = [0, 1] if share[0] >= share[1] else [1, 0]
        assert found.regions == tuple(("na", "eu")[r] for r in order)
        assert [m.share for m in found.markets] == pytest.approx([share[r] for r in order])
        assert [m.label.en for m in found.markets] == [("North America", "Europe")[r] for r in order]
        assert found.by_market == pytest.approx({"us": share[0] * 0.8, "ca": share[0] * 0.2, "eu": share[1]})
        by_industry = value.sum(axis=0)
        ranked = [int(k) for k in np.argsort(-by_industry, kind="stable") if by_industry[k] > 0]
        assert [i.section for i in found.industries] == [INDUSTRIES[k] for k in ranked]
        assert [i.share for i in found.industries] == pytest.approx(list(by_industry[ranked] / by_industry.sum()))
        assert sum(i.share for i in found.industries) == pytest.approx(1.0)


def test_a_county_that_sells_nothing_abroad_has_shares_of_nothing(nation, calibration):
    quiet = country(hubs=0)
    quiet.economy.trade.outward[:, 1] = 0.0
    found = modelled_exports(SimpleNamespace(**(vars(calibration) | {"economy": quiet.economy})), 1)
    assert found.to_gdp == 0.0
    assert [m.share for m in found.markets] == [0.0, 0.0]
    assert found.industries == ()


@pytest.fixture
def effects():
    """Two shocks on four measures, and a thousand draws of each."""
    draws = np.linspace(0.0, 1.0, 1001)[:, None, None] * np.array([[[-0.1], [0.2]]]) * np.array([1.0, 2.0, 3.0, 4.0])
    return SimpleNamespace(
        county=None, closure="fixed", measures=("gdp", "exports", "revenue", "employment"), shocks=("tariff_us", "demand"),
        change=np.array([[-0.01, -0.5, -0.02, -0.003], [0.04, 0.5, 0.05, 0.06]]),
        under_parameters=draws,
    )  # fmt: skip


def test_effects_are_read_in_per_cent_by_their_name(effects, monkeypatch):
    monkeypatch.setattr(
        shocks, "_after_closure", lambda atlas, county, port, closure: {"change": np.array([-1.0, -2.0, -3.0])}
    )
    port = Text("宁波舟山港", "Ningbo")
    first, second, closed = shock_effects(effects, port, None)
    assert (first.key, second.key, closed.key) == ("tariff_us", "demand", "port_closed")
    assert (first.gdp, first.revenue, first.jobs) == pytest.approx((-1.0, -2.0, -0.3))
    assert (second.gdp, second.revenue, second.jobs) == pytest.approx((4.0, 5.0, 6.0))
    assert (first.low, first.high) == pytest.approx((-9.5, -0.5))
    assert (second.low, second.high) == pytest.approx((1.0, 19.0))
    assert (closed.gdp, closed.revenue, closed.jobs) == (-1.0, -2.0, -3.0)
    assert len(shock_effects(effects, None, None)) == 2
    # Only what costs output is a stress of public finances.
    assert [stress.key for stress in shock_stresses((first, second, closed))] == ["tariff_us", "port_closed"]


def test_the_closure_of_a_port_is_solved_for_the_county_asked(monkeypatch, own_cache):
    asked = []

    def solved(scenario, atlas, decomposed):
        asked.append((scenario.shocks[0].kind, scenario.shocks[0].place, scenario.closure, scenario.draws, decomposed))
        changes = {name: np.full((2853, 1), 0.5) for name in ("gdp", "revenue", "employment")}
        for (_, values), change in zip(changes.items(), (-0.01, -0.02, 0.03), strict=True):
            values[county.index] = change
        return SimpleNamespace(central=SimpleNamespace(by_county=changes.__getitem__))

    monkeypatch.setattr(shocks, "run", solved)
    monkeypatch.setattr(shocks, "calibrated", lambda atlas: SimpleNamespace(key="of the test"))
    county = Atlas(workspace=False).county("义乌市")
    found = shocks._after_closure(None, county, "上海港", "national")
    assert found["change"].tolist() == pytest.approx([-1.0, -2.0, 3.0])
    assert asked == [("port_closed", "上海港", "national", 0, False)]


@pytest.mark.slow
def test_standard_shocks_are_the_scenarios_of_their_name():
    """The tariff among the standard shocks, and the same tariff as a scenario, in double precision."""
    from bolang.economy import Scenario
    from bolang.economy.scenarios.running import run
    from bolang.economy.scenarios.standard_shocks import SHOCKS, standard_shocks

    atlas = Atlas(workspace=False)
    found = standard_shocks(atlas, "义乌市")
    assert found.under_parameters.shape == (6, len(SHOCKS), len(found.measures))
    key = "tariff_north_america"
    done = run(Scenario("义乌市", shocks=(SHOCKS[key],), draws=0), atlas, decomposed=False).central
    for measure in ("gdp", "revenue", "employment", "exports"):
        exact = float(done.by_county(measure)[found.county.index, 0])
        mine = float(found.change[found.shocks.index(key), found.measures.index(measure)])
        assert mine == pytest.approx(exact, rel=0.01, abs=2e-4), measure
    assert (found.change[[found.shocks.index("demand")], found.measures.index("exports")] < 0).all()
