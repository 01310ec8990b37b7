"""What everything rests on, each line from both of its sides: checks at the door, files, YAML, memory, levels, parameters."""

import io
import math
import os
import stat
import sys
import time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from bolang.foundation import checks, doors, files, forks, memory, places, source, store, streams
from bolang.foundation.errors import (
    AmbiguousPlaceError,
    BadInputError,
    BolangError,
    OutputError,
    ParameterError,
    ScarceMemoryError,
)
from bolang.foundation.judgement import Level, level_of
from bolang.foundation.names import Names
from bolang.foundation.parameters import parse_parameters
from bolang.foundation.plain import cell_text, line, plain
from bolang.foundation.text import Text, default_language, join, language, same, speaking, tr
from bolang.foundation.units import MONEY_WAN
from bolang.foundation.yaml_door import MOST_ALIASES, MOST_BYTES, MOST_LEVELS, MOST_NODES, read_yaml, read_yaml_file

IT = Text("它", "It")


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("BOLANG_LANG", "en")


def refused(call, *arguments, **options):
    with pytest.raises(BadInputError) as caught:
        call(*arguments, **options)
    return caught.value


# ---------------------------------------------------------------- checks
@pytest.mark.parametrize("value", [1, 2.5, -3, np.float32(1.5), np.int8(3), Fraction(1, 2), 0])
def test_a_real_number_passes_as_a_float(value):
    found = checks.number(value, IT)
    assert type(found) is float
    assert found == float(value)


@pytest.mark.parametrize(
    "value", [True, False, np.True_, "1", None, 1j, math.nan, math.inf, -math.inf, 10**400, [1], Decimal("0.5")]
)
def test_what_is_no_finite_number_is_refused(value):
    assert refused(checks.number, value, IT).hint == "It must be a number, and finite."


@pytest.mark.parametrize(("value", "fits"), [(1.0, True), (0.999, False), (2.0, True), (2.001, False)])
def test_the_bounds_of_a_number_belong_to_it(value, fits):
    if fits:
        assert checks.number(value, IT, low=1.0, high=2.0) == value
    else:
        assert (
            "between 1 and 2 yuan" in refused(checks.number, value, IT, low=1.0, high=2.0, unit=Text("元", "yuan")).hint
        )


def test_an_open_bound_is_not_named():
    assert refused(checks.number, 0, IT, low=1.0).hint == "It must be a number of 1 or more."
    assert refused(checks.number, 3, IT, high=2.0).hint == "It must be a number of 2 or less."
    assert refused(checks.count, -1, IT).hint == "It must be a whole number of 0 or more."
    with speaking("zh"):
        assert refused(checks.number, 0, IT, low=1.0, unit=Text("元", "yuan")).hint == "应为不小于 1 元 的数。"
        assert refused(checks.number, 3, IT, high=2.0).hint == "应为不大于 2 的数。"
        assert refused(checks.count, 9, IT, high=3).hint == "应为 0 到 3 之间的整数。"


@pytest.mark.parametrize(
    ("value", "fits"),
    [(0, True), (-1, False), (5, True), (6, False), (3.0, False), (True, False), (np.int64(4), True), ("3", False)],
)
def test_a_count_is_whole_and_within_its_bounds(value, fits):
    if fits:
        found = checks.count(value, IT, high=5)
        assert (type(found), found) == (int, int(value))
    else:
        refused(checks.count, value, IT, high=5)


@pytest.mark.parametrize(
    ("value", "fits"),
    [(1000, True), (999, False), (9999, True), (10_000, False), (2023.0, False), (True, False), (np.int32(2020), True)],
)
def test_a_year_has_four_digits(value, fits):
    if fits:
        assert checks.year(value) == value
    else:
        assert "four digits" in refused(checks.year, value).hint


def test_a_text_has_a_length_and_whole_characters():
    assert checks.text("甲" * 5, IT, longest=5) == "甲" * 5
    assert "5 characters at most" in refused(checks.text, "甲" * 6, IT, longest=5).hint
    for mark in ("\ud800", "\udfff"):
        assert "damaged" in refused(checks.text, f"a{mark}", IT).hint
    for mark in ("\ud7ff", "\ue000"):
        assert checks.text(mark, IT) == mark
    assert refused(checks.text, 3, IT).hint == "It must be text."


def test_a_choice_is_one_of_the_names():
    assert checks.choice("b", ("a", "b"), IT) == "b"
    for value in ("c", None, ["a"], 0):
        assert refused(checks.choice, value, ("a", "b"), IT).hint == "Choose from: a, b."


def test_a_wrong_value_is_shown_to_sixty_characters():
    assert checks.shown("x" * 58) == repr("x" * 58)
    assert checks.shown("x" * 59) == repr("x" * 59)[:60] + "…"
    assert checks.shown("a\n  b") == "'a\\n b'"

    class Silent:
        def __repr__(self):
            raise RuntimeError

    assert checks.shown(Silent()) == "<Silent>"


# ---------------------------------------------------------------- doors
def test_a_default_is_not_asked_and_everything_else_is():
    asked = []

    @doors.door(size=lambda value, what: asked.append((value, what.en)))
    def measure(county, size=None, *, other=1):
        return county, size, other

    assert measure("a") == ("a", None, 1)
    assert measure("a", None) == ("a", None, 1)
    assert asked == []
    assert measure("a", 5, other=2) == ("a", 5, 2)
    assert measure("a", size=6) == ("a", 6, 1)
    assert asked == [(5, "size"), (6, "size")]
    with pytest.raises(AssertionError):
        doors.door(unknown=doors.path)(lambda known: known)


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [
        (doors.real(0.0, 1.0), [0, 1, 0.5], [-0.1, 1.1, "1", None]),
        (doors.whole(1, 3), [1, 3], [0, 4, 1.0]),
        (doors.whole(), [0, 10**9], [-1]),
        (doors.one_of(iter(("a", "b"))), ["a", "b", "b"], ["c", None]),
        (doors.money, [0, 1e5, 3], [-1, 1e5 + 1, "3"]),
        (doors.seed, [0, 2**32 - 1], [-1, 2**32, 1.5]),
        (doors.yes_or_no, [True, False], [1, 0, None, "yes"]),
        (doors.path, ["a", Path("a")], [b"a", 1, None]),
        (doors.names, [["a"], ("a", "b"), {"a"}, [], ["x" * 100]], ["a", b"a", [1], ["x" * 101], {"a": 1}, None]),
        (doors.a(int, str, called=IT), [1, "a"], [1.0, None]),
        (doors.numbers_by_name, [{}, {"a": 1.5, "b": 2}], [{"a": "1"}, {1: 1}, {"a": math.inf}, {"x" * 101: 1}, [1], None]),
        (doors.answers, [{}, {"a": True, "b": False}], [{"a": 1}, {1: True}, {"x" * 101: True}, [True], None]),
    ],
)  # fmt: skip
def test_every_rule_from_both_sides(rule, good, bad):
    for value in good:
        rule(value, IT)
    for value in bad:
        refused(rule, value, IT)


# ---------------------------------------------------------------- judgement, words, plain text
def test_levels_begin_at_their_lines():
    lines = [
        (90, Level.OUTSTANDING),
        (75, Level.STRONG),
        (60, Level.ABOVE_MIDDLE),
        (40, Level.MIDDLING),
        (25, Level.BELOW_MIDDLE),
        (10, Level.WEAK),
    ]
    below = [*[level for _, level in lines[1:]], Level.VERY_WEAK]
    for (percentile, level), lower in zip(lines, below, strict=True):
        assert (level_of(percentile), level_of(percentile - 0.001)) == (level, lower)
    assert (level_of(100), level_of(0)) == (Level.OUTSTANDING, Level.VERY_WEAK)


def test_texts_join_add_and_mention_in_both_languages():
    a, b = Text("甲", "Alpha"), Text("乙", "b")
    assert join([a, b]) == Text("甲乙", "Alpha b")
    assert join([a, b], "、", ", ") == Text("甲、乙", "Alpha, b")
    assert a + b == Text("甲乙", "Alphab")
    assert a.mentions("ALP")
    assert a.mentions("甲")
    assert not a.mentions("乙")
    assert (a.in_("zh"), a.in_("en"), str(a)) == ("甲", "Alpha", "Alpha")
    assert same("x") == Text("x", "x")


def test_who_speaks_goes_before_the_setting(monkeypatch):
    monkeypatch.delenv("BOLANG_LANG")
    assert default_language() == "zh"
    monkeypatch.setenv("BOLANG_LANG", "")
    assert default_language() == "zh"
    monkeypatch.setenv("BOLANG_LANG", "EN")
    assert (default_language(), tr("甲", "a")) == ("en", "a")
    with speaking("zh"):
        assert (default_language(), tr("甲", "a")) == ("zh", "甲")
        with speaking("en"):
            assert default_language() == "en"
        assert default_language() == "zh"
    assert default_language() == "en"
    assert (language("ZH"), language("en")) == ("zh", "en")
    refused(language, "fr")


@pytest.mark.parametrize(
    ("text", "clean"),
    [("a\tb\nc", "a\tb\nc"), ("a\r\nb\rc", "a\nb\nc"), ("a\x0bb\x0cc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"), ("\x00\x08\x0e\x1f\x7f\x9f", "�" * 6),
     ("\u202e\u2066\u200e\ufeff\ufdd0\uffff", "�" * 6), ("\xa0甲\u2010\u2027\u2030\u2065\u206a", "\xa0甲\u2010\u2027\u2030\u2065\u206a"), ("\ud800", "�")],
)  # fmt: skip
def test_what_is_plain(text, clean):
    assert plain(text) == clean


def test_a_line_is_one_line_of_a_length():
    assert line("a\n b\t c") == "a b c"
    assert (line("abcde", 5), line("abcdef", 5), line("abcdef")) == ("abcde", "abcd…", "abcdef")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1", "'=1"),
        ("-5.2%", "-5.2%"),
        ("-a", "'-a"),
        ("+3", "+3"),
        ("@x", "'@x"),
        ("a=1", "a=1"),
        ("", ""),
        ("－", "－"),
        ("\tx", "'\tx"),
        ("-2020/01-03", "-2020/01-03"),
    ],
)
def test_a_cell_is_no_formula(text, cell):
    assert cell_text(text) == cell


def test_errors_say_what_was_wrong_and_what_to_do():
    error = AmbiguousPlaceError("Which?", "Name one.", ["a", "b"])
    assert (str(error), error.message, error.hint, error.candidates) == (
        "Which? Name one.",
        "Which?",
        "Name one.",
        ("a", "b"),
    )
    assert str(BolangError("Wrong.")) == "Wrong."


def test_names_are_a_mapping_of_texts():
    names = Names("bolang.pathway.types", "axes")
    assert len(names) == len(list(names)) == len({**names})
    assert all(isinstance(text, Text) for text in names.values())
    with pytest.raises(KeyError):
        names["none"]


# ---------------------------------------------------------------- parameters
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


# ---------------------------------------------------------------- YAML
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


# ---------------------------------------------------------------- files
def test_what_a_path_leads_to(tmp_path):
    (tmp_path / "f").write_text("x")
    assert [files.exists(tmp_path / "f"), files.is_file(tmp_path / "f"), files.is_folder(tmp_path / "f")] == [
        True,
        True,
        False,
    ]
    assert [files.exists(tmp_path), files.is_file(tmp_path), files.is_folder(tmp_path)] == [True, False, True]
    assert [files.exists("\0"), files.is_file(tmp_path / "no"), files.is_folder("x" * 5000)] == [False, False, False]


def test_a_writer_may_go_back_in_its_file(tmp_path):
    def content(handle):
        handle.write(b"xbc")
        handle.seek(0)
        handle.write(b"a")

    files.write(tmp_path / "f", content)
    assert (tmp_path / "f").read_bytes() == b"abc"
    assert [path.name for path in tmp_path.iterdir()] == ["f"]
    files.write(str(tmp_path / "f"), b"new")
    assert (tmp_path / "f").read_bytes() == b"new"


def test_rights_of_new_and_of_old_files(tmp_path):
    files.write(tmp_path / "new", b"")
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o666 & ~mask
    (tmp_path / "new").chmod(0o640)
    files.write(tmp_path / "new", b"1")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


def test_an_error_of_writing_names_the_path_short_and_why(tmp_path):
    with pytest.raises(OutputError, match="does not exist"):
        files.check_writable(tmp_path / "no" / "f")
    with pytest.raises(OutputError, match="is a folder"):
        files.check_writable(tmp_path)
    (tmp_path / "f").write_text("x")
    with pytest.raises(OutputError, match="does not exist"):
        files.write(tmp_path / "f" / "g", b"")
    name = tmp_path / ("x" * 300)
    with pytest.raises(OutputError) as caught:
        files.write(name, b"")
    assert caught.value.message.startswith(f"Cannot write {str(name)[:120]}… (")

    def breaks(handle):
        raise OSError(5, "Input/output error")

    with pytest.raises(OutputError, match=r"\(Input/output error\)"):
        files.write(tmp_path / "g", breaks)

    def gone(handle):
        raise BrokenPipeError(32, "Broken pipe")

    with pytest.raises(BrokenPipeError):
        files.write(tmp_path / "g", gone)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["f"]


# ---------------------------------------------------------------- memory
def test_memory_is_asked_for_what_is_held_and_for_addresses(monkeypatch):
    need = memory.MemoryNeed(1.0, 2.0, "甲", "x")
    for free, addresses, fits in [
        (1e9, 2e9, True),
        (0.999e9, 2e9, False),
        (1e9, 1.999e9, False),
        (math.inf, math.inf, True),
        (-5.0, 9e9, False),
    ]:
        monkeypatch.setattr(memory, "_free", lambda free=free: free)
        monkeypatch.setattr(memory, "_addresses", lambda addresses=addresses: addresses)
        if fits:
            memory.require(need)
        else:
            with pytest.raises(ScarceMemoryError) as caught:
                memory.require(need)
            least = free if free < 1e9 else addresses
            assert f"{max(least, 0) / 1e9:.1f} GB are free" in caught.value.message


def test_what_is_free_by_the_systems_own_files(monkeypatch):
    said = {
        "/proc/meminfo": "MemTotal: 9 kB\nMemAvailable: 3000 kB\nSwapFree: 1000 kB\n",
        "/proc/self/status": "Name: x\nVmSize: 500 kB\n",
    }
    monkeypatch.setattr(memory, "_read", lambda path: said.get(path, ""))
    assert memory._free() == 4000 * 1024
    said |= {"/sys/fs/cgroup/memory.max": "1000000\n", "/sys/fs/cgroup/memory.current": "400000\n"}
    assert memory._free() == 600_000
    said["/sys/fs/cgroup/memory.current"] = "2000000"
    assert memory._free() == 0
    said["/sys/fs/cgroup/memory.max"] = "max"
    assert memory._free() == 4000 * 1024
    said["/sys/fs/cgroup/memory/memory.limit_in_bytes"] = "900"
    said["/sys/fs/cgroup/memory/memory.usage_in_bytes"] = "100"
    assert memory._free() == 800
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "getrlimit", lambda which: (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert memory._addresses() == math.inf
    monkeypatch.setattr(resource, "getrlimit", lambda which: (1_000_000, resource.RLIM_INFINITY))
    assert memory._addresses() == 1_000_000 - 500 * 1024
    said["/proc/self/status"] = ""
    assert memory._addresses() == 1_000_000
    said.clear()
    assert memory._free() == math.inf


# ---------------------------------------------------------------- streams and forks
@pytest.mark.parametrize(
    ("text", "encoding", "out"),
    [("•−…→", "ascii", b"*-...->"), ("é½", "ascii", b"e12"), ("县", "latin-1", b"?"), ("✓县", "gbk", "v县".encode("gbk")), ("a≤b", "ascii", b"a<=b"), ("\u0301", "ascii", b"?")],
)  # fmt: skip
def test_signs_that_an_encoding_lacks_have_a_stand_in(text, encoding, out):
    assert text.encode(encoding, streams.DEGRADE) == out
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", streams.DEGRADE)


def test_closed_streams_are_stood_in_for(monkeypatch):
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    streams.make_lenient()
    try:
        assert sys.stdin.read() == ""
        assert sys.stdout.write("县") == 1
        assert sys.stderr.writable()
        assert streams.asks_a_person() is False
    finally:
        for name in ("stdin", "stdout", "stderr"):
            getattr(sys, name).close()


def test_open_streams_degrade(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    streams.make_lenient()
    sys.stdout.write("•县")
    sys.stdout.flush()
    assert raw.getvalue() == b"*?"


@pytest.mark.parametrize(
    ("stdin", "asks"),
    [(SimpleNamespace(isatty=lambda: True), True), (SimpleNamespace(isatty=lambda: False), False), (None, False)],
)
def test_somebody_can_be_asked_at_a_terminal(monkeypatch, stdin, asks):
    monkeypatch.setattr(sys, "stdin", stdin)
    assert streams.asks_a_person() is asks


def test_a_closed_input_asks_nobody(monkeypatch):
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stdin", closed)
    assert streams.asks_a_person() is False


def test_only_a_fork_after_use_is_stranded(monkeypatch):
    monkeypatch.setattr(forks._State, "used", False)
    monkeypatch.setattr(forks._State, "stranded", False)
    forks._in_child()
    forks.in_use()
    assert (forks._State.used, forks._State.stranded) == (True, False)
    forks._in_child()
    with pytest.raises(forks.ForkedError):
        forks.in_use()


# ---------------------------------------------------------------- places, source, store
def test_the_cache_is_where_the_user_says(monkeypatch, tmp_path):
    monkeypatch.setenv("BOLANG_CACHE", str(tmp_path / "c"))
    assert places.cache_place() == tmp_path / "c"
    monkeypatch.delenv("MPLCONFIGDIR", raising=False)
    places.keep_drawings_tidy()
    assert os.environ["MPLCONFIGDIR"] == str(tmp_path / "c" / "matplotlib")
    assert (tmp_path / "c" / "matplotlib").is_dir()
    monkeypatch.setenv("BOLANG_CACHE", "")
    assert places.cache_place().name == "bolang"


def test_a_layer_knows_itself_by_whole_names():
    digests = {name: source.source_digest(f"bolang.{name.replace('/', '.')}.x") for name in source.MAKERS}
    assert len(set(digests.values())) == len(source.MAKERS)
    assert source.source_digest("bolang.atlas") == digests["atlas"]
    assert source.source_digest("bolang.atlasx") not in digests.values()
    assert all(len(digest) == 24 for digest in digests.values())


def test_keys_tell_types_and_shapes_and_order_apart():
    keys = [
        store.content_key(*parts)
        for parts in [
            (),
            (1,),
            ("1",),
            (1.0,),
            (b"1",),
            (b"'1'",),
            (b"1", b"2"),
            (b"1\x002",),
            (1, 2),
            (2, 1),
            ("12",),
            (np.zeros(4),),
            (np.zeros((2, 2)),),
            (np.zeros(4, "f4"),),
            (np.ones(4),),
        ]
    ]
    assert len(set(keys)) == len(keys)
    assert all(len(key) == 24 for key in keys)
    assert store.content_key(np.arange(6).reshape(2, 3).T) == store.content_key(np.arange(6).reshape(2, 3).T.copy())


def test_entries_are_listed_with_the_last_used_first_and_kept_within_a_size(own_cache):
    own_cache.mkdir()
    for number, name in enumerate(["a", "b", "c"]):
        path = own_cache / f"{name}-{'0' * 24}.npz"
        path.write_bytes(b"x" * 10)
        os.utime(path, (100 + number, 100 + number))
    kept = own_cache / ("d-" + "1" * 24)
    kept.mkdir()
    (kept / "one").write_bytes(b"x" * 7)
    (kept / "two").write_bytes(b"x" * 8)
    os.utime(kept, (50, 50))
    assert [(entry.name, entry.size, entry.used) for entry in store.entries()] == [
        ("c", 10, 102),
        ("b", 10, 101),
        ("a", 10, 100),
        ("d", 15, 50),
    ]
    assert store.keep_within(45) == 0
    assert store.keep_within(44) == 1
    assert not kept.exists()
    assert store.keep_within(20) == 1
    assert [entry.name for entry in store.entries()] == ["c", "b"]
    assert store.clear() == 2
    assert store.entries() == ()


def test_only_what_is_a_day_old_and_unfinished_goes(own_cache):
    own_cache.mkdir()
    for name, age in [
        ("route-abcd1234.part", 86_500),
        (".bolang-abcd1234.part", 86_500),
        ("route-abcd1235.part", 86_300),
        ("mine.part", 90_000),
    ]:
        path = own_cache / name
        path.write_bytes(b"x")
        os.utime(path, (time.time() - age, time.time() - age))
    store.keep_within(10**9)
    assert sorted(path.name for path in own_cache.iterdir()) == ["mine.part", "route-abcd1235.part"]


def test_a_kept_folder_is_found_and_one_changed_is_gone(own_cache):
    def save(path):
        (path / "a").write_bytes(b"1")
        (path / "b").write_bytes(b"2")

    key = "2" * 24
    assert store.folder_entry("r", key) is None
    store.keep_folder("r", key, save)
    found = store.folder_entry("r", key)
    assert found == own_cache / f"r-{key}"
    os.utime(found, (1, 1))
    store.folder_entry("r", key)
    assert found.stat().st_mtime > 1  # it was used now
    store.keep_folder("r", key, save)  # another process was faster
    assert [path.name for path in own_cache.iterdir()] == [found.name]
    (found / "a").rename(found / "c")
    assert store.folder_entry("r", key) is None
    assert not found.exists()


@pytest.mark.parametrize("seal", ["0" * 32, "f" * 32, "", "甲"])
def test_a_folder_with_another_seal_is_gone(own_cache, seal):
    key = "3" * 24
    store.keep_folder("r", key, lambda path: (path / "a").write_bytes(b"1"))
    found = store.folder_entry("r", key)
    assert found is not None
    (found / store._OWN).write_text(seal, encoding="utf-8")
    assert store.folder_entry("r", key) is None
    assert not found.exists()


def test_without_a_cache_no_folder_is_found_and_none_is_written(monkeypatch):
    monkeypatch.setattr(store, "folder", lambda: None)
    assert store.folder_entry("r", "4" * 24) is None
    store.keep_folder("r", "4" * 24, lambda path: pytest.fail("written"))


def test_an_entry_that_is_used_is_young(own_cache):
    calls = []

    @store.stored("young", inputs=lambda: ())
    def made():
        calls.append(1)
        return {"x": np.arange(3)}

    made()
    (path,) = own_cache.iterdir()
    assert path.name.startswith("young-")
    os.utime(path, (1, 1))
    made()
    assert path.stat().st_mtime > 1
    assert len(calls) == 1


# ---------------------------------------------------------------- told by value, not by object; needs as they are documented
def test_a_language_is_told_by_its_letters():
    """A language read from a file is equal to the name, but not the same object."""
    zh, en = "".join(["z", "h"]), "".join(["e", "n"])
    assert Text("甲", "a").in_(zh) == "甲"
    assert Text("甲", "a").in_(en) == "a"
    assert language(zh) == "zh"
    assert MONEY_WAN.scale(zh) == 1e-4
    assert MONEY_WAN.scale(en) == 1e-5


def test_memory_needs_are_those_of_the_handbook():
    """0.4 GB and 1.5 GB of addresses for any command, 1 GB for a solution, 1.6 GB for one for many parameters."""
    page = (Path(__file__).parents[2] / "docs" / "attacks.md").read_text(encoding="utf-8")
    said = " ".join(page.split())
    assert f"needs {memory.START.held:g} GB and {memory.START.addresses:g} GB of addresses" in said
    assert f"county economy {memory.SOLVE.held:g} GB" in said
    assert f"many parameters {memory.SWEEP.held:g} GB" in said


@pytest.mark.parametrize(("free", "fits"), [(1e9, True), (1e9 - 1, False)])
def test_a_gigabyte_is_a_thousand_million_bytes(monkeypatch, free, fits):
    monkeypatch.setattr(memory, "_free", lambda: free)
    monkeypatch.setattr(memory, "_addresses", lambda: math.inf)
    if fits:
        memory.require(memory.MemoryNeed(1.0, 1.0, "甲", "x"))
    else:
        with pytest.raises(ScarceMemoryError):
            memory.require(memory.MemoryNeed(1.0, 1.0, "甲", "x"))


def test_a_text_has_a_hundred_thousand_characters_unless_it_is_said_otherwise():
    assert checks.text("x" * 100_000, IT)
    refused(checks.text, "x" * 100_001, IT)
    with pytest.raises(TypeError):
        checks.text("x", IT, 5)


def test_a_file_beyond_the_bound_is_refused_for_its_length_even_where_the_bound_cuts_a_character(tmp_path):
    path = tmp_path / "a.yaml"
    for lead in (b"", b"#", b"##"):
        path.write_bytes(lead + "甲".encode() * (MOST_BYTES // 3 + 2))
        assert "1 MB" in refused(read_yaml_file, path).message
