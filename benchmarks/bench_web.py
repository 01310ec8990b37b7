"""Seconds of the pages in a browser against their budgets, from a warm server: python -m benchmarks.bench_web.

Beside the clock stands the processor time of the server, which other work on the machine does not lengthen.
"""

from __future__ import annotations

import json
import os
import re
import socket
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request

from playwright.sync_api import sync_playwright

from benchmarks.browser import CHROMIUM, FLAGS
from benchmarks.soak_web import memory_mb, processor_seconds

PORT = 8399
HOME = f"http://127.0.0.1:{PORT}"
TRIES = 5
PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
"""Milliseconds from the start of the navigation to the frame after the map was drawn."""
RECOLOURED = """new Promise((done) => {
  const began = performance.now();
  document.getElementById("hide").click();
  requestAnimationFrame(() => done(performance.now() - began));
})"""
"""Milliseconds from a click to the frame that shows the other colours."""
BUDGETS = {
    "start_to_first_page": 3.0,
    "county": 0.2,
    "rank": 0.2,
    "where": 0.2,
    "trace": 0.1,
    "county_while_a_job_runs": 0.2,
    "map_first_paint": 1.0,
    "map_recolour": 0.1,
    "memory_gb": 1.0,
}
COUNTIES = ("320583", "350582", "520526", "130534", "610881", "310115", "371721", "330784", "232723", "330922")


def timed(path: str) -> float:
    """Return the seconds that an address takes."""
    began = time.perf_counter()
    with urllib.request.urlopen(HOME + path) as answer:
        answer.read()
    return time.perf_counter() - began


def pages(pid: int) -> tuple[dict[str, float], dict[str, float]]:
    """Return the seconds of each kind of page by the clock, and of the processor of the server."""
    addresses = {
        "county": [f"/c/{code}" for code in COUNTIES],
        "rank": ["/rank?by=fiscal_revenue"] * TRIES,
        "where": ["/where?lever=sea_rail"] * TRIES,
        "trace": [f"/c/{code}/trace/gdp?year=2023" for code in COUNTIES[:6]],
    }
    clock, processor = {}, {}
    for name, listed in addresses.items():
        timed(listed[0])
        began = processor_seconds(pid)
        clock[name] = statistics.median(timed(path) for path in listed)
        processor[name] = (processor_seconds(pid) - began) / len(listed)
    return clock, processor


def paints() -> dict[str, float]:
    """Return the seconds to the first paint of the map and to other colours, in the browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        first, again = [], []
        for _ in range(TRIES):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(f"{HOME}/map?by=type")
            page.wait_for_selector("#map[data-painted]")
            first.append(page.evaluate(PAINTED) / 1e3)
            again += [page.evaluate(RECOLOURED) / 1e3 for _ in range(TRIES)]
            page.close()
        browser.close()
    return {"map_first_paint": statistics.median(first), "map_recolour": statistics.median(again)}


def while_a_job_runs() -> float:
    """Return the seconds of a county page while reports are being written."""
    with urllib.request.urlopen(f"{HOME}/batch") as answer:
        token = re.search(r'name="token" value="([^"]+)"', answer.read().decode())
    assert token is not None
    names = "\n".join(COUNTIES)
    sent = urllib.parse.urlencode({"token": token[1], "names": names, "form": "docx"}).encode()
    with urllib.request.urlopen(f"{HOME}/batch", sent) as answer:
        job = answer.url
    time.sleep(4)
    found = statistics.median(timed(f"/c/{code}") for code in COUNTIES)
    with urllib.request.urlopen(f"{job}/cancel", urllib.parse.urlencode({"token": token[1]}).encode()):
        return found


def main() -> None:
    """Measure and print."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "bolang", "serve", "--no-browser", "--port", str(PORT)]
    server = subprocess.Popen(command, env={**os.environ, "BOLANG_LANG": "zh"}, stdout=subprocess.DEVNULL)
    try:
        while socket.socket().connect_ex(("127.0.0.1", PORT)):
            time.sleep(0.02)
        timed("/")
        found = {"start_to_first_page": time.perf_counter() - began}
        spent = {"start_to_first_page": processor_seconds(server.pid)}
        timed("/c/330782")
        timed("/rank?by=circulation")
        timed("/map.json?by=type")
        clock, processor = pages(server.pid)
        found, spent = found | clock, spent | processor
        found["county_while_a_job_runs"] = while_a_job_runs()
        found |= paints()
        found["memory_gb"] = memory_mb(server.pid) / 1e3
    finally:
        server.terminate()
        server.wait(20)
    for name, value in found.items():
        own = f"processor {spent[name]:.3f}" if name in spent else ""
        print(f"{name:24} {value:6.3f}  budget {BUDGETS[name]:g}{'' if value <= BUDGETS[name] else '  OVER'}  {own}")
    print(json.dumps({"clock": found, "processor": spent, "load": os.getloadavg()[0]}))


if __name__ == "__main__":
    main()
