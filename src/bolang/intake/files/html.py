"""Web pages: paragraphs and tables, without scripts, styles and the page's furniture."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from bolang.intake.blocks import FilledTable, SourceText, find_title
from bolang.intake.files.assemble import assemble
from bolang.intake.files.bounds import bound

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "select",
        "option",
        "button",
        "form",
        "nav",
        "iframe",
        "object",
        "head",
    ]
)
_BREAKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "header",
        "footer",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "center",
        "blockquote",
        "pre",
        "hr",
        "title",
        "table",
    ]
)


def read_html(text: str, stem: str) -> SourceText:
    """Read a web page."""
    parser = _Page()
    parser.feed(text[: bound("characters")])
    parser.close()
    parser.flush()
    blocks = assemble(parser.items)
    return SourceText(find_title(blocks, parser.title.strip() or stem), blocks)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.items: list[str | FilledTable] = []
        self.title = ""
        self.skipping: list[str] = []
        self.line: list[str] = []
        self.tables: list[_HtmlTable] = []
        self.in_title = False
        self.raised: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title":
            self.in_title = True
        if tag in _SKIPPED and tag != "head":
            self.skipping.append(tag)
            return
        if self.skipping:
            return
        if tag == "sup":
            self.raised = []
        if tag == "table":
            self.flush()
            self.tables.append(_HtmlTable())
        elif self.tables and tag == "tr":
            self.tables[-1].row()
        elif self.tables and tag in ("td", "th"):
            values = dict(attrs)
            self.tables[-1].cell(_span(values.get("rowspan")), _span(values.get("colspan")))
        elif tag in _BREAKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self.in_title = False
        if self.skipping:
            if tag == self.skipping[-1]:
                self.skipping.pop()
            return
        if tag == "sup" and self.raised is not None:
            raised, self.raised = "".join(self.raised), None
            if not re.fullmatch(r"\s*[\[〔（(]?\s*注?\d{0,2}\s*[\]〕）)]?\s*", raised):
                self.handle_data(raised)
        elif tag == "table" and self.tables:
            self._end_table()
        elif tag in _BREAKS and tag not in ("br", "hr"):
            self._break()

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.title += data
            return
        if self.skipping:
            return
        if self.raised is not None:
            self.raised.append(data)
        elif self.tables and self.tables[-1].open is not None:
            self.tables[-1].add(data)
        elif not self.tables:
            self.line.append(re.sub(r"\s*\n\s*", "", data))

    def _break(self) -> None:
        if self.tables and self.tables[-1].open is not None:
            self.tables[-1].add("\n")
        elif not self.tables:
            self.flush()

    def flush(self) -> None:
        """End the current line, and any table left open."""
        while self.tables and not self.line:
            self._end_table()
        text = "".join(self.line).strip()
        self.line = []
        if text:
            self.items.append(text)

    def _end_table(self) -> None:
        table = self.tables.pop()
        content = table.content()
        if self.tables:  # a table inside a table: the outer one is layout
            self.tables[-1].nested.extend(content)
        else:
            self.items.extend(content)


class _HtmlTable:
    """A table being read; one that only lays out a page is given back as text."""

    def __init__(self) -> None:
        self.rows: list[dict[int, list[str]]] = []
        self.spans: dict[tuple[int, int], tuple[int, int]] = {}
        self.taken: set[tuple[int, int]] = set()
        self.nested: list[str | FilledTable] = []
        self.open: list[str] | None = None

    def row(self) -> None:
        self.rows.append({})
        self.open = None

    def cell(self, height: int, width: int) -> None:
        if not self.rows:
            self.row()
        row, column = len(self.rows) - 1, 0
        while (row, column) in self.taken or column in self.rows[row]:
            column += 1
        self.open = []
        if column < 500:
            self.rows[row][column] = self.open
            self.spans[row, column] = (height, width)
            self.taken |= {
                (row + down, column + right) for down in range(min(height, 200)) for right in range(min(width, 100))
            }

    def add(self, text: str) -> None:
        if self.open is not None:
            self.open.append(text)

    def content(self) -> list[str | FilledTable]:
        texts = {(r, c): "".join(parts).strip() for r, row in enumerate(self.rows) for c, parts in row.items()}
        longest = max((len(text) for text in texts.values()), default=0)
        columns = {c for (_, c), text in texts.items() if text}
        if longest > 200 or len(columns) <= 1 or self.nested:
            lines = [line.strip() for key in sorted(texts) for line in texts[key].split("\n") if line.strip()]
            return [*lines, *self.nested]
        filled: dict[tuple[int, int], str] = {}
        for (row, column), text in texts.items():
            height, width = self.spans[row, column]
            for down in range(min(height, len(self.rows) - row)):
                for right in range(min(width, 100)):
                    filled[row + down, column + right] = (
                        re.sub(r"\s+", "", text) if re.search("[\u4e00-\u9fff]", text) else text
                    )
        breadth = max((column for _, column in filled), default=-1) + 1
        rows = tuple(tuple(filled.get((r, c), "") for c in range(breadth)) for r in range(len(self.rows)))
        return [FilledTable(rows, "", 0)]


def _span(value: str | None) -> int:
    return max(1, int(value)) if value and value.strip().isdigit() and len(value.strip()) < 4 else 1
