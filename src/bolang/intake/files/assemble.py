"""Lines and tables in the order they stand become blocks; tables get the captions above them."""

from __future__ import annotations

from collections.abc import Sequence

from bolang.intake.blocks import Block, FilledTable, blocks_of_lines


def assemble(items: Sequence[str | FilledTable], joined: bool = True) -> list[Block]:
    """Turn lines and tables into blocks, numbering lines through the document.

    Parameters
    ----------
    items : sequence of str or FilledTable
        Lines of text and tables in order.
    joined : bool
        False if lines may be cut in the middle of a sentence.
    """
    blocks: list[Block] = []
    pending: list[str] = []
    line = tables = 0
    for item in [*items, None]:
        if isinstance(item, str):
            pending.append(item)
            continue
        if pending:
            blocks.extend(_shifted(blocks_of_lines(pending, joined), line))
            line += len(pending)
        if item is not None:
            tables += 1
            caption = "\n".join(text for text in pending[-3:] if len(text) <= 80)
            blocks.append(FilledTable(item.rows, item.name or f"表{tables}", line + 1, item.caption or caption))
            line += len(item.rows)
        pending = []
    return blocks


def _shifted(blocks: Sequence[Block], by: int) -> list[Block]:
    from dataclasses import replace

    return [replace(block, line=block.line + by) for block in blocks] if by else list(blocks)
