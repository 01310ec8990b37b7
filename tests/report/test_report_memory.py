"""Many reports in one process need no more memory than one."""

import sys
from pathlib import Path

import pytest

import bolang as bl


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_word_and_pdf_leave_nothing_behind(tmp_path):
    """Typst used to keep about 20 MB of every document."""
    report = bl.report(bl.Atlas(workspace=False).county("清河县"))
    for kind in ("docx", "pdf"):
        report.save(tmp_path / f"first.{kind}")
        report.save(tmp_path / f"second.{kind}")
    before = _resident_mb()
    for turn in range(4):
        report.save(tmp_path / f"{turn}.docx")
        report.save(tmp_path / f"{turn}.pdf")
    assert _resident_mb() - before < 60
