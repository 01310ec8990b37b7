"""The report of a county on one page."""

from bolang.pages.brief.page import brief_page

__all__ = ["brief_page"]
