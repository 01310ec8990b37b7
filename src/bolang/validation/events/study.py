"""Every natural experiment: what happened, what the years before show, and what the model says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from bolang.economy.calibration.calibration import Calibration
from bolang.foundation.errors import BadInputError
from bolang.foundation.progress import Progress
from bolang.validation.events.catalogue import Event, event_catalogue, treated_years
from bolang.validation.events.estimate import Estimate, estimate
from bolang.validation.events.panel import OutcomePanel, panel_of
from bolang.validation.events.prediction import Prediction, predict

if TYPE_CHECKING:
    from bolang.atlas import Atlas

Verdict = Literal["agrees", "too_low", "too_high", "wrong_sign", "undecided", "no_mechanism"]
DRAWS = 15
"""Draws of effect and parameters behind the interval of a prediction."""


@dataclass(frozen=True, slots=True, eq=False)
class EventStudy:
    """One natural experiment, judged.

    Attributes
    ----------
    event : Event
    treated : int
        Counties that the event touched in the years that the panel can judge; `found.rows` are those with data.
    found : Estimate
    lead : float or None
        The same comparison before the event, where there should be nothing; None without data.
    predicted : Prediction or None
        None where the model has no mechanism.
    """

    event: Event
    treated: int
    found: Estimate
    lead: float | None
    predicted: Prediction | None

    @property
    def drifted(self) -> bool:
        """Whether treated counties had left the others behind before the event, beyond two placebo spreads."""
        return self.lead is not None and abs(self.lead) > 2 * self.found.spread

    @property
    def verdict(self) -> Verdict:
        """Compare the prediction with the outcome, whose uncertainty is the spread of placebo events.

        `undecided` means that zero and the prediction both lie within two placebo spreads of the outcome: the event cannot
        tell the prediction from nothing. `wrong_sign` means that the intervals meet although the centres lie on either
        side of zero.
        """
        if self.predicted is None:
            return "no_mechanism"
        reach = 2 * self.found.spread
        low, high = self.found.mean - reach, self.found.mean + reach
        if self.predicted.high < low:
            return "too_low"
        if self.predicted.low > high:
            return "too_high"
        if low <= 0 <= high:
            return "undecided"
        return "agrees" if self.predicted.centre * self.found.mean > 0 else "wrong_sign"


def study_events(
    atlas: Atlas,
    calibration: Calibration | None = None,
    *,
    progress: Progress | None = None,
) -> tuple[EventStudy, ...]:
    """Judge all shipped events; without a calibration nothing is predicted."""
    listed = event_catalogue()
    panels = {outcome: panel_of(atlas, outcome) for outcome in {event.outcome for event in listed.events}}
    return tuple(
        _study(event, atlas, panels[event.outcome], calibration, progress) for event in listed.events
    )  # fmt: skip


def _study(
    event: Event,
    atlas: Atlas,
    panel: OutcomePanel,
    calibration: Calibration | None,
    progress: Progress | None,
) -> EventStudy:
    listed = event_catalogue()
    touched = treated_years(event, atlas)
    judged = {row: year for row, year in touched.items() if event.years[0] <= year <= event.years[1]}
    spared = np.ones(len(atlas.codes), dtype=bool)
    spared[list(touched)] = False
    province = np.unique([county.province_code for county in atlas.counties], return_inverse=True)[1]
    years = sorted(set(judged.values()))

    def compare(before: tuple[int, int], after: tuple[int, int]) -> Estimate:
        changes = {year: panel.change(year, before, after, event.least) for year in years}
        return estimate(changes, judged, spared, province, placebos=listed.placebos, seed=listed.seed)

    found = compare(event.before, event.after)
    length = event.before[1] - event.before[0] + 1
    try:
        lead = compare((event.before[0] - length, event.before[1] - length), event.before).mean
    except BadInputError:
        lead = None
    predicted = None
    if event.lever is not None and calibration is not None:
        predicted = predict(
            calibration, event.lever, event.outcome, found.rows, spared, draws=DRAWS, seed=listed.seed, progress=progress
        )  # fmt: skip
    return EventStudy(event, len(judged), found, lead, predicted)
