"""Any table of data as a page."""

from bolang.pages.frame.page import frame_page

__all__ = ["frame_page"]
