"""PDF with a text layer; scans are refused with the advice to run text recognition."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter

from bolang.foundation.errors import BadInputError, BolangError
from bolang.foundation.text import tr
from bolang.intake.blocks import FilledTable, SourceNote, SourceText, find_title
from bolang.intake.files.assemble import assemble
from bolang.intake.files.bounds import bound, damaged, too_large


def read_pdf(data: bytes, name: str, stem: str) -> SourceText:
    """Read the text of a PDF page by page.

    Raises
    ------
    BadInputError
        If the file is damaged, encrypted, has too many pages, or no text layer.
    """
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise BadInputError(
                tr(f"{name} 已加密。", f"{name} is encrypted."), tr("请去除密码后另存。", "Save it without a password.")
            )
        limit = bound("pages")
        if len(reader.pages) > limit:
            raise too_large(
                tr(f"共 {len(reader.pages)} 页", f"It has {len(reader.pages)} pages"),
                tr(f"{limit} 页", f"{limit} pages"),
            )
        pages = _pages(reader)
    except BolangError:
        raise
    except Exception as error:  # pypdf raises many classes on broken files, some of them built-in ones
        raise damaged(name, "pdf") from error
    if not any(page.strip() for page in pages):
        raise BadInputError(
            tr(f"{name} 没有文字层，多半是扫描件。", f"{name} has no text layer; it is probably a scan."),
            tr("请先做文字识别（OCR），再导入。", "Run text recognition (OCR) first."),
        )
    empty = sum(not page.strip() for page in pages)
    items: list[str | FilledTable] = list(_lines(pages))
    blocks = assemble(items, joined=False)
    notes = [SourceNote("empty_pages", {"count": empty})] if empty else []
    return SourceText(find_title(blocks, stem), blocks, notes)


def _pages(reader: object) -> list[str]:
    limit, total = bound("characters"), 0
    pages: list[str] = []
    for page in reader.pages:  # type: ignore[attr-defined]
        text = page.extract_text() or ""
        total += len(text)
        if total > limit:
            raise too_large(tr("文字过多", "There is too much text"), str(limit))
        pages.append(text)
    return pages


def _lines(pages: list[str]) -> list[str]:
    """Return the lines of all pages without page numbers and running heads."""
    edges = Counter(
        line
        for page in pages
        for lines in [[line.strip() for line in page.splitlines() if line.strip()]]
        for line in {*lines[:1], *lines[-1:]}
    )
    running = {line for line, count in edges.items() if len(pages) >= 3 and count >= 0.6 * len(pages)}
    kept = []
    for page in pages:
        for line in page.splitlines():
            text = line.strip()
            if text in running or re.fullmatch(
                r"[-—–－\s]*第?\s*\d{1,3}\s*页?(?:\s*(?:/\s*共?|共)\s*\d{1,3}\s*页?)?[-—–－\s]*", text
            ):
                continue
            kept.append(line)
    return kept
