"""The type of a county, and the types of the nation, as pages."""

from bolang.pages.types.page import nation_page, type_page

__all__ = ["nation_page", "type_page"]
