"""The server for agents, asked by the SDK's own client over standard input and output."""

import asyncio
import json
import os
import re
import sys
import time

import pytest

pytest.importorskip("mcp")

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

TOOLS = {
    "find_county",
    "find_indicator",
    "county_profile",
    "get_facts",
    "compare",
    "rank",
    "plan",
    "sweep",
    "simulate",
    "write_report",
}
MOST_BYTES = 8000


def ask(*calls, folder="."):
    """Start a server, list what it has, make calls, and return all that."""

    async def run():
        environment = {**os.environ, "BOLANG_LANG": "en"}
        command = [sys.executable, "-m", "bolang", "mcp", "--folder", str(folder)]
        parameters = StdioServerParameters(command=command[0], args=command[1:], env=environment)
        began = time.monotonic()
        async with stdio_client(parameters) as (read, write), ClientSession(read, write) as session:
            await session.initialize()
            listed = (await session.list_tools()).tools
            ready = time.monotonic() - began
            resources = (await session.list_resources()).resources
            text = await session.read_resource("bolang://methods/debt")
            answers = [await session.call_tool(name, arguments) for name, arguments in calls]
            return listed, resources, text, answers, ready

    return asyncio.run(run())


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    return ask(
        ("find_county", {"name": "yiwu"}),
        ("find_county", {"name": "朝阳区"}),
        ("county_profile", {"county": "330782"}),
        ("get_facts", {"county": "320583", "indicator": "gdp", "year": 2023}),
        (
            "compare",
            {
                "counties": [
                    "330782",
                    "320583",
                    "350582",
                    "130534",
                    "520526",
                    "610881",
                    "310115",
                    "371721",
                    "320981",
                    "330784",
                ]
            },
        ),
        ("rank", {"by": "fiscal_revenue", "top": 50}),
        ("rank", {"by": "nonsense"}),
        ("plan", {"county": "130534", "budget": 3}),
        ("sweep", {}),
        ("find_indicator", {"words": "debt"}),
        ("sweep", {"county": "371721"}),
        ("county_profile", {"county": "临平区"}),
        ("find_county", {"name": "临平区"}),
        ("find_county", {"name": "caoxian"}),
        folder=tmp_path_factory.mktemp("reports"),
    )


def content(answer):
    return answer.structured_content


def test_ten_tools_with_hints_and_schemas(talk):
    listed = talk[0]
    assert {tool.name for tool in listed} == TOOLS
    for tool in listed:
        assert tool.description
        assert tool.output_schema
        assert tool.annotations.read_only_hint is (tool.name != "write_report")


def test_all_texts_of_the_tools_are_short(talk):
    texts = "".join(tool.model_dump_json(exclude_none=True) for tool in talk[0])
    assert len(texts) / 4 < 7000


def test_a_name_in_pinyin_leads_to_its_county(talk):
    assert "330782" in content(talk[3][0])["said"][0]
    assert "371721" in content(talk[3][13])["address"]


def test_an_ambiguous_name_returns_candidates(talk):
    found = content(talk[3][1])
    assert len(found["candidates"]) == 2
    assert found["error"]


def test_answers_are_bounded_and_say_what_was_left_out(talk):
    for answer in talk[3]:
        assert json.loads(answer.content[0].text) == content(answer)
        assert len(answer.content[0].text.encode()) <= MOST_BYTES
        assert not content(answer)["truncated"] or content(answer)["hint"]
    assert content(talk[3][4])["truncated"]
    assert content(talk[3][4])["hint"]


def test_every_number_has_year_status_source_and_address(talk):
    for answer in (content(talk[3][position]) for position in (2, 3, 4, 5, 7, 10, 11)):
        figures = [cell for grid in answer["tables"] for row in grid["rows"] for cell in row if isinstance(cell, dict)]
        assert figures
        for figure in figures:
            assert figure["year"], (answer["title"], figure)
            assert figure["status"] in ("measured", "estimated", "derived", "unverified")
            assert answer["sources"][figure["source"]]
            assert figure["address"].startswith(("/c/", "/methods/"))


def test_a_younger_unit_is_said_not_to_be_the_one_whose_figures_follow(talk):
    for answer in map(content, talk[3][11:13]):
        assert "Linping District" in answer["said"][0]
        assert "/c/330110" in answer["address"]


def test_sentences_of_a_paragraph_stand_apart(talk):
    for answer in map(content, talk[3]):
        assert not [text for text in answer["said"] if re.search(r"[a-z)%]\.[A-Z]", text)]


def test_a_fact_is_the_published_one(talk):
    found = content(talk[3][3])
    assert "51,406" in json.dumps(found, ensure_ascii=False) or "514" in json.dumps(found)
    assert found["address"].endswith("/c/320583/trace/gdp?year=2023")


def test_an_unknown_indicator_is_said(talk):
    assert "nonsense" in content(talk[3][6])["error"]


def test_methods_are_resources_with_sources(talk):
    assert len(talk[1]) == 9
    assert "[" in talk[2].contents[0].text


def test_over_http_this_machine_is_answered_and_another_host_is_not(tmp_path):
    import socket
    import subprocess
    import urllib.error
    import urllib.request

    from mcp.client.streamable_http import streamable_http_client

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "bolang", "mcp", "--folder", str(tmp_path), "--http", str(port)]
    server = subprocess.Popen(command, env={**os.environ, "BOLANG_LANG": "en"}, stdout=subprocess.DEVNULL)

    async def talk():
        address = f"http://127.0.0.1:{port}/mcp"
        async with streamable_http_client(address) as streams, ClientSession(streams[0], streams[1]) as session:
            await session.initialize()
            return (await session.list_tools()).tools, await session.call_tool("find_county", {"name": "yiwu"})

    try:
        end = time.monotonic() + 60
        while socket.socket().connect_ex(("127.0.0.1", port)) and time.monotonic() < end:
            time.sleep(0.1)
        listed, found = asyncio.run(talk())
        assert {tool.name for tool in listed} == TOOLS
        assert "330782" in content(found)["said"][0]
        foreign = urllib.request.Request(
            f"http://127.0.0.1:{port}/mcp",
            data=b"{}",
            headers={"Host": "evil.example", "Content-Type": "application/json"},
        )
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(foreign)
        assert refused.value.code in (403, 421)
    finally:
        server.terminate()
        server.wait(20)


def test_a_scenario_that_is_not_known_is_said_before_anything_is_solved(monkeypatch):
    from bolang.mcp import tools

    monkeypatch.setenv("BOLANG_LANG", "en")
    for levers, shocks in ((["nothing"], []), ([], []), (["sea_rail"], ["tariff:atlantis:25"]), (["sea_rail:x"], [])):
        began = time.monotonic()
        answer = tools.simulate("330782", levers, shocks)
        assert answer.error
        assert time.monotonic() - began < 30


def test_all_levers_are_listed_with_what_they_move(talk):
    from bolang.economy.levers.catalogue import levers

    said = content(talk[3][8])["said"]
    assert [line.partition(":")[0] for line in said] == list(levers())
