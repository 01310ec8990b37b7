"""What the atlas holds, as pages."""

from bolang.pages.catalogue.page import columns_page, tables_page

__all__ = ["columns_page", "tables_page"]
