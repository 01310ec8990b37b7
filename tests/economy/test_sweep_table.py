"""The table that ships: of this model, whole, and empty where nothing was solved."""

import polars as pl
import pytest
from typer.testing import CliRunner

from bolang.atlas import Atlas
from bolang.cli.app import app
from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.likeness import build_likeness
from bolang.diagnosis.peers import nearest
from bolang.document.model import Figure
from bolang.document.model import Table as TableBlock
from bolang.economy.levers.catalogue import levers
from bolang.economy.scenarios.sweep import Sweep, shards
from bolang.economy.scenarios.sweep.intervals import Intervals
from bolang.economy.scenarios.sweep.key import SOURCES, TABLES, lever_key
from bolang.economy.scenarios.sweep.sampled import SCHEMA
from bolang.economy.scenarios.sweep.solving import RELATIVE
from bolang.economy.scenarios.sweep.table import SHIPPED
from bolang.foundation.errors import BadInputError
from bolang.pages.levers import levers_page
from bolang.pages.where import ranks, result_of, where_page
from bolang.pages.where.page import default_result
from bolang.pathway.plan.possibility import lever_needs
from bolang.pathway.plan.preconditions import Preconditions


@pytest.fixture(scope="module")
def table():
    return pl.read_parquet(SHIPPED)


def test_the_table_is_of_this_model(table):
    """If this fails, the model has changed: python -m pipeline.sweep makes the table again."""
    kept = dict(table.group_by("lever").agg(pl.col("key").unique()).iter_rows())
    assert kept == {key: [lever_key(levers()[key])] for key in kept}
    assert kept


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


def test_every_lever_in_it_was_tried_in_every_county(table, atlas):
    for _, rows in table.group_by("lever"):
        assert rows["county"].to_list() == list(atlas.codes)


def test_what_is_said_to_be_solved_is_and_the_rest_is_empty(table):
    solved = table.filter(pl.col("state") == "solved")
    assert (solved["residual"] <= RELATIVE * solved["first_residual"] * 1.001 + 1e-10).all()
    rest = table.filter(pl.col("state") != "solved")
    for name in shards.EFFECTS:
        assert rest[name].null_count() == rest.height
        if not name.endswith("neighbours"):
            assert solved[name].is_finite().all()


def test_it_is_small_enough_to_ship():
    assert SHIPPED.stat().st_size < 6_000_000


def test_where_ranks_by_what_was_asked(table):
    swept = Sweep(table)
    key = swept.levers[0].key
    ranked = swept.where(key, measure="revenue", circle="province")
    assert ranked["effect"].to_list() == sorted(ranked["effect"], reverse=True)
    assert ranked.height == table.filter((pl.col("lever") == key) & (pl.col("state") == "solved")).height


def test_what_is_not_in_the_table_is_said():
    empty = Sweep(pl.DataFrame(schema=shards.SCHEMA))
    with pytest.raises(BadInputError, match="bolang sweep --only sea_rail"):
        empty.where("sea_rail")
    with pytest.raises(BadInputError, match="gdp_county"):
        empty.where("sea_rail", measure="happiness")
    assert empty.effects("义乌市") == ()


def test_the_key_moves_with_what_the_numbers_rest_on(monkeypatch):
    from bolang.economy.scenarios.sweep import key as keys

    one = levers()["sea_rail"]
    before = keys.lever_key(one)
    other = one.model_copy(update={"effect": one.effect.model_copy(update={"mode": 0.18})})
    assert keys.lever_key(other) != before
    monkeypatch.setattr(keys, "RELATIVE", 1e-2)
    assert keys.lever_key(one) != before


def test_pages_show_what_the_table_holds(table, atlas):
    swept = Sweep(table)
    key = "sea_rail"
    ranked = swept.where(key)
    shown = where_page(swept, atlas, key, top=5, everyone=True).front[1]
    assert [row.key for row in shown.rows] == ranked["county"].to_list()[:5]
    assert [row.cells[2].value for row in shown.rows] == pytest.approx((100 * ranked["effect"]).to_list()[:5])
    county = atlas.county(ranked["county"][0])
    rows = levers_page(swept, atlas, county).front[1].rows
    assert {row.key for row in rows} == {item.lever for item in swept.effects(county, atlas)}


def made_up(atlas, lever, effects):
    """A table in which only the effect on a county's own GDP is given."""
    empty = dict.fromkeys(shards.SCHEMA)
    rows = [
        {**empty, "key": "k", "lever": lever, "county": code, "state": "solved", "residual": 0.0, "gdp_county": effect}
        for code, effect in zip(atlas.codes, effects, strict=True)
    ]
    return Sweep(pl.DataFrame(rows, schema=shards.SCHEMA))


def test_where_lists_counties_that_can_and_counts_the_others(atlas):
    """Lhasa is two days from a port, Yiwu has its train: neither is where sea-rail would pay, whatever the model says."""
    lhasa, yiwu, qinghe = (atlas.county(name).index for name in ("拉萨市城关区", "义乌市", "清河县"))
    effects = [0.001] * len(atlas.codes)
    effects[lhasa], effects[yiwu], effects[qinghe] = 0.03, 0.02, 0.01
    swept = made_up(atlas, "sea_rail", effects)
    shown = where_page(swept, atlas, "sea_rail", top=None).front[1].rows
    codes = [row.key for row in shown]
    assert codes[0] == atlas.codes[qinghe]
    assert shown[0].cells[0].zh == "3"
    assert atlas.codes[lhasa] not in codes
    assert atlas.codes[yiwu] not in codes
    assert not [code for code in codes if code.startswith("54")]
    listed = ranks(swept, atlas, "sea_rail")
    decided = dict(zip(listed["county"], zip(listed["standing"], listed["test"], strict=True), strict=True))
    assert decided[atlas.codes[yiwu]][0] == "in_place"
    assert decided[atlas.codes[lhasa]][0] == "lacking"
    assert len(codes) == listed["standing"].is_in(["open", "unknown"]).sum()
    everyone = where_page(swept, atlas, "sea_rail", top=None, everyone=True).front[1].rows
    assert [row.key for row in everyone] == listed["county"].to_list()


def test_a_reform_that_all_have_is_ranked_all_the_same(atlas):
    swept = made_up(atlas, "entry_reform", [0.001] * len(atlas.codes))
    assert len(where_page(swept, atlas, "entry_reform", top=None).front[1].rows) == len(atlas.codes)


def test_levers_put_the_median_of_the_peers_beside(atlas):
    county = atlas.county("义乌市")
    peers = nearest(build_likeness(Evidence(atlas)), atlas.counties, county, count=10)
    effects = [9.0] * len(atlas.codes)
    for place, peer in enumerate(peers):
        effects[peer.county.index] = place / 1000
    effects[county.index] = 0.5
    row = levers_page(made_up(atlas, "e_commerce", effects), atlas, county).front[1].rows[0]
    assert row.cells[2].value == pytest.approx(50)
    assert row.cells[3].value == pytest.approx(0.45)


def test_the_command_line_ranks_by_a_result(monkeypatch, atlas, tmp_path):
    swept = made_up(atlas, "sea_rail", [i / 1e6 for i in range(len(atlas.codes))])
    monkeypatch.setattr(Sweep, "shipped", classmethod(lambda cls: swept))
    target = tmp_path / "ranks.csv"
    done = CliRunner().invoke(app, ["rank", "sea_rail.gdp", "--province", "西藏自治区", "-o", str(target)])
    assert done.exit_code == 0, done.output
    written = pl.read_csv(target, schema_overrides={"county": pl.String})
    tibet = [c for c in atlas.counties if c.province == "西藏自治区"]
    assert written["county"].to_list() == [c.code for c in reversed(tibet)]
    assert written["rank"].to_list() == [len(atlas.codes) - c.index for c in reversed(tibet)]
    assert CliRunner().invoke(app, ["rank", "sea_rail.gdp.county.more"]).exit_code != 0


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("sea_rail", ("sea_rail", "gdp", "county")),
        ("sea_rail.revenue", ("sea_rail", "revenue", "county")),
        ("sea_rail.revenue.nation", ("sea_rail", "revenue", "nation")),
        ("fiscal_revenue", None),
    ],
)
def test_a_result_is_named_by_lever_measure_and_circle(key, parts):
    assert result_of(key) == parts


def test_a_market_of_given_size_is_compared_by_what_it_is_worth_to_the_nation(table, atlas):
    """Beside its own GDP it would be largest in the smallest county of all."""
    swept = Sweep(table)
    shown = where_page(swept, atlas, "market_platform", top=3, everyone=True).front[1].rows
    best = swept.where("market_platform", circle="nation")
    assert [row.key for row in shown] == best["county"].to_list()[:3]


def test_what_nobody_measured_is_not_what_does_most(table, atlas):
    rows = levers_page(Sweep(table), atlas, atlas.county("清河县")).front[1].rows
    keys = [row.key for row in rows]
    assert levers()[keys[0]].grade in ("strong", "moderate")
    assert keys.index("market_platform") > keys.index("sea_rail")


def test_every_lever_has_its_needs_and_every_need_a_test(atlas):
    assert set(lever_needs()) == set(levers())
    known = Preconditions(atlas).keys
    assert all(set(needs.preconditions) <= known for needs in lever_needs().values())


@pytest.mark.slow
def test_counties_solved_a_thousand_times_closer_give_the_numbers_of_the_table(table, monkeypatch):
    """What the key does not name (readers of tables, say) cannot change a number unseen, and the tolerance is close enough."""
    from bolang.economy.scenarios.running import calibrated
    from bolang.economy.scenarios.sweep import solving
    from bolang.economy.scenarios.sweep.solving import Workshop

    monkeypatch.setattr(solving, "RELATIVE", 3e-7)
    fresh = Atlas(workspace=False)
    shop = Workshop.open(calibrated(fresh))
    for key in dict(table.group_by("lever").len().iter_rows()):
        rows = table.filter((pl.col("lever") == key) & (pl.col("state") == "solved")).sample(3, seed=4)
        again = shop.solve(levers()[key], [fresh.county(code).index for code in rows["county"]]).effect
        assert again[:, 0, 0] == pytest.approx(rows["gdp_county"].to_list(), rel=1e-3)
        assert again[:, 0, 3] == pytest.approx(rows["gdp_nation"].to_list(), rel=1e-2)


@pytest.mark.slow
def test_the_key_names_every_table_that_is_read(monkeypatch, tmp_path):
    import bolang.atlas.store as store
    from bolang.economy.scenarios.running import calibrated
    from bolang.economy.scenarios.sweep.solving import Workshop

    seen, plain = set(), store._loaded
    monkeypatch.setattr(store, "_loaded", lambda name: seen.add(name) or plain(name))
    monkeypatch.setenv("BOLANG_CACHE", str(tmp_path))
    Workshop.open(calibrated(Atlas())).solve(levers()["sea_rail"], [10])
    titles = {"catalogue_columns", "catalogue_tables"}
    assert seen - titles <= set(TABLES)
    assert len(SOURCES) == len(set(SOURCES))


def test_a_lever_whose_effect_on_gdp_is_set_is_compared_by_income_and_not_ranked(table, atlas):
    swept = Sweep(table)
    page = where_page(swept, atlas, "county_powers", top=3, everyone=True)
    best = swept.where("county_powers", measure="real_income")
    assert [row.key for row in page.front[1].rows] == best["county"].to_list()[:3]
    row = next(r for r in levers_page(swept, atlas, atlas.county("清河县")).front[1].rows if r.key == "county_powers")
    assert row.cells[7].zh == "—"


def test_intervals_stand_in_the_cell_of_the_effect(table, atlas):
    swept = Sweep(table)
    ranked = swept.where("sea_rail")
    codes = ranked["county"].to_list()[:20]
    empty = dict.fromkeys(SCHEMA)
    rows = [
        {
            **empty,
            "lever": "sea_rail",
            "county": c,
            "group": "stratum",
            "gdp_county_low": e / 2,
            "gdp_county_high": 3 * e,
        }
        for c, e in zip(codes, ranked["effect"].to_list(), strict=False)
    ]
    found = Intervals(swept, pl.DataFrame(rows, schema=SCHEMA))
    shown = where_page(swept, atlas, "sea_rail", top=None, everyone=True, intervals=found).front[1].rows
    for row in (shown[0], shown[100]):
        cell = row.cells[2]
        assert (cell.low, cell.high) == pytest.approx((cell.value / 2, 3 * cell.value), rel=1e-5)


def test_a_file_maps_the_counties_that_can_pull_the_lever(atlas):
    swept = Sweep.shipped()
    plain, mapped = (where_page(swept, atlas, "sea_rail", top=3, mapped=drawn).front for drawn in (False, True))
    assert not [block for block in plain if isinstance(block, Figure)]
    (figure,) = (block for block in mapped if isinstance(block, Figure))
    words = {text.get_text() for axes in figure.draw("zh").axes for text in axes.texts}
    first = next(block for block in mapped if isinstance(block, TableBlock)).rows[0].key
    assert any(atlas.county(first).name in word for word in words)


def test_a_saving_of_shoppers_is_compared_by_real_income():
    assert {
        key: default_result(lever) for key, lever in levers().items() if default_result(lever) != ("gdp", "county")
    } == {
        "county_powers": ("real_income", "county"),
        "e_commerce": ("real_income", "county"),
        "market_platform": ("gdp", "nation"),
    }
