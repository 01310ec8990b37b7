"""Laws of debt and risk that a slip in the code would break, each against a value worked by hand."""

from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from bolang.atlas.model import Fact
from bolang.atlas.provenance import Provenance
from bolang.foundation.errors import BadInputError
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text, same
from bolang.pathway.debt import Assumptions, standard_stresses
from bolang.pathway.debt.sources import INDICATORS, county_assumptions, fiscal_position
from bolang.pathway.debt.stress import combined
from bolang.pathway.risk import ports, shocks

PLACE = SimpleNamespace(code="330782", province_code="330000", province="浙江省")


def fact(indicator, value, year, unit="亿元", status="measured", period="year"):
    return Fact(
        PLACE.code, indicator, same(indicator), value, unit, year, period, status, Provenance(same(f"source of {year}"))
    )


class Facts:
    """An atlas of a few facts, in the order of preference."""

    def __init__(self, *facts, province=()):
        self.listed, self.province = facts, province
        # The year up to which the tables reach, from which figures count as stale.
        self.entries = SimpleNamespace(indicator=lambda name: SimpleNamespace(years=(2024,)))

    def knows(self, indicator):
        return any(f.indicator == indicator for f in self.listed)

    def facts(self, place, indicator):
        return tuple(f for f in self.listed if f.indicator == indicator)

    def table(self, name):
        years = range(2024 - len(self.province), 2024)
        return pl.DataFrame(
            {"province_code": ["330000"] * len(self.province), "year": years, "gdp_100m": self.province}
        )


# -- where figures come from -----------------------------------------------------------------------


def test_the_newest_published_figure_is_taken_and_converted():
    atlas = Facts(
        fact("gdp", 100.0, 2022), fact("gdp", 1_200_000.0, 2023, "万元"), fact("gdp", 999.0, 2024, status="estimated")
    )
    position = fiscal_position(atlas, PLACE)
    assert (position.gdp, position.year, position.estimated) == (pytest.approx(120.0), 2023, ())


def test_an_estimate_is_taken_only_where_nothing_is_published_and_is_marked():
    position = fiscal_position(Facts(fact("gdp", 90.0, 2024, status="estimated")), PLACE)
    assert (position.gdp, position.estimated) == (90.0, ("gdp",))


@pytest.mark.parametrize(("year", "kept"), [(2021, True), (2020, False)])
def test_figures_more_than_three_years_older_than_the_newest_are_left_out(year, kept):
    position = fiscal_position(Facts(fact("gdp", 100.0, 2024), fact("fiscal_revenue", 10.0, year)), PLACE)
    assert (position.revenue == 10.0) is kept
    assert position.years == ({"revenue": year} if kept else {})


@pytest.mark.parametrize(("year", "tax"), [(2024, 6.0), (2023, None)])
def test_a_part_counts_only_in_the_year_of_its_whole(year, tax):
    atlas = Facts(fact("fiscal_revenue", 10.0, 2024), fact("tax_revenue", 6.0, year))
    assert fiscal_position(atlas, PLACE).tax == tax


@pytest.mark.parametrize(("year", "before"), [(2023, 40.0), (2022, None), (2024, None)])
def test_the_debt_before_is_that_of_the_year_before(year, before):
    later = fact("debt_balance", 50.0, 2024)
    atlas = Facts(later, fact("debt_balance", 40.0, year)) if year != 2024 else Facts(later)
    assert fiscal_position(atlas, PLACE).debt_before == before


@pytest.mark.parametrize(("newest", "kept"), [(2032, True), (2033, False)])
def test_a_figure_eight_years_behind_the_newest_of_any_county_says_nothing_of_today(newest, kept):
    atlas = Facts(fact("gdp", 100.0, 2024))
    atlas.entries = SimpleNamespace(indicator=lambda name: SimpleNamespace(years=(2020, newest)))
    assert (fiscal_position(atlas, PLACE).gdp == 100.0) is kept


def test_only_yuan_of_three_sizes_are_known():
    for unit, value in (("元", 1e10), ("万元", 1e6), ("亿元", 100.0)):
        assert fiscal_position(Facts(fact("gdp", value, 2024, unit)), PLACE).gdp == pytest.approx(100.0)


def test_what_each_item_is_called_in_the_atlas():
    """One figure an indicator, each its own number: none may stand for another."""
    parts = {"tax": 0.5, "land_revenue": 0.5, "general_debt": 0.25, "special_debt": 0.5}
    wholes = {"tax": "revenue", "land_revenue": "fund_revenue", "general_debt": "debt", "special_debt": "debt"}
    values = {name: 10.0 + k for k, name in enumerate(INDICATORS) if name not in parts}
    values |= {name: share * values[wholes[name]] for name, share in parts.items()}
    position = fiscal_position(Facts(*(fact(INDICATORS[name], value, 2024) for name, value in values.items())), PLACE)
    assert {name: getattr(position, name) for name in values} == values
    assert position.missing == ("debt_before",)
    assert position.sources["gdp"].mentions("source of 2024")


def test_half_years_are_no_years_and_foreign_units_are_refused():
    assert fiscal_position(Facts(fact("gdp", 50.0, 2024, period="h1"), fact("gdp", 90.0, 2023)), PLACE).gdp == 90.0
    with pytest.raises(BadInputError):
        fiscal_position(Facts(fact("gdp", 50.0, 2024, "亿美元")), PLACE)


def test_the_provinces_growth_is_the_mean_over_three_years():
    ahead, _ = county_assumptions(Facts(province=[50.0, 100.0, 1.0, 1.0, 133.1]), PLACE)
    assert ahead.growth[0] == pytest.approx(0.10)
    assert ahead.growth_source.mentions("2020-2023")
    other, _ = county_assumptions(
        Facts(province=[100.0, 1.0, 1.0, 133.1]), SimpleNamespace(**(vars(PLACE) | {"province_code": "440000"}))
    )
    assert other.growth[0] == pytest.approx(Assumptions.from_parameters().growth[0])
    given, _ = county_assumptions(Facts(province=[100.0, 1.0, 1.0, 133.1]), PLACE, growth=0.03)
    assert given.growth[0] == pytest.approx(0.03)
    short, _ = county_assumptions(Facts(province=[1.0, 2.0, 3.0]), PLACE)
    assert short.growth[0] == pytest.approx(Assumptions.from_parameters().growth[0])


def test_volatility_is_the_countys_own_where_its_series_is_long_enough():
    cited = load_parameters("bolang.pathway.debt")["growth_deviation"]
    low, high = cited.range
    swing = 0.9 * low + 0.1 * high

    # Changes of alternating sign around a mean of 5 %: the deviation of n such changes is swing * sqrt(n / (n - 1)).
    def series(count):
        levels = 100 * np.exp(np.cumsum([0.0, *(0.05 + swing * (-1) ** k for k in range(count))]))
        return [fact("gdp", level, 2010 + k) for k, level in enumerate(levels)]

    assert county_assumptions(Facts(*series(6)), PLACE, 0.05)[1] == pytest.approx(swing * np.sqrt(6 / 5))
    assert county_assumptions(Facts(*series(5)), PLACE, 0.05)[1] == cited.number
    # Only the last ten changes count.
    wild = [fact("gdp", 10.0 * 9**k, 2003 + k) for k in range(7)]
    assert county_assumptions(Facts(*wild, *series(10)), PLACE, 0.05)[1] == pytest.approx(swing * np.sqrt(10 / 9))
    # Estimates and gaps do not count.
    guessed = [fact("gdp", f.value, f.year, status="estimated") for f in series(8)]
    assert county_assumptions(Facts(*guessed), PLACE, 0.05)[1] == cited.number
    # Outside the cited range the nearer end is taken.
    calm = [fact("gdp", 100 * 1.05**k, 2010 + k) for k in range(9)]
    assert county_assumptions(Facts(*calm), PLACE, 0.05)[1] == low


# -- stress ----------------------------------------------------------------------------------------


def test_each_stress_has_the_cited_size_and_length():
    cited = load_parameters("bolang.pathway.debt")
    lasting = int(cited.number("stress_years"))
    ahead = Assumptions.from_parameters()
    found = {stress.key: stress.shock for stress in standard_stresses(ahead, 0.02)}
    early = np.arange(ahead.years) < lasting
    assert 0 < early.sum() < ahead.years
    sizes = {name: cited.number(f"stress_{name}") for name in ("revenue", "land", "rate")}
    np.testing.assert_allclose(found["growth"].growth, -cited.number("stress_growth_deviations") * 0.02 * early)
    np.testing.assert_allclose(found["revenue"].revenue, sizes["revenue"] * early)
    np.testing.assert_allclose(found["land"].fund, sizes["land"])
    np.testing.assert_allclose(found["rate"].rate, sizes["rate"])
    for key, own in (("growth", "growth"), ("revenue", "revenue"), ("land", "fund"), ("rate", "rate")):
        for other in {"growth", "revenue", "fund", "rate"} - {own}:
            assert not np.any(getattr(found[key], other)), (key, other)


def test_the_combined_stress_is_the_share_of_each_at_once():
    ahead = Assumptions.from_parameters()
    *single, both = standard_stresses(ahead, 0.02)
    share = load_parameters("bolang.pathway.debt").number("stress_combined")
    for part in ("growth", "revenue", "rate"):
        np.testing.assert_allclose(
            getattr(both.shock, part), share * sum(getattr(stress.shock, part) for stress in single), atol=1e-12
        )
    assert combined(single, 0.0).shock.growth.tolist() == [0.0] * ahead.years


# -- ports and exports -----------------------------------------------------------------------------


@pytest.fixture
def network(monkeypatch):
    """Three markets behind two gateways; while the first is closed its markets are reached at other costs or not at all."""
    east, west = Text("东港", "East"), Text("西口", "West")
    open_ways = {"us": (100, east), "eu": (200, west), "jp": (50, east), "moon": (0, None)}
    shut_ways = {"us": (160, west), "jp": (0, None)}

    class Network:
        def __init__(self, ways):
            self.ways = ways
            names = list(open_ways)
            self.atlas = SimpleNamespace(table=lambda _: pl.DataFrame({"id": names, "name_en": names}))

        def edited(self, edits):
            assert [edit.name if hasattr(edit, "name") else None for edit in edits]
            return Network(shut_ways)

    monkeypatch.setattr(ports, "_engine", lambda system: None)
    monkeypatch.setattr(ports, "place_end", lambda system, name: name)
    monkeypatch.setattr(ports, "_way", lambda system, engine, origin, end: system.ways[end])
    monkeypatch.setattr(ports, "CloseGateway", lambda name: SimpleNamespace(name=name))
    return Network(open_ways)


def test_shares_of_ports_are_those_of_the_markets_that_can_be_reached(network):
    use = ports.port_use(network, PLACE, {"us": 0.3, "eu": 0.35, "jp": 0.15, "moon": 0.2})
    assert [gate.en for gate, _ in use.gateways] == ["East", "West"]
    assert [share for _, share in use.gateways] == pytest.approx([0.45 / 0.8, 0.35 / 0.8])
    assert sum(share for _, share in use.gateways) == pytest.approx(1.0)
    assert use.first.en == "East"
    # Only the market of America has another way, 60 dearer; Japan is cut off and keeps its cost.
    assert use.detour == pytest.approx(100 * 0.3 * 60 / (0.3 * 100 + 0.35 * 200 + 0.15 * 50))


def test_without_any_way_there_is_no_port(network):
    assert ports.port_use(network, PLACE, {"moon": 1.0}) is None


def test_exports_by_industry_are_shares_in_falling_order():
    value = np.zeros(19)
    value[[2, 5, 8]] = [3.0, 1.0, 4.0]
    found = shocks._by_industry(value)
    assert [round(industry.share, 12) for industry in found] == [0.5, 0.375, 0.125]
