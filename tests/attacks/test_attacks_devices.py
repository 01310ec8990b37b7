"""A device is no file: what never ends is not read to its end, by any door that takes a path."""

import os
import stat
import subprocess
import sys

import pytest

ENDLESS = "/dev/zero"
DOORS = {
    "list of counties": ("report", "--batch", ENDLESS),
    "house style": ("show", "漠河市", "--wording", ENDLESS, "--to", "json"),
    "scenario": ("simulate", "--scenario", ENDLESS),
    "bulletin": ("import", ENDLESS, "--yes"),
    "table of the user": ("import", ENDLESS, "--table", "firms"),
    "table of a query": ("sql", "select 1", "--file", f"x={ENDLESS}"),
    "workspace": ("workspace", "list"),
}


@pytest.mark.skipif(
    not (os.path.exists(ENDLESS) and stat.S_ISCHR(os.stat(ENDLESS).st_mode)), reason="needs an endless device"
)
@pytest.mark.parametrize("door", DOORS)
def test_what_never_ends_is_refused(door, tmp_path):
    resource = pytest.importorskip("resource")
    most = 3_000_000_000  # addresses: the libraries take half of it, an endless file all of it

    def bound():
        resource.setrlimit(resource.RLIMIT_AS, (most, most))

    workspace = ENDLESS if door == "workspace" else str(tmp_path / "w.duckdb")
    environment = {
        **os.environ,
        "BOLANG_WORKSPACE": workspace,
        "BOLANG_LANG": "en",
        "OPENBLAS_NUM_THREADS": "1",
        "POLARS_MAX_THREADS": "1",
    }
    command = [sys.executable, "-m", "bolang", *DOORS[door]]
    done = subprocess.run(
        command,
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        preexec_fn=bound,
        timeout=120,
        check=False,
    )
    assert done.returncode not in (0, -9), done.stdout
    assert "Traceback" not in done.stderr
    assert "Internal error" not in done.stderr
    assert done.stderr.strip()
