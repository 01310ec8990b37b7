"""What a command leaves in the user's home: its cache, and nothing beside it."""

import os
import subprocess
import sys

from bolang.foundation.places import cache_place, keep_drawings_tidy


def test_a_report_leaves_nothing_in_the_home_but_the_cache(tmp_path):
    home, work = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    work.mkdir()
    hidden = ("BOLANG_CACHE", "BOLANG_WORKSPACE", "MPLCONFIGDIR")
    kept = {name: value for name, value in os.environ.items() if name not in hidden and not name.startswith("XDG_")}
    done = subprocess.run(
        [sys.executable, "-m", "bolang", "report", "漠河市", "-o", "x.docx"],
        cwd=work, env={**kept, "HOME": str(home)}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    assert [path.name for path in work.iterdir()] == ["x.docx"]
    files = [path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()]
    outside = [name for name in files if "bolang" not in name.split("/")]
    assert files
    assert not outside


def test_the_users_own_choice_of_a_place_for_drawings_stays(monkeypatch, tmp_path):
    monkeypatch.setenv("MPLCONFIGDIR", "/mine")
    keep_drawings_tidy()
    assert os.environ["MPLCONFIGDIR"] == "/mine"
    monkeypatch.delenv("MPLCONFIGDIR")
    monkeypatch.setenv("BOLANG_CACHE", str(tmp_path / "cache"))
    keep_drawings_tidy()
    assert os.environ["MPLCONFIGDIR"] == str(cache_place() / "matplotlib")
    monkeypatch.delenv("MPLCONFIGDIR")
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("BOLANG_CACHE", str(tmp_path / "file"))
    keep_drawings_tidy()
    assert "MPLCONFIGDIR" not in os.environ
