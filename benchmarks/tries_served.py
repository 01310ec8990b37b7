"""Hostile tries of what is served or read from files: the browser, agents, lists of counties, house styles, levers."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Try = tuple[str, Callable[[], Any]]
SECRET = "a-secret-that-nobody-may-see"
ODD = (
    "", " ", "\0", "x", "-1", "1e400", "nan", "../..", "/etc/passwd", "%2e%2e%2f", "<script>alert(1)</script>", "'\"><img src=x>", "[/red]",
    "{0.__class__}", "${HOME}", "' or 1=1 --", "\u202e乌义", "\ud800", "🙂", "义" * 3000, "朝阳区", "99999999999999999999", "None", "all", ",", "||", "a:b:c:d",
)  # fmt: skip


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def asking(client: Any, wrong: Callable[[Any], bool]) -> Callable[..., Callable[[], Any]]:
    """Return what makes a try of a request: an answer that is wrong, or of the server's own fault, is no answer."""
    from bolang.foundation.errors import BolangError

    def asked(method: str, path: str, **more: Any) -> Callable[[], Any]:
        def call() -> str:
            answer = client.request(method, path, **more)
            if wrong(answer):
                raise AssertionError("shown as it was sent, or sent elsewhere")
            if answer.status_code >= 500:
                raise RuntimeError(f"{answer.status_code} {answer.text[:200]}")
            if answer.status_code >= 400:
                raise BolangError(str(answer.status_code))
            return str(answer.text)

        return call

    return asked


def browser(folder: Path) -> Iterator[Try]:
    """Pages with odd addresses, questions and forms; uploads that are none; foreign hosts, origins and tokens."""
    from starlette.testclient import TestClient

    from bolang.web import Settings, create_app
    from bolang.web.app import PAGES

    settings = Settings(workspace=folder / "own.duckdb", workspaces={"team": folder / "team.duckdb"}, token="t")
    client = TestClient(create_app(settings, warm=False), base_url="http://127.0.0.1:8377", follow_redirects=False)

    asked = asking(client, lambda answer: SECRET in answer.text or "<script>alert(1)" in answer.text)

    for path, _ in PAGES:
        for odd in ODD:
            filled = path
            for name in ("code", "indicator", "job", "name", "review"):
                filled = filled.replace("{" + name + "}", _quoted(odd) or "x")
            yield f"GET {path} {odd[:20]!r}", asked("GET", filled)
    # A page that computes for long is asked with what it refuses only.
    questions = {"/find": ("q",), "/suggest": ("q",), "/rank": ("by", "province", "top", "year"), "/where": ("lever", "province", "measure", "circle"),
                 "/compare": ("c",), "/map": ("by", "c", "lever"), "/map.json": ("by",), "/batch": ("c",), "/import": ("c", "saved", "undone"),
                 "/c/330782/trace/gdp": ("year", "lang"), "/c/330782/plan": ("budget",), "/": ("lang",), "/c/330782/report": ("kind",)}  # fmt: skip
    for path, names in questions.items():
        for name, odd in itertools.product(names, ODD):
            yield f"GET {path}?{name}={odd[:20]!r}", asked("GET", f"{path}?{name}={_quoted(odd)}")
    forms = {"/c/330782/simulate": ("s", "lever", "draws"), "/c/330782/report": ("form", "kind", "budget"), "/import/undo/1": ("x",), "/import/x": ("row",),
             "/jobs/x/cancel": ("x",), "/jobs/x/again": ("x",), "/batch": ("kind",), "/import/all": ("x",)}  # fmt: skip
    for path, names in forms.items():
        for name, odd in itertools.product(names, ODD[:18]):
            yield f"POST {path} {name}={odd[:20]!r}", asked("POST", path, data={"token": "t", name: _printable(odd)})
        yield f"POST {path} without token", asked("POST", path, data={})
        yield (
            f"POST {path} of another origin",
            asked("POST", path, data={"token": "t"}, headers={"origin": "http://evil.example"}),
        )
        yield f"POST {path} by another host", asked("POST", path, data={"token": "t"}, headers={"host": "evil.example"})
        yield (
            f"POST {path} raw",
            asked("POST", path, content=b"\xff" * 3000, headers={"content-type": "application/x-www-form-urlencoded"}),
        )
        yield (
            f"POST {path} broken parts",
            asked("POST", path, content=b"--x\r\n", headers={"content-type": "multipart/form-data; boundary=x"}),
        )
    contents = {"random": bytes(range(256)) * 40, "empty": b"", "zip": b"PK\x03\x04" + b"\0" * 500, "spaces": b" " * 300_000, "tags": b"<table>" * 20_000,
                "text": "义乌市2024年GDP为1e400亿元。".encode(), "steer": "义乌市\x1b[31m2024年生产总值\u202e1800亿元。".encode(),
                "xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}  # fmt: skip
    names = (
        "a.txt",
        "a.docx",
        "a.xlsx",
        "a.xls",
        "a.pdf",
        "a.csv",
        "a.html",
        "a.rtf",
        "../../a.txt",
        "a\0.txt",
        "x" * 400 + ".txt",
        "<script>alert(1)</script>.txt",
        ".",
        "CON",
        "a",
    )
    for (kind, content), name in itertools.product(contents.items(), names):
        yield (
            f"upload {kind} as {name[:30]!r}",
            asked("POST", "/import", data={"token": "t"}, files={"files": (name, content)}),
        )


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(_printable(text), safe="")


def agents(folder: Path) -> Iterator[Try]:
    """Every tool of the server for agents, each argument in turn something that it cannot be."""
    import asyncio

    from pydantic import ValidationError

    from bolang.foundation.errors import BolangError
    from bolang.mcp.server import create_server

    server = create_server(folder)
    good: dict[str, dict[str, Any]] = {
        "find_county": {"name": "义乌"}, "find_indicator": {"words": "gdp"}, "county_profile": {"county": "义乌市"},
        "get_facts": {"county": "义乌市", "indicator": "gdp", "year": 2020}, "compare": {"counties": ["义乌市", "昆山市"]},
        "rank": {"by": "gdp", "province": "浙江省", "year": 2020, "top": 5}, "plan": {"county": "义乌市", "budget": 3.0, "answers": {"free_trade_zone": True}},
        "sweep": {"county": "义乌市"}, "write_report": {"county": "x", "form": "html"},
        "simulate": {"county": "x", "levers": ["sea_rail"], "shocks": ["tariff:all:25"], "closure": "national", "draws": 2},
    }  # fmt: skip
    values: tuple[Any, ...] = (
        None,
        True,
        -1,
        1e308,
        "",
        "x",
        "\ud800",
        "义" * 5000,
        "../../x",
        "朝阳区",
        [],
        ["x"] * 500,
        {},
        {"x": {"y": 1}},
        "[/red]",
        [None],
    )

    def asked(tool: str, arguments: dict[str, Any]) -> Callable[[], Any]:
        def call() -> Any:
            try:
                found = asyncio.run(server.call_tool(tool, arguments))
            except Exception as error:
                if str(error) == f"Unknown tool: {tool}":
                    raise BolangError(str(error)) from None
                cause: BaseException | None = error
                while cause is not None:
                    if isinstance(cause, ValidationError | BolangError):
                        raise BolangError(str(error)) from None
                    cause = cause.__cause__ or cause.__context__
                raise
            said = repr(found)
            if SECRET in said:
                raise AssertionError("the secret is shown")
            structured = getattr(found, "structured_content", None) or getattr(found, "structuredContent", None) or {}
            if getattr(found, "is_error", False) or getattr(found, "isError", False):
                if "validation error" in said or "Invalid" in said or "Unknown tool" in said:
                    raise BolangError(said[:200])
                raise RuntimeError(said[:300])
            if isinstance(structured, dict) and structured.get("error"):
                raise BolangError(str(structured["error"]))
            return found

        return call

    for tool, arguments in good.items():
        for name, value in itertools.product(arguments, values):
            yield f"{tool} {name}={value!r:.30}", asked(tool, {**arguments, name: value})
        yield f"{tool} without arguments", asked(tool, {})
        yield (
            f"{tool} with one too many",
            asked(
                tool,
                {**arguments, "path": "/etc/passwd"} if tool != "write_report" else {"county": "x", "path": "/etc"},
            ),
        )
    yield "no tool", asked("none", {})


def lists(folder: Path, command: Callable[..., Callable[[], Any]]) -> Iterator[Try]:
    """Lists of counties, house styles and levers that are none."""
    texts = {"empty": b"", "head": b"county\n", "nul": b"\0\n\0\n", "random": bytes(range(256)) * 40, "spaces": b" " * 300_000, "long": b"x" * 300_000,
             "many": b"x\n" * 5000, "quotes": b'"' * 9999, "wrong": b"=1+1\n@x\n[/red]\n../../x\n\x1b[31m", "shared": "朝阳区\n".encode(),
             "gbk": "无此县\n".encode("gbk"), "utf16": "无此县\n".encode("utf-16"), "xlsx": b"PK\x03\x04" + b"\0" * 500}  # fmt: skip
    (folder / "out").mkdir()
    for name, content in texts.items():
        path = folder / f"{name}.csv"
        path.write_bytes(content)
        yield f"--batch {name}", command("report", "--batch", str(path), "-o", str(folder / "out"))
        yield f"--batch {name} into a file", command("report", "--batch", str(path), "-o", str(path))
        yield f"--batch {name} nowhere", command("report", "--batch", str(path), "-o", str(folder / "none" / "x"))
    for place in ("", "/", "/etc/passwd", str(folder), str(folder / "none.csv"), "/dev/zero", "\0", "x" * 300):
        yield f"--batch {place[:30]!r}", command("report", "--batch", place)
    forms = ("{0}", "{county.__class__}", "{county!r}", "{county:>99999999999}", "{", "}", "{}", "{county[0]}", "{none}", "[/red]", "\u202e", "x" * 200_000, "{{county}}")  # fmt: skip
    for number, form in enumerate(forms):
        for key in ("show", "none"):
            path = folder / f"style{number}{key}.yaml"
            path.write_text(f"{key}:\n  title:\n    zh: {form!r}\n    en: {form!r}\n", encoding="utf-8")
            yield f"--wording {key} {form[:30]!r}", command("show", "漠河市", "--wording", str(path), "--to", "json")
    for option, odd in itertools.product((None, "--measure", "--circle", "--province"), ODD):
        rest = [odd] if option is None else ["sea_rail", f"{option}={odd}"]
        yield f"where {option or ''} {odd[:20]!r}", command("where", *(["--", *rest] if option is None else rest))
    for odd in ODD:
        yield f"levers {odd[:20]!r}", command("levers", "--", odd)
        yield f"sweep --only {odd[:20]!r}", command("sweep", f"--only={odd or 'x'}", "--counties=漠河市")
        yield f"sweep --counties {odd[:20]!r}", command("sweep", "--only=none", f"--counties={odd}")
        yield f"sweep --shard {odd[:20]!r}", command("sweep", "--only=none", "--counties=x", f"--shard={odd}")
