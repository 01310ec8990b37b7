"""Types and debt on the command line: what is printed, in both languages, and how bad input ends."""

import pytest

from bolang.cli import main


@pytest.fixture
def bolang(capsys, monkeypatch):
    def run(*arguments, code=0):
        monkeypatch.setenv("COLUMNS", "200")
        monkeypatch.setenv("BOLANG_LANG", "zh")
        monkeypatch.setattr("sys.argv", ["bolang", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert (ended.value.code or 0) == code, printed.err
        return printed.err if code else printed.out

    return run


def test_types_of_the_nation_and_of_one_county(bolang, tmp_path):
    assert "基础薄弱、区位受限" in bolang("types")
    page = bolang("types", "义乌市")
    assert "数字化与外向型发展" in page
    assert "不是官方名录" in page
    english = bolang("types", "漠河市", "--lang", "en")
    assert "losing population" in english
    target = tmp_path / "types.csv"
    bolang("types", "-o", str(target))
    assert len(target.read_text(encoding="utf-8-sig").splitlines()) == 2854


def test_debt_with_and_without_figures(bolang):
    without = bolang("debt", "威宁彝族回族苗族自治县")
    assert "不推算债务余额" in without.replace("\n", "")
    given = ["--general-debt", "120", "--special-debt", "260", "--expenditure", "190", "--transfers", "40"]
    full = bolang("debt", "义乌市", *given, "--fund-revenue", "150", "--fund-expenditure", "170")
    assert "108.7%" in full
    assert "组合冲击" in full
    assert "debt to GDP" in bolang("debt", "义乌市", "--debt", "2000", "--lang", "en")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["debt", "义乌市", "--general-debt", "-3"], "非负"),
        (["debt", "义乌", "--revenue", "10", "--debt", "1", "--general-debt", "5"], "大于"),
        (["types", "没有这个县"], "没有"),
    ],
)
def test_bad_input_ends_in_one_line(bolang, arguments, message):
    error = bolang(*arguments, code=2)
    assert message in error
    assert "Traceback" not in error
