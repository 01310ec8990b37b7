"""Work spread over the cores."""

import threading

import pytest
from threadpoolctl import threadpool_info

from bolang.economy.scenarios import workers


@pytest.mark.parametrize(("count", "largest", "cores"), [(1, 24, 2), (16, 24, 2), (100, 24, 2), (7, 3, 8), (5, 1, 2)])
def test_parts_are_nearly_equal_and_cover_everything(monkeypatch, count, largest, cores):
    monkeypatch.setattr(workers, "workers", lambda: cores)
    parts = workers.spread(count, largest)
    sizes = [part.stop - part.start for part in parts]
    assert [i for part in parts for i in range(part.start, part.stop)] == list(range(count))
    assert max(sizes) <= largest
    assert max(sizes) - min(sizes) <= 1
    assert len(parts) >= min(cores, count)


def test_results_keep_their_order_and_algebra_its_thread():
    seen = []

    def work(item):
        seen.append([pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"])
        return item**2, threading.current_thread() is threading.main_thread()

    before = threadpool_info()
    assert workers.in_parallel(work, range(6)) == [(i**2, False) for i in range(6)]
    assert all(set(threads) <= {1} for threads in seen)
    assert threadpool_info() == before


def test_an_error_of_one_part_reaches_the_caller():
    def work(item):
        raise ValueError(item)

    with pytest.raises(ValueError, match="3"):
        workers.in_parallel(work, [3])
