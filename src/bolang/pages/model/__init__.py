"""Pages on the model: how it is calibrated, how it does against what it was not fitted to, Yiwu replayed."""

from bolang.pages.model.events import events_page
from bolang.pages.model.reports import calibration_page, exports_page, growth_page, replay_page

__all__ = ["calibration_page", "events_page", "exports_page", "growth_page", "replay_page"]
