"""More hostile tries: statements in disguise, odd environments, texts of options, denial by length, markup, doors, headers, soak."""

from __future__ import annotations

import datetime
import inspect
import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.tries_served import SECRET, Try, asking

Command = Callable[..., Callable[[], Any]]


def disguised(folder: Path, command: Command) -> Iterator[Try]:
    """Statements that read or write in disguise: inside others, as texts that are run, under other names."""
    s, n = folder / "secret.csv", folder / "new.csv"
    statements = [
        f"with t as (from read_csv_auto('{s}')) from t", f"select * from query('select * from read_text(''{s}'')')", f"from query_table(['{s}'])", f"select (select content from read_text('{s}'))",
        f"select * from json_execute_serialized_sql(json_serialize_sql('select * from read_text(''{s}'')'))", f"from '{s.parent}/sec*.csv'", f"from read_csv('{s}', filename=true)", f"copy units from '{s}'",
        f"copy (from read_text('{s}')) to '{n}' (format csv)", "copy (select 1) to '/dev/stdout'", f"/* x */ copy (select 1) to '{n}'", f"select 1; ; copy (select 1) to '{n}'", f"from units union all select * from '{s}'",
        f"pivot (from '{s}') on column0", f"summarize from '{s}'", "from duckdb_settings()", "from duckdb_databases()", "from duckdb_extensions()", "attach ':memory:' as y", f"attach 'file:{s}' as z (type sqlite)",
        "set variable x = 1", "set global enable_external_access = 1", "execute immediate 'select 1'", f"select * from st_read('{s}')", f"from read_xlsx('{s}')", "load 'json'", "force install json", "update extensions",
        f"create secret (type s3, key_id '{s}')", f"from sniff_csv('{s}', sample_size=1)", f"explain analyze from read_text('{s}')", f"describe from read_csv('{s}')", "select * from range(3) where error('x') is null",
        f"merge into units using '{s}' on true when matched then delete", "truncate units", "select * from units limit -1", "select 1 limit 'x'", "select cast('x' as blob), interval 1 day, [1, null], map {'a': 1}",
    ]  # fmt: skip
    for statement in statements:
        yield statement, command("sql", statement)


def surroundings(folder: Path, command: Command) -> Iterator[Try]:
    """Encodings, languages, sizes of the terminal, caches and workspaces as the environment says them; each in a process of its own."""
    del command
    (folder / "file").write_text("x", encoding="utf-8")
    (folder / "loop").symlink_to(folder / "loop")
    os.mkfifo(folder / "pipe")
    changes: list[dict[str, str]] = [{"PYTHONIOENCODING": name} for name in ("cp936:strict", "koi8-r", "shift_jis", "euc-kr", "utf-7", "cp1251", "ascii:strict", "utf-16", "utf-32", "punycode", "idna", "rot13", "none")]  # fmt: skip
    changes += [{"COLUMNS": size} for size in ("1", "0", "-5", "x", "100000")]
    changes += [{"TERM": "dumb"}, {"FORCE_COLOR": "1"}, {"NO_COLOR": "1", "LC_ALL": "C"}, {"LANG": "zh_CN.GB18030", "PYTHONUTF8": "0"}, {"BOLANG_LANG": "fr"}, {"BOLANG_LANG": "zh_CN"}, {"HOME": "/none"}, {"HOME": ""}]  # fmt: skip
    changes += [{"BOLANG_CACHE": str(folder / name)} for name in ("file", "loop", "pipe", "a\nb", "x" * 300)] + [{"BOLANG_CACHE": "relative"}, {"BOLANG_CACHE": "~"}, {"BOLANG_CACHE": "/dev/null/x"}, {"BOLANG_CACHE_LIMIT": "-1"}]  # fmt: skip
    changes += [{"BOLANG_WORKSPACE": str(folder / name)} for name in ("file", "loop", "a/b/c.duckdb", "x" * 300)] + [{"BOLANG_WORKSPACE": ""}, {"TMPDIR": "/none"}, {"TZ": "Nowhere/None"}, {"PYTHONHASHSEED": "0"}]  # fmt: skip
    for change in changes:
        yield f"{change!r:.80}", _apart(["find", "义乌市"], change, folder)


def _apart(arguments: list[str], change: dict[str, str], folder: Path) -> Callable[[], Any]:
    def call() -> str:
        from bolang.foundation.errors import BolangError

        # An encoding that Python does not know ends the interpreter before the first line of ours.
        known = "PYTHONIOENCODING" not in change or change["PYTHONIOENCODING"] not in ("none", "rot13", "idna")
        done = subprocess.run(
            [sys.executable, "-m", "bolang", *arguments], env={**os.environ, **change}, cwd=folder, capture_output=True, timeout=60, check=False
        )  # fmt: skip
        said = done.stderr.decode("utf-8", "replace")
        if known and ("Traceback" in said or "内部错误" in said or "Internal error" in said or done.returncode < 0):
            raise RuntimeError(said[-300:])
        if done.returncode:
            raise BolangError(said[-200:])
        return said

    return call


TEXTS = ("", " ", "\0", "\u202e", "../..", "/etc/passwd", "[/red]", "{0.__class__}", "x" * 20_000, "\ud800", "a,b,,c", "--", "=1+1", "９", "all\n", "朝阳区")  # fmt: skip
WORDS = {"report": ["漠河市"], "show": ["义乌市"], "rank": ["gdp"], "trace": ["义乌市", "gdp"], "plan": ["义乌市"], "debt": ["义乌市"], "risk": ["义乌市"], "types": ["义乌市"],
         "route": ["义乌市", "宁波舟山港"], "access": ["义乌市"], "levers": ["义乌市"], "where": ["sea_rail"], "compare": ["义乌市", "昆山市"], "join": ["义乌市"], "network": [], "catalogue": [], "sources": [],
         "sql": ["select 1"], "template": ["义乌市"], "workspace": ["list"], "cache": ["show"], "find": ["义乌市"], "model": [], "export-site": ["义乌市"]}  # fmt: skip


def texts(folder: Path, command: Command) -> Iterator[Try]:
    """Every option of every command that takes a text, with texts that are none."""
    del folder
    import typer

    from bolang.cli.app import app

    group: Any = typer.main.get_command(app)
    context = group.make_context("bolang", ["find", "义乌"], resilient_parsing=True)
    for verb, rest in WORDS.items():
        one = group.get_command(context, verb)
        turn = itertools.cycle(TEXTS)
        for parameter in one.params if one else ():
            if parameter.param_type_name == "option" and not getattr(parameter, "is_flag", False):
                for odd in itertools.islice(turn, 5):
                    yield f"{verb} {parameter.opts[0]} {odd[:20]!r}", command(verb, *rest, f"{parameter.opts[0]}={odd}")


def lengths(folder: Path, command: Command) -> Iterator[Try]:
    """Texts whose length or nesting would make a careless reader quadratic."""
    size = 300_000
    bodies = {
        "brackets": "（" * size, "lines": "\n" * size, "units": "亿元" * (size // 2), "commas": "，" * size, "years": "2024年" * (size // 5), "growth": "比上年增长" * (size // 5), "dots": "1.1." * (size // 4), "per cent": "5%、" * (size // 3),
        "tabs": "\t1" * (size // 2), "bars": "|1" * (size // 2), "names": "义乌市" * (size // 3), "whole": "其中：" * (size // 3), "notes": "[1]" * (size // 3), "quotes": "“" * size, "spaced": "生 产 总 值 " * (size // 8), "figures": "9" * size,
        "minus": "-" * size, "dashes": "—" * size, "divs": "<div>" * (size // 5), "cells": "<td>1" * (size // 5), "rows": "a,1\n" * (size // 4), "heads": "," * size, "titles": "一、" * (size // 2), "wide": "１２３，" * (size // 4),
    }  # fmt: skip
    for (name, body), suffix in itertools.product(bodies.items(), ("txt", "csv", "html")):
        path = folder / f"{name}.{suffix}"
        path.write_text("义乌市2024年国民经济和社会发展统计公报\n" + body, encoding="utf-8")
        yield f"import {path.name}", command("import", str(path), "--yes")
    for name in ("义" * size, " " * size + "义乌", "a b " * (size // 4), "（" * size):
        yield f"find {name[:8]!r} x {len(name)}", command("find", "--", name[:100_000])


MARKUP = ("#include \"/etc/passwd\"", "{{7*7}}{% raw %}", "]]><a>&#1;&x;", "=HYPERLINK(\"http://x\")", "e\u0301" * 3000, "\u202e\u2066x", "a\rb\x1b]8;;x\x07", "$x$ @a <b> `c` *d*", "//\\\\ /* -- ", "\ufdd0\uffff\ufeff",
          "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "| a | b |\n|--|", "x" * 30_000, "\u200b" * 500, "{\\rtf1 \\field}")  # fmt: skip


def markup(folder: Path, command: Command) -> Iterator[Try]:
    """Signatures that are markup, in every format."""
    del command
    import bolang as bl
    from bolang.foundation.text import same

    doctor = bl.Diagnostician(bl.Atlas(workspace=False))

    def written(text: str, form: str) -> Callable[[], Any]:
        def call() -> bytes:
            made = bl.report(
                "漠河市", diagnostician=doctor, day=datetime.date(2026, 1, 1), authors=same(text), kind="brief"
            )
            path = made.save(folder / f"m.{form}", "zh")
            content = path.read_bytes()
            if form == "html" and (b"<img src=x onerror" in content or b'href="javascript:' in content):
                raise AssertionError("shown as it was sent")
            return content

        return call

    for text, form in itertools.product(MARKUP, ("docx", "html", "xlsx", "md", "json", "pdf")):
        yield f"{form} {text[:20]!r}", written(text, form)


VALUES = (Decimal("1"), datetime.date(2020, 1, 1), Path("x"), range(3), (x for x in ()), int, print, 10**400, b"", memoryview(b"x"), frozenset({"x"}), [[1]], {"a": 1}, "义乌市\n", "\u202e", float("-inf"), ...)  # fmt: skip


def methods(folder: Path, command: Command) -> Iterator[Try]:
    """Every public method of an atlas, a county, a diagnostician and a report, and every public function, with values that it cannot take."""
    del folder, command
    import bolang as bl

    atlas = bl.Atlas(workspace=False)
    county, doctor = atlas.county("漠河市"), bl.Diagnostician(atlas)
    made = bl.report("漠河市", diagnostician=doctor, day=datetime.date(2026, 1, 1), kind="brief")
    calls = [(f"{type(thing).__name__}.{name}", getattr(thing, name)) for thing in (atlas, doctor, made) for name in dir(thing)
             if not name.startswith("_") and inspect.ismethod(getattr(type(thing), name, None) and getattr(thing, name))]  # fmt: skip
    calls += [
        (name, getattr(bl, name))
        for name in ("diagnose", "plan", "report", "simulate", "sweep", "Scenario", "Diagnostician", "Sweep")
    ]
    for name, call in calls:
        needed = [
            p
            for p in inspect.signature(call).parameters.values()
            if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
        ]
        for place, value in itertools.product(range(len(needed[:3])), VALUES):
            known = {"county": county, "indicator": "gdp", "year": 2020, "path": "x.docx", "form": "md", "atlas": atlas, "scenario": bl.Scenario(county)}  # fmt: skip
            given = {one.name: known.get(one.name, "gdp") for one in needed if one.default is one.empty}
            given |= {one.name: known[one.name] for one in needed[:place] if one.name in known} | {
                needed[place].name: value
            }
            yield f"{name} {needed[place].name}={value!r:.30}", lambda call=call, given=given: call(**given)  # type: ignore[misc]


def _shown_or_sent_elsewhere(answer: Any) -> bool:
    return SECRET in answer.text or "root:" in answer.text or "evil.example" in answer.headers.get("location", "")


def headers(folder: Path, command: Command) -> Iterator[Try]:
    """Methods, headers and addresses of the browser that no page sends."""
    del command
    from starlette.testclient import TestClient

    from bolang.web import Settings, create_app

    settings = Settings(workspace=folder / "own.duckdb", workspaces={}, token="t")
    client = TestClient(create_app(settings, warm=False), base_url="http://127.0.0.1:8377", follow_redirects=False)

    asked = asking(client, _shown_or_sent_elsewhere)

    for method, path in itertools.product(
        ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "HEAD", "X"), ("/", "/c/330782", "/import", "/static/map.js")
    ):
        yield f"{method} {path}", asked(method, path)
    paths = ("//evil.example/x", "/%252e%252e/etc/passwd", "/static/../../etc/passwd", "/static/%2e%2e/%2e%2e/app.py", "/static//etc/passwd", "/c/330782/..%2f..", "/c/330782;x", "/?lang=en&lang=zh", "/c/330782?" + "a=b&" * 3000,
             "/" + "x" * 9000, "/c/330782/trace/gdp?year=2020&year=x", "/\u202e", "/c/%00", "/map.json?by=gdp%00", "/find?q=%ff%fe", "/suggest?q=" + "%E4%B9%89" * 900, "/c/330782/report/x.docx", "/jobs/../jobs")  # fmt: skip
    for path in paths:
        yield f"GET {path[:50]!r}", asked("GET", path)
    odd = {"accept-language": "x" * 5000, "cookie": "a=b; " * 2000, "range": "bytes=0-99999999999,-1", "if-none-match": "\"" * 500, "referer": "http://evil.example", "x-forwarded-host": "evil.example", "content-length": "-1",
           "host": "127.0.0.1.evil.example", "origin": "null", "accept-encoding": "zstd;q=nan", "if-modified-since": "never", "user-agent": "", "x-forwarded-for": "::1", "upgrade": "websocket", "expect": "100-continue"}  # fmt: skip
    for (name, value), (method, path) in itertools.product(odd.items(), (("GET", "/c/330782"), ("GET", "/static/map.js"), ("POST", "/import"))):  # fmt: skip
        yield f"{method} {path} {name}", asked(method, path, headers={name: value})


AGAIN: dict[str, Callable[[Path, Command], Iterator[Try]]] = {
    "SQL in disguise": disguised,
    "surroundings": surroundings,
    "texts of options": texts,
    "lengths": lengths,
    "markup": markup,
    "methods": methods,
    "headers": headers,
}
