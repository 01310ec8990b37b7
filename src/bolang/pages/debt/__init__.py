"""Public finances and debt, as a page."""

from bolang.pages.debt.page import debt_page

__all__ = ["debt_page"]
