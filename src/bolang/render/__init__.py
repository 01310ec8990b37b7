"""Four renderings of one document."""

from bolang.render.formats import FORMATS, Format, format_of, render

__all__ = ["FORMATS", "Format", "format_of", "render"]
