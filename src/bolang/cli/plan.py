"""``bolang plan``: what to do, pilot, apply for, ask and leave in one county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from bolang.cli.fiscal_options import PLAN, amounts
from bolang.cli.options import Name, option
from bolang.cli.paged import paged_with
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import tr
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.document.model import Document

WORDS = load("cli_road")
_YES = {"yes": True, "y": True, "是": True, "有": True, "no": False, "n": False, "否": False, "无": False}


@paged_with(fiscal=amounts(PLAN))
def command(
    name: Name,
    fiscal: Mapping[str, float],
    budget: Annotated[float | None, option("--budget", said=WORDS("plan.budget"))] = None,
    assume: Annotated[list[str] | None, option("--assume", said=WORDS("plan.assume"))] = None,
    answer: Annotated[list[str] | None, option("--answer", said=WORDS("plan.answer"))] = None,
    seed: Annotated[int, option("--seed", said=WORDS("plan.seed"), shown=True, min=0)] = 0,
) -> Document:
    """Show the plan of one county."""
    from bolang.pages.plan import plan_page
    from bolang.pathway.plan.recommend import plan

    found = plan(
        name,
        budget=budget,
        effects={key: _percent(key, value) for key, value in map(_pair, assume or ())},
        answers={key: _yes(key, value) for key, value in map(_pair, answer or ())},
        fiscal=fiscal or None,
        seed=seed,
    )
    return plan_page(found)


def _pair(text: str) -> tuple[str, str]:
    key, mark, value = text.replace("＝", "=").partition("=")
    if not mark or not key.strip() or not value.strip():
        raise BadInputError(
            tr(f"“{text}”应写成 名称=值。", f"{text!r} should be name=value."),
            tr("例：--answer sea_rail=有", "Example: --answer sea_rail=yes"),
        )
    return key.strip(), value.strip()


def _percent(key: str, value: str) -> float:
    try:
        return float(value.rstrip("%％")) / 100.0
    except ValueError:
        raise BadInputError(
            tr(
                f"{key} 的假定效果应为数字（百分比），收到“{value}”。",
                f"The effect of {key} should be a number (per cent), got {value!r}.",
            )
        ) from None


def _yes(key: str, value: str) -> bool:
    found = _YES.get(value.lower())
    if found is None:
        raise BadInputError(
            tr(f"{key} 应答“有”或“无”，收到“{value}”。", f"Answer {key} with yes or no, got {value!r}.")
        )
    return found
