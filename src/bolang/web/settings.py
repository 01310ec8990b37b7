"""What a server is started with."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bolang.web.refusals import refuse

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
"""What a workspace may be called in an address."""
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Settings:
    """What a server is started with.

    Attributes
    ----------
    port : int
        Port that it listens on.
    hosts : tuple of str
        Names, apart from those of this machine, under which a proxy may ask.
    workspaces : mapping of str to Path
        Further workspaces by the name that they have in an address; the user's own one is at the root.
    workspace : Path or None
        The workspace at the root; None for the user's own.
    token : str
        Secret that every writing request must carry; only pages of this server know it.
    """

    port: int = 8377
    hosts: tuple[str, ...] = ()
    workspaces: Mapping[str, Path] = field(default_factory=dict)
    workspace: Path | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

    def __post_init__(self) -> None:
        for name in self.workspaces:
            if not NAME.fullmatch(name):
                raise refuse("workspace", name=repr(name))

    @property
    def known_hosts(self) -> frozenset[str]:
        """Values of the Host header that are answered."""
        own = {f"{host}:{self.port}" for host in LOOPBACK}
        return frozenset({*own, *self.hosts})

    @property
    def origins(self) -> frozenset[str]:
        """Pages that may send forms here."""
        return frozenset(f"{scheme}://{host}" for host in self.known_hosts for scheme in ("http", "https"))
