"""What is kept of earlier computations, as a page."""

from bolang.pages.cache.page import cache_page

__all__ = ["cache_page"]
