"""Intervals of swept effects: solved where sampled, scaled elsewhere, and the error of scaling known."""

import numpy as np
import polars as pl
import pytest

from bolang.atlas import Atlas
from bolang.economy.levers.catalogue import levers
from bolang.economy.scenarios.running import calibrated
from bolang.economy.scenarios.sweep import Sweep, sampled, shards
from bolang.economy.scenarios.sweep.intervals import SHIPPED, Intervals
from bolang.economy.scenarios.sweep.sampled import SCHEMA, STRATA, TOP, read_sampled, sampled_blocks, sampled_work
from bolang.economy.scenarios.sweep.shards import EFFECTS
from bolang.economy.scenarios.sweep.table import ROUNDING


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


def swept_by(codes, effects, lever="sea_rail"):
    empty = dict.fromkeys(shards.SCHEMA)
    rows = [
        {**empty, "key": "k", "lever": lever, "county": code, "state": "solved", "gdp_county": effect}
        for code, effect in zip(codes, effects, strict=True)
    ]
    return Sweep(pl.DataFrame(rows, schema=shards.SCHEMA))


def sampled_by(codes, lows, highs, group="stratum", lever="sea_rail"):
    empty = dict.fromkeys(SCHEMA)
    rows = [
        {**empty, "lever": lever, "county": code, "group": group, "gdp_county_low": low, "gdp_county_high": high}
        for code, low, high in zip(codes, lows, highs, strict=True)
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


def test_equal_multiples_scale_without_error():
    codes, effects = [str(i) for i in range(20)], np.linspace(0.01, 0.2, 20)
    found = Intervals(swept_by([*codes, "x"], [*effects, -0.1]), sampled_by(codes, 0.5 * effects, 2 * effects))
    scaling = found.scaling("sea_rail")
    assert (scaling.low, scaling.high) == pytest.approx((0.5, 2.0))
    assert scaling.error == pytest.approx(0, abs=1e-6)
    assert scaling.counties == 20
    own, other = found.of("sea_rail", "3", effects[3]), found.of("sea_rail", "x", -0.1)
    assert own.solved
    assert own.low == pytest.approx(0.5 * effects[3])
    assert not other.solved
    assert (other.low, other.high) == pytest.approx((-0.2, -0.05))


def test_the_error_is_that_of_the_others_multiples():
    """Nine counties scale from 0 to 2; the tenth, from 0 to 3, is missed by a third of its width; the nine are not missed."""
    codes, effects = [str(i) for i in range(10)], np.full(10, 0.1)
    highs = np.full(10, 0.2)
    highs[9] = 0.3
    scaling = Intervals(swept_by(codes, effects), sampled_by(codes, np.zeros(10), highs)).scaling("sea_rail")
    assert scaling.error == pytest.approx(0, abs=1e-6)
    assert scaling.worst_tenth == pytest.approx(np.quantile([*[0.0] * 9, 1 / 3], 0.9), rel=1e-4)


def test_the_top_stands_for_itself_and_too_few_are_not_scaled():
    codes, effects = [str(i) for i in range(20)], np.full(20, 0.1)
    top = Intervals(swept_by(codes, effects), sampled_by(codes, effects / 2, effects * 2, group="top"))
    assert top.of("sea_rail", "0", 0.1).solved
    assert top.scaling("sea_rail") is None
    assert top.of("sea_rail", "other", 0.1) is None
    few = Intervals(swept_by(codes, effects), sampled_by(codes[:7], effects[:7] / 2, effects[:7] * 2))
    assert few.scaling("sea_rail") is None


def test_the_sample_holds_the_top_and_one_of_each_stratum(atlas):
    effects = np.random.default_rng(0).permutation(len(atlas.codes)) / 1e6
    blocks = sampled_blocks(swept_by(atlas.codes, effects), levers()["sea_rail"], atlas)
    order = np.argsort(-effects)
    place = {atlas.codes[row]: rank for rank, row in enumerate(order)}
    ranks = [place[block.codes[0]] for block in blocks]
    assert ranks[:TOP] == list(range(TOP))
    rest = len(atlas.codes) - TOP
    assert [int((rank - TOP) * STRATA / rest) for rank in ranks[TOP:]] == list(range(STRATA))
    assert [block.group for block in blocks] == ["top"] * TOP + ["stratum"] * STRATA
    assert all(atlas.codes[block.counties[0]] == block.codes[0] for block in blocks)


def test_the_key_moves_with_the_sets_and_the_distribution(monkeypatch):
    lever = levers()["sea_rail"]
    before = sampled.sample_key(lever)
    wider = lever.model_copy(update={"effect": lever.effect.model_copy(update={"low": -0.1, "high": 0.3})})
    assert wider.effect.centre == pytest.approx(lever.effect.centre)
    assert sampled.sample_key(wider) != before
    monkeypatch.setattr(sampled, "DRAWS", 48)
    assert sampled.sample_key(lever) != before


def test_a_county_with_few_solved_sets_has_no_ends(atlas):
    block = sampled_blocks(swept_by(atlas.codes, np.linspace(1, 0, len(atlas.codes))), levers()["sea_rail"], atlas)[0]
    effects = np.arange(sampled.DRAWS, dtype=float)[:, None, None] * np.ones((1, 7, 4))
    ends = sampled._row(block, effects)
    assert ends["gdp_county_low"][0] == pytest.approx(0.05 * (sampled.DRAWS - 1))
    assert ends["gdp_nation_high"][0] == pytest.approx(0.95 * (sampled.DRAWS - 1))
    few = sampled._row(block, effects[: sampled.DRAWS // 2 - 1])
    assert few["solved"][0] == sampled.DRAWS // 2 - 1
    assert all(few[f"{name}_low"][0] is None for name in EFFECTS)


def test_the_sample_that_ships_is_of_this_model_and_complete(atlas):
    """If this fails, the model or a size has changed: python -m pipeline.sweep_sample makes the table again."""
    swept, table = Sweep.shipped(), pl.read_parquet(SHIPPED)
    assert {lever.key for lever in swept.levers} == set(table["lever"])
    for lever in swept.levers:
        rows = table.filter(pl.col("lever") == lever.key)
        assert set(rows["key"]) == {sampled.sample_key(lever)}
        wanted = [block.codes[0] for block in sampled_blocks(swept, lever, atlas)]
        assert rows["county"].to_list() == wanted
    assert (table["solved"] == sampled.DRAWS).all()
    assert SHIPPED.stat().st_size < 500_000


def test_the_central_effect_lies_within_and_scaling_is_as_good_as_the_pages_say():
    found = Intervals.shipped()
    rows = found.frame.join(found.swept.frame.select("lever", "county", "gdp_county"), on=["lever", "county"])
    moved = rows.filter(pl.col("gdp_county").abs() > ROUNDING)
    assert rows.height - moved.height <= 2, "rural e-commerce in districts without a countryside"
    assert ((moved["gdp_county_low"] < moved["gdp_county"]) & (moved["gdp_county"] < moved["gdp_county_high"])).all()
    for lever in found.swept.levers:
        scaling = found.scaling(lever.key)
        assert scaling.error < 0.05
        assert scaling.worst_tenth < 0.1


@pytest.mark.slow
def test_a_county_is_solved_under_all_sets_and_read_again(atlas, tmp_path):
    lever, row = levers()["sea_rail"], atlas.county("清河县").index
    calibrated(atlas)
    block = next(
        b
        for b in sampled_blocks(swept_by(atlas.codes, np.eye(len(atlas.codes))[row]), lever, atlas)
        if b.counties == (row,)
    )
    shards.write(tmp_path, block, sampled_work(atlas)(block))
    found = read_sampled(tmp_path, [block])
    assert found["solved"][0] == sampled.DRAWS
    assert 0 < found["gdp_county_low"][0] < found["gdp_county_high"][0] < 0.02
