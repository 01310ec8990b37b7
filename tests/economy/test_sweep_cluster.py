"""The same sweep on real workers: equal bytes, a worker that is killed, a scheduler that goes away."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from bolang.economy.levers.catalogue import levers
from bolang.economy.scenarios.sweep import shards, sweep
from bolang.economy.scenarios.sweep.blocks import Block
from bolang.economy.scenarios.sweep.engines import SchedulerError, by_dask

pytestmark = pytest.mark.slow
distributed = pytest.importorskip("distributed")


def many(count):
    return [Block(levers()["upgrading"], (i,), (f"{i:06d}",), "key") for i in range(count)]


def slowly():
    """Return work that travels by value, as workers do not know this file."""
    return lambda block: (__import__("time").sleep(0.3), block.codes[0].encode())[1]


def cluster():
    return distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1")


def test_a_killed_worker_costs_nothing():
    with cluster() as workers:
        found = {}
        for block, content in by_dask(slowly(), many(20), workers.scheduler_address):
            found[block.codes[0]] = content
            if len(found) == 4:
                os.kill(next(iter(workers.workers.values())).pid, signal.SIGKILL)
    assert found == {block.codes[0]: block.codes[0].encode() for block in many(20)}


def test_a_scheduler_that_goes_away_is_said():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    run = [sys.executable, "-m"]
    port = address.rpartition(":")[2]
    scheduler = subprocess.Popen(
        [*run, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"],
        stderr=subprocess.DEVNULL,
    )
    worker = subprocess.Popen(
        [*run, "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"], stderr=subprocess.DEVNULL
    )
    try:
        time.sleep(5)
        done = by_dask(slowly(), many(60), address)
        for _ in range(3):
            next(done)
        scheduler.kill()
        with pytest.raises(SchedulerError):
            list(done)
    finally:
        for process in (scheduler, worker):
            process.kill()
            process.wait()


def test_no_scheduler_is_said():
    with pytest.raises(SchedulerError, match=r"127\.0\.0\.1:1"):
        list(by_dask(slowly(), many(1), "tcp://127.0.0.1:1"))


def test_workers_and_threads_give_the_same_bytes(tmp_path):
    chosen = ["义乌市", "330784", "威宁彝族回族苗族自治县"]
    sweep(["upgrading"], chosen, folder=tmp_path / "threads")
    with cluster() as workers:
        sweep(["upgrading"], chosen, folder=tmp_path / "workers", scheduler=workers.scheduler_address)
    (one,), (other,) = (list((tmp_path / name).iterdir()) for name in ("threads", "workers"))
    assert one.name == other.name
    assert one.read_bytes() == other.read_bytes()
    assert shards.SCHEMA.keys() == __import__("polars").read_parquet_schema(one).keys()
