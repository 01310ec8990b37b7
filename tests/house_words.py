"""Finds words and readings of one language in the source, apart from the words of errors, which stand where they are raised."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import bolang

SOURCE = Path(bolang.__file__).parent
SPEAKING = {"wording", "pages", "render", "document", "figures"}
"""Where a text may be read in one language, to display it."""
DOORS = {"foundation/checks.py", "foundation/doors.py"}
"""The doors: whatever they say is said in the error that they raise."""


def words() -> Iterator[str]:
    """Yield where words in both languages are written outside the wording: as a text, by a choice of language, in a table of languages."""
    for place, node in _outside({"wording"}):
        if place not in DOORS and _two_languages(node):
            yield f"{place}:{node.lineno}"


def _two_languages(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        made = isinstance(node.func, ast.Name) and node.func.id in {"Text", "tr"}
        return made and len(node.args) == 2 and _says(node)
    if isinstance(node, ast.IfExp):
        return _asks_for_the_language(node.test) and any(map(_is_written, (node.body, node.orelse)))
    if isinstance(node, ast.Dict):
        keys = [key.value for key in node.keys if isinstance(key, ast.Constant)]
        return keys == ["zh", "en"] and any(map(_is_written, node.values))
    return False


def _asks_for_the_language(node: ast.AST) -> bool:
    return isinstance(node, ast.Compare) and ast.unparse(node.comparators[0]) in {"'zh'", "'en'"}


def _is_written(node: ast.AST) -> bool:
    """Tell whether a text holds a Chinese word, written out."""
    return any(
        isinstance(part, ast.Constant) and isinstance(part.value, str) and re.search("[一-龥]", part.value)
        for part in ast.walk(node)
    )


def readings() -> Iterator[str]:
    """Yield where one language of a text is read outside the rooms for words and the layer that defines what a text is."""
    for place, node in _outside(SPEAKING | {"foundation"}):
        if isinstance(node, ast.Attribute) and node.attr in {"zh", "en"}:
            yield f"{place}:{node.lineno}"


NUMBER = re.compile(r"[+,]*(\.(\d+|x))?[feg%,]")


def formats(rooms: set[str]) -> Iterator[str]:
    """Yield where a number is formatted by hand in some rooms; `float(f"{x:.6g}")` rounds and shows nothing."""
    for room in sorted(rooms):
        for path in sorted((SOURCE / room).rglob("*.py")):
            tree = _tree(path)
            rounding = {id(call.args[0]) for call in ast.walk(tree) if _is_float(call)}
            for node in ast.walk(tree):
                if isinstance(node, ast.JoinedStr) and id(node) not in rounding and any(map(_formats, node.values)):
                    yield f"{path.relative_to(SOURCE).as_posix()}:{node.lineno}"


def _is_float(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"


def _formats(node: ast.AST) -> bool:
    if not isinstance(node, ast.FormattedValue) or not isinstance(node.format_spec, ast.JoinedStr):
        return False
    spec = "".join(part.value if isinstance(part, ast.Constant) else "x" for part in node.format_spec.values)
    return NUMBER.fullmatch(spec) is not None


def _outside(rooms: set[str]) -> Iterator[tuple[str, ast.AST]]:
    """Yield every node with its file, the words of errors left out."""
    makers = _makers()
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE).as_posix()
        if place.split("/", maxsplit=1)[0] in rooms:
            continue
        waiting: list[ast.AST] = [_tree(path)]
        while waiting:
            node = waiting.pop()
            yield place, node
            if not _is_of_an_error(node, makers):
                waiting.extend(ast.iter_child_nodes(node))


def _makers() -> set[str]:
    """Return the functions that make or raise an error: what they are given is said in it."""
    every = (node for path in SOURCE.rglob("*.py") for node in ast.walk(_tree(path)))
    return {node.name for node in every if isinstance(node, ast.FunctionDef) and _returns_an_error(node)}


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _returns_an_error(node: ast.FunctionDef) -> bool:
    returned = ast.unparse(node.returns) if node.returns is not None else ""
    return returned.endswith("Error") or returned == "NoReturn"


def _is_of_an_error(node: ast.AST, makers: set[str]) -> bool:
    if isinstance(node, ast.FunctionDef):
        return _returns_an_error(node)
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute):  # checks.text(...), doors.a(...)
        return isinstance(node.func.value, ast.Name) and node.func.value.id in {"checks", "doors"}
    name = getattr(node.func, "id", "")
    return name.endswith("Error") or name in makers


def _says(node: ast.AST) -> bool:
    """Tell whether words are written into a call, rather than read from a table or joined."""
    if isinstance(node, ast.Subscript):
        return False
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value not in {"zh", "en"} and any(letter.isalpha() for letter in node.value)
    return any(_says(child) for child in ast.iter_child_nodes(node))
