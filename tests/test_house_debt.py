"""What the house still owes: counts that may fall and never rise. Lower a number when you have lowered the count."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "bolang"
SPEAKING = {"wording", "pages", "render", "document", "figures"}
"""Where words and their display belong."""
READING = SPEAKING | {"foundation", "cli", "publish", "web"}
"""Where one language may be chosen."""
OWED = {
    "texts in both languages outside the rooms for words": 152,
    "readings of one language outside the rooms for words": 50,
}


def _nodes() -> Iterator[tuple[str, ast.AST]]:
    """Yield every node with its file; the words of an error stand where it is raised, and are left out."""
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE).as_posix()
        open_nodes: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
        while open_nodes:
            node = open_nodes.pop()
            yield place, node
            if not _is_error(node):
                open_nodes.extend(ast.iter_child_nodes(node))


def _is_error(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.endswith("Error")


def _says(node: ast.AST) -> bool:
    """Tell whether words are written into a call, rather than read from a table or joined."""
    if isinstance(node, ast.Subscript):
        return False
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return any(letter.isalpha() for letter in node.value)
    return any(_says(child) for child in ast.iter_child_nodes(node))


def _kinds(place: str, node: ast.AST) -> Iterator[str]:
    room = place.split("/", maxsplit=1)[0]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in {"Text", "tr"} and len(node.args) == 2 and room not in SPEAKING and _says(node):
            yield "texts in both languages outside the rooms for words"
    elif isinstance(node, ast.Attribute) and node.attr in {"zh", "en"} and room not in READING:
        yield "readings of one language outside the rooms for words"


@pytest.fixture(scope="module")
def counted() -> dict[str, int]:
    counts = dict.fromkeys(OWED, 0)
    for place, node in _nodes():
        for kind in _kinds(place, node):
            counts[kind] += 1
    return counts


@pytest.mark.parametrize("kind", OWED)
def test_what_is_owed_never_grows(kind: str, counted: dict[str, int]) -> None:
    assert counted[kind] <= OWED[kind]
