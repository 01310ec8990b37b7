"""``bolang simulate``: the page in both languages, complaints in one line, files, options over a scenario's own fields."""

from types import SimpleNamespace

import polars as pl
import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from bolang.atlas import Atlas
from bolang.cli import run
from bolang.cli.app import app
from bolang.cli.progress import stage_line
from bolang.economy.core.decomposition import Decomposition
from bolang.economy.levers.catalogue import levers
from bolang.economy.scenarios.outcomes import MEASURES
from bolang.economy.scenarios.results import Effect, IndustryEffect, LeverCost, LeverPulled, PlaceEffect, Simulation
from bolang.pages.simulate.tables import CIRCLES

NARROW = {"COLUMNS": "80", "NO_COLOR": "1"}
DRAWS = 8


def call(*arguments, lang="zh"):
    return CliRunner().invoke(app, list(arguments), env={**NARROW, "BOLANG_LANG": lang}, catch_exceptions=False)


@pytest.fixture(autouse=True)
def _chinese(monkeypatch):
    monkeypatch.delenv("BOLANG_LANG", raising=False)


@pytest.fixture(scope="module")
def atlas():
    return Atlas()


@pytest.fixture
def solved(monkeypatch, atlas):
    """Answer every scenario at once with the widest figures that occur, and keep what was asked."""
    asked = SimpleNamespace(scenario=None, options=None)

    def simulate(scenario, atlas, **options):
        asked.scenario, asked.options = scenario, options
        return answer(scenario, atlas, options.get("sensitivity", False))

    monkeypatch.setattr("bolang.economy.simulate", simulate, raising=False)
    return asked


def answer(scenario, atlas, sensitivity):
    county = atlas.county(scenario.county)
    longest = max(atlas.counties, key=lambda c: len(c.full_name))
    wide = {"value": -0.8599, "low": -0.8596, "high": -0.8555}
    effects = tuple(Effect(m, c, **wide, amount=-12657.44, base=14720.0) for m in MEASURES for c in CIRCLES)
    places = (PlaceEffect(longest, -0.0042, -45.14, -46.33, -43.25),)
    lever = levers()["sea_rail"]
    ends = {"trade_elasticity": (-0.01, 0.02), "sea_rail": (0.001, 0.002)} if sensitivity else {}
    change = [0.001 * (i % 7 - 3) for i in range(len(atlas.counties))]
    return Simulation(
        county=county,
        scenario=scenario,
        pulled=(LeverPulled(lever, (county,), 0.1),),
        shocks=(),
        effects=effects,
        industries=(IndustryEffect("I", -0.4043, -0.4419, -0.3769),),
        winners=places,
        losers=places,
        places=pl.DataFrame({"code": [c.code for c in atlas.counties], "gdp": change}),
        decomposition=Decomposition({"wages": -0.09372, "access": 0.02}, -0.07372),
        sensitivity=ends,
        costs=(LeverCost(lever, 1, 7.3, 2.9, 2.0, 15.0),),
        revenue_base=36.5,
        revenue_gain=-17.9,
        revenue_year=2020,
        revenue_estimated=True,
        payback=float("inf"),
        gdp_estimated=True,
        iterations=24,
        residual=3e-9,
        walras=4e-12,
        draws={},
    )


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ["生产总值", "每年", "5%—95%", "估计", "敏感性", "收不回", "贸易弹性", "未求解市场残差", "8次抽样"]),
        (
            "en",
            ["GDP", "a year", "5–95 %", "estimated", "Sensitivity", "does not come back", "unsolved market", "8 draws"],
        ),
    ],
)
def test_the_page_fits_80_columns_and_marks_estimates(solved, lang, words):
    asked = ("simulate", "义乌市", "--lever", "sea_rail", "--draws", str(DRAWS), "--sensitivity", "--full")
    result = call(*asked, lang=lang)
    assert result.exit_code == 0
    assert max(cell_len(line) for line in result.output.splitlines()) <= 80
    for word in words:
        assert word in result.output
    if lang == "en":
        assert "Yiwu" in result.output
    assert solved.options["sensitivity"]


def test_every_measure_and_interval_stands_on_a_line_of_its_own(solved):
    lines = call("simulate", "义乌市", "--lever", "sea_rail").output.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("地区生产总值"))
    assert lines[start].split()[1:] == [*["−85.99"] * 4, "−12,657.44"]
    assert lines[start + 1].split() == ["−85.96~−85.55"] * 4


def test_options_go_before_what_a_showcase_says(solved):
    call("simulate", "--showcase", "tariff_25", "--draws", "3", "--closure", "fixed")
    assert (solved.scenario.draws, solved.scenario.closure) == (3, "fixed")
    assert [shock.kind for shock in solved.scenario.shocks] == ["tariff"]
    call("simulate", "永康市", "--showcase", "tariff_25", "--lever", "sea_rail")
    assert solved.scenario.county == "永康市"
    assert [use.lever for use in solved.scenario.levers] == ["sea_rail"]
    assert solved.scenario.draws == 16


def test_a_file_and_options_compose(solved, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("county: 义乌市\nlevers: [sea_rail]\nclosure: province\ndraws: 5\n", encoding="utf-8")
    call("simulate", "--scenario", str(path), "--tariff", "europe=10%", "--demand", "all=-0.2", "--freight", "gulf=50%",
         "--close", "宁波港", "--close-market", "义乌市", "--lever", "market_platform=10%")  # fmt: skip
    found = solved.scenario
    assert (found.closure, found.draws) == ("province", 5)
    assert [(use.lever, use.effect) for use in found.levers] == [("sea_rail", None), ("market_platform", 0.1)]
    assert [(s.kind, s.region, s.change, s.place) for s in found.shocks] == [
        ("tariff", "europe", 0.1, None),
        ("foreign_demand", None, -0.2, None),
        ("sea_freight", "gulf", 0.5, None),
        ("port_closed", None, 0.0, "宁波港"),
        ("market_closed", None, 0.0, "义乌市"),
    ]


@pytest.mark.parametrize(("ending", "start"), [(".png", b"\x89PNG"), (".svg", b"<?xml"), (".html", b"<!doctype html>")])
def test_gains_and_losses_are_drawn(solved, tmp_path, ending, start):
    path = tmp_path / f"map{ending}"
    result = call("simulate", "--showcase", "tariff_25", "--map", str(path), lang="en")
    assert str(path) in result.output.replace("\n", "")
    assert path.read_bytes().startswith(start)
    if ending == ".html":
        text = path.read_text(encoding="utf-8")
        assert text.count("<img") == 2
        assert "estimated" in text
        assert "Yiwu" in text


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_all_counties_are_saved(solved, tmp_path, ending):
    path = tmp_path / f"places{ending}"
    call("simulate", "义乌市", "--lever", "sea_rail", "--save", str(path))
    frame = pl.read_csv(path) if ending == ".csv" else pl.read_parquet(path)
    assert frame.shape == (2853, 2)


def test_the_list_names_levers_regions_and_showcases():
    for lang, words in (
        ("zh", ["sea_rail", "海铁联运", "north_america", "北美", "tariff_25"]),
        ("en", ["Sea-rail", "gulf"]),
    ):
        output = call("simulate", "--list", lang=lang).output
        assert max(cell_len(line) for line in output.splitlines()) <= 80
        for word in words:
            assert word in output


def test_progress_is_silent_off_a_terminal(capsys):
    with stage_line() as tell:
        tell("freight", 0.4)
        tell("central", 1e-3)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], ["--showcase"]),
        (["义乌市"], ["sea_rail"]),
        (["义乌市", "--lever", "nothing"], ["nothing", "sea_rail"]),
        (["没有这个县", "--lever", "sea_rail"], ["没有这个县"]),
        (["新华区", "--lever", "sea_rail"], ["130105"]),
        (["义乌市", "--tariff", "mars=0.2"], ["mars", "europe"]),
        (["义乌市", "--tariff", "europe"], ["north_america=25%"]),
        (["义乌市", "--tariff", "europe=25"], ["0.25"]),
        (["义乌市", "--lever", "sea_rail=much"], ["sea_rail=much"]),
        (["义乌市", "--lever", "sea_rail", "--draws", "-3"], ["draws", "0"]),
        (["义乌市", "--lever", "sea_rail", "--draws", "900"], ["draws", "200"]),
        (["义乌市", "--lever", "sea_rail", "--closure", "moon"], ["closure", "national"]),
        (["--showcase", "nothing"], ["nothing", "tariff_25"]),
        (["--showcase", "tariff_25", "--scenario", "x.yaml"], ["--scenario"]),
        (["--scenario", "nowhere.yaml"], ["nowhere.yaml"]),
        (["义乌市", "--lever", "sea_rail", "--map", "x.gif"], [".gif", ".svg"]),
        (["义乌市", "--lever", "sea_rail", "--save", "x.doc"], [".doc", ".csv"]),
        (["义乌市", "--lever", "sea_rail", "--save", "no/such/x.csv"], ["no/such"]),
    ],
    ids=" ".join,
)
def test_complaints_are_one_line_with_a_way_out(monkeypatch, capsys, arguments, words):
    monkeypatch.setattr("sys.argv", ["bolang", "simulate", *arguments])
    with pytest.raises(SystemExit) as caught:
        run.main()
    assert caught.value.code == 2
    complaint = capsys.readouterr().err
    assert complaint.count("\n") == 1
    for word in words:
        assert word in complaint


@pytest.mark.slow
def test_a_real_simulation_prints_saves_and_draws(tmp_path):
    saved, drawn = tmp_path / "places.csv", tmp_path / "map.png"
    result = call(
        *("simulate", "--showcase", "yiwu_without_market", "--draws", "4", "--full"),
        *("--save", str(saved), "--map", str(drawn)),
    )
    assert result.exit_code == 0
    assert (
        max(cell_len(line) for line in result.output.splitlines() if "places.csv" not in line and "map.png" not in line)
        <= 80
    )
    for word in ("义乌市地区生产总值减少", "模型估计", "诸暨市", "4次抽样", "批发市场毛利"):
        assert word in result.output
    assert pl.read_csv(saved).height == 2853
    assert drawn.stat().st_size > 50_000
