"""Rankings as pages."""

from bolang.pages.rank.facts import rank_page
from bolang.pages.rank.index import index_rank_page, measures_page

__all__ = ["index_rank_page", "measures_page", "rank_page"]
