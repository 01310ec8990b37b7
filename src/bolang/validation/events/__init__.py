"""Natural experiments on the shipped panels: what the model would have said beside what happened."""

from __future__ import annotations

from bolang.validation.events.catalogue import Event, event_catalogue
from bolang.validation.events.estimate import Estimate, estimate
from bolang.validation.events.panel import OutcomePanel, panel_of
from bolang.validation.events.study import EventStudy, study_events

__all__ = ["Estimate", "Event", "EventStudy", "OutcomePanel", "estimate", "event_catalogue", "panel_of", "study_events"]
