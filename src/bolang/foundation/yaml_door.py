"""The one door for YAML that a user brings: bounded in size, depth and repetition before anything is built from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bolang.foundation.errors import BadInputError
from bolang.foundation.plain import line
from bolang.foundation.text import tr

MOST_BYTES = 1_000_000
"""A scenario or a house style is a page or two of text; what is larger is some other file."""
MOST_NODES = 50_000
MOST_LEVELS = 20
MOST_ALIASES = 50
_LONGEST_NUMBER = 400


def read_yaml_file(path: str | Path) -> Any:
    """Return the content of a YAML file, as `read_yaml` does.

    Raises
    ------
    BadInputError
        If the file cannot be read, is too large, or is no YAML in UTF-8.
    """
    return read_yaml(read_yaml_text(path), line(str(path), 120))


def read_yaml_text(path: str | Path) -> str:
    """Return the text of a YAML file, of which no more is read than may be used: a device never ends.

    Raises
    ------
    BadInputError
        If the file cannot be read, or is no text in UTF-8.
    """
    try:
        with Path(path).open("rb") as handle:
            content = handle.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise BadInputError(
            tr(f"无法读取 {line(str(path), 120)}：{said}。", f"Cannot read {line(str(path), 120)}: {said}."),
            tr("请检查路径和权限。", "Check the path and the permissions."),
        ) from error
    try:
        # One character may be cut in two by the bound; what is so long is refused for its length.
        return content.decode("utf-8-sig", "strict" if len(content) <= MOST_BYTES else "replace")
    except UnicodeDecodeError as error:
        raise BadInputError(
            tr(f"{path} 不是 UTF-8 文本。", f"{path} is not text in UTF-8."),
            tr("请另存为 UTF-8。", "Save it as UTF-8."),
        ) from error


def read_yaml(text: str, where: str) -> Any:
    """Return what a YAML text says: mappings, lists, texts, numbers and dates, never an object of the program.

    Parameters
    ----------
    text : str
        The text.
    where : str
        What errors call it.

    Raises
    ------
    BadInputError
        If the text is no YAML, or beyond the bounds of this module.
    """
    import yaml

    try:
        check_bounds(text, where)
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        try:
            node = loader.get_single_node()
            _refuse_twins(node, where)
            return None if node is None else loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        raise _no_yaml(where, error) from error
    except (ValueError, OverflowError, RecursionError, TypeError) as error:  # an impossible date, a number without end
        if isinstance(error, BadInputError):
            raise
        raise _no_yaml(where, error) from error


def check_bounds(text: str, where: str) -> None:
    """Refuse a YAML text that would build more than any page needs; it is read event by event, building nothing.

    Raises
    ------
    BadInputError
        If it is too large, too deep, or repeats itself too often.
    """
    import yaml

    if len(text) > MOST_BYTES or len(text.encode(errors="replace")) > MOST_BYTES:
        raise _beyond(where, tr("大于 1 MB", "larger than 1 MB"))
    nodes = level = aliases = 0
    anchored: list[int] = []  # levels at which a node with an anchor is open
    for event in _events(text):
        if isinstance(event, yaml.AliasEvent):
            aliases += 1
            if anchored:
                raise _beyond(where, tr("别名套在带锚点的内容里", "anchors whose content holds aliases"))
        elif isinstance(event, yaml.NodeEvent):
            nodes += 1
            if _is_endless_number(event):
                raise _beyond(where, tr("数字过长", "a number without end"))
            if isinstance(event, yaml.CollectionStartEvent):
                level += 1
                if event.anchor is not None:
                    anchored.append(level)
        elif isinstance(event, yaml.CollectionEndEvent):
            if anchored and anchored[-1] == level:
                anchored.pop()
            level -= 1
        if level > MOST_LEVELS:
            raise _beyond(where, tr(f"嵌套超过 {MOST_LEVELS} 层", f"nested more than {MOST_LEVELS} deep"))
        if nodes > MOST_NODES or aliases > MOST_ALIASES:
            raise _beyond(where, tr("条目过多", "too many entries"))


def _refuse_twins(root: Any, where: str) -> None:
    """Refuse a mapping that names a key twice: YAML would keep the last and say nothing."""
    import yaml

    waiting = [root] if isinstance(root, yaml.CollectionNode) else []
    while waiting:
        node = waiting.pop()
        seen: dict[str, int] = {}
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            if not isinstance(key, yaml.ScalarNode) or key.tag.endswith(":merge"):
                continue
            row = key.start_mark.line + 1
            if key.value in seen:
                name = line(key.value, 60)
                raise BadInputError(
                    tr(
                        f"{where} 第 {row} 行：{name} 在第 {seen[key.value]} 行已经写过。",
                        f"{where}, line {row}: {name} already stands in line {seen[key.value]}.",
                    ),
                    tr("请只保留一处。", "Keep one of them."),
                )
            seen[key.value] = row
        children = [item for pair in node.value for item in pair] if isinstance(node, yaml.MappingNode) else node.value
        waiting += [child for child in children if isinstance(child, yaml.CollectionNode)]


def _is_endless_number(event: Any) -> bool:
    """Whether a plain scalar would be built into an integer that cannot even be printed."""
    said = getattr(event, "value", "")
    return len(said) > _LONGEST_NUMBER and event.style in (None, "") and said.lstrip("+-")[:1].isdigit()


def _events(text: str) -> Iterator[Any]:
    import yaml

    return iter(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def _beyond(where: str, why: str) -> BadInputError:
    return BadInputError(
        tr(f"{where} 不能使用：{why}。", f"{where} cannot be used: {why}."),
        tr("请给出一两页的 YAML 文件。", "Give a YAML file of a page or two."),
    )


def _no_yaml(where: str, error: Exception) -> BadInputError:
    """Return the error that names the line where reading stopped, if the reader says it."""
    mark = getattr(error, "problem_mark", None)
    said = line(getattr(error, "problem", None) or str(error), 120)
    if mark is not None:
        said = tr(f"第 {mark.line + 1} 行，{said}", f"line {mark.line + 1}, {said}")
    return BadInputError(
        tr(f"{where} 不是有效的 YAML：{said}。", f"{where} is not valid YAML: {said}."),
        tr("请检查缩进、冒号与括号。", "Check indents, colons and brackets."),
    )
