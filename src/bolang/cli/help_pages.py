"""Help pages in the language of the interface: the words that the library for command lines puts around ours."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup

from bolang.wording import load

WORDS = load("cli")
FRAME = {
    "ARGUMENTS_PANEL_TITLE": "frame.arguments",
    "OPTIONS_PANEL_TITLE": "frame.options",
    "COMMANDS_PANEL_TITLE": "frame.commands",
    "ERRORS_PANEL_TITLE": "frame.error",
    "REQUIRED_LONG_STRING": "frame.required",
}
USAGE = {"Usage:": "frame.usage", "[OPTIONS]": "frame.any_options", "COMMAND [ARGS]...": "frame.any_command"}


class WordedHelp:
    """What a command and a group of commands share: their help page says everything in one language."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return ``--help`` with its words."""
        found = super().get_help_option(ctx)  # type: ignore[misc]
        if found is not None:
            found.help = str(WORDS("frame.help"))
            found.metavar = ""
        return found

    def get_usage(self, ctx: Any) -> str:
        """Return the line that says how the command is written."""
        said: str = super().get_usage(ctx)  # type: ignore[misc]
        for part, key in USAGE.items():
            said = said.replace(part, str(WORDS(key)), 1)
        return said

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the page."""
        from typer import rich_utils

        for name, key in FRAME.items():
            setattr(rich_utils, name, str(WORDS(key)))
        rich_utils.DEFAULT_STRING = str(WORDS("frame.default", value="{}"))
        super().format_help(ctx, formatter)  # type: ignore[misc]


class WordedCommand(WordedHelp, TyperCommand):
    """A command."""


class WordedGroup(WordedHelp, TyperGroup):
    """A command that has commands of its own."""
