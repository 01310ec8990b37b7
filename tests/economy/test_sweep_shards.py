"""Blocks, shards and the threads that fill them."""

import threading

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolang.economy.levers.catalogue import levers
from bolang.economy.scenarios.sweep import shards
from bolang.economy.scenarios.sweep.blocks import SIZE, blocks
from bolang.economy.scenarios.sweep.engines import by_threads
from bolang.economy.scenarios.sweep.solving import CIRCLES, MEASURES, NAMED, SolvedBlock

CODES = tuple(f"{i:06d}" for i in range(100))
LEVERS = list(levers().values())[:2]


def solved(count, seed=0):
    rng = np.random.default_rng(seed)
    effect = rng.normal(0, 0.01, (count, len(MEASURES), len(CIRCLES)))
    effect[-1] = np.nan
    return SolvedBlock(
        states=("solved",) * (count - 1) + ("not_settled",),
        effect=effect,
        residual=rng.random(count),
        first=rng.random(count),
        iterations=12,
        gainers=np.full((count, NAMED), 7.0),
        gained=rng.random((count, NAMED)),
        losers=np.full((count, NAMED), -1.0),
        lost=np.full((count, NAMED), np.nan),
    )


def frame(block):
    return shards.frame_of(block, solved(len(block.codes)), CODES)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(parts=st.integers(1, 9), chosen=st.none() | st.sets(st.integers(0, 99), min_size=1))
def test_parts_make_the_whole_and_share_nothing(parts, chosen):
    whole = [b.name for b in blocks(CODES, LEVERS, counties=chosen)]
    cut = [b.name for i in range(parts) for b in blocks(CODES, LEVERS, counties=chosen, part=(i + 1, parts))]
    assert sorted(cut) == sorted(whole)
    assert len(set(whole)) == len(whole)
    rows = [row for b in blocks(CODES, LEVERS[:1], counties=chosen) for row in b.counties]
    assert rows == sorted(range(100) if chosen is None else chosen)
    assert all(len(b.counties) <= SIZE for b in blocks(CODES, LEVERS))


def test_a_shard_comes_back_as_it_went_and_is_the_same_bytes(tmp_path):
    block = blocks(CODES, LEVERS)[0]
    content = shards.content_of(frame(block))
    assert content == shards.content_of(frame(block))
    shards.write(tmp_path, block, content)
    assert shards.read(tmp_path, block).equals(frame(block))
    assert [path.name for path in tmp_path.iterdir()] == [block.name]


def test_what_was_not_solved_is_null_with_its_state():
    last = frame(blocks(CODES, LEVERS)[0]).row(-1, named=True)
    assert last["state"] == "not_settled"
    assert all(last[name] is None for name in shards.EFFECTS)
    assert last["residual"] > 0
    assert last["gainer_1"] == CODES[7]
    assert last["loser_1"] is None


@pytest.mark.parametrize("spoil", [lambda b: b[: len(b) // 2], lambda b: b"", lambda b: b"PAR1" * 50])
def test_a_broken_shard_is_made_again(tmp_path, spoil):
    block = blocks(CODES, LEVERS)[0]
    (tmp_path / block.name).write_bytes(spoil(shards.content_of(frame(block))))
    assert shards.read(tmp_path, block) is None


def test_a_shard_of_another_model_is_made_again(tmp_path):
    block = blocks(CODES, LEVERS)[0]
    other = frame(block).with_columns(key=pl.lit("another"))
    (tmp_path / block.name).write_bytes(shards.content_of(other))
    assert shards.read(tmp_path, block) is None


def test_threads_do_every_block_once():
    todo = blocks(CODES, LEVERS)
    found = {block.name: content for block, content in by_threads(lambda b: b.name.encode(), todo, 3)}
    assert found == {block.name: block.name.encode() for block in todo}


def test_stopping_loses_no_more_than_what_was_being_done():
    begun, lock = [], threading.Lock()

    def work(block):
        with lock:
            begun.append(block.name)
        return b""

    done = by_threads(work, blocks(CODES, LEVERS), 2)
    kept = [next(done)[0].name for _ in range(3)]
    done.close()
    assert set(kept) <= set(begun)
    assert len(begun) <= len(kept) + 2


def test_an_error_of_a_block_reaches_the_caller():
    def work(block):
        raise ValueError(block.name)

    with pytest.raises(ValueError, match="parquet"):
        list(by_threads(work, blocks(CODES, LEVERS), 2))
