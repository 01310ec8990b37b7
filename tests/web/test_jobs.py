"""The queue: one after another, cancelled, crashed, begun again."""

import os
import signal
import time

import pytest

from bolang.web.jobs import Jobs


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


@pytest.mark.slow
def test_a_report_is_a_page_and_files(jobs, tmp_path):
    chosen = {"style": "analyst", "kind": "full", "language": "en", "sections": [], "budget": None, "author": ""}
    job = jobs.submit("report", arguments(tmp_path, code="330782", forms=["docx", "xlsx"], **chosen))
    until(lambda: job.over, 300)
    assert job.state == "done", job.message
    assert all(content.startswith(b"PK") for content in job.result.files.values())
    assert len(job.result.files) == 2
    assert "<table>" in job.result.html
