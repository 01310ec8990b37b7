"""The terminal: a page's answer first, then its tables; what is only for the careful reader comes with ``full``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bolang.document.model import Block, Box, Column, Document, Figure, KeyFigures, Paragraph, Section, Table
from bolang.document.numbering import Numbering
from bolang.foundation.text import Lang
from bolang.render.flat import cell_text
from bolang.render.labels import COLON, SOURCE

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as Grid


def render_terminal(document: Document, lang: Lang, console: Console, *, full: bool = False) -> None:
    """Print a page.

    Parameters
    ----------
    document : Document
        Its front is the answer; its sections are the rest.
    lang : {'zh', 'en'}
    console : rich.console.Console
        Where to print.
    full : bool
        Also print the sections and the sources of the tables.
    """
    _Printer(document, lang, console, full).page()


class _Printer:
    def __init__(self, document: Document, lang: Lang, console: Console, full: bool) -> None:
        self.document = document
        self.lang: Lang = lang
        self.console, self.full = console, full
        self.numbering = Numbering(document)

    def page(self) -> None:
        from rich.text import Text as Line

        self.console.rule(Line(_clean(self.document.title.in_(self.lang)), style="bold"))
        for block in self.document.front:
            self.block(block)
        for section in self.document.sections if self.full else ():
            self.block(section)

    def block(self, block: Block) -> None:
        if isinstance(block, Section):
            self._heading(block.title.in_(self.lang))
            for each in block.blocks:
                self.block(each)
        elif isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Figure):
            if block.data is not None:
                self._table(block.data)
            else:
                self._plain(block.alt.in_(self.lang), style="dim")
        elif isinstance(block, KeyFigures):
            self._key_figures(block)
        else:
            self._box(block)

    def _heading(self, title: str) -> None:
        self.console.print()
        self._plain(title, style="bold cyan")

    def _plain(self, text: str, style: str = "") -> None:
        from rich.text import Text as Line

        self.console.print(Line(_clean(text), style=style))

    def _words(self, block: Paragraph) -> Any:
        from rich.text import Text as Line

        line = Line()
        if block.lead:
            line.append(_clean(block.lead.in_(self.lang)) + " ", style="bold")
        for piece in self.numbering.pieces(block.sentences, self.lang):
            if piece.kind != "note":
                line.append(_clean(piece.text))
        return line

    def _paragraph(self, block: Paragraph) -> None:
        from rich.table import Table as Grid

        line = self._words(block)
        if block.role == "bullet":
            grid = Grid.grid(padding=(0, 1))
            grid.add_column(width=1)
            grid.add_column(overflow="fold")
            grid.add_row("•", line)
            self.console.print(grid)
            return
        if block.role == "small":
            line.stylize("dim")
        elif block.role == "answer":
            line.stylize("bold")
        self.console.print(line)

    def _box(self, box: Box) -> None:
        self._heading(box.title.in_(self.lang))
        for paragraph in box.paragraphs:
            self._paragraph(paragraph)

    def _key_figures(self, block: KeyFigures) -> None:
        for item in block.items:
            remark = item.remark.in_(self.lang)
            text = item.label.in_(self.lang) + COLON.in_(self.lang) + item.number.text.in_(self.lang)
            if item.number.year and str(item.number.year) not in text + remark:
                text += f" ({item.number.year})" if self.lang == "en" else f"（{item.number.year}）"
            self._plain(f"  {text}  {remark}".rstrip())

    def _table(self, table: Table) -> None:
        self.console.print()
        self._plain(table.caption.in_(self.lang), style="italic")
        heads = [_head(column, self.lang) for column in table.columns]
        cells = [[_clean(cell_text(cell, self.lang)) for cell in row.cells] for row in table.rows]
        for shown in _parts(heads, cells, table.columns, self.console.width):
            grid = self._grid([heads[k] for k in shown], [table.columns[k] for k in shown])
            for row, texts in zip(table.rows, cells, strict=True):
                grid.add_row(*(_cell(texts[k], row.strong) for k in shown))
            self.console.print(grid)
        if self.full and table.source.in_(self.lang):
            self._plain(SOURCE.in_(self.lang) + table.source.in_(self.lang), style="dim")

    def _grid(self, heads: list[str], columns: list[Column]) -> Grid:
        from rich import box
        from rich.table import Table as Grid
        from rich.text import Text as Line

        grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False)
        for head, column in zip(heads, columns, strict=True):
            grid.add_column(Line(head), justify=column.align, overflow="fold", no_wrap=column.align == "right")
        return grid


_GAP = 3
_NARROWEST = 12
"""Columns of a text cell that is folded rather than cut; a number is never cut."""


def _head(column: Column, lang: Lang) -> str:
    label = column.label.in_(lang)
    return _clean(f"{column.group.in_(lang)} {label}" if column.group else label)


def _parts(heads: list[str], cells: list[list[str]], columns: tuple[Column, ...], width: int) -> list[list[int]]:
    """Split columns into tables that fit the width, each with the first column: no number is ever cut short."""
    from rich.cells import cell_len

    wide = [max([cell_len(heads[k]), *(cell_len(row[k]) for row in cells)]) for k in range(len(columns))]
    need = [w if column.align == "right" else min(w, _NARROWEST) for w, column in zip(wide, columns, strict=True)]
    parts: list[list[int]] = []
    for k in range(1, len(columns)):
        used = sum(need[m] + _GAP for m in parts[-1]) if parts else 0
        if not parts or used + need[k] > width:
            parts.append([0, k])
        else:
            parts[-1].append(k)
    return parts or [[0]]


def _cell(text: str, strong: bool) -> Any:
    from rich.text import Text as Line

    return Line(_clean(text), style="bold" if strong else "")


def _clean(text: str) -> str:
    """Drop what would move the cursor or colour the terminal."""
    return "".join(c for c in text if c in "\n\t" or c.isprintable())
