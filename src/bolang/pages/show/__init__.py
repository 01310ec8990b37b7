"""One county on a page, and several side by side."""

from bolang.pages.show.compare import compare_page
from bolang.pages.show.indices import compare_indices_page
from bolang.pages.show.page import show_page

__all__ = ["compare_indices_page", "compare_page", "show_page"]
