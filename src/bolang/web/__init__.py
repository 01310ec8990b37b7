"""The pages of bolang in a browser: the same documents as on the terminal, served on this machine alone."""

from bolang.web.app import create_app
from bolang.web.settings import Settings

__all__ = ["Settings", "create_app"]
