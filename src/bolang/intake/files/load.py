"""Open a file by what it holds, not by what its name says."""

from __future__ import annotations

from pathlib import Path

from bolang.foundation.errors import BadInputError, BolangError
from bolang.foundation.text import tr
from bolang.intake.blocks import FilledTable, SourceText
from bolang.intake.files.bounds import damaged, open_archive, read_bytes

KINDS = "xlsx, xls, ods, csv, txt, html, docx, odt, rtf, pdf"

_FOREIGN = ((b"mime-version:", "MHT"), (b"from: <saved by", "MHT"))
_WORKBOOK = "Workbook".encode("utf-16-le"), "Book".encode("utf-16-le") + b"\0\0"
"""Names of the stream that makes an old Office file a workbook."""
"""Text formats that would pass for plain text but hold no plain Chinese, and how they begin (in lower case)."""


def load(path: str | Path) -> SourceText:
    """Read a file into blocks.

    Parameters
    ----------
    path : str or Path
        An xlsx, csv, txt, html, docx or pdf file. The content decides, not the ending of the name.

    Raises
    ------
    BadInputError
        If the file is missing, damaged, too large, encrypted, holds macros, or is of another kind.
    """
    path = Path(path)
    data = read_bytes(path)
    try:
        document = _read(data, path)
    except BolangError:
        raise
    except (RecursionError, MemoryError) as error:
        raise damaged(path.name, path.suffix.lstrip(".") or KINDS) from error
    if not document.blocks:
        raise BadInputError(
            tr(f"{path.name} 里没有可读的文字或表格。", f"{path.name} holds no text and no table that can be read."),
            tr("若是扫描件，请先做文字识别（OCR）。", "If it is a scan, run text recognition (OCR) first."),
        )
    return document


def _read(data: bytes, path: Path) -> SourceText:
    from bolang.intake.files import text

    name, stem = path.name, path.stem
    if data.startswith(b"PK"):
        return _office(data, name, stem)
    if data.lstrip()[:5] == b"%PDF-":
        from bolang.intake.files.pdf import read_pdf

        return read_pdf(data, name, stem)
    if data.startswith(b"\xd0\xcf\x11\xe0") and any(mark in data for mark in _WORKBOOK):
        from bolang.intake.files.xls import read_xls

        return read_xls(data, name, stem)
    if data.lstrip()[:5] == b"{\\rtf":
        from bolang.intake.files.rtf import read_rtf

        return read_rtf(data, name, stem)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInputError(
            tr(
                f"{name} 是旧版 Word 格式（.doc）或已加密。",
                f"{name} is an old Word file (.doc) or encrypted.",
            ),
            tr("请用 Office 或 WPS 另存为 .xlsx 或 .docx。", "Save it as .xlsx or .docx with Office or WPS."),
        )
    foreign = next((kind for mark, kind in _FOREIGN if data.lstrip()[: len(mark)].lower() == mark), "")
    if foreign:
        raise BadInputError(
            tr(f"{name} 是 {foreign} 文件，不能读取。", f"{name} is an {foreign} file, which is not read."),
            tr("请另存为 .docx 或纯文本后再导入。", "Save it as .docx or plain text and import that."),
        )
    if text.looks_binary(data):
        raise BadInputError(
            tr(f"认不出 {name} 的格式。", f"The format of {name} is not known."),
            tr(f"可以导入：{KINDS}。", f"Files that can be imported: {KINDS}."),
        )
    decoded = text.decode(data, name)
    if text.looks_like_html(decoded):
        from bolang.intake.files.html import read_html

        return read_html(decoded, stem)
    if path.suffix.lower() in (".csv", ".tsv"):
        return text.read_csv(decoded, stem)
    return text.read_text(decoded, stem)


def _office(data: bytes, name: str, stem: str) -> SourceText:
    archive = open_archive(data, name)
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        from bolang.intake.files.xlsx import read_xlsx

        return read_xlsx(archive, name, stem)
    if "word/document.xml" in names:
        from bolang.intake.files.docx import read_docx

        return read_docx(data, name, stem)
    if "content.xml" in names and "mimetype" in names:
        from bolang.intake.files.odf import read_ods, read_odt

        return (read_ods if b"spreadsheet" in archive.read("mimetype")[:100] else read_odt)(archive, name, stem)
    raise BadInputError(
        tr(f"{name} 是压缩包，但不是 .xlsx 或 .docx。", f"{name} is an archive, but no .xlsx or .docx."),
        tr(f"可以导入：{KINDS}。", f"Files that can be imported: {KINDS}."),
    )


def has_tables_only(document: SourceText) -> bool:
    """Tell whether a document is a workbook or a csv file: nothing but tables."""
    return all(isinstance(block, FilledTable) for block in document.blocks)
