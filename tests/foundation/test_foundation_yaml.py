"""Parameter files and YAML: what is taken, what is refused, and at which line."""

import pytest
from refusals import refused

from bolang.foundation.errors import (
    ParameterError,
)
from bolang.foundation.parameters import parse_parameters
from bolang.foundation.text import Text
from bolang.foundation.yaml_door import MOST_ALIASES, MOST_BYTES, MOST_LEVELS, MOST_NODES, read_yaml, read_yaml_file

pytestmark = pytest.mark.usefixtures("english")


PARAMETER = (
    "date: 2026-01-02\nparameters:\n  a: {value: %s, range: %s, unit: '1', label: {zh: 甲, en: a}, source: %s%s}\n"
)


def parsed(value="2", range_="[1, 3]", source_="Somebody", rest=""):
    return parse_parameters(PARAMETER % (value, range_, source_, rest), "file")


def test_a_parameter_has_a_source_and_lies_in_its_range():
    found = parsed()
    assert (found.number("a"), found["a"].basis, found.values) == (2.0, Text("Somebody", "Somebody"), '{"a": 2}')
    assert type(found.number("a")) is float
    assert parsed(rest=", source_zh: 某人")["a"].basis == Text("某人", "Somebody")
    assert (parsed("1").number("a"), parsed("3").number("a")) == (1.0, 3.0)
    for bad in (
        parsed_bad
        for parsed_bad in [
            ("0.9",),
            ("3.1",),
            ("x",),
            ("2", "[1, 3]", "' '"),
            ("2", "[1]"),
            ("2", "[1, 3]", "S", ", more: 1"),
        ]
    ):
        with pytest.raises(ParameterError, match="file"):
            parsed(*bad)
    with pytest.raises(ParameterError, match="not a single number"):
        parsed("[1, 2]", "null").number("a")
    with pytest.raises(ParameterError, match="the file has: a"):
        found["b"]


def test_bounds_of_yaml_from_both_sides():
    assert read_yaml("[" * MOST_LEVELS + "]" * MOST_LEVELS, "w") is not None
    assert "20 deep" in refused(read_yaml, "[" * (MOST_LEVELS + 1) + "]" * (MOST_LEVELS + 1), "w").message
    assert read_yaml("[[1], " * 10 + "1" + "]" * 10, "w") is not None  # what is closed is no longer deep
    assert len(read_yaml("[" + "1," * (MOST_NODES - 1) + "]", "w")) == MOST_NODES - 1
    assert "too many" in refused(read_yaml, "[" + "1," * MOST_NODES + "]", "w").message
    assert len(read_yaml("a: &x 1\nb: [" + "*x," * MOST_ALIASES + "]", "w")["b"]) == MOST_ALIASES
    assert "too many" in refused(read_yaml, "a: &x 1\nb: [" + "*x," * (MOST_ALIASES + 1) + "]", "w").message
    assert read_yaml("a: &x [1]\nb: &y [2]\nc: [*x, *y]", "w")["c"] == [[1], [2]]
    assert "anchors" in refused(read_yaml, "a: &x 1\nb: &y [*x]", "w").message
    assert "anchors" in refused(read_yaml, "a: &x [[1], [&z 2, *z]]", "w").message
    assert read_yaml("a: " + "9" * 400, "w") == {"a": int("9" * 400)}
    assert "without end" in refused(read_yaml, "a: " + "9" * 401, "w").message
    assert "without end" in refused(read_yaml, "a: -" + "9" * 401, "w").message
    assert read_yaml("a: '" + "9" * 401 + "'", "w") == {"a": "9" * 401}
    assert read_yaml("a: x" + "9" * 401, "w") == {"a": "x" + "9" * 401}
    assert read_yaml("# " + "x" * (MOST_BYTES - 2), "w") is None
    assert "1 MB" in refused(read_yaml, "# " + "x" * (MOST_BYTES - 1), "w").message
    assert "1 MB" in refused(read_yaml, "# " + "甲" * (MOST_BYTES // 3), "w").message


def test_yaml_says_the_line_of_what_is_wrong():
    assert (
        "line 3" in refused(read_yaml, "a: 1\nb: 2\nc: [", "w").message
        or "line 4" in refused(read_yaml, "a: 1\nb: 2\nc: [", "w").message
    )
    assert "line 2" in refused(read_yaml, "a: 1\n}: 2", "w").message
    twins = refused(read_yaml, "a: 1\nb:\n  - c: 1\n    c: 2", "w").message
    assert twins == "w, line 4: c already stands in line 3."
    assert read_yaml("a: {b: 1}\nc: {b: 2}", "w") == {"a": {"b": 1}, "c": {"b": 2}}


def test_yaml_of_a_file(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1")
    assert read_yaml_file(path) == {"a": 1}
    path.write_bytes(b"\xff\xfe")
    assert "UTF-8" in refused(read_yaml_file, path).message
    assert "Cannot read" in refused(read_yaml_file, tmp_path / "none").message
    path.write_bytes(b"#" * MOST_BYTES)
    assert read_yaml_file(path) is None
    path.write_bytes(b"#" * (MOST_BYTES + 1))
    assert "1 MB" in refused(read_yaml_file, path).message


def test_a_file_beyond_the_bound_is_refused_for_its_length_even_where_the_bound_cuts_a_character(tmp_path):
    path = tmp_path / "a.yaml"
    for lead in (b"", b"#", b"##"):
        path.write_bytes(lead + "甲".encode() * (MOST_BYTES // 3 + 2))
        assert "1 MB" in refused(read_yaml_file, path).message
