"""A simulation as a page, and what a scenario may name."""

from bolang.pages.simulate.listing import listing_page
from bolang.pages.simulate.page import simulate_page

__all__ = ["listing_page", "simulate_page"]
