"""Reading wording files: YAML with the line of every entry, so that errors can point at it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bolang.foundation.errors import BadInputError
from bolang.foundation.text import LANGUAGES, Lang, tr
from bolang.foundation.yaml_door import check_bounds
from bolang.wording.entry import Statement


def read_entries(text: str, where: str) -> Mapping[str, Statement]:
    """Read the entries of one page.

    Raises
    ------
    BadInputError
        If the file is not ``key: {zh: ..., en: ...}``; the line is named.
    """
    return {key: entry for key, (entry, _) in _entries(_root(text, where), where).items()}


def read_pages(text: str, where: str) -> Mapping[str, Mapping[str, tuple[Statement, int]]]:
    """Read a house style: pages, each with entries and their lines.

    Raises
    ------
    BadInputError
    """
    return {key: _entries(node, where) for key, node in _pairs(_root(text, where), where)}


def _root(text: str, where: str) -> Any:
    import yaml

    try:
        check_bounds(text, where)
        for token in yaml.scan(text, Loader=yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):
            if isinstance(token, yaml.AliasToken | yaml.AnchorToken):
                raise BadInputError(
                    tr(
                        f"{where} 第 {token.start_mark.line + 1} 行：不接受锚点与别名。",
                        f"{where}, line {token.start_mark.line + 1}: anchors and aliases are not taken.",
                    ),
                    tr("请把每条语句写全。", "Write each statement out."),
                )
        node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", error)
        raise BadInputError(
            tr(f"{where}{line}：不是有效的 YAML（{problem}）。", f"{where}{line}: not valid YAML ({problem}).")
        ) from None
    except RecursionError:
        raise BadInputError(
            tr(f"{where}：嵌套过深。", f"{where}: nested too deeply."),
            tr("只用页面、键和语言三层。", "Use page, key and language only."),
        ) from None
    return node


def _pairs(node: Any, where: str) -> list[tuple[str, Any]]:
    import yaml

    if not isinstance(node, yaml.MappingNode):
        line = node.start_mark.line + 1 if node else 1
        raise BadInputError(
            tr(f"{where} 第 {line} 行：应为“名字: ……”的形式。", f"{where}, line {line}: expected 'name: ...' pairs.")
        )
    seen: dict[str, Any] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in seen:
            raise BadInputError(
                tr(
                    f"{where} 第 {key.start_mark.line + 1} 行：{name} 出现两次。",
                    f"{where}, line {key.start_mark.line + 1}: {name} stands twice.",
                )
            )
        seen[name] = value
    return list(seen.items())


def _entries(node: Any, where: str) -> dict[str, tuple[Statement, int]]:
    import yaml

    found = {}
    for key, value in _pairs(node, where):
        line = value.start_mark.line + (0 if getattr(value, "flow_style", None) is False else 1)
        forms: dict[Lang, str] = {}
        for lang, text in _pairs(value, f"{where} ({key})"):
            if lang not in LANGUAGES or not isinstance(text, yaml.ScalarNode):
                raise BadInputError(
                    tr(
                        f"{where} 第 {text.start_mark.line + 1} 行：{key} 下有 {lang!r}；应为 {'、'.join(LANGUAGES)} 及其文字。",
                        f"{where}, line {text.start_mark.line + 1}: {key} has {lang!r}; expected {' or '.join(LANGUAGES)} "
                        "with a text.",
                    )
                )
            forms[lang] = text.value
        found[key] = (Statement.from_forms(key, forms, f"{where}, line {line}:"), line)
    return found
