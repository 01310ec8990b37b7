"""The table that ships: of this model, whole, and empty where nothing was solved."""

import polars as pl
import pytest

from bolang.atlas import Atlas
from bolang.economy.levers.catalogue import levers
from bolang.economy.scenarios.sweep import Sweep, shards
from bolang.economy.scenarios.sweep.key import SOURCES, TABLES, lever_key
from bolang.economy.scenarios.sweep.solving import RELATIVE
from bolang.economy.scenarios.sweep.table import SHIPPED
from bolang.foundation.errors import BadInputError
from bolang.pages.levers import levers_page
from bolang.pages.where import where_page


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
    key = swept.levers[0].key
    ranked = swept.where(key)
    shown = where_page(swept, atlas, key, top=5).front[1]
    assert [row.key for row in shown.rows] == ranked["county"].to_list()[:5]
    assert [row.cells[2].value for row in shown.rows] == pytest.approx((100 * ranked["effect"]).to_list()[:5])
    county = atlas.county(ranked["county"][0])
    rows = levers_page(swept, atlas, county).front[1].rows
    assert {row.key for row in rows} == {item.lever for item in swept.effects(county, atlas)}


@pytest.mark.slow
def test_counties_solved_again_give_the_numbers_of_the_table(table):
    """What the key does not name (readers of tables, say) cannot change a number unseen."""
    from bolang.economy.scenarios.running import calibrated
    from bolang.economy.scenarios.sweep.solving import Workshop

    fresh = Atlas(workspace=False)
    shop = Workshop.open(calibrated(fresh))
    for key in dict(table.group_by("lever").len().iter_rows()):
        rows = table.filter((pl.col("lever") == key) & (pl.col("state") == "solved")).head(2)
        counties = [fresh.county(code).index for code in rows["county"]]
        again = shop.solve(levers()[key], counties).effect[:, 0, 0]
        assert again == pytest.approx(rows["gdp_county"].to_list(), rel=1e-3)


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
