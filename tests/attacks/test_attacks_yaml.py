"""YAML that a user brings is bounded before anything is built from it: no bomb, no depth, no length takes time or memory."""

import contextlib
import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolang.economy import Scenario
from bolang.foundation.errors import BadInputError
from bolang.foundation.yaml_door import MOST_BYTES, read_yaml, read_yaml_file

LETTERS = "abcdefghijklmnopqrstuvwxyz"
BOMBS = {
    "aliases": "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in itertools.pairwise(LETTERS)),
    "flow": "[" * 400_000,
    "maps": "{a: " * 100_000,
    "blocks": "".join(" " * n + "a:\n" for n in range(1000)),
    "dashes": "- " * 400_000,
    "keys": "? " * 300_000,
    "long": "a: " + "x" * 10**7,
    "many": "- 1\n" * 200_000,
    "line": "a: [" + "1," * 400_000 + "]",
    "self": "a: &a [*a]",
    "object": "!!python/object/apply:os.system ['true']",
    "number": "a: " + "9" * 5000,
    "sixties": "a: " + "1:" * 3000 + "1",
    "date": "a: 2020-13-45",
    "null": "a: \0",
    "half": "a: \ud800",
    "two": "a: 1\n---\nb: 2",
    "colons": ": " * 300_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_at_once(name):
    start = time.process_time()
    with pytest.raises(BadInputError, match=name):
        read_yaml(BOMBS[name], name)
    assert time.process_time() - start < 2.0


@pytest.mark.parametrize(
    "text", [" " * 900_000, "#" * 900_000 + "\n", "a: |\n" + " \n" * 300_000, "a: {x: &x 1, y: *x}"]
)
def test_what_is_long_but_harmless_is_read_at_once(text):
    start = time.process_time()
    read_yaml(text, "test")
    assert time.process_time() - start < 2.0


@pytest.mark.parametrize(
    "text", ["", "[]", "1", "county: 义乌市\nlevers: [sea_rail]\nx: 1", "county: [1]", "levers: {}", "? {}\n: 2"]
)
def test_a_scenario_file_that_is_none_is_refused(text, tmp_path):
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError):
        Scenario.from_file(tmp_path / "x.yaml")


@pytest.mark.parametrize(
    ("text", "line", "first"),
    [
        ("county: 义乌市\nlevers: []\ncounty: 曹县", 3, 1),
        ("a:\n  b: 1\n  c: 2\n  b: 3", 4, 2),
        ("a:\n- x: 1\n  x: 2", 3, 2),
        ("{a: 1, 'a': 2}", 1, 1),
        ("? a\n: 1\n? a\n: 2", 3, 1),
        ("? {b: 1, b: 2}\n: 1", 1, 1),
    ],
)
def test_a_key_that_stands_twice_is_refused_with_both_its_lines(text, line, first):
    with pytest.raises(BadInputError) as raised:
        read_yaml(text, "x.yaml")
    said = str(raised.value)
    assert str(line) in said
    assert str(first) in said
    assert "x.yaml" in said


def test_equal_keys_of_different_mappings_and_merged_defaults_are_no_twins():
    assert read_yaml("a: {x: 1}\nb: {x: 2}", "test") == {"a": {"x": 1}, "b": {"x": 2}}
    assert read_yaml("d: &d {x: 1, y: 2}\ne: {<<: *d, x: 3}", "test")["e"] == {"x": 3, "y": 2}


@pytest.mark.parametrize("path", ["/", "none.yaml", "x" * 300, "nul\0l"])
def test_a_path_that_cannot_be_read_is_refused(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInputError):
        read_yaml_file(path)


def test_a_file_without_end_is_not_read_to_its_end(tmp_path):
    (tmp_path / "x.yaml").write_bytes(b"a" * (MOST_BYTES + 1))
    with pytest.raises(BadInputError):
        read_yaml_file(tmp_path / "x.yaml")
    (tmp_path / "y.yaml").write_bytes("a: 义乌".encode("gbk"))
    with pytest.raises(BadInputError, match="UTF-8"):
        read_yaml_file(tmp_path / "y.yaml")


@given(st.text(alphabet="ab:-?&*!|>'\"{}[],#% \n\t19\0é", max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(BadInputError):
        read_yaml(text, "test")
