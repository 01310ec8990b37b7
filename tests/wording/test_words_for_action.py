"""One word for one thing: the model has levers (抓手), a plan has measures (举措), the register has policies (政策)."""

import re
from importlib import resources

import pytest
import yaml

PAIRS = {
    "lever": ("抓手", re.compile(r"\blevers?\b", re.IGNORECASE)),
    "measure": ("举措", re.compile(r"\bmeasures?\b", re.IGNORECASE)),
    "policy": ("政策", re.compile(r"\bpolic(?:y|ies)\b", re.IGNORECASE)),
}
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
FILES = [
    *(path for path in resources.files("bolang.wording").iterdir() if path.name.endswith(".yaml")),
    resources.files("bolang.pathway.types").joinpath("roads.yaml"),
    resources.files("bolang.economy.levers").joinpath("levers.yaml"),
]


def entries(node, key=""):
    if isinstance(node, dict):
        if {"zh", "en"} <= node.keys() and isinstance(node["zh"], str):
            yield key, node["zh"], node["en"] or ""
        else:
            for name, child in node.items():
                yield from entries(child, f"{key}/{name}")
    elif isinstance(node, list):
        for number, child in enumerate(node):
            yield from entries(child, f"{key}/{number}")


def words_of(zh, en):
    """Return the things that each language names."""
    zh, en = PLACEHOLDER.sub("", zh), PLACEHOLDER.sub("", en)
    in_zh = {name for name, (word, _) in PAIRS.items() if word in zh}
    return in_zh, {name for name, (_, word) in PAIRS.items() if word.search(en)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_one_language_calls_a_lever_the_other_does_not_call_a_policy(path):
    for key, zh, en in entries(yaml.safe_load(path.read_text(encoding="utf-8"))):
        in_zh, in_en = words_of(zh, en)
        assert not in_zh or not in_en or in_zh & in_en, f"{path.name} {key}: {zh} / {en}"
        assert not (in_zh == {"policy"} and "lever" in in_en), f"{path.name} {key}: {zh} / {en}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_other_word_stands_for_a_measure(path):
    for key, zh, _ in entries(yaml.safe_load(path.read_text(encoding="utf-8"))):
        assert not re.search("措施", zh), f"{path.name} {key}: {zh}"


def test_the_words_are_told_apart():
    assert words_of("各{lever}的抓手", "the levers of {measure}") == ({"lever"}, {"lever"})
    assert words_of("政策目录", "the catalogue of levers") == ({"policy"}, {"lever"})
    assert words_of("测了", "it was measured") == (set(), set())
