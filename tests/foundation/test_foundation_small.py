"""Small things that all rests on: names, parameters, places, plain text, streams, forks, memory, the voice of a result."""

import io
import json
import os
import re
import shutil
import sys
from importlib import resources
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from bolang.foundation import checks, doors, forks, memory, places, store, streams, voice, yaml_door
from bolang.foundation.errors import BadInputError, ParameterError, ScarceMemoryError
from bolang.foundation.names import Names, _groups
from bolang.foundation.parameters import Label, Parameter, load_parameters, parse_parameters
from bolang.foundation.plain import cell_text, line, plain
from bolang.foundation.text import Text, speaking
from bolang.foundation.yaml_door import read_yaml

IT = Text("它", "It")


pytestmark = pytest.mark.usefixtures("english")


# ---------------------------------------------------------------- parameters and names
def parameter(**changes):
    return Parameter(
        **{
            "value": 2,
            "range": (1, 3),
            "unit": "1",
            "label": Label(zh="甲", en="a"),
            "source": "Somebody",
        }
        | changes
    )


@pytest.mark.parametrize(
    "changes",
    [{"range": (3, 1)}, {"range": (2.1, 3)}, {"range": (1, 1.9)}, {"source": " "}, {"source": ""}, {"value": [2]}, {"value": "2"}, {"more": 1}],
)  # fmt: skip
def test_a_parameter_that_is_none_is_refused(changes):
    with pytest.raises(ValueError, match=r"validation error"):
        parameter(**changes)


def test_a_parameter_is_what_was_written_and_stays_so():
    made = parameter(source_zh="某人")
    assert (made.number, made.basis, made.label.text) == (2.0, Text("某人", "Somebody"), Text("甲", "a"))
    for change in (lambda: setattr(made, "value", 3), lambda: setattr(made.label, "en", "b")):
        with pytest.raises(ValueError, match="frozen"):
            change()
    assert parameter(value=[1, 2], range=None).value == [1, 2]
    assert parameter(value=True, range=None).number == 1.0
    with pytest.raises(ParameterError, match="not a single number"):
        _ = parameter(value="x", range=None).number
    with pytest.raises(ValueError, match="extra"):
        Label(zh="甲", en="a", fr="a")


def test_a_file_of_parameters_is_keyed_by_its_values_alone():
    def file(text):
        return parse_parameters(text, "w")

    one = "date: 2026-01-02\nparameters:\n  b: {value: {z: 1, a: 2}, unit: '1', label: {zh: 甲, en: a}, source: S}\n  a: {value: 1.5, unit: '1', label: {zh: 甲, en: a}, source: S}\n"
    other = one.replace("en: a", "en: other").replace("source: S", "source: T").replace("2026", "2025")
    assert file(one).values == file(other).values == json.dumps({"a": 1.5, "b": {"a": 2, "z": 1}})
    assert file(one.replace("1.5", "1.6")).values != file(one).values
    with pytest.raises(ValueError, match="frozen"):
        file(one).date = None
    for bad in ("x: 1", one + "more: 1", "a: [", ""):
        with pytest.raises(ParameterError, match=r"file w is not valid"):
            file(bad)
    assert load_parameters("bolang.space") is load_parameters("bolang.space")
    assert load_parameters("bolang.space").number("road_rate") > 0


def test_names_are_those_of_the_file_in_its_order():
    names = Names("bolang.pathway.types", "axes")
    text = yaml.safe_load(resources.files("bolang.pathway.types").joinpath("names.yaml").read_text(encoding="utf-8"))
    assert {key: (value.zh, value.en) for key, value in names.items()} == {
        key: (said["zh"], said["en"]) for key, said in text["axes"].items()
    }
    assert list(names) == list(text["axes"])
    assert _groups("bolang.pathway.types") is _groups("bolang.pathway.types")


# ---------------------------------------------------------------- places
def test_drawings_keep_their_fonts_with_us_unless_the_user_says_where(monkeypatch, tmp_path):
    monkeypatch.setenv("BOLANG_CACHE", str(tmp_path / "a" / "b"))
    monkeypatch.setenv("MPLCONFIGDIR", "mine")
    places.keep_drawings_tidy()
    assert os.environ["MPLCONFIGDIR"] == "mine"
    assert not (tmp_path / "a").exists()
    for _ in range(2):
        monkeypatch.delenv("MPLCONFIGDIR", raising=False)
        places.keep_drawings_tidy()
        assert os.environ["MPLCONFIGDIR"] == str(tmp_path / "a" / "b" / "matplotlib")
    monkeypatch.delenv("MPLCONFIGDIR", raising=False)
    (tmp_path / "file").write_text("x")
    for bad in (str(tmp_path / "file"), "a\0b"):
        monkeypatch.setattr(places, "cache_place", lambda bad=bad: type(tmp_path)(bad))
        places.keep_drawings_tidy()
        assert "MPLCONFIGDIR" not in os.environ


# ---------------------------------------------------------------- plain text
def test_every_sign_is_kept_or_broken_or_replaced():
    odd = {
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        0xFEFF,
        0xFFF9,
        0xFFFA,
        0xFFFB,
        0xFFFE,
        0xFFFF,
    }
    odd |= {*range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0), *range(0x7F, 0xA0), *range(0x20)} - {0x09}
    breaks = {ord(sign) for sign in "\n\r\x0b\x0c\x85\u2028\u2029"}
    for code in (*range(0x10000), 0x1F600, 0x10FFFF):
        shown = "\n" if code in breaks else "\ufffd" if code in odd else chr(code)
        assert plain(f"a{chr(code)}b") == f"a{shown}b", hex(code)


def test_a_line_is_cut_before_its_length_and_marked():
    assert [line("abcde", n) for n in (1, 2, 4, 5, 6, None)] == ["…", "a…", "abc…", "abcde", "abcde", "abcde"]
    assert line("  a \r\n\t b ") == "a b"
    assert (cell_text("＝1+1"), cell_text("-"), cell_text("+86 1"), cell_text("-1e5")) == (
        "'＝1+1",
        "-",
        "+86 1",
        "'-1e5",
    )


# ---------------------------------------------------------------- streams
def test_signs_of_ours_have_stand_ins_in_ascii():
    for sign, stand_in in streams._SIGNS.items():
        assert not sign.isascii()
        assert stand_in.isascii()
        assert f"<{sign}{sign}>".encode("ascii", streams.DEGRADE).decode() == f"<{stand_in * 2}>"
    assert "ﬁ½Å①".encode("ascii", streams.DEGRADE) == b"fi12A1"


class Full(io.StringIO):
    """A stream that cannot take what it was given."""

    def __init__(self, number, error):
        super().__init__()
        self.number, self.error = number, error

    def flush(self):
        raise self.error

    def fileno(self):
        return self.number


@pytest.mark.parametrize("error", [OSError(28, "full"), ValueError("closed"), None])
def test_only_an_output_that_cannot_take_more_is_abandoned(monkeypatch, error):
    done = []
    monkeypatch.setattr(os, "open", lambda place, mode: done.append((place, mode)) or 77)
    monkeypatch.setattr(os, "dup2", lambda old, new: done.append((old, new)))
    monkeypatch.setattr(os, "close", done.append)
    monkeypatch.setattr(sys, "stdout", Full(41, error) if error else io.StringIO())
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    streams.abandon_output()
    assert done == ([(os.devnull, os.O_WRONLY), (77, 41), 77] if error else [])


# ---------------------------------------------------------------- forks, memory, voice
def test_use_is_noted_and_a_child_of_a_user_is_told(monkeypatch):
    for used in (False, True):
        monkeypatch.setattr(forks._State, "used", used)
        monkeypatch.setattr(forks._State, "stranded", False)
        forks._in_child()
        assert forks._State.stranded is used
    assert issubclass(forks.ForkedError, Exception)


SAID = re.compile(
    r"Any command needs ([\d.]+) GB and ([\d.]+) GB of addresses .*? county economy ([\d.]+) GB \(([\d.]+)\), "
    r"one for many parameters ([\d.]+) GB \(([\d.]+)\)"
)


def test_memory_is_refused_below_what_the_handbook_says(monkeypatch):
    page = (Path(__file__).parents[2] / "docs" / "attacks.md").read_text(encoding="utf-8")
    told = [float(number) for number in SAID.search(" ".join(page.split())).groups()]
    assert told[::2] == sorted(told[::2])
    for need, held, addresses in zip((memory.START, memory.SOLVE, memory.SWEEP), told[::2], told[1::2], strict=True):
        for lacking in (0, 1, 2):
            monkeypatch.setattr(memory, "_free", lambda held=held, lacking=lacking: held * 1e9 - (lacking == 1))
            monkeypatch.setattr(
                memory, "_addresses", lambda addresses=addresses, lacking=lacking: addresses * 1e9 - (lacking == 2)
            )
            if lacking:
                with pytest.raises(ScarceMemoryError, match=f"about {(held, addresses)[lacking - 1]:g} GB"):
                    memory.require(need)
            else:
                memory.require(need)


@pytest.mark.parametrize(("free", "scarce"), [(1.5e9, False), (1.5e9 - 1, True), (float("inf"), False), (-1.0, True)])
def test_memory_is_scarce_below_what_is_held_whatever_the_addresses(monkeypatch, free, scarce):
    monkeypatch.setattr(memory, "_free", lambda: free)
    monkeypatch.setattr(memory, "_addresses", lambda: 0.0)
    assert memory.is_scarce(memory.MemoryNeed(1.5, 9.0, "甲", "x")) is scarce


@pytest.mark.parametrize(("platform", "limited"), [("win32", False), ("linux", True)])
def test_only_where_there_is_such_a_limit_it_is_read(monkeypatch, platform, limited):
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(memory.sys, "platform", platform)
    monkeypatch.setattr(resource, "getrlimit", lambda which: (10**9, 10**9))
    assert (memory._addresses() < 10**9) is limited
    if not limited:
        assert memory._addresses() == float("inf")


def test_what_a_system_file_says_is_a_number_or_nothing(tmp_path):
    (tmp_path / "a").write_text(" 12 \n")
    (tmp_path / "b").write_text("max")
    assert memory._number(str(tmp_path / "a")) == 12.0
    assert memory._number(str(tmp_path / "b")) == memory._number(str(tmp_path / "none")) == float("inf")


def test_a_result_is_put_into_words_by_its_page(monkeypatch):
    monkeypatch.setattr(
        voice, "import_module", lambda name: SimpleNamespace(explain=lambda result, lang: (name, result, lang))
    )
    assert voice.spoken("types", 3, "en") == "('bolang.pages.types.explain', 3, 'en')"


# ---------------------------------------------------------------- YAML
def refused(text, where="w"):
    with pytest.raises(BadInputError) as caught:
        read_yaml(text, where)
    return caught.value.message


def test_an_anchor_counts_while_it_is_open_and_not_longer():
    assert read_yaml("a: &x [&y [1], 2]\nb: [*x, *y]", "w")["b"] == [[[1], 2], [1]]
    assert read_yaml("a: &x {k: &y {l: 1}}\nb: &z [1]\nc: *y\nd: *x", "w")["d"] == {"k": {"l": 1}}
    assert read_yaml("- [[&x [1]]]\n- *x", "w") == [[[[1]]], [1]]
    assert "anchors" in refused("a: &x 1\nb: &y [[[1]], *x]")
    assert "anchors" in refused("a: &x 1\nb: &y [[*x]]")


@pytest.mark.parametrize(("row", "text"), [(1, "a: b: c"), (2, "a: 1\nb: ]"), (4, "a: 1\n\n\n@: 2")])
def test_reading_stops_at_a_line_that_is_counted_from_one(row, text):
    assert f"line {row}," in refused(text)
    with speaking("zh"):
        assert f"第 {row} 行，" in refused(text)


def test_twins_are_named_with_both_their_lines():
    assert refused("x:\n  k: 1\n\n  k: 2") == "w, line 4: k already stands in line 2."
    with speaking("zh"):
        assert refused("x:\n  k: 1\n\n  k: 2").startswith("w 第 4 行：k 在第 2 行")
    assert read_yaml("base: &b {k: 1}\nx: {<<: *b, k: 2}", "w")["x"] == {"k": 2}
    assert read_yaml("a: {b: {c: 1}}\nb: {b: {c: 1}}", "w")["b"] == {"b": {"c": 1}}
    assert refused("- {a: 1}\n- {b: [{c: 1, c: 2}]}") == "w, line 2: c already stands in line 2."
    long = "k" * 80
    assert f"{'k' * 59}… already" in refused(f"{long}: 1\n{long}: 2")


@pytest.mark.parametrize(
    ("text", "endless"),
    [("9" * 400, False), ("9" * 401, True), ("+" + "9" * 400, True), ("-" + "9" * 399, False), ("'" + "9" * 401 + "'", False), ('"' + "9" * 401 + '"', False), ("a" + "9" * 401, False)],
)  # fmt: skip
def test_a_number_has_four_hundred_figures_at_most(text, endless):
    if endless:
        assert "without end" in refused(f"a: {text}")
    else:
        assert len(str(read_yaml(f"a: {text}", "w")["a"])) >= 400


def test_an_impossible_date_is_no_yaml_and_says_why():
    assert "not valid YAML" in refused("a: 2020-13-45")
    assert refused("a: !!python/name:os.system x").startswith("w is not valid YAML: line 1, could not determine")
    assert len(refused("'" + "x" * 500)) < 260


def test_the_slow_reader_reads_as_the_fast_one(monkeypatch):
    texts = ["a: 1", "a: [1, {b: x}]", "", "a: &x [1]\nb: *x"]
    fast = [read_yaml(text, "w") for text in texts]
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert [read_yaml(text, "w") for text in texts] == fast
    assert "w, line 2" in refused("a: 1\na: 2")


def test_what_cannot_be_read_is_named_to_a_hundred_and_twenty_characters(tmp_path):
    for name in ("x" * 200, "none", "a\0b"):
        with pytest.raises(BadInputError, match="Cannot read"):
            yaml_door.read_yaml_file(name)
    with pytest.raises(BadInputError) as caught:
        yaml_door.read_yaml_file("y" * 200)
    assert f" {'y' * 119}…:" in caught.value.message
    path = tmp_path / ("z" * 150)
    path.write_text("a: [")
    with pytest.raises(BadInputError) as caught:
        yaml_door.read_yaml_file(path)
    assert caught.value.message.startswith(str(path)[:119] + "… is not valid YAML")


# ---------------------------------------------------------------- checks and doors
def test_a_bound_is_said_as_it_is():
    def said(**bounds):
        with pytest.raises(BadInputError) as caught:
            checks.number("x", IT, **bounds)
        return caught.value.hint

    yuan = Text("元", "yuan")
    assert said(low=1.5, high=2, unit=yuan) == "It must be a number between 1.5 and 2 yuan."
    assert said(low=1.5, unit=yuan) == "It must be a number of 1.5 yuan or more."
    assert said(high=2, unit=yuan) == "It must be a number of 2 yuan or less."
    assert said() == said(unit=yuan) == "It must be a number, and finite."


def test_counts_begin_at_nothing_and_years_are_called_years():
    assert (checks.count(0, IT), checks.count(10**12, IT)) == (0, 10**12)
    for value in (-1, 1.0):
        with pytest.raises(BadInputError):
            checks.count(value, IT)
    with pytest.raises(BadInputError, match="The year cannot be 20"):
        checks.year(20)
    assert checks.NAME == 100
    assert doors.MOST_MONEY == 100_000


def test_an_argument_is_called_by_its_name_and_a_key_by_its_own():
    @doors.door(shares=doors.numbers_by_name, wanted=doors.answers)
    def take(shares=None, wanted=None):
        return shares, wanted

    assert take({"a": 1.0}, {"b": True}) == ({"a": 1.0}, {"b": True})
    for arguments, name in (
        ({"shares": {"a": "x"}}, r"shares\[a\] cannot"),
        ({"wanted": {"b": 1}}, r"wanted\[b\] cannot"),
    ):
        with pytest.raises(BadInputError, match=name):
            take(**arguments)


def test_what_is_asked_of_a_number_is_asked_by_name():
    for call in (lambda: checks.number(1, IT, 0.0), lambda: checks.count(1, IT, 0), lambda: checks.text("x", IT, 5)):
        with pytest.raises(TypeError):
            call()
    assert checks.number(value=1, what=IT, low=0.0) == 1.0
    assert checks.count(value=1, what=IT, low=0) == 1
    assert checks.text(value="x", what=IT, longest=5) == "x"


def test_a_folder_that_another_process_removed_is_gone_without_a_word(own_cache, monkeypatch):
    def save(path):
        path.rmdir()
        raise OSError(28, "full")

    key = "5" * 24
    store.keep_folder("r", key, save)
    assert list(own_cache.iterdir()) == []
    removed = shutil.rmtree
    monkeypatch.setattr(store.shutil, "rmtree", lambda path, **how: (removed(path), removed(path, **how)))
    store.keep_folder("r", key, lambda path: (path / "a").write_bytes(b"1"))
    (own_cache / f"r-{key}" / "a").write_bytes(b"2")
    assert store.folder_entry("r", key) is None
    store.keep_folder("r", key, lambda path: (path / "a").write_bytes(b"1"))
    assert store.clear() == 1


def test_of_a_file_no_more_is_read_than_may_be_used(monkeypatch):
    asked = []

    class Endless(io.BytesIO):
        def read(self, size=-1):
            asked.append(size)
            return b"#" * max(0, min(size, 10**7))

    monkeypatch.setattr(yaml_door.Path, "open", lambda self, mode: Endless())
    with pytest.raises(BadInputError, match="1 MB"):
        yaml_door.read_yaml_file("endless")
    assert asked == [1_000_001]
