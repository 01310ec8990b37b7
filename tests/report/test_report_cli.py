import pytest
from typer.testing import CliRunner

from bolang.foundation.errors import BadInputError, OutputError, UnknownPlaceError


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BOLANG_LANG", raising=False)
    from bolang.cli.app import app

    return lambda *arguments: CliRunner().invoke(app, ["report", *arguments])


@pytest.mark.slow
def test_a_report_lands_in_the_current_folder_under_its_own_name(run, tmp_path):
    result = run("义乌", "--to", "xlsx", "--quick")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "义乌市_县域经济报告.xlsx").stat().st_size > 10_000
    assert "义乌市：" in result.output


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["义乌", "--to", "doc"], BadInputError),
        (["义乌", "--style", "fancy"], BadInputError),
        (["义乌", "--to", "pdf", "-o", "a.docx"], BadInputError),
        (["义乌", "--lang", "fr"], BadInputError),
        (["义乌", "-o", "missing/a.docx"], OutputError),
        (["乌有县城"], UnknownPlaceError),
    ],
)
def test_bad_input_is_refused_before_any_work(run, tmp_path, arguments, error):
    result = run(*arguments)
    assert isinstance(result.exception, error)
    assert list(tmp_path.iterdir()) == []
