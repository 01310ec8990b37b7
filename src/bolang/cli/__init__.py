"""The command line of bolang."""

from bolang.cli.run import main

__all__ = ["main"]
