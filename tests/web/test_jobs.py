"""The queue: one after another, cancelled, crashed, begun again."""

import os
import re
import signal
import time

import pytest

from bolang.web.jobs import Jobs
from bolang.web.results import PAGE, PARTS


@pytest.fixture
def jobs():
    opened = Jobs()
    yield opened
    opened.close()


def until(test, seconds=60.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if test():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come to that")


def arguments(tmp_path, **more):
    return {"lang": "en", "workspace": str(tmp_path / "none.duckdb"), "prefix": "", "stamp": 0, **more}


def test_a_failure_is_told_in_the_language_of_the_reader(jobs, tmp_path):
    job = jobs.submit("report", arguments(tmp_path, code="朝阳区", forms=["docx"]))
    until(lambda: job.over)
    assert job.state == "failed"
    assert "may mean" in job.message


def test_a_killed_worker_is_reported_and_the_next_job_gets_another(jobs, tmp_path):
    first = jobs.submit("batch", arguments(tmp_path, names=["330782"] * 40))
    until(lambda: first.state == "running" and jobs._worker is not None and jobs._worker.pid)
    os.kill(jobs._worker.pid, signal.SIGKILL)
    until(lambda: first.over)
    assert first.state == "crashed"
    second = jobs.submit("report", arguments(tmp_path, code="没有这个县", forms=["docx"]))
    until(lambda: second.over)
    assert second.state == "failed"


def test_a_running_and_a_waiting_job_are_cancelled(jobs, tmp_path):
    first = jobs.submit("batch", arguments(tmp_path, names=["330782"] * 40))
    second = jobs.submit("batch", arguments(tmp_path, names=["320583"] * 40))
    until(lambda: first.state == "running")
    assert jobs.ahead(second) == 1
    jobs.cancel(second)
    jobs.cancel(first)
    assert (first.state, second.state) == ("cancelled", "cancelled")
    third = jobs.submit("report", arguments(tmp_path, code="没有这个县", forms=["docx"]))
    until(lambda: third.over)
    assert third.state == "failed"


def test_the_same_request_is_the_same_job(jobs, tmp_path):
    first = jobs.submit("batch", arguments(tmp_path, names=["330782"] * 40))
    assert jobs.submit("batch", arguments(tmp_path, names=["330782"] * 40)) is first
    jobs.cancel(first)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Return a queue with a finished report."""
    opened = Jobs()
    chosen = {"style": "analyst", "kind": "full", "language": "en", "sections": [], "budget": None, "author": ""}
    given = arguments(tmp_path_factory.mktemp("none"), code="330782", forms=["docx", "xlsx"], **chosen)
    job = opened.submit("report", given)
    until(lambda: job.over, 300)
    assert job.state == "done", job.message
    yield opened, job
    opened.close()


@pytest.mark.slow
def test_a_report_is_a_page_and_files(written):
    jobs, job = written
    assert job.result.files == ("义乌市.docx", "义乌市.xlsx")
    assert all((jobs.folder(job) / name).read_bytes().startswith(b"PK") for name in job.result.files)
    assert "<table>" in (jobs.folder(job) / PAGE).read_text()


@pytest.mark.slow
def test_every_table_and_figure_of_a_report_is_taken_alone_in_all_its_formats(written):
    jobs, job = written
    page = (jobs.folder(job) / PAGE).read_text()
    offered = set(re.findall(rf'href="/jobs/{job.key}/part/([^"]+)"', page))
    assert offered == {path.name for path in (jobs.folder(job) / PARTS).iterdir()}
    starts = {"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "svg": b"<?xml", "png": b"\x89PNG"}
    for name in offered:
        assert (jobs.folder(job) / PARTS / name).read_bytes().startswith(starts[name.rpartition(".")[2]]), name
    for block in re.findall(r"<figure.*?</figure>", page, re.DOTALL):
        forms = set(re.findall(r'/part/[^"]+\.(\w+)"', block))
        assert {"csv", "xlsx"} <= forms if 'class="table"' in block else {"svg", "png"} <= forms
        assert 'class="copy"' in block


def test_what_a_forgotten_job_gave_is_gone(jobs, tmp_path, monkeypatch):
    monkeypatch.setattr("bolang.web.jobs.KEPT", 1)
    done = []
    for code in ("无此县一", "无此县二", "无此县三"):
        job = jobs.submit("report", arguments(tmp_path, code=code, forms=["docx"]))
        until(lambda job=job: job.over)
        jobs.folder(job).mkdir(parents=True)
        done.append(job)
    assert jobs.get(done[0].key) is None
    assert not jobs.folder(done[0]).exists()
    assert jobs.folder(done[2]).exists()
