"""Who lives in the county: age and sex in two censuses, and where its residents come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bolang.figures import canvas
from bolang.foundation.text import Lang
from bolang.foundation.units import exact_text
from bolang.wording import load

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

WORDS = load("figures")

AGES: tuple[str, ...] = ("0_4", *(f"{a}_{a + 4}" for a in range(5, 85, 5)), "85_plus")


@dataclass(frozen=True, slots=True)
class Pyramid:
    """Population by sex and five-year age group in the order of `AGES`, in persons."""

    year: int
    male: Sequence[float]
    female: Sequence[float]


@canvas.in_house_style
def draw_pyramid(lang: Lang, now: Pyramid, before: Pyramid | None) -> Drawing:
    """Draw the latest census as bars and the one before as an outline, both in per cent of the population."""
    drawing = canvas.new_drawing(62)
    axes = drawing.subplots()
    rows = np.arange(len(AGES))
    total = sum(now.male) + sum(now.female)
    male, female = (100.0 * np.asarray(side) / total for side in (now.male, now.female))
    sexes = [WORDS(f"people.{sex}").in_(lang) for sex in ("men", "women")]
    axes.barh(rows, -male, height=0.82, color=canvas.ACCENT, label=f"{sexes[0]} {now.year}")
    axes.barh(rows, female, height=0.82, color=canvas.WARM, label=f"{sexes[1]} {now.year}")
    widest = float(max(male.max(), female.max()))
    if before is not None:
        whole = sum(before.male) + sum(before.female)
        for side, sign in ((before.male, -1.0), (before.female, 1.0)):
            share = 100.0 * np.asarray(side) / whole
            widest = max(widest, float(share.max()))
            axes.stairs(
                sign * share, np.arange(len(AGES) + 1) - 0.5, orientation="horizontal", color=canvas.INK, lw=0.9
            )
        axes.plot([], [], color=canvas.INK, lw=0.9, label=str(before.year))
    axes.axvline(0, color="white", lw=0.8)
    axes.set_xlim(-widest * 1.08, widest * 1.08)
    axes.set_yticks(rows[::2], [_age_label(age) for age in AGES[::2]])
    axes.set_ylim(-0.6, len(AGES) - 0.4)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_formatter(lambda value, _: exact_text(abs(value)))
    axes.set_xlabel(WORDS("people.share").in_(lang))
    axes.set_ylabel(WORDS("people.age").in_(lang))
    axes.grid(axis="x")
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3)
    return drawing


def _age_label(age: str) -> str:
    return "85+" if age == "85_plus" else age.replace("_", "–")
