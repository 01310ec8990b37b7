"""Where a lever does most."""

from bolang.pages.where.page import ranks, result_of, where_page

__all__ = ["ranks", "result_of", "where_page"]
