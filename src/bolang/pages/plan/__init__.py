"""The plan as a page."""

from bolang.pages.plan.page import plan_page

__all__ = ["plan_page"]
