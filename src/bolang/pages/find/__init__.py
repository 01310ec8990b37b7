"""Which county a name or code means, as a page."""

from bolang.pages.find.page import find_page

__all__ = ["find_page"]
