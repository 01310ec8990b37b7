"""Plans of a stratified sample: what is true of them all, and the same under other seeds."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bolang.atlas import Atlas
from bolang.pages.plan import plan_page
from bolang.pages.plan.tables import cash_table
from bolang.validation.plan_sample import same_under_seeds, sample_plans, stratified, summarise


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


@pytest.fixture(scope="module")
def sample(atlas):
    """Units of all types, counties and districts apart, spread over the nation."""
    return sample_plans(atlas)


@pytest.fixture(scope="module")
def summary(sample):
    return summarise(sample)


def test_nothing_in_place_or_unknown_is_recommended(sample):
    for made in sample:
        for entry in made.recommended:
            assert entry.policy is None or entry.policy.state not in ("in_place", "not_applicable")
            assert entry.policy is None or entry.policy.state == "absent" or not entry.measure.ask
            assert all(test.met for test in entry.tests)
            assert entry.measure.on_road(*made.cells)
            assert entry.measure.decider == "county"


def test_the_sample_is_stratified(atlas, sample):
    kinds = Counter((made.cell, made.county.kind == "district") for made in sample)
    assert len(sample) >= 150
    assert len(kinds) == 8
    assert min(kinds.values()) >= 10
    assert len({made.county.province_code for made in sample}) >= 28


def test_the_summary_of_the_sample_is_what_was_written_down(summary):
    known = yaml.safe_load((Path(__file__).parent / "plan_sample.yaml").read_text(encoding="utf-8"))
    assert summary.wrongly_told == 0
    assert summary.unflagged == 0
    assert summary.alike <= 0.05
    assert max(summary.told.values()) < 2 / 3
    assert summary.count == pytest.approx(known["count"], abs=5)
    assert summary.sets == pytest.approx(known["sets"], abs=4)
    assert summary.without_new == pytest.approx(known["without_new"], abs=0.08)
    for key, share in known["told"].items():
        assert summary.told.get(key, 0.0) == pytest.approx(share, abs=0.06), key
    assert summary.by_type == pytest.approx(known["by_type"], abs=0.1)
    assert summary.by_rule == pytest.approx(known["by_rule"], abs=0.12)


def test_the_summary_sees_what_is_wrong(sample):
    """A plan in which everything is told fails the checks that the sample passes."""
    made = sample[0]
    told = replace(made, entries=tuple(replace(entry, standing="do") for entry in made.entries))
    assert summarise([told]).wrongly_told > 0
    assert summarise([told, told]).sets == 1


def test_the_same_plan_under_five_seeds(atlas):
    assert same_under_seeds(atlas, stratified(atlas)[::12], range(5)) == 1.0


@pytest.mark.slow
def test_the_same_plan_under_five_seeds_in_the_whole_sample(atlas):
    assert same_under_seeds(atlas, stratified(atlas), range(5)) >= 0.95


def test_every_plan_can_be_said_in_both_languages(sample):
    for made in sample:
        page = plan_page(made)
        for text in (page.front[0].sentences[0].text.zh, page.front[0].sentences[0].text.en):
            assert text
            assert "{" not in text
            assert not re.search(r"\bnan\b", text)
        assert (cash_table(made) is None) == (not made.recommended)
