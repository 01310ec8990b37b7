"""Pages on the model: how it does against what it was not fitted to."""

from __future__ import annotations

from bolang.pages.model.events import events_page

__all__ = ["events_page"]
