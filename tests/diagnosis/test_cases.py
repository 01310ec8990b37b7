"""Cases of the diagnosis that a non-programmer can add: ``tests/cases/diagnosis.yaml``."""

from pathlib import Path

import pytest
import yaml

from bolang.atlas import Atlas
from bolang.diagnosis import Diagnostician
from bolang.diagnosis.indicators import DIMENSIONS

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "diagnosis.yaml").read_text(encoding="utf-8"))
KNOWN = {"county", "why", "readings", "ranks", "growth", "quality", "not_quality", "market_and_workshop", "small_sample", "says"}  # fmt: skip
PLACE = {part.key: spec.key for spec in DIMENSIONS for part in spec.indicators}


@pytest.fixture(scope="module")
def diagnostician():
    return Diagnostician(Atlas(workspace=False))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["county"])
def test_a_case(diagnostician, case):
    assert case.keys() <= KNOWN, "a misspelt entry checks nothing"
    assert case["why"].strip()
    found = diagnostician.diagnose(case["county"])
    for key, expected in case.get("readings", {}).items():
        check_reading(found.dimension(PLACE[key]).reading(key), expected)
    for key, expected in case.get("ranks", {}).items():
        check_rank(found, key, expected)
    for years, expected in case.get("growth", {}).items():
        first, last = map(int, str(years).split("-"))
        assert expected in [
            round(line.growth, 1) for line in found.growth if (line.first_year, line.last_year) == (first, last)
        ]
    told = {type(note.finding).__name__ for note in found.quality}
    assert set(case.get("quality", ())) <= told
    assert not set(case.get("not_quality", ())) & told
    for name in ("market_and_workshop", "small_sample"):
        assert getattr(found, name) == case.get(name, getattr(found, name))
    said = found.explain("zh") + found.explain("en")
    for words in case.get("says", ()):
        assert words in said


def check_reading(reading, expected):
    wanted = expected if isinstance(expected, dict) else {"value": expected}
    digits = len(str(wanted["value"]).partition(".")[2])
    assert round(reading.value, digits) == wanted["value"], reading.key
    assert reading.year == wanted.get("year", reading.year), reading.key


def check_rank(found, key, expected):
    ranked = found.dimension(PLACE[key]).reading(key) if key in PLACE else found.dimension(key)
    standing = ranked.standing.get("nation")
    if expected == "none":
        assert standing is None, key
    else:
        best, worst = expected
        assert best <= standing.rank <= worst, key


def test_no_county_stands_twice():
    counties = [case["county"] for case in CASES]
    assert len(counties) == len(set(counties))
