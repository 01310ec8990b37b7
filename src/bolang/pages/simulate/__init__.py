"""A simulation as a page."""

from bolang.pages.simulate.page import simulate_page

__all__ = ["simulate_page"]
