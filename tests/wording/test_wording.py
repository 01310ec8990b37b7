"""The wording files hold together, and a house style is laid over them safely."""

import ast
from pathlib import Path

import pytest

import bolang
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Text
from bolang.wording import load, with_style
from bolang.wording.book import pages
from bolang.wording.entry import Statement

SOURCE = Path(bolang.__file__).parent


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("BOLANG_LANG", "en")


def books(tree: ast.Module) -> dict[str, str]:
    """Return by name of a variable the page that a module loads: ``WORDS = load("plan")``."""
    return {
        node.targets[0].id: node.value.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "load"
        and isinstance(node.value.args[0], ast.Constant)
    }


TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py")}
BOOKS = {path: found for path, tree in TREES.items() if (found := books(tree))}


def strings_beside(page: str) -> set[str]:
    """Return the strings of the modules that load a page, f-strings in parts: a key or the family that opens it."""
    return {
        node.value
        for path, found in BOOKS.items()
        if page in found.values()
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@pytest.mark.parametrize("page", pages())
def test_every_wording_file_is_sound(page):
    words = load(page)
    assert words.entries
    for entry in words.entries.values():
        for form in entry.forms.values():
            assert form.strip() == form.strip("\n"), f"{page}.{entry.key} begins or ends with blank lines"


def test_placeholders_must_agree():
    with pytest.raises(BadInputError, match="lacks"):
        Statement.from_forms("k", {"zh": "{a}", "en": "{a} {b}"}, "test")


def test_a_format_in_a_placeholder_is_refused():
    with pytest.raises(BadInputError, match="plain name"):
        Statement.from_forms("k", {"zh": "{a:.1f}", "en": "{a:.1f}"}, "test")


def test_values_read_in_each_language():
    entry = Statement.from_forms("k", {"zh": "{place}有{n}", "en": "{place} has {n}"}, "test")
    assert entry.fill({"place": Text("义乌", "Yiwu"), "n": 3}) == Text("义乌有3", "Yiwu has 3")


def test_wrong_names_of_values_are_a_slip_of_the_programmer():
    entry = Statement.from_forms("k", {"zh": "{a}", "en": "{a}"}, "test")
    with pytest.raises(KeyError):
        entry.fill({"b": 1})


def test_a_house_style_replaces_a_statement_and_ends_with_the_block(tmp_path):
    style = tmp_path / "my.yaml"
    style.write_text("levels:\n  level.strong:\n    zh: 好\n    en: good\n", encoding="utf-8")
    with with_style(style):
        assert load("levels")("level.strong") == Text("好", "good")
    assert load("levels")("level.strong").en == "strong"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("nowhere:\n  a: {zh: x, en: y}\n", "line 1.*no page"),
        ("levels:\n  nothing:\n    zh: x\n    en: y\n", "line 2.*no statement"),
        ("levels:\n  level.strong:\n    zh: x\n", "no en"),
        ("levels:\n  level.strong:\n    zh: '{x}'\n    en: '{x}'\n", "line 2.*takes"),
        ("levels:\n  level.strong: [1, 2]\n", "line 2"),
        ("levels:\n  level.strong: good\n", "line 2"),
        ("levels: good\n", "line 1"),
        ("levels: &a\n  strong: *a\n", "anchors"),
        ("levels:\n  level.strong: {zh: a, en: b}\n  level.strong: {zh: a, en: b}\n", "line 3.*twice"),
        ("a: [", "not valid YAML"),
    ],
)
def test_bad_house_styles_are_refused_with_the_line(tmp_path, content, complaint):
    style = tmp_path / "my.yaml"
    style.write_text(content, encoding="utf-8")
    with pytest.raises(BadInputError, match=complaint), with_style(style):
        pass


@pytest.mark.parametrize("page", pages())
def test_every_key_is_used(page):
    strings = strings_beside(page)
    unused = {
        key
        for key in load(page).entries
        if key not in strings and not any(key.startswith(s) for s in strings if s.endswith("."))
    }
    assert not unused, f"wording/{page}.yaml: nobody asks for {sorted(unused)}"


@pytest.mark.parametrize("path", sorted(BOOKS), ids=lambda p: str(p.relative_to(SOURCE)))
def test_every_key_that_is_asked_for_exists_with_its_placeholders(path):
    for node in ast.walk(TREES[path]):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BOOKS[path]):
            continue
        if not isinstance(node.args[0], ast.Constant):
            continue
        entries, key = load(BOOKS[path][node.func.id]).entries, node.args[0].value
        assert key in entries, f"{path}:{node.lineno} asks for {key!r}"
        names = {keyword.arg for keyword in node.keywords}
        assert None in names or names == entries[key].names, f"{path}:{node.lineno} {key}: {sorted(entries[key].names)}"
