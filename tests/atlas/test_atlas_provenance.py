"""A figure keeps both languages of what is known of it: which one is read is settled when it is shown."""

import re

import pytest

from bolang.atlas import Atlas
from bolang.atlas.provenance import Provenance, Step, sources_of
from bolang.foundation.names import Names
from bolang.foundation.text import Text, same, speaking
from bolang.render.json import fact_data

ATLAS = Atlas(workspace=False)
HAN = re.compile("[\u4e00-\u9fff]")
TRACED = [
    ("义乌市", "gdp"),
    ("义乌市", "exports"),
    ("昆山市", "employed"),
    ("威宁彝族回族苗族自治县", "gdp"),
    ("莱芜区", "population"),
]


@pytest.mark.parametrize(("county", "indicator"), TRACED)
def test_what_was_done_is_read_in_the_language_asked_for_whenever_it_was_collected(county, indicator):
    with speaking("zh"):
        facts = ATLAS.facts(county, indicator)
    with speaking("en"):
        again = ATLAS.facts(county, indicator)
        read = [(fact.source, fact.method, fact.definition, *fact.steps) for fact in facts]
    assert facts == again
    assert not [text for line in read for text in line if HAN.search(text)]
    assert all(HAN.search(fact_data(fact, "zh")["source"] + fact_data(fact, "zh")["method"]) for fact in facts)
    assert [fact_data(fact, "en")["steps"] for fact in facts] == [list(line[3:]) for line in read]


def test_every_kind_of_step_puts_its_values_into_both_languages():
    for key, pattern in Names("bolang.atlas", "steps").items():
        places = set(re.findall(r"{(\w+)}", pattern.zh))
        assert places == set(re.findall(r"{(\w+)}", pattern.en)), key
        said = Step(key, {name: Text(f"甲{name}", f"b{name}") for name in places}).text
        assert all(f"甲{name}" in said.zh and f"b{name}" in said.en for name in places)


def test_a_change_of_unit_names_the_unit_in_the_readers_language():
    (step,) = {fact.provenance.said_steps for fact in ATLAS.facts("义乌市", "gdp") if "1485.6" in str(fact.steps)}
    assert step == (Text("1485.6 亿元 × 10000", "1485.6 (100 million yuan) × 10000"),)


def test_a_source_is_named_once_for_several_figures():
    a, b = Provenance(Text("甲", "A")), Provenance(Text("乙", "B"))
    assert sources_of((a, b, a)) == Text("甲；乙", "A; B")
    assert sources_of(()) == same("")
