"""Words for readers: one YAML file a page, the languages side by side, values put in by name."""

from bolang.wording.book import Words, load, with_style

__all__ = ["Words", "load", "with_style"]
