"""Where a lever does most."""

from bolang.pages.where.page import where_page

__all__ = ["where_page"]
