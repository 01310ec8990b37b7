"""Where a county is, as a page."""

from bolang.pages.access.page import access_page

__all__ = ["access_page"]
