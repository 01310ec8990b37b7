"""Conditions of a plan from both sides of every line, on an atlas made by hand; the base of money; who may pull a lever."""

from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from bolang.atlas import Atlas
from bolang.atlas.model import INDUSTRIES
from bolang.economy.calibration.calibration import parameters
from bolang.economy.levers.catalogue import levers
from bolang.economy.levers.residents import income_per_head
from bolang.foundation.parameters import load_parameters
from bolang.pathway.plan import account as account_module
from bolang.pathway.plan import preconditions as module
from bolang.pathway.plan.account import base_of
from bolang.pathway.plan.measures import measures
from bolang.pathway.plan.possibility import Possibilities, lever_needs
from bolang.pathway.plan.preconditions import Preconditions
from bolang.pathway.reach import city_drives

CITED = load_parameters("bolang.pathway.plan")
MODEL = parameters()


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


def unit(kind="county", area=10.0, code="1"):
    return SimpleNamespace(index=0, kind=kind, area_km2=area, code=code)


def made(columns=None, employment=None, products=(), lists=(), before=None, comparable=True):
    """An atlas of one unit: columns of the census, jobs, products and the lists that name it."""
    columns, earlier = columns or {}, before or {}
    return SimpleNamespace(
        vintage=SimpleNamespace(census=2020, census_before=2010, accounts=2023, taobao=2022),
        column=lambda name, year: np.array([(earlier if year == 2010 else columns)[name]]),
        employment=lambda year: np.array([employment if employment is not None else [100.0] * 19]),
        national_employment=lambda year: np.full(19, 1e6),
        table=lambda name: pl.DataFrame({"code": ["1"], "comparable": [comparable]}),
        products=SimpleNamespace(of=lambda county: products),
        status=SimpleNamespace(has=lambda county, name: name in lists),
    )


def condition(key, county=None, **given):
    return Preconditions(made(**given)).of(county or unit(), key)


# ---------------------------------------------------------------- conditions
@pytest.mark.parametrize(
    ("key", "line", "direction", "columns"),
    [
        ("rural", "rural_share_needed", "at_least", lambda x: {"urban_share": 100 - x}),
        ("inland", "inland_hours", "at_least", lambda x: {"port_hours": x}),
        ("port_reach", "port_reach_hours", "at_most", lambda x: {"port_hours": x}),
        ("migrants", "migrants_needed", "at_least", lambda x: {"migrants_within_province": x / 4, "migrants_other_province": 3 * x / 4, "population": 100.0}),
    ],
)  # fmt: skip
def test_the_line_itself_is_enough(key, line, direction, columns):
    needed = CITED.number(line)
    sides = {needed: True, needed + 0.5: direction == "at_least", needed - 0.5: direction == "at_most"}
    for value, met in sides.items():
        found = condition(key, columns=columns(value))
        assert (found.value, found.line, found.direction, found.met) == (value, needed, direction, met)
        assert found.year == 2020
    unknown = condition(key, columns=columns(np.nan))
    assert (unknown.value, unknown.met, unknown.year, unknown.line) == (None, None, None, needed)


def test_a_station_within_reach_and_thin_settlement_meet_their_lines_too():
    reach = load_parameters("bolang.economy.levers").number("station_reach")
    assert [condition("station", columns={"station_km": km}).met for km in (reach, reach + 1)] == [True, False]
    thin = load_parameters("bolang.pathway.types").number("ecological_density")
    for people, kind, met in (
        (thin, "county", True),
        (thin + 1, "county", False),
        (1, "district", False),
        (1, "undivided_city", False),
        (1, "city", True),
    ):
        found = condition("sparse", unit(kind, area=1.0), columns={"population": people})
        assert (found.met, found.value, found.line, found.direction) == (met, people, thin, "at_most")
    assert condition("sparse", unit(area=4.0), columns={"population": 100.0}).value == 25.0
    assert [
        condition("is_county", unit(kind)).met for kind in ("county", "city", "banner", "district", "undivided_city")
    ] == [True, True, True, False, False]


@pytest.mark.parametrize(("now", "met"), [(1000.0, True), (999.0, False), (1100.0, True)])
def test_a_population_that_did_not_fall_grows_and_one_of_another_territory_is_not_known(now, met):
    assert CITED.number("population_growth_needed") == 0
    found = condition("growing", columns={"population": now}, before={"population": 1000.0})
    assert (found.met, found.value) == (met, pytest.approx((now - 1000) / 10))
    moved = condition("growing", columns={"population": now}, before={"population": 1000.0}, comparable=False)
    assert (moved.met, moved.value) == (None, None)


def test_work_is_ten_times_the_sample_and_farming_its_first_section():
    jobs = np.zeros(19)
    jobs[0], jobs[5] = 15.0, 85.0
    assert condition("farm_work", employment=jobs).value == 15.0
    assert condition("farm_work", employment=jobs).met is True
    assert condition("workforce", employment=jobs).value == 1000.0
    jobs[5] = CITED.number("workforce_needed") / 10 - 15
    assert condition("workforce", employment=jobs).met is True
    jobs[5] -= 1
    assert condition("workforce", employment=jobs).met is False


def product(kind, name="名", verified=True, capacity=None):
    return SimpleNamespace(kind=kind, name=name, verified=verified, capacity=capacity, year=2022)


def test_coal_reaches_the_line_or_a_list_names_an_exhausted_town():
    line = CITED.number("resource_coal")
    for capacity, met in ((line, True), (line - 1, False), (None, False)):
        found = condition("resource", products=(product("market"), product("coal", capacity=capacity)))
        assert (found.key, found.met, found.value, found.year) == ("resource", met, capacity or 0.0, 2022)
    bare = condition("resource")
    assert (bare.met, bare.value, bare.year) == (False, 0.0, None)
    listed = condition("resource", lists=("exhausted",))
    assert (listed.key, listed.met, listed.value, listed.line, listed.direction) == ("exhausted", True, 1.0, 1.0, "listed")  # fmt: skip
    rich = condition("resource", products=(product("coal", capacity=line),), lists=("exhausted",))
    assert rich.key == "resource"


def test_lists_say_yes_or_no():
    for key, name in (("border", "border"), ("tourism_listed", "tourism")):
        assert (condition(key, lists=(name,)).met, condition(key, lists=(name,)).value) == (True, 1.0)
        assert (condition(key).met, condition(key).value, condition(key).line) == (False, 0.0, 1.0)
    assert [condition("island", unit(code=code)).met for code in ("330922", "330782")] == [True, False]
    farm = condition("farm_product", products=(product("geographic", "甲", verified=False), product("market", "乙")))
    assert (farm.met, farm.value, farm.name) == (False, 0.0, "")


def test_verified_farm_products_are_counted_and_the_first_is_named():
    from bolang.atlas.products import FARM

    kind = sorted(FARM)[0]
    listed = (product(kind, "甲", verified=False), product(kind, "乙"), product(kind, "丙"), product("coal", "丁"))
    found = condition("farm_product", products=listed)
    assert (found.met, found.value, found.name) == (True, 2.0, "乙")


@pytest.mark.parametrize(
    ("share", "sample", "names", "met", "name"),
    [
        (0.5, 20_000.0, (), True, ""),  # half of all jobs against a nineteenth: a cluster by its own figures
        (1 / 19, 20_000.0, (), False, ""),
        (1 / 19, 20_000.0, ("中国五金之都",), True, "中国五金之都"),
        (0.5, 20_000.0, ("中国五金之都", "中国电子之城"), True, "中国五金之都"),
        (
            1 / 19,
            20_000.0,
            ("中国衬衫名镇（大陈镇）",),
            True,
            "中国衬衫名镇（大陈镇）",
        ),  # one town, where nothing else speaks
        (0.5, 20_000.0, ("中国衬衫名镇（大陈镇）",), True, ""),
        (0.5, 20_000.0, ("中国衬衫名镇（大陈镇）", "中国五金之都"), True, "中国五金之都"),
        (0.5, 100.0, (), None, ""),  # a sample too small to judge
        (0.5, 100.0, ("中国五金之都",), True, "中国五金之都"),
    ],
)
@pytest.mark.parametrize(("key", "section", "kind"), [("cluster", "C", "cluster"), ("trade_centre", "F", "market")])
def test_what_is_gathered_shows_in_figures_or_on_a_list(key, section, kind, share, sample, names, met, name):
    jobs = np.full(19, sample * (1 - share) / 18)
    jobs[INDUSTRIES.index(section)] = sample * share
    found = condition(key, employment=jobs, products=tuple(product(kind, n) for n in names))
    assert (found.met, found.name, found.direction) == (met, name, "at_least")
    assert found.line == CITED.number("cluster_quotient")
    unread = condition(key, employment=jobs, products=tuple(product(kind, n, verified=False) for n in names))
    assert unread.name == ""
    other = condition(key, employment=jobs, products=tuple(product("coal", n) for n in names))
    assert other.met == unread.met


def test_the_sample_that_is_just_large_enough_is_judged():
    least = load_parameters("bolang.diagnosis").number("small_sample")
    for size, met in ((least, False), (least - 1, None)):
        assert condition("cluster", employment=np.array([100.0] * 18 + [size - 1800.0])).met is met


@pytest.mark.parametrize("name", ["义乌市", "清河县", "漠河市", "浦东新区", "神木市", "安溪县"])
def test_drives_exports_and_ports_are_those_of_their_own_pages(atlas, name):
    from bolang.diagnosis.exports import export_ratio
    from bolang.pathway.plan.sea_calls import seaport_of

    county, tests = atlas.county(name), Preconditions(atlas)
    drives = city_drives(atlas)[county.code]
    for key, drive, line in (
        ("near_core_city", drives.core_city, "core_city_hours"),
        ("not_too_far", drives.metropolis, "not_too_far_hours"),
    ):
        found = tests.of(county, key)
        assert (found.value, found.name, found.direction) == (drive.hours, drive.city, "at_most")
        assert found.met is bool(drive.hours <= CITED.number(line))
    ratio, exports = export_ratio(county), tests.of(county, "exports")
    assert (exports.value, exports.year) == ((None, None) if ratio is None else (ratio.value, ratio.year))
    assert exports.met is (None if ratio is None else ratio.value >= CITED.number("export_share_needed"))
    way = seaport_of(atlas, county, float(atlas.column("seaport_km", 2020)[county.index]))
    port = tests.of(county, "off_seaport")
    assert (port.value, port.name, port.met) == (way.km, way.name, way.km >= CITED.number("seaport_km_needed"))


def test_a_name_of_one_town_is_told_by_its_brackets():
    towns = ("中国衬衫名镇（大陈镇）", "中国童装之乡(织里)", "名街（某街道）")
    assert all(module._TOWN.search(name) for name in towns)
    assert not any(module._TOWN.search(name) for name in ("中国小商品城", "名城（义乌国际商贸城）", "之都（全市范围）"))


# ---------------------------------------------------------------- the base of money
def facts(income=None, gdp=None, asked=None):
    def latest(county, name, since):
        if asked is not None:
            asked.append((name, since))
        return {"income": income, "gdp": gdp}[name]

    return SimpleNamespace(
        vintage=SimpleNamespace(census=2020, accounts=2023), latest=latest,
        column=lambda name, year: np.array({"population": [200_000.0, 1.0, 1.0], "urban_share": [30.0, 1.0, 1.0]}[name]),
    )  # fmt: skip


def test_the_base_is_income_times_people_and_no_older_than_the_limit(monkeypatch):
    """30,000 yuan for 200,000 people are 60 亿元; three counties with 6, 2 and 3 are of the sizes 2, 2/3 and 1."""
    monkeypatch.setattr(account_module, "estimated_incomes", lambda atlas, year: np.array([6.0, 2.0, 3.0]))
    asked = []
    found = base_of(facts(SimpleNamespace(value=30_000.0, year=2021), asked=asked), unit())
    assert (found.income, found.year, found.income_estimated, found.size) == (60.0, 2021, False, 2.0)
    assert (found.rural, found.residents, found.per_head) == (pytest.approx(0.7), 200_000.0, 30_000.0)
    assert dict(asked) == {name: 2023 - CITED.number("oldest_base") for name in ("income", "gdp")}


def test_without_income_the_estimate_of_the_year_of_output_stands(monkeypatch):
    by_year = {2022: [4.0, 2.0, 3.0], 2023: [np.nan, 2.0, 4.0], 2020: [9.0, 3.0, np.nan], 2019: [np.nan] * 3}
    monkeypatch.setattr(account_module, "estimated_incomes", lambda atlas, year: np.array(by_year[year]))
    monkeypatch.setattr(account_module, "estimated_from", lambda atlas, county, year: "ceiling")
    found = base_of(facts(gdp=SimpleNamespace(year=2022)), unit())
    # no estimate of 2023, so its size is that of the census: 9 over the median 6
    assert (found.income, found.year, found.income_estimated, found.size) == (4.0, 2022, True, 1.5)
    assert base_of(facts(), unit()).year == 2020
    assert base_of(facts(gdp=SimpleNamespace(year=2019)), unit()) is None
    by_year[2020] = [np.nan, 3.0, 3.0]
    assert base_of(facts(gdp=SimpleNamespace(year=2022)), unit()).size == 1.0


def test_incomes_of_town_and_country_mix_before_output_moves_them():
    """At half the nation's output and 40 % urban, by the words of the docstring."""
    urban, rural, elastic = (MODEL.number(key) for key in ("urban_income", "rural_income", "income_elasticity"))
    national = MODEL.number("national_gdp_per_head")
    assert income_per_head(national / 2, 0.4) == pytest.approx((0.4 * urban + 0.6 * rural) * 0.5**elastic)
    assert income_per_head(1e9, 1.0) == MODEL.number("income_ceiling")
    assert np.isnan(income_per_head(np.nan, 0.5))


def test_where_mines_are_a_large_part_the_other_sectors_tell_the_income(monkeypatch):
    """Of 100 and 70 from mines and factories, 30 is left: over 1 less the nation's secondary share."""
    from bolang.foundation.errors import MissingFactError
    from bolang.pathway.plan import income

    line, secondary = MODEL.number("mining_share"), MODEL.number("national_secondary_share")
    columns = {
        "gdp": [100.0, 100.0, 100.0, 100.0], "gdp_secondary": [70.0, 70.0, np.nan, 70.0],
        "employed": [1000.0, 1000.0, 1000.0, 0.0], "mining": [1000 * line + 1, 1000 * line, 900.0, 0.0],
    }  # fmt: skip
    atlas = SimpleNamespace(
        vintage=SimpleNamespace(census=2020), column=lambda name, year, estimated=False: np.array(columns[name])
    )
    assert income._earned(atlas, 2023).tolist() == pytest.approx([30 / (1 - secondary), 100.0, 100.0, 100.0])

    def without(name, year, estimated=False):
        if name == "gdp_secondary":
            raise MissingFactError("none")
        return np.array(columns[name])

    atlas.column = without
    assert income._earned(atlas, 2023).tolist() == [100.0] * 4
    people = {"population": np.full(4, 1e5), "urban_share": np.full(4, 50.0)}
    atlas.column = lambda name, year, estimated=False: people[name] if name in people else without(name, year)
    # 100 万元 for 100,000 residents are 10 yuan each
    assert income.estimated_incomes(atlas, 2023) == pytest.approx(income_per_head(10.0, 0.5) * 1e5 / 1e8 * np.ones(4))


# ---------------------------------------------------------------- who may pull a lever
@pytest.mark.parametrize("name", ["义乌市", "清河县", "漠河市", "浦东新区", "威宁彝族回族苗族自治县", "三沙市"])
def test_a_lever_is_open_where_no_condition_fails_and_no_policy_runs(atlas, name):
    county, all_of = atlas.county(name), Possibilities(atlas)
    tests = Preconditions(atlas)
    for key, needs in lever_needs.__wrapped__().items():
        states = [atlas.register.state(county, policy) for policy in needs.policies]
        around = [s for s in states if s.around]
        running = [s for s in states if s.state == "in_place"]
        counts = (running or around or states or [None])[0]
        asked = [tests.of(county, test) for test in needs.preconditions]
        failed = [test for test in asked if test.met is False]
        unknown = [test for test in asked if test.met is None]
        found = all_of.of(county, key)
        assert found is all_of.of(county, key)
        if running:
            expected = ("in_place", running[0], None)
        elif counts is not None and counts.state == "not_applicable":
            expected = ("lacking", counts, None)
        elif failed:
            expected = ("lacking", counts, failed[0])
        else:
            expected = ("unknown" if unknown else "open", counts, unknown[0] if unknown else None)
        assert (found.standing, found.policy, found.test) == expected, key


def test_every_lever_has_the_tests_of_its_measure_or_its_own():
    from bolang.pathway.plan.measures import off_menu

    for key, needs in lever_needs.__wrapped__().items():
        own = [measure for measure in measures().values() if measure.lever == key]
        assert needs.preconditions == (own[0].tests if own else off_menu()[key])
        assert needs.policies == levers()[key].policy
