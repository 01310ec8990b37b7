"""The server over standard input and output, and what it tells agents of itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mcp.server.mcpserver import MCPServer
from mcp.types import ToolAnnotations

from bolang.mcp import tools

if TYPE_CHECKING:
    from bolang.mcp.answer import Answer

INSTRUCTIONS = (
    "bolang answers on China's 2,853 county-level units from published figures and cited methods. Say a number only with its "
    "year and status; what is not in an answer is not known. Names may be ambiguous: candidates are returned, ask with one."
)
READING: tuple[Callable[..., Answer], ...] = (
    tools.find_county,
    tools.find_indicator,
    tools.county_profile,
    tools.get_facts,
    tools.compare,
    tools.rank,
    tools.plan,
    tools.sweep,
    tools.simulate,
)
PARTS = ("diagnosis", "types", "neighbours", "debt", "risk", "plan", "economy", "space", "measures")


def create_server(folder: Path) -> MCPServer:
    """Make the server; reports are written into `folder` alone."""
    from bolang import __version__

    server = MCPServer("bolang", instructions=INSTRUCTIONS, version=__version__, log_level="ERROR")
    reads = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    writes = ToolAnnotations(read_only_hint=False, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
    for tool in READING:
        server.tool(annotations=reads)(tool)
    server.tool(annotations=writes)(tools.report_writer(folder))
    for part in PARTS:
        server.resource(f"bolang://methods/{part}", mime_type="text/plain", name=f"methods-{part}")(_method(part))
    return server


def serve_http(server: MCPServer, port: int) -> None:
    """Answer clients on this machine over HTTP at ``/mcp``; other hosts and pages of other origins are refused."""
    import anyio
    from mcp.server.transport_security import TransportSecuritySettings

    hosts = [f"{name}:{port}" for name in ("127.0.0.1", "localhost")]
    security = TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=[f"http://{host}" for host in hosts])
    anyio.run(lambda: server.run_streamable_http_async(port=port, transport_security=security))


def _method(part: str) -> Callable[[], str]:
    def read() -> str:
        from bolang.foundation.parameters import load_parameters
        from bolang.foundation.text import default_language
        from bolang.web.about import PACKAGES

        lang = default_language()
        found = load_parameters(PACKAGES[part]).parameters
        return "\n".join(f"{p.label.text.in_(lang)}: {p.value} {p.unit} [{p.basis.in_(lang)}]" for p in found.values())

    read.__doc__ = f"Assumptions of {part}, each with value, unit and source."
    return read
