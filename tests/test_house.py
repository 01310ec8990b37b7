"""The rules of the house that a machine can check."""

import ast
import re
from collections import Counter
from importlib import resources
from pathlib import Path

import house_words
import pytest

import bolang
from bolang.cli.app import PANELS
from bolang.foundation.errors import ParameterError
from bolang.foundation.parameters import parse_parameters

SOURCE = Path(bolang.__file__).parent
# A package may import from those before it, never from those after it.
LAYERS = [
    "foundation",
    "atlas",
    "space",
    "measures",
    "intake",
    "diagnosis",
    "economy",
    "pathway",
    "validation",
    "document",
    "wording",
    "figures",
    "pages",
    "render",
    "publish",
    "web",
    "mcp",
    "cli",
]
ENTRY = {"__init__", "__main__"}
FILES = sorted(SOURCE.rglob("*.py"))


def imported_modules(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return {name for name in found if name.split(".")[0] == "bolang"}


def layer_of(path: Path) -> str:
    parts = path.relative_to(SOURCE).parts
    return parts[0] if len(parts) > 1 else path.stem


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_module_imports_only_from_layers_to_its_left(path):
    layer = layer_of(path)
    if layer in ENTRY:
        return
    allowed = LAYERS[: LAYERS.index(layer) + 1]
    for module in imported_modules(path):
        target = module.split(".")[1] if "." in module else ""
        assert target in allowed or module == "bolang", f"{path} ({layer}) imports {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_file_holds_one_concept(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 450


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("parameters*.yaml")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_every_parameter_is_cited(path):
    parsed = parse_parameters(path.read_text(encoding="utf-8"), str(path))
    assert parsed.parameters


def test_a_parameter_without_source_is_refused():
    text = "date: 2026-01-01\nparameters:\n  x: {value: 1, unit: '1', label: {zh: 某, en: x}, source: ' '}\n"
    with pytest.raises(ParameterError, match="needs a source"):
        parse_parameters(text, "test")


def test_the_package_says_that_it_is_typed():
    assert resources.files("bolang").joinpath("py.typed").is_file()


def test_a_class_name_has_one_meaning():
    names = Counter()
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names.update(node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert names
    assert [name for name, count in names.items() if count > 1] == []


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function without its docstring."""
    count = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    return count - ((first.end_lineno or 0) - first.lineno + 1) if ast.get_docstring(function) else count


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_function_is_read_at_one_sight(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [node.name for node in functions if lines_of(node) > 60] == []


def test_no_command_imports_another():
    commands = {f"bolang.cli.{name}" for names in PANELS.values() for name in names}
    assert commands
    for path in sorted((SOURCE / "cli").glob("*.py")):
        assert not imported_modules(path) & commands, path


def test_no_year_is_written_into_code():
    """The vintage is the atlas's: a new census is no dig through the house."""
    for path in FILES:
        if layer_of(path) == "atlas":
            continue
        constants = [
            node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant)
        ]
        assert not [node.lineno for node in constants if node.value in (2010, 2020)], path


def test_words_stand_in_the_rooms_for_words():
    """Words in both languages are written in the wording or in a table of names, or in an error where it is raised."""
    assert not list(house_words.words())


def test_nothing_below_the_pages_reads_one_language():
    """No number, plan or choice hangs on a display text: look-ups go through `Text.called`, `Text.forms` and `Text.key`."""
    assert not list(house_words.readings())


def test_sets_of_industries_have_one_home():
    """One word means one set: a run of section letters stands in the file that says what it means."""
    homes = {"atlas/industries.py", "atlas/model.py", "economy/core/industries.py"}
    found = set()
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts = (
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
        if any(
            re.fullmatch("[A-S]{3,19}", text) and sorted(set(text)) == list(text) for text in texts if text != "BEGIN"
        ):
            found.add(path.relative_to(SOURCE).as_posix())
    assert found == homes


def test_numbers_are_written_by_the_one_writer():
    """`number_text` and its kin (`foundation/units.py`) know separators, the true minus and the rounded zero."""
    assert list(house_words.formats({"pages", "cli", "figures"})) == []
    commands = {"web/county.py", "web/scenarios.py", "web/simulations.py"}
    assert {
        place.partition(":")[0] for place in house_words.formats({"web"})
    } == commands  # addresses, fields, command lines


def test_the_search_for_words_finds_them(tmp_path, monkeypatch):
    """Words in code are found wherever they hide, and those of errors are told apart."""
    (tmp_path / "atlas").mkdir()
    (tmp_path / "atlas" / "bad.py").write_text(
        "A = Text('甲', 'a')\n"
        "def f(x): return [tr(f'乙{x}', f'b{x}')]\n"
        "def g(): raise BadInputError(tr('丙', 'c'))\n"
        "def h() -> BadInputError:\n    said = tr('丁', 'd')\n    return BadInputError(said)\n"
        "B = join(x, Text('', ' '))\n"
        "C = checks.text(x, Text('戊', 'e'))\n"
        "D = A.zh\n"
        "E = f'{x:,.1f} {y:.{n}f}'\n"
        "F = f'{day:%Y-%m-%d} {x!r} {float(f\"{x:.6g}\")}'\n"
        "G = '己' if lang == 'zh' else 'f'\n"
        "H = {'zh': '庚', 'en': 'g'}[lang]\n"
        "I = 'zh-CN' if lang == 'zh' else 'en'\n"
        "J = Text(f('zh'), f('en'))\n"
    )
    monkeypatch.setattr(house_words, "SOURCE", tmp_path)
    assert sorted(house_words.words()) == [f"atlas/bad.py:{line}" for line in (1, 12, 13, 2)]
    assert list(house_words.readings()) == ["atlas/bad.py:9"]
    assert list(house_words.formats({"atlas"})) == ["atlas/bad.py:10"]
