"""The ways for goods between two places, as a page."""

from bolang.pages.route.page import route_page

__all__ = ["route_page"]
