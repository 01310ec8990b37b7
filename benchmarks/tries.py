"""``python -m benchmarks.tries``: hostile tries by kind, and how each ended: an answer, a sentence, an internal error, harm.

Every try runs the command line, or a public function, in this process, in a folder of its own. *Harm* is a file that should
not have changed, or a secret that is shown. A sentence is one error of bolang: what was wrong, what was expected.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import itertools
import json
import os
import random
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.tries_again import AGAIN
from benchmarks.tries_served import SECRET, Try, agents, browser, lists

PAGE = Path(__file__).parents[1] / "docs" / "attacks.md"
RESULTS = Path(__file__).parent / "results" / "tries.json"
ENDS = ("answer", "sentence", "internal", "harm")
LONG_S = 30.0


@dataclass
class Kind:
    """How the tries of one kind ended, and what ended badly."""

    ends: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    bad: list[str] = field(default_factory=list)


def command(*arguments: str) -> Callable[[], Any]:
    """Return the command line as a call; its ending is raised."""

    def call() -> str:
        from bolang.cli.run import main

        out, err, before, spoken = io.StringIO(), io.StringIO(), sys.argv, os.environ.get("BOLANG_LANG")
        sys.argv = ["bolang", *arguments]
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                main()
        except SystemExit as end:
            said = out.getvalue() + err.getvalue()
            if SECRET in said:
                raise AssertionError("the secret is shown") from None
            if "Traceback" in said or "内部错误" in said or "Internal error" in said:
                raise RuntimeError(said[-300:]) from None
            if end.code not in (0, None):
                from bolang.foundation.errors import BolangError

                raise BolangError(said[-200:]) from None
        finally:
            sys.argv = before
            os.environ.pop("BOLANG_LANG", None)
            os.environ |= {} if spoken is None else {"BOLANG_LANG": spoken}
        return out.getvalue()

    return call


# -- kinds -----------------------------------------------------------------------------------------


def sql(folder: Path) -> Iterator[Try]:
    """Statements that read, write, load, change settings or never end."""
    secret, new = folder / "secret.csv", folder / "new.csv"
    reading = [
        "read_text('{s}')", "read_csv('{s}')", "read_csv_auto('{s}')", "read_blob('{s}')", "read_json('{s}')",
        "read_parquet('{s}')", "glob('{f}/*')", "'{s}'", '"{s}"', "read_csv(['{s}'])", "sniff_csv('{s}')",
        "parquet_metadata('{s}')", "read_text('file://{s}')", "read_csv('http://localhost/x.csv')", "'s3://a/b.csv'",
        "read_text(getenv('HOME'))", "read_text('/proc/self/environ')", "read_ndjson_objects('{s}')", "duckdb_secrets()",
        "which_secret('x', 's3')", "read_duckdb('{s}')", "parquet_schema('{s}')",
    ]  # fmt: skip
    writing = [
        "copy (select 1) to '{n}'", "explain analyze copy (select 1) to '{n}'", "export database '{f}/dump'",
        "attach '{f}/x.duckdb'", "attach '{s}' as x", "create table '{n}' as select 1", "install httpfs", "load httpfs",
        "install '{s}'", "load '{s}'", "set enable_external_access=true", "pragma enable_external_access=true",
        "set lock_configuration=false", "reset lock_configuration", "set temp_directory='{f}/t'", "set home_directory='{f}'",
        "set extension_directory='{f}'", "set log_query_path='{n}'", "pragma enable_profiling; select 1",
        "pragma profile_output='{n}'", "set profiling_output='{n}'", "import database '{f}'", "detach memory", "checkpoint",
        "vacuum", "create view v as select * from '{s}'", "create macro m() as table select * from '{s}'", "drop view units",
        "delete from units", "update units set name = 'x'", "insert into units select * from units", "begin; commit",
        "prepare p as select 1; execute p", "call pragma_version()", "select 1; copy (select 1) to '{n}'", "use x",
        "set threads=0", "set memory_limit='1KB'", "create temp table t as select 1", "alter view units rename to u",
        "comment on view units is 'x'", "explain select * from '{s}'", "describe '{s}'", "summarize '{s}'",
    ]  # fmt: skip
    odd = [
        "", ";", "select", "select 1;;", "select 'a", "-- x", "/*", "select * from", "select \0", "select '\ud800'",
        "select 1 as \"a\", 2 as \"a\"", "select repeat('x', 100000)", "select " + "(" * 2000 + "1" + ")" * 2000,
        "select unnest(range(10))", "select 1/0", "select 'nan'::double", "select 1e400", "select {{'a': [1]}}",
        "select * from none", "select x from units", "select error('x')", "values (1)", "from units limit 1", "show tables",
        "select current_setting('home_directory')", "select getenv('HOME')", "select getvariable('x')",
    ]  # fmt: skip
    for statement in [*(f"select * from {part}" for part in reading), *writing, *odd]:
        filled = statement.format(s=secret, n=new, f=folder) if "{{" not in statement else "select {'a': [1]}"
        yield filled, command("sql", filled)


def outputs(folder: Path) -> Iterator[Try]:
    """Places to write that are none, or belong to others."""
    (folder / "kept").mkdir()
    (folder / "link.csv").symlink_to(folder / "target.csv")
    (folder / "round.csv").symlink_to(folder / "round.csv")
    places = [
        "/", ".", "..", str(folder / "kept"), "/dev/full", "/dev/null", "/proc/x.csv", "/sys/x.csv", str(folder / "link.csv"),
        str(folder / "round.csv"), str(folder / "none" / "x.csv"), str(folder / ("x" * 300 + ".csv")), "", " ", "\0.csv",
        str(folder / "a\nb.csv"), str(folder / "[/red].csv"), str(folder / "x.exe"), str(folder / "x"), "-",
        str(folder / "secret.csv" / "x.csv"), str(folder / "\u202ex.csv"), str(folder / "x.CSV"), "http://x/y.csv",
    ]  # fmt: skip
    for place in places:
        yield f"rank -o {place!r}", command("rank", "gdp", "--top", "2", "-o", place)
        yield f"sql -o {place!r}", command("sql", "select 1 as a", "-o", place)
    for place in places:
        suffix = place.replace(".csv", ".docx")
        yield f"show -o {suffix!r}", command("show", "漠河市", "-o", suffix)


NAMES = (
    "", " ", "\t", "\0", "县", "市辖区", "x", "义", "330782 ", " 义乌市 ", "義烏", "yiwu", "YIWU", "Yiwu City", "义乌市;漠河市", "330782'",
    "3307820", "33078", "999999", "-1", "1e6", "nan", "[/red]", "[bold]义乌[/]", "{{7*7}}", "${HOME}", "`id`", "$(id)", "../..",
    "/etc/passwd", "%s%n", "\x1b[31m", "\u202e乌义", "𠮷", "🙂", "\ud800", "x" * 5000, "义" * 5000, "' or 1=1 --", "浦东", "莱芜区", "朝阳区",
    "城关区", "新区", "--help", "-o", "NULL", "None", "義烏市", "义乌\n市", "\ufeff义乌市", "ｙｉｗｕ", "３３０７８２",
)  # fmt: skip


def names(folder: Path) -> Iterator[Try]:
    """Names of counties that are none, many, or something else altogether."""
    del folder
    for name, verb in itertools.product(NAMES, ("find", "trace", "debt", "route")):
        rest = {"trace": ("gdp",), "route": ("宁波舟山港",)}.get(verb, ())
        yield f"{verb} {name[:30]!r}", command(verb, "--", name, *rest)


NUMBERS = (
    "0",
    "-1",
    "1e308",
    "-1e308",
    "1e400",
    "nan",
    "inf",
    "-inf",
    "x",
    "",
    "1,5",
    "٣",
    "９",
    "1_0",
    "0x10",
    "10**9",
    "1e-320",
)


def options(folder: Path) -> Iterator[Try]:
    """Numbers out of every range, for every numeric option of every command."""
    del folder
    import typer

    from bolang.cli.app import app

    group: Any = typer.main.get_command(app)
    context = group.make_context("bolang", ["find", "义乌"], resilient_parsing=True)
    words = {"report": ["义乌市"], "show": ["义乌市"], "rank": ["gdp"], "trace": ["义乌市", "gdp"], "plan": ["义乌市"], "debt": ["义乌市"],
             "risk": ["义乌市"], "types": ["义乌市"], "route": ["义乌市", "宁波舟山港"], "access": ["义乌市"], "levers": ["义乌市"],
             "where": ["sea_rail"], "simulate": ["义乌市", "--lever", "sea_rail"], "compare": ["义乌市", "昆山市"], "join": ["义乌市"]}  # fmt: skip
    for verb, rest in words.items():
        one = group.get_command(context, verb)
        assert one is not None
        for parameter in one.params:
            kind = str(getattr(parameter, "type_descriptor", None) or getattr(parameter, "type", "")).lower()
            if parameter.param_type_name == "option" and re.search(r"class '(int|float)'|^(int|float)", kind):
                for number in NUMBERS:
                    # A simulation that is in order takes long, and says nothing of doors: its good numbers are left out.
                    if verb == "simulate" and number in ("0", "٣", "９", "1_0", "1e-320"):
                        continue
                    yield f"{verb} {parameter.opts[0]} {number}", command(verb, *rest, f"{parameter.opts[0]}={number}")


def scenarios(folder: Path) -> Iterator[Try]:
    """YAML that is a bomb, no YAML, no scenario, or a scenario of impossible sizes."""
    head = "county: 义乌市\n"
    texts = [
        "", "[]", "1", "~", "a: &a [*a]", "[" * 100_000, "{a: " * 50_000, "- " * 200_000, "a: " + "x" * 2_000_000, "!!python/object:os.x {}",
        "a: " + "9" * 5000, "a: 2020-13-45", "a: \0", "\ufeff" + head, head + "levers: [none]", head + "levers: {sea_rail: 1e9}",
        head + "levers: {sea_rail: nan}", head + "levers: {sea_rail: -1}", head + "levers: [[sea_rail]]", head + "draws: -1",
        head + "draws: 1e9", head + "closure: x", head + "x: 1", "county: [1]\nlevers: [sea_rail]", "county: 义乌市\ncounty: 曹县\nlevers: [sea_rail]",
        head + "shocks: [{kind: x}]", head + "shocks: [{kind: tariff, size: 1e99}]", head + "shocks: 1", head + "seed: -1",
        "<<: {county: 义乌市}", "%YAML 9.9\n---\na: 1", "a: 1\n---\nb: 2", "\t\ta: 1", "a: *b", "? ? ?", "county: !!binary aGk=\nlevers: [sea_rail]",
    ]  # fmt: skip
    for number, said in enumerate(texts):
        path = folder / f"s{number}.yaml"
        path.write_bytes(said.encode("utf-8", "surrogatepass"))
        yield f"simulate {said[:40]!r}", command("simulate", "--scenario", str(path), "--draws", "0")
        yield (
            f"--wording {said[:40]!r}",
            command("report", "漠河市", "--wording", str(path), "-o", str(folder / "w.json")),
        )
    (folder / "gbk.yaml").write_bytes("county: 义乌市".encode("gbk"))
    yield "simulate gbk", command("simulate", "--scenario", str(folder / "gbk.yaml"))
    yield "simulate folder", command("simulate", "--scenario", str(folder))


def files(folder: Path) -> Iterator[Try]:
    """Files to import that are broken, empty, of another kind, or large inside."""
    dice = random.Random(1)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("xl/workbook.xml", b"0" * 50_000_000)
        box.writestr("../../escaped.txt", b"x")
    contents = {
        "empty": b"", "random": dice.randbytes(5000), "nul": b"\0" * 5000, "zip": packed.getvalue(), "cut": packed.getvalue()[:300],
        "spaces": b" " * 300_000, "line": b"1," * 200_000, "tags": b"<table>" * 20_000, "text": "义乌市2024年GDP为1e400亿元。".encode(),
        "gbk": "义乌市2024年生产总值1800亿元。".encode("gbk"), "good": "义乌市2024年国民经济和社会发展统计公报\n2024年，全市实现地区生产总值2500亿元，比上年增长6.0%。".encode(),
        "utf16": "义乌市2024年生产总值1800亿元。".encode("utf-16"),
        "pdf": b"%PDF-1.7\n1 0 obj<</Length 99999999>>stream\n", "xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        "quotes": b'"' * 100_001, "steer": "义乌市\x1b[31m2024年生产总值\u202e1800亿元。".encode(),
    }  # fmt: skip
    suffixes = ("txt", "csv", "xlsx", "xls", "docx", "pdf", "html", "json", "rtf", "zip", "md", "exe", "")
    for (name, content), suffix in itertools.product(contents.items(), suffixes):
        path = folder / f"{name}.{suffix}" if suffix else folder / name
        path.write_bytes(content)
        yield f"import {path.name}", command("import", str(path), "--yes")


VALUES = (
    None,
    True,
    0,
    -1,
    3.5,
    float("nan"),
    float("inf"),
    1e308,
    1j,
    "",
    "x",
    "\ud800",
    b"x",
    [],
    ["x"],
    {},
    object(),
)


def doors(folder: Path) -> Iterator[Try]:
    """Every public question of the Python interface, each argument in turn something that it cannot be."""
    del folder
    import bolang as bl

    atlas = bl.Atlas(workspace=False)
    good: dict[str, tuple[Callable[..., Any], tuple[Any, ...]]] = {
        "county": (atlas.county, ("义乌市",)), "fact": (atlas.fact, ("义乌市", "gdp", 2020)), "facts": (atlas.facts, ("义乌市", "gdp")),
        "trace": (atlas.trace, ("义乌市", "gdp")), "column": (atlas.column, ("gdp", 2020)), "table": (atlas.table, ("units",)),
        "sql": (atlas.sql, ("select 1",)), "plan": (bl.plan, ("义乌市",)), "diagnose": (bl.diagnose, ("义乌市",)),
        "Scenario": (lambda county, levers: bl.Scenario(county, levers=levers), ("义乌市", ["sea_rail"])),
        "Atlas": (lambda workspace: bl.Atlas(workspace=workspace), (False,)),
    }  # fmt: skip
    for name, (call, arguments) in good.items():
        for position, value in itertools.product(range(len(arguments)), VALUES):
            given = [*arguments[:position], value, *arguments[position + 1 :]]
            yield f"{name} {position} {value!r}", lambda call=call, given=given: call(*given)  # type: ignore[misc]


def measures(folder: Path) -> Iterator[Try]:
    """Every public measure, its first argument in turn something that it cannot be."""
    del folder
    import bolang.measures as package

    for name in package.__all__:
        measure = getattr(package, name)
        if inspect.isfunction(measure):
            needed = [p for p in inspect.signature(measure).parameters.values() if p.default is p.empty]
            named = {p.name: 1.0 for p in needed if p.kind is p.KEYWORD_ONLY}
            for value in VALUES:
                given = [value] + [[1.0, 2.0]] * (len(needed) - len(named) - 1)
                yield f"{name}({value!r})", lambda m=measure, given=given, named=named: m(*given, **named)  # type: ignore[misc]


KINDS: dict[str, Callable[[Path], Iterator[Try]]] = {
    "SQL": sql, "places to write": outputs, "names": names, "numbers of options": options, "YAML": scenarios,
    "files to import": files, "Python doors": doors, "measures": measures, "lists, house styles, levers": lambda folder: lists(folder, command),
    "browser": browser, "agents": agents,
    **{kind: (lambda folder, make=make: make(folder, command)) for kind, make in AGAIN.items()},
}  # fmt: skip


# -- running ---------------------------------------------------------------------------------------


def ended(call: Callable[[], Any]) -> tuple[str, str]:
    """Make a try; return how it ended and what was said."""
    from bolang.foundation.errors import BolangError

    try:
        call()
    except BolangError:
        return "sentence", ""
    except AssertionError as error:
        return "harm", str(error)
    except Exception as error:
        return "internal", f"{type(error).__name__}: {str(error)[-160:]}"
    return "answer", ""


def tried(kind: str) -> Kind:
    """Make all tries of a kind in a folder of their own."""
    found = Kind()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        secret = folder / "secret.csv"
        secret.write_text(f"{SECRET}\n{SECRET}\n", encoding="utf-8")
        os.environ["BOLANG_WORKSPACE"] = str(folder / "none.duckdb")
        here = Path.cwd()
        for name, call in KINDS[kind](folder):
            os.chdir(folder)
            started = time.perf_counter()
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                end, said = ended(call)
            seconds = time.perf_counter() - started
            os.chdir(here)
            if not secret.exists() or secret.read_text(encoding="utf-8") != f"{SECRET}\n{SECRET}\n":
                end, said = "harm", "another's file has changed"
            if kind == "SQL" and (folder / "new.csv").exists():
                end, said = "harm", "a file was written"
            found.ends[end] += 1
            found.slowest = max(found.slowest, seconds)
            if end in ("internal", "harm") or seconds > LONG_S:
                found.bad.append(f"{name}: {end}, {seconds:.0f} s, {said}")
    return found


def page(found: dict[str, Kind]) -> str:
    """Return the table."""
    lines = [
        "# Hostile tries",
        "",
        "Made by `python -m benchmarks.tries`, in one process. A sentence is an error that says what was wrong and what was",
        "expected; harm is a file of others that changed or a secret that was shown.",
        "",
        "| kind | tries | answered | ended in a sentence | internal error | harm | slowest, s |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for kind, one in found.items():
        counts = " | ".join(str(one.ends[end]) for end in ENDS)
        lines.append(f"| {kind} | {one.ends.total()} | {counts} | {one.slowest:.1f} |")
    total = Counter[str]()
    for one in found.values():
        total.update(one.ends)
    lines.append(f"| together | {total.total()} | {' | '.join(str(total[end]) for end in ENDS)} | |")
    lines += [
        "",
        "- **SQL**: statements that read or list files, write, attach, load extensions, change settings, or are none at all.",
        "- **Places to write**: devices, folders, links, links to themselves, names that no system takes.",
        "- **Names**: empty, shared by many, markup, code, steering characters, halves of characters, five thousand of them.",
        "- **Numbers of options**: every numeric option with zero, negatives, endless ones, foreign digits, text.",
        "- **YAML**: bombs, depth, length, objects, doubled keys, scenarios and house styles that are none.",
        "- **Files to import**: random, cut, empty, of another kind than their suffix says, large inside, steering text.",
        "- **Python doors, measures**: every argument something that it cannot be.",
        "- **Lists, house styles, levers**: `report --batch`, `--wording`, `where`, `levers` and `sweep` with files and names that are none.",
        "- **Browser**: every page with odd addresses, questions and forms; uploads; foreign hosts, origins and tokens.",
        "- **Agents**: every tool of `bolang mcp`, each argument something that it cannot be.",
        "- **SQL in disguise**: statements inside others, as texts that are run, under other names.",
        "- **Surroundings**: encodings, languages, widths of the terminal, caches, workspaces and homes as the environment says them.",
        "- **Texts of options**: every option of every command that takes a text, with texts that are none.",
        "- **Lengths**: a third of a million signs of every kind that a bulletin has, as text, table and page.",
        "- **Markup**: signatures that are markup, in every format.",
        "- **Methods**: every public method and function of Python, with values of other kinds.",
        "- **Headers**: methods, headers and addresses that no page sends.",
        "",
        "What wants a process of its own stands in `tests/attacks`: devices and pipes closed or full, encodings, kills and forks, a",
        "cache with flipped bytes or none, what is left in the home, memory. Any command needs 0.4 GB and 1.5 GB of addresses",
        "(`ulimit -v`), a solution of the county economy 1 GB (2.2), one for many parameters 1.6 GB (2.8); less is said in one line",
        "before work begins. `python -m benchmarks.soak` makes many reports in one process and starts many processes on one empty cache; what",
        "it found stands in `benchmarks/results/soak.md`.",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Make the tries of the kinds named, or of all, and write the table; a kind that was not tried keeps its counts."""
    os.environ.setdefault("BOLANG_CACHE", tempfile.mkdtemp(prefix="bolang-tries-"))
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    found = {kind: Kind(Counter(one["ends"]), one["slowest"]) for kind, one in known.items()}
    for kind in sys.argv[1:] or KINDS:
        found[kind] = tried(kind)
        print(kind, dict(found[kind].ends), f"{found[kind].slowest:.1f} s", flush=True)
        for said in found[kind].bad:
            print("  ", ascii(said)[:300], flush=True)
        known[kind] = {"ends": dict(found[kind].ends), "slowest": round(found[kind].slowest, 1)}
        RESULTS.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page({kind: found[kind] for kind in KINDS if kind in found}), encoding="utf-8")


if __name__ == "__main__":
    main()
