"""Where a figure comes from, as a page."""

from bolang.pages.trace.page import trace_page

__all__ = ["trace_page"]
