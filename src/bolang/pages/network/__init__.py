"""What a change of the transport network does, as a page."""

from bolang.pages.network.page import network_page

__all__ = ["network_page"]
