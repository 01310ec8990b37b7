"""A server under mixed load with faults: python -m benchmarks.soak_web --minutes 65 --pace 15.

Readers look at pages of many counties, one imports and takes back, jobs run and are cancelled, the worker is killed, uploads are broken off or make
no sense, connections end in the middle. Printed: answers by status, latency while a job runs and while none does, memory over time. `--pace 8`
makes every pause eight times as long, for an hour beside other work; `--memory FILE` keeps what was measured every ten seconds.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

PORT = 8397
HOST = f"127.0.0.1:{PORT}"
PATIENCE = 120
"""Seconds in which a page must have come."""
EVERY = 10.0
"""Seconds between two looks at the memory."""
SETTLED = 0.3
"""Share of the time after which memory counts as settled: caches are full, every kind of page was asked for."""
PAGES = (
    "/",
    "/c/{code}",
    "/c/{code}",
    "/c/{code}/plan?budget=3",
    "/c/{code}/debt?general_debt=50&special_debt=80",
    "/c/{code}/trace/gdp?year=2023",
    "/c/{code}/simulate",
    "/compare?c={code},330782",
    "/rank?by=fiscal_revenue",
    "/rank?by=circulation",
    "/map.json?by=gdp",
    "/suggest?q=" + quote("义"),
    "/c/{code}?to=xlsx",
    "/w/team/c/{code}",
    "/methods",
    "/methods/debt",
    "/about",
    "/find?q=" + quote("昆山"),
    "/map?by=type",
    "/where?lever=sea_rail",
    "/c/{code}/levers",
    "/c/{code}/report",
    "/c/{code}?lang=en",
    "/rank?by=gdp&to=csv",
    "/import",
    "/batch?c={code}",
    "/jobs",
)
BAD = ("/c/999999", "/rank?by=nonsense", "/c/330782/plan?budget=nan", "/jobs/none", "/import/none", "/static/../app.py")
ENDS = ("left alone", "cancelled", "worker killed", "left alone")
"""What becomes of one job after another."""
BULLETIN = "义乌市2024年国民经济和社会发展统计公报\n\n全市实现地区生产总值2503.5亿元，比上年增长8.0%。\n"


@dataclass
class Record:
    """What was seen."""

    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    idle: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    memory: list[tuple[float, float, float]] = field(default_factory=list)
    pace: float = 1.0
    began: float = field(default_factory=time.monotonic)
    killed: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    working: bool = False


def ask(
    record: Record, method: str, path: str, body: bytes = b"", kind: str = "", timed: bool = False
) -> tuple[int, str]:
    """Ask for a page and note how it went."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=PATIENCE)
    try:
        connection.request(method, path, body or None, {"Host": HOST, **({"Content-Type": kind} if kind else {})})
        answer = connection.getresponse()
        text = answer.read()
    except TimeoutError:
        raise TimeoutError(f"{method} {path} after {PATIENCE} s, load {os.getloadavg()[0]:.0f}") from None
    finally:
        connection.close()
    record.statuses[answer.status] += 1
    if answer.status >= 500:
        record.faults.append(f"{answer.status} {method} {path}")
    if timed:
        (record.busy if record.working else record.idle).append(time.perf_counter() - began)
    where = answer.headers.get("location", "")
    return answer.status, where or text.decode("utf-8", "replace")


def form(record: Record, path: str, fields: list[tuple[str, str]], page: str) -> str:
    """Send a form with the token of the page that it stands on; return where it leads."""
    _, text = ask(record, "GET", page)
    token = re.search(r'name="token" value="([^"]+)"', text)
    sent = urlencode([("token", token[1] if token else ""), *fields]).encode()
    return ask(record, "POST", path, sent, "application/x-www-form-urlencoded")[1]


def upload(record: Record, name: str, content: bytes, room: str = "") -> str:
    """Bring a file."""
    _, text = ask(record, "GET", f"{room}/import")
    token = re.search(r'name="token" value="([^"]+)"', text)
    line = "----soak"
    parts = [
        f'--{line}\r\nContent-Disposition: form-data; name="token"\r\n\r\n{token[1] if token else ""}\r\n'.encode()
    ]
    head = f'--{line}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    parts += [head.encode(), content, f"\r\n--{line}--\r\n".encode()]
    return ask(record, "POST", f"{room}/import", b"".join(parts), f"multipart/form-data; boundary={line}")[1]


def read_pages(record: Record, codes: list[str], stop: threading.Event, seed: int) -> None:
    """Look at pages, some of them wrong."""
    chance = random.Random(seed)
    while not stop.is_set():
        wrong = chance.random() < 0.1
        kind = chance.choice(BAD if wrong else PAGES)
        record.kinds["wrong" if wrong else kind] += 1
        path = kind.format(code=chance.choice(codes))
        ask(record, "GET", path, timed=not wrong and "to=" not in path)
        stop.wait(record.pace * chance.random() * 0.4)


def bring_figures(record: Record, stop: threading.Event) -> None:
    """Import, look, take back; and send what makes no sense."""
    while not stop.is_set():
        where = upload(record, "义乌市2024年公报.txt", BULLETIN.encode(), "/w/team")
        if where.startswith("/w/team/import/"):
            _, text = ask(record, "GET", where)
            rows = [("row", number) for number in re.findall(r'name="row" value="(\d+)"', text)]
            form(record, where, rows, "/w/team/import")
            _, listed = ask(record, "GET", "/w/team/import")
            for number in re.findall(r"/import/undo/(\d+)", listed):
                form(record, f"/w/team/import/undo/{number}", [], "/w/team/import")
        upload(record, "broken.xlsx", os.urandom(200_000))
        upload(record, "../../x.docx", b"PK\x03\x04" + bytes(1000))
        stop.wait(3 * record.pace)


def break_off(record: Record, stop: threading.Event) -> None:
    """End connections in the middle of a question, of a body, of an answer."""
    while not stop.is_set():
        for sent in (
            b"GET /c/3307",
            f"POST /import HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 50000000\r\n\r\nxx".encode(),
            f"GET /rank?by=gdp&all=1 HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode(),
        ):
            with socket.create_connection(("127.0.0.1", PORT), 20) as opened:
                opened.sendall(sent)
        stop.wait(record.pace)


def begin_job(record: Record, chance: random.Random, turn: int) -> str:
    """Start a batch, a report or a scenario; return its address."""
    names = chance.sample(["610881", "371721", "130534", "320583", "350582", "232723"], 2)
    kind = turn % 3
    if kind == 0:
        fields = [("names", "\n".join(names)), ("form", ("docx", "xlsx", "html")[turn % 9 // 3])]
        return form(record, "/batch", fields, "/batch")
    page = f"/c/{names[0]}/{'report' if kind == 1 else 'simulate'}"
    if kind == 1:
        wanted = [("form", "docx"), ("form", "html"), ("kind", ("brief", "plan", "full")[turn % 9 // 3])]
        return form(record, page, wanted, page)
    fields = [("lever", "sea_rail"), ("size_sea_rail", str(turn % 40 + 1)), ("draws", "0")]
    form(record, page, fields, page)
    listed = ask(record, "GET", "/jobs")[1]
    return next(iter(re.findall(r'href="(/jobs/[0-9a-f]+)"', listed)), "/jobs/none")


def run_jobs(record: Record, server: int, stop: threading.Event) -> None:
    """Start jobs of every kind; let some end, cancel some, kill the worker under some."""
    chance = random.Random(7)
    turn = 0
    while not stop.is_set():
        end = ENDS[turn % len(ENDS)]
        where = begin_job(record, chance, turn)
        turn += 1
        record.working = True
        for passed in range(600):
            if stop.wait(0.5):
                return
            _, state = ask(record, "GET", f"{where}/state")
            if passed == 8 and end == "cancelled":
                form(record, f"{where}/cancel", [], "/batch")
            if passed == 8 and end == "worker killed":
                record.killed += kill_workers(server)
            if found := re.search(r"state (done|failed|cancelled|crashed)", state):
                record.ended[f"{('batch', 'report', 'scenario')[(turn - 1) % 3]} {found[1]}"] += 1
                break
        record.working = False
        stop.wait(5 * record.pace)


def workers_of(pid: int) -> list[int]:
    """Return the processes that work for the server."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
            command = (status.parent / "cmdline").read_text()
        except OSError:
            continue
        if parent == pid and "spawn_main" in command:
            found.append(int(status.parent.name))
    return found


def kill_workers(pid: int) -> int:
    """Kill the processes that work for the server."""
    found = workers_of(pid)
    for worker in found:
        os.kill(worker, signal.SIGKILL)
    return len(found)


def memory_mb(pid: int) -> float:
    """Return the resident memory of a process, 0 if it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return int(next((line for line in lines if line.startswith("VmRSS")), "VmRSS 0").split()[1]) / 1e3


def processor_seconds(pid: int) -> float:
    """Return the processor time that a process has taken so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def quantile(values: list[float], share: float) -> float:
    """Return a quantile."""
    return sorted(values)[int(share * (len(values) - 1))] if values else float("nan")


def main() -> None:
    """Run the load and print what was seen."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=15.0)
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--pace", type=float, default=1.0)
    parser.add_argument("--memory", type=Path)
    given = parser.parse_args()
    minutes, readers = given.minutes, given.readers
    from bolang.atlas import Atlas

    codes = [county.code for county in Atlas(workspace=False).counties][::7]
    record, stop = Record(pace=given.pace), threading.Event()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "BOLANG_LANG": "zh", "BOLANG_WORKSPACE": f"{folder}/own.duckdb"}
        command = [sys.executable, "-m", "bolang", "serve", "--no-browser", "--port", str(PORT)]
        server = subprocess.Popen([*command, "--workspace", f"team={folder}/team.duckdb"], env=environment)
        try:
            while socket.socket().connect_ex(("127.0.0.1", PORT)):
                time.sleep(0.1)
            ask(record, "GET", "/c/330782")
            began = record.began = time.monotonic()
            tasks = [(read_pages, (record, codes, stop, seed)) for seed in range(readers)]
            tasks += [
                (bring_figures, (record, stop)),
                (break_off, (record, stop)),
                (run_jobs, (record, server.pid, stop)),
            ]
            threads = [threading.Thread(target=guarded, args=(record, stop, *task)) for task in tasks]
            for thread in threads:
                thread.start()
            while time.monotonic() - began < 60 * minutes and server.poll() is None:
                watch(record, server.pid, (time.monotonic() - began) / 60, given.memory)
                time.sleep(EVERY)
            spent = processor_seconds(server.pid) / (time.monotonic() - began)
            stop.set()
            for thread in threads:
                thread.join(130)
            told(record, server.poll() is None, spent)
        finally:
            stop.set()
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()


def watch(record: Record, server: int, minute: float, kept: Path | None) -> None:
    """Note the memory of the server and of its workers, in a file as well."""
    measured = (minute, memory_mb(server), sum(memory_mb(worker) for worker in workers_of(server)))
    record.memory.append(measured)
    if kept is not None:
        with kept.open("a") as lines:
            lines.write(",".join(f"{value:.2f}" for value in measured) + "\n")


def guarded(record: Record, stop: threading.Event, task: object, arguments: tuple[object, ...]) -> None:
    """Run one kind of load to the end; what it did not expect is a fault, after which it goes on."""
    while not stop.is_set():
        try:
            task(*arguments)  # type: ignore[operator]
        except Exception as error:
            if not stop.is_set():
                minute = (time.monotonic() - record.began) / 60
                said = f"{getattr(task, '__name__', task)}: {type(error).__name__} {error}"
                record.faults.append(f"minute {minute:.1f}, {said}")
            record.working = False
            stop.wait(1)


def told(record: Record, alive: bool, spent: float) -> None:
    """Print what was seen."""
    settled = [mb for minute, mb, _ in record.memory if minute >= SETTLED * record.memory[-1][0]]
    half = len(settled) // 2
    found = {
        "minutes": round(record.memory[-1][0], 1),
        "answers": sum(record.statuses.values()),
        "statuses": dict(sorted(record.statuses.items())),
        "faults": record.faults[:20],
        "alive": alive,
        "jobs": dict(sorted(record.ended.items())),
        "workers_killed": record.killed,
        "pages": dict(sorted(record.kinds.items())),
        "memory_mb": {
            "start": round(record.memory[0][1]),
            "settled": round(statistics.median(settled[:half])),
            "end": round(statistics.median(settled[half:])),
            "most": round(max(mb for _, mb, _ in record.memory)),
            "worker_most": round(max(mb for _, _, mb in record.memory)),
        },
        "server_share_of_one_core": round(spent, 3),
        "seconds_idle": [round(quantile(record.idle, share), 3) for share in (0.5, 0.95)],
        "seconds_while_a_job_runs": [round(quantile(record.busy, share), 3) for share in (0.5, 0.95)],
        "load": round(os.getloadavg()[1], 1),
    }
    print(json.dumps(found, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
