"""Files of many formats, read into one kind of document, within bounds."""

from bolang.intake.files.load import load

__all__ = ["load"]
