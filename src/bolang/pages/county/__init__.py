"""One county in a browser: what it is, what it should do, what that rests on."""

from bolang.pages.county.page import county_page

__all__ = ["county_page"]
