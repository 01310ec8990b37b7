"""Places that people know: what a plan and a view of debt must say of them, written down in `tests/cases`."""

from pathlib import Path

import pytest
import yaml

from bolang.atlas import Atlas
from bolang.pathway.debt import FiscalPosition, assess, band, fiscal_ratios
from bolang.pathway.plan.measures import measures
from bolang.pathway.plan.recommend import plan
from bolang.pathway.plan.result import STANDINGS

CASES = Path(__file__).parents[1] / "cases"
PLANS = yaml.safe_load((CASES / "plan.yaml").read_text(encoding="utf-8"))
DEBTS = yaml.safe_load((CASES / "debt.yaml").read_text(encoding="utf-8"))
OF_PLANS = {"county", "why", "expect", "since", "lacks", "never", "answers", "effects", "budget"}
OF_DEBTS = {"name", "why", "given", "ratios", "band", "room", "unknown"}


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


@pytest.mark.parametrize("case", PLANS, ids=[f"{case['county']}-{i}" for i, case in enumerate(PLANS)])
def test_a_plan_says_what_is_known(atlas, case):
    asked = {name: case[name] for name in ("answers", "effects", "budget") if name in case}
    made = plan(case["county"], atlas=atlas, **asked)
    found = {key: made.entry(key) for key in {*case.get("expect", {}), *case.get("since", {}), *case.get("lacks", {})}}
    assert {key: found[key].standing for key in case.get("expect", {})} == case.get("expect", {})
    assert {key: found[key].policy.since for key in case.get("since", {})} == case.get("since", {})
    assert {key: found[key].failed.key for key in case.get("lacks", {})} == case.get("lacks", {})
    assert not {entry.key for entry in made.recommended} & set(case.get("never", ()))


@pytest.mark.parametrize("case", DEBTS, ids=[case["name"] for case in DEBTS])
def test_debt_is_what_the_arithmetic_says(case):
    position = FiscalPosition(2024, **case["given"])
    found = assess(position, draws=100)
    ratios = {**fiscal_ratios(position), **{reading.rule.key: reading.ratio for reading in found.readings}}
    for key, value in case.get("ratios", {}).items():
        assert 100 * ratios[key] == pytest.approx(value, abs=0.005), key
    if "band" in case:
        assert band(found.reading("debt_rate").ratio) == case["band"]
    if "room" in case:
        assert found.reading("quota").room == pytest.approx(case["room"])
    assert all(found.reading(key).ratio is None for key in case.get("unknown", ()))


def test_every_entry_is_written_as_it_should_be():
    """An entry that says nothing, or names what does not exist, would pass unseen."""
    for case in PLANS:
        assert set(case) <= OF_PLANS, case["county"]
        assert case["why"]
        assert {"expect", "since", "lacks", "never"} & set(case), case["county"]
        named = {*case.get("expect", {}), *case.get("since", {}), *case.get("lacks", {}), *case.get("never", ())}
        assert named <= set(measures()), case["county"]
        assert set(case.get("expect", {}).values()) <= set(STANDINGS), case["county"]
    for case in DEBTS:
        assert set(case) <= OF_DEBTS, case["name"]
        assert case["why"]
        assert {"ratios", "band", "room", "unknown"} & set(case), case["name"]
