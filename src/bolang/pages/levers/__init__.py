"""What each lever does in one county."""

from bolang.pages.levers.page import levers_page

__all__ = ["levers_page"]
