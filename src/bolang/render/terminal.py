"""The terminal: a page's answer first, then its tables; what is only for the careful reader comes with ``full``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bolang.document.model import Block, Box, Document, Figure, KeyFigures, Paragraph, Section, Table, year_behind
from bolang.document.numbering import Numbering
from bolang.foundation.text import Lang
from bolang.render.terminal_fold import folded
from bolang.render.terminal_grid import clean, grids
from bolang.wording import load

if TYPE_CHECKING:
    from rich.console import Console

WORDS = load("formats")


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

        self.console.rule(Line(clean(self.document.title.in_(self.lang)), style="bold"))
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

        self.console.print(Line("\n".join(folded(clean(text), self.console.width)), style=style))

    def _words(self, block: Paragraph, before: str) -> Any:
        """Return a paragraph as it is printed; `before` stands before its first line, the others are set in as far."""
        from rich.text import Text as Line

        lead = clean(block.lead.in_(self.lang)) + " " if block.lead else ""
        pieces = self.numbering.pieces(block.sentences, self.lang)
        said = lead + "".join(clean(piece.text) for piece in pieces if piece.kind != "note")
        line = Line(before + ("\n" + " " * len(before)).join(folded(said, self.console.width - len(before))))
        line.stylize("bold", len(before), len(before) + len(lead))
        return line

    def _paragraph(self, block: Paragraph) -> None:
        line = self._words(block, "• " if block.role == "bullet" else "")
        if block.role in ("small", "closing"):
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
            text = WORDS("labelled", name=item.label, value=item.number).in_(self.lang)
            if item.number.year and str(item.number.year) not in text + remark:
                text += year_behind(item.number.year).in_(self.lang)
            self._plain(f"  {text}  {remark}".rstrip())

    def _table(self, table: Table) -> None:
        self.console.print()
        self._plain(table.caption.in_(self.lang), style="italic")
        for grid in grids(table, self.lang, self.console.width):
            self.console.print(grid)
        if self.full and table.source.in_(self.lang):
            self._plain(WORDS("source", names=table.source).in_(self.lang), style="dim")
