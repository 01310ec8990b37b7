"""The rules of the house that a machine can check."""

import ast
from collections import Counter
from importlib import resources
from pathlib import Path

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
