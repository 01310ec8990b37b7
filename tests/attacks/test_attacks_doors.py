"""Whatever is given to a public function: an answer, or an error that says what was expected, before any work is done."""

import pickle

import numpy as np
import pytest

import bolang as bl
from bolang.economy import LeverUse, Scenario, TradeShock
from bolang.foundation import checks, doors
from bolang.foundation.errors import AmbiguousPlaceError, BadInputError, BolangError
from bolang.foundation.text import same


class Thing:
    """An object of no use, with a name that is the same in every process."""

    def __repr__(self):
        return "thing"


PLAIN = bl.Atlas(False)
THING = Thing()
NO_NAMES = [
    None,
    1,
    330782,
    3.5,
    float("nan"),
    True,
    b"\xe4",
    ["义乌市"],
    {},
    THING,
    np.array([1]),
    1j,
    "\ud800",
    "x" * 100_000,
]
NO_COUNTS = [None, 3.5, float("nan"), float("inf"), True, "x", b"1", ["a"], {}, THING, 1j, -1, "3"]
NO_MONEY = ["x", b"1", ["a"], {}, THING, float("nan"), float("inf"), -1, True, 1e308, 10**30, 1j]


@pytest.mark.parametrize("value", NO_NAMES, ids=lambda v: ascii(v)[:20])
def test_what_is_no_name_is_refused_by_every_question(value):
    for ask in (
        PLAIN.county,
        bl.diagnose,
        lambda v: PLAIN.fact(v, "gdp", 2020),
        lambda v: PLAIN.fact("义乌市", v, 2020),
        lambda v: PLAIN.facts("义乌市", v),
        lambda v: PLAIN.trace("义乌市", v),
        lambda v: PLAIN.column(v, 2020),
        PLAIN.table,
        PLAIN.sql,
        bl.report,
        lambda v: Scenario(v, levers=["sea_rail"]) if v is not None else Scenario(levers=["sea_rail"]),
    ):
        with pytest.raises(BolangError):
            ask(value)


@pytest.mark.parametrize(
    "value", [0, -1, 99999, 2020.0, "2020", True, float("nan"), b"2020", [2020], 10**30], ids=ascii
)
def test_what_is_no_year_is_refused(value):
    for ask in (
        lambda v: PLAIN.fact("义乌市", "gdp", v),
        lambda v: PLAIN.trace("义乌市", "gdp", v),
        lambda v: PLAIN.column("gdp", v),
        lambda v: PLAIN.statuses("gdp", v),
        PLAIN.employment,
    ):
        with pytest.raises(BadInputError):
            ask(value)


@pytest.mark.parametrize("value", [1, b"x", ["x"], THING, "\0", "x" * 5000, "/", "", "."], ids=lambda v: ascii(v)[:20])
def test_what_is_no_workspace_is_refused(value):
    with pytest.raises(BadInputError):
        bl.Atlas(value)


@pytest.mark.parametrize("value", NO_MONEY, ids=ascii)
@pytest.mark.parametrize("argument", ["budget"])
def test_money_is_a_sum_that_a_county_could_have(argument, value):
    for ask in (bl.plan, bl.report):
        with pytest.raises(BadInputError):
            ask("义乌市", **{argument: value})


@pytest.mark.parametrize("value", [v for v in NO_COUNTS if v is not None], ids=ascii)
@pytest.mark.parametrize("argument", ["draws", "seed", "atlas", "fiscal", "effects", "answers"])
def test_arguments_of_a_plan_are_checked_before_it_is_made(argument, value):
    if value == {} and argument not in ("draws", "seed", "atlas"):
        return
    with pytest.raises(BadInputError):
        bl.plan("义乌市", **{argument: value})


@pytest.mark.parametrize("argument", ["fiscal", "effects", "answers"])
def test_what_a_plan_is_told_by_name_has_the_right_kind(argument):
    for told in ({"x": "1"}, {"x": None}, {1: 1.0}, {"x": float("nan")}, {"x": [1]}):
        with pytest.raises(BadInputError):
            bl.plan("义乌市", **{argument: told})


def test_peers_are_counted_in_whole_numbers_of_counties():
    from bolang.diagnosis.peers import PEER_GROUPS, Likeness, nearest

    some = np.arange(float(len(PLAIN.counties)))
    likeness = Likeness({"size": some[:, None]}, some, some, some, some, some[:, None], some)
    county = PLAIN.county("义乌市")
    for count in NO_COUNTS:
        with pytest.raises(BadInputError):
            nearest(likeness, PLAIN.counties, county, "similar", count)
    for group in ["zz", None, 1, ["similar"], {}]:
        with pytest.raises(BadInputError):
            nearest(likeness, PLAIN.counties, county, group, 3)
    assert len(nearest(likeness, PLAIN.counties, county, PEER_GROUPS[0], 3)) == 3


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), -1, 1e9, 1e308, "x", b"x", ["a"], {}, THING, 1j], ids=ascii
)
def test_levers_and_shocks_refuse_sizes_without_sense(value):
    for make in (
        lambda: LeverUse(lever="sea_rail", scale=value),
        lambda: LeverUse(lever="sea_rail", effect=value),
        lambda: TradeShock(kind="tariff", change=value),
        lambda: Scenario("义乌市", levers=[{"lever": "sea_rail", "scale": value}]),
        lambda: Scenario("义乌市", shocks=[{"kind": "tariff", "change": value}]),
        lambda: Scenario("义乌市", levers=["sea_rail"], draws=value),
        lambda: Scenario("义乌市", levers=["sea_rail"], seed=value if value != 1e9 else -1),
    ):
        with pytest.raises(BadInputError):
            make()


def test_a_report_refuses_formats_languages_and_styles_it_does_not_know(tmp_path):
    from bolang.publish import Report

    report = Report(document=None, diagnosis=None, context=None)
    for wrong in ({"lang": "fr"}, {"lang": "EN"}, {"style": "zz"}, {"lang": 1}, {"style": None}):
        with pytest.raises(BadInputError):
            report.save(tmp_path / "x.docx", **wrong)
    for path in (1, b"x.docx", None, ["x.docx"]):
        with pytest.raises(BadInputError):
            report.save(path)
    for form in ("doc", None, 1, ".docx"):
        with pytest.raises(BadInputError):
            report.to_bytes(form)
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_value_is_repeated_short_and_on_one_line():
    class Odd:
        def __repr__(self):
            raise RuntimeError

    for value in ("x" * 10_000, "a\nb\x1b[2J", Odd(), list(range(10_000))):
        said = checks.shown(value)
        assert len(said) <= 61
        assert said.isprintable()


def test_a_door_names_the_argument_and_keeps_the_function():
    @doors.door(size=doors.real(0, 1))
    def pull(size: float = 5.0) -> float:
        """Pull."""
        return size

    assert pull() == 5.0
    assert pull(0.5) == 0.5
    assert pull.__doc__ == "Pull."
    with pytest.raises(BadInputError, match="size"):
        pull(2)
    with pytest.raises(TypeError):
        pull(length=1)


@pytest.mark.parametrize(
    "error", [BadInputError("a", "b"), AmbiguousPlaceError("a", "b", ("c",)), checks.wrong(same("x"), 1, same("y"))]
)
def test_errors_travel_between_processes_whole(error):
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert (again.message, again.hint, str(again)) == (error.message, error.hint, str(error))
    assert getattr(again, "candidates", None) == getattr(error, "candidates", None)


@pytest.mark.parametrize("value", [1, "x", b"", [], {}, THING, float("nan"), bl.Atlas], ids=lambda v: ascii(v)[:20])
def test_what_is_no_atlas_or_scenario_is_refused(value):
    scenario = Scenario("义乌市", levers=["sea_rail"])
    for ask in (
        bl.Diagnostician,
        lambda v: bl.diagnose("义乌市", v),
        lambda v: bl.simulate(scenario, v),
        bl.simulate,
        lambda v: bl.plan("义乌市", atlas=v),
        lambda v: bl.sweep([], [], atlas=v),
        lambda v: bl.sweep([], THING),
        lambda v: bl.sweep([], [], part=v),
        lambda v: bl.sweep([], [], workers=0),
    ):
        with pytest.raises(BadInputError):
            ask(value)


@pytest.mark.parametrize("year", [None, "2020", 20, 2020.0, True, 10**400, np.array([2020])])
def test_national_employment_is_of_a_census(year):
    with pytest.raises(BolangError):
        PLAIN.national_employment(year)
    assert PLAIN.national_employment(2020).shape == (19,)
    with pytest.raises(BolangError, match="1990"):
        PLAIN.national_employment(1990)


@pytest.mark.parametrize("lang", ["\0", "\ud800", "fr", " ", "\x1b[31m"])
def test_what_is_no_language_is_refused_though_the_environment_could_not_hold_it(lang, monkeypatch, capsys):
    from bolang.cli.run import main

    monkeypatch.setenv("BOLANG_LANG", "zh")
    monkeypatch.setattr("sys.argv", ["bolang", "find", "义乌市", f"--lang={lang}"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    assert "language" in capsys.readouterr().err
