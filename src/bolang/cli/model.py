"""``bolang model``: how well the county economy is calibrated, how it does against data it never saw, Yiwu's road."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bolang.cli.help_pages import WordedCommand
from bolang.cli.options import Full, LangOption, Output, To, Wording, flag
from bolang.cli.page import Delivery
from bolang.cli.paged import command_group, paged
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.document.model import Document

WORDS = load("cli_facts")
group = command_group(invoke_without_command=True)


@paged
def calibration() -> Delivery:
    """Show the calibration report; a csv holds all counties."""
    from time import perf_counter

    from bolang.atlas import own_atlas
    from bolang.cli.progress import stage_line
    from bolang.economy import calibrate
    from bolang.pages.model import calibration_page
    from bolang.validation.calibration_report import CalibrationReport

    start = perf_counter()
    with stage_line() as tell:
        fitted = calibrate(own_atlas(), progress=tell)
    report = CalibrationReport.from_calibration(fitted)
    return Delivery(calibration_page(report, perf_counter() - start), report.counties)


@paged
def exports(
    structure: Annotated[bool, flag("--structure", said=WORDS("model.structure"))] = False,
) -> Delivery:
    """Show the backtest on county exports; a csv holds all counties."""
    from bolang.atlas import own_atlas
    from bolang.cli.progress import stage_line
    from bolang.pages.model import exports_page
    from bolang.validation.backtest_exports import exports_backtest
    from bolang.validation.backtest_sensitivity import structural_cases

    atlas = own_atlas()
    with stage_line() as tell:
        backtest = exports_backtest(atlas, tell)
        cases = structural_cases(atlas, tell) if structure else ()
    return Delivery(exports_page(backtest, cases), backtest.counties)


@paged
def growth() -> Document:
    """Show the backtest on growth."""
    from bolang.atlas import own_atlas
    from bolang.cli.progress import stage_line
    from bolang.pages.model import growth_page
    from bolang.validation.backtest_growth import growth_backtest

    with stage_line() as tell:
        return growth_page(growth_backtest(own_atlas(), tell))


@paged
def events() -> Document:
    """Show the natural experiments."""
    from bolang.atlas import own_atlas
    from bolang.cli.progress import stage_line
    from bolang.economy import calibrate
    from bolang.pages.model import events_page
    from bolang.validation.events import study_events

    atlas = own_atlas()
    with stage_line() as tell:
        return events_page(study_events(atlas, calibrate(atlas, progress=tell), progress=tell))


@paged
def yiwu() -> Document:
    """Show the replay."""
    from bolang.atlas import own_atlas
    from bolang.cli.progress import stage_line
    from bolang.pages.model import replay_page
    from bolang.validation.replay import replay_yiwu

    atlas = own_atlas()
    with stage_line() as tell:
        return replay_page(atlas, replay_yiwu(atlas, tell))


for _command in (calibration, exports, growth, events, yiwu):
    group.command(_command.__name__, cls=WordedCommand, help=str(WORDS(f"model.help.{_command.__name__}")))(_command)


@group.callback(invoke_without_command=True)
def _default(
    context: typer.Context,
    full: Full = False,
    to: To = None,
    output: Output = None,
    wording: Wording = None,
    lang: LangOption = None,
) -> None:
    """Show the calibration if nothing else is asked for."""
    if context.invoked_subcommand is None:
        calibration(full=full, to=to, output=output, wording=wording, lang=lang)
