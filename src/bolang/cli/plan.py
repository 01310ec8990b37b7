"""``bolang plan``: what to do, pilot, apply for, ask and leave in one county."""

from __future__ import annotations

from typing import Annotated

import typer

from bolang.cli.fiscal_options import (
    Debt,
    Expenditure,
    FundExpenditure,
    FundRevenue,
    GeneralDebt,
    Quota,
    Revenue,
    SpecialDebt,
    Transfers,
    given_items,
)
from bolang.cli.options import Full, LangOption, Name, Output, To
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Lang, default_language, language, tr

HELP = tr(
    "一个县能做什么：已实行的、可办的、该试点的、该申请的、要先问清的、不该做的。例：bolang plan 清河县 --budget 3",
    "What a county can do: in place, go ahead, pilot, apply for, ask first, leave. Example: bolang plan 清河县 --budget 3",
)
_YES = {"yes": True, "y": True, "是": True, "有": True, "no": False, "n": False, "否": False, "无": False}


def command(
    name: Name,
    budget: Annotated[
        float | None,
        typer.Option(
            "--budget",
            help=tr("五年内县里可用的自有资金（亿元）。", "The county's own money over five years (亿元)."),
            show_default=False,
        ),
    ] = None,
    assume: Annotated[
        list[str] | None,
        typer.Option(
            "--assume",
            help=tr(
                "自行假定一项未测量举措的效果（居民收入增加的百分比），如 skills_and_testing=0.5；可重复。",
                "Assume the effect of a measure that nobody has measured, in per cent of residents' income: "
                "skills_and_testing=0.5; repeatable.",
            ),
            show_default=False,
        ),
    ] = None,
    answer: Annotated[
        list[str] | None,
        typer.Option(
            "--answer",
            help=tr(
                "回答登记册不知道的事，如 sea_rail=有、bonded_zone=无；可重复。",
                "Answer what the register does not know: sea_rail=yes, bonded_zone=no; repeatable.",
            ),
            show_default=False,
        ),
    ] = None,
    general_debt: GeneralDebt = None,
    special_debt: SpecialDebt = None,
    debt: Debt = None,
    quota: Quota = None,
    revenue: Revenue = None,
    expenditure: Expenditure = None,
    transfers: Transfers = None,
    fund_revenue: FundRevenue = None,
    fund_expenditure: FundExpenditure = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help=tr("随机种子。", "Seed of the draws."))] = 0,
    full: Full = False,
    to: To = None,
    output: Output = None,
    lang: LangOption = None,
) -> None:
    """Show the plan of one county."""
    from bolang.cli.page import emit
    from bolang.pages.plan import plan_page
    from bolang.pathway.plan.recommend import plan

    chosen: Lang = language(lang) if lang else default_language()
    given = given_items(
        general_debt=general_debt,
        special_debt=special_debt,
        debt=debt,
        quota=quota,
        revenue=revenue,
        expenditure=expenditure,
        transfers=transfers,
        fund_revenue=fund_revenue,
        fund_expenditure=fund_expenditure,
    )
    found = plan(
        name,
        budget=budget,
        effects={key: _percent(key, value) for key, value in map(_pair, assume or ())},
        answers={key: _yes(key, value) for key, value in map(_pair, answer or ())},
        fiscal=given or None,
        seed=seed,
    )
    emit(plan_page(found), chosen, to, output, full=full)


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
