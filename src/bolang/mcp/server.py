"""The server over standard input and output, and what it tells agents of itself."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, get_type_hints

from mcp.server.mcpserver import MCPServer
from mcp.types import CallToolResult, TextContent, ToolAnnotations

from bolang.mcp import tools
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
        server.tool(annotations=reads)(_sent(tool))
    server.tool(annotations=writes)(_sent(tools.report_writer(folder)))
    for part in PARTS:
        server.resource(f"bolang://methods/{part}", mime_type="text/plain", name=f"methods-{part}")(_method(part))
    return server


def _sent(tool: Callable[..., Answer]) -> Callable[..., CallToolResult]:
    """Send an answer as data and, for clients that read text, as the same in one line: both within the bound."""

    @functools.wraps(tool)
    def sent(*args: Any, **kwargs: Any) -> CallToolResult:
        answer = tool(*args, **kwargs)
        text = TextContent(type="text", text=answer.model_dump_json())
        return CallToolResult(content=[text], structured_content=answer.model_dump(mode="json"))

    sent.__signature__ = inspect.signature(tool, eval_str=True).replace(  # type: ignore[attr-defined]
        return_annotation=Annotated[CallToolResult, Answer]
    )
    sent.__annotations__ = {**get_type_hints(tool), "return": Annotated[CallToolResult, Answer]}
    return sent


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
