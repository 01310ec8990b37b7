"""Which neighbours a county should join, as a page."""

from bolang.pages.join.page import join_page

__all__ = ["join_page"]
