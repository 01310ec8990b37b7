"""Rich text: its words and tables, whatever the fonts and colours."""

from __future__ import annotations

from typing import Any

from bolang.foundation.errors import BolangError
from bolang.intake.blocks import SourceText
from bolang.intake.files.bounds import damaged
from bolang.intake.files.text import read_text


def read_rtf(data: bytes, name: str, stem: str) -> SourceText:
    """Read a rich text file; the cells of its tables are divided by bars.

    Raises
    ------
    BadInputError
        If it is damaged or too long.
    """
    from striprtf import striprtf

    convert: Any = striprtf.rtf_to_text
    try:
        text: str = convert(data.decode("latin-1"), encoding="gb18030", errors="replace")
    except BolangError:
        raise
    except Exception as error:  # a broken file ends the converter in many ways
        raise damaged(name, "rtf") from error
    return read_text(text.replace("\x00", ""), stem)
