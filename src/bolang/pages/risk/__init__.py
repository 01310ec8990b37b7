"""Cross-border risk of a county, as a page."""

from bolang.pages.risk.page import risk_page

__all__ = ["risk_page"]
